"""The Django app of assessments: registers their projection."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """考核."""

    name = "yousu.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.assessments.projection import AssessmentProjection
        from yousu.ledger import projections

        projections.register("assessment", AssessmentProjection())
