"""What is governed as it stands: one row a stream, whatever its kind; the streams are their truth."""

from django.db import models


class GovernedNow(models.Model):
    """治理现状: a governance task or a task in one; `origin` is the stream out of which a task came. Neither: empty."""

    # `task/12`, as its stream is called.
    name = models.TextField(primary_key=True)
    kind = models.TextField()
    number = models.IntegerField()
    stage = models.TextField()
    version = models.IntegerField()
    unit = models.TextField(blank=True)
    origin = models.TextField(blank=True)
    day = models.DateField()
    state = models.JSONField()

    class Meta:
        db_table = "governed_now"
        constraints = (models.UniqueConstraint(fields=["kind", "number"], name="governed_once"),)
        indexes = (
            models.Index(fields=["kind", "stage", "day", "number"], name="governed_by_day"),
            models.Index(fields=["kind", "unit", "stage", "day"], name="governed_of_unit"),
            models.Index(fields=["origin", "number"], name="governed_origin"),
        )

    def __str__(self) -> str:
        return self.name


class GovernedSet(models.Model):
    """The case numbers behind a number that stays, by the path at which it stands."""

    governed = models.ForeignKey(GovernedNow, on_delete=models.CASCADE, related_name="sets")
    path = models.TextField()
    numbers = models.JSONField()

    class Meta:
        db_table = "governed_set"
        constraints = (models.UniqueConstraint(fields=["governed", "path"], name="governed_set_once"),)

    def __str__(self) -> str:
        return f"{self.governed_id} {self.path}"
