"""The Django app of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The app."""

    name = "yousu.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
