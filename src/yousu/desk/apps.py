"""The Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app."""

    name = "yousu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.desk import mark_sentences, merge_sentences, part_sentences, shield_sentences  # noqa: F401 - register how their facts are told
