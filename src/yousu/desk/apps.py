"""The Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app."""

    name = "yousu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They register how their facts are told.
        from yousu.desk import (  # noqa: F401 - imported for what they register
            governance_sentences,
            mark_sentences,
            merge_sentences,
            part_sentences,
            shield_sentences,
        )
