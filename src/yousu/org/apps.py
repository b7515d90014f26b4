"""The Django app of the organisation."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """组织."""

    name = "yousu.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"
