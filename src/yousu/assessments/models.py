"""Assessments as composed, shown, objected to and frozen; the stream `assessment/<month>` is their truth."""

from django.db import models


class AssessmentNow(models.Model):
    """考核现状: the whole state of a month's assessment."""

    id = models.TextField(primary_key=True)
    stage = models.TextField()
    version = models.IntegerField()
    state = models.JSONField()
    as_of = models.DateTimeField()
    objections_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "assessment_now"

    def __str__(self) -> str:
        return self.id


class AssessmentSet(models.Model):
    """The case numbers that a unit's set holds, by unit, set and part: `hrss.solution.counted`."""

    assessment = models.ForeignKey(AssessmentNow, on_delete=models.CASCADE, related_name="sets")
    path = models.TextField()
    numbers = models.JSONField()

    class Meta:
        db_table = "assessment_set"
        constraints = (models.UniqueConstraint(fields=["assessment", "path"], name="assessment_set_once"),)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.path}"
