"""The Django app of intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app."""

    name = "yousu.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
