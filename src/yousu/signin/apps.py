"""The Django app of signing in."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """登录."""

    name = "yousu.signin"
    label = "signin"
    default_auto_field = "django.db.models.BigAutoField"
