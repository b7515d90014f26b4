"""The Django app of notices: names the events that somebody is told of."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知."""

    name = "yousu.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.ledger import outbox
        from yousu.notices import catalogue
        from yousu.org.configuration import commands

        # A table that is wrong is told of at the start.
        catalogue.rules()
        outbox.when(lambda kind: kind in catalogue.rules(), catalogue.EFFECT)
        commands.checked_by(lambda _, after: catalogue.check(after))
