"""Bulletins as composed, reviewed, signed, frozen and published; the stream `bulletin/<id>` is their truth."""

from django.db import models


class BulletinNow(models.Model):
    """通报现状: the whole state, and the frozen JSON once there is one."""

    id = models.TextField(primary_key=True)
    kind = models.TextField()
    stage = models.TextField()
    version = models.IntegerField()
    state = models.JSONField()
    period_start = models.DateField()
    period_end = models.DateField()
    as_of = models.DateTimeField()
    year = models.IntegerField()
    issue_number = models.IntegerField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulletin_now"
        constraints = (models.UniqueConstraint(fields=["kind", "year", "issue_number"], name="bulletin_issue_once"),)
        indexes = (models.Index(fields=["kind", "-period_start"], name="bulletin_newest"),)

    def __str__(self) -> str:
        return self.id


class BulletinFigure(models.Model):
    """The set behind one printed figure: its case numbers, by the JSON path at which it stands."""

    bulletin = models.ForeignKey(BulletinNow, on_delete=models.CASCADE, related_name="sets")
    path = models.TextField()
    numbers = models.JSONField()

    class Meta:
        db_table = "bulletin_figure"
        constraints = (models.UniqueConstraint(fields=["bulletin", "path"], name="bulletin_figure_once"),)

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.path}"
