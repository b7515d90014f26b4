"""The Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app."""

    name = "yousu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
