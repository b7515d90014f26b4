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

        for kind in catalogue.rules():
            outbox.on(kind, catalogue.EFFECT)
