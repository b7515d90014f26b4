"""The Django app of the organisation: registers the projection of its configuration."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """组织."""

    name = "yousu.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Streams `config/…` are folded whole, so the events of accounts and of installing must be known, too.
        from yousu.ledger import projections
        from yousu.org import accounts as accounts
        from yousu.org import install as install
        from yousu.org.configuration.projection import KIND, ConfigurationProjection

        projections.register(KIND, ConfigurationProjection())
