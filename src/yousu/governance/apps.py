"""The Django app of governance: registers the projections of its kinds of stream."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """治理."""

    name = "yousu.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.governance.projection import KINDS, GovernedProjection
        from yousu.ledger import projections

        for kind in KINDS:
            projections.register(kind, GovernedProjection(kind))
