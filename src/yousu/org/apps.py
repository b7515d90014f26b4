"""The Django app of the organisation: registers the projection of its configuration."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """组织."""

    name = "yousu.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.ledger import projections
        from yousu.org.configuration.projection import KIND, ConfigurationProjection

        projections.register(KIND, ConfigurationProjection())
