"""The Django app of quality inspection: registers its projections."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """质检."""

    name = "yousu.appeals.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.appeals.inspections.projection import InspectedProjection, SampleProjection
        from yousu.ledger import projections

        projections.register("inspection", SampleProjection())
        projections.register("inspected", InspectedProjection())
