"""Samples and the cases in them as they stand; the streams `inspection/…` and `inspected/…` are their truth."""

from django.db import models


class InspectionNow(models.Model):
    """抽样现状."""

    number = models.IntegerField(primary_key=True)
    version = models.IntegerField()
    state = models.JSONField()
    sort = models.TextField()
    first = models.DateField()
    last = models.DateField()
    drawn_at = models.DateTimeField()

    class Meta:
        db_table = "inspection_now"

    def __str__(self) -> str:
        return str(self.number)


class InspectedNow(models.Model):
    """A case of a sample: waiting (version 0, nothing recorded about it yet), scored, objected to, judged."""

    # `12-2400000011`, as its stream is called.
    name = models.TextField(primary_key=True)
    sample = models.IntegerField()
    case_number = models.TextField()
    person = models.TextField()
    stage = models.TextField()
    version = models.IntegerField()
    state = models.JSONField(null=True)
    points = models.IntegerField(null=True)
    of_points = models.IntegerField(null=True)
    scored_day = models.DateField(null=True)

    class Meta:
        db_table = "inspected_now"
        indexes = (
            models.Index(fields=["sample", "name"], name="inspected_sample"),
            models.Index(fields=["person", "-scored_day"], name="inspected_person"),
            models.Index(fields=["scored_day"], name="inspected_day"),
        )

    def __str__(self) -> str:
        return self.name


class InspectedItem(models.Model):
    """One item's points of a scored case: what results by item are added up from."""

    pk = models.CompositePrimaryKey("name", "item")
    name = models.TextField()
    item = models.TextField()
    points = models.IntegerField()
    of_points = models.IntegerField()

    class Meta:
        db_table = "inspected_item"

    def __str__(self) -> str:
        return f"{self.name} {self.item}"
