"""The Django app of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """账本."""

    name = "yousu.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
