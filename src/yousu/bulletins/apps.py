"""The Django app of bulletins."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """The app."""

    name = "yousu.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"
