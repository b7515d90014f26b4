"""The Django app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """案件."""

    name = "yousu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
