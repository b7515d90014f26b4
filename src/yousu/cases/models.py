"""Projections of cases: what they are now, every version they had, and what they are found by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CaseNow(models.Model):
    """案件现状: the whole pure state, and the columns that are searched."""

    number = models.TextField(primary_key=True)
    kind = models.TextField()
    state = models.JSONField()
    version = models.IntegerField()
    stage = models.TextField()
    channel = models.TextField(null=True)  # noqa: DJ001 - unknown is not empty
    type = models.TextField(null=True)  # noqa: DJ001
    category = models.TextField(null=True)  # noqa: DJ001
    district = models.TextField(null=True)  # noqa: DJ001
    place_key = models.TextField(null=True)  # noqa: DJ001
    lead_unit = models.TextField(null=True)  # noqa: DJ001
    units = ArrayField(models.TextField(), default=list)
    # What stands beside the stage: suspended, parked, an extension that waits for its judgement …
    marks = ArrayField(models.TextField(), default=list)
    head = models.TextField(null=True)  # noqa: DJ001
    person_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    matter = models.TextField(null=True)  # noqa: DJ001 - erased
    title = models.TextField(null=True)  # noqa: DJ001
    place = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        db_table = "case_now"
        indexes = (
            models.Index(fields=["kind", "stage", "due_at", "number"], name="case_stage_due"),
            models.Index(fields=["lead_unit", "stage", "due_at"], name="case_unit_due"),
            models.Index(fields=["kind", "-received_at", "-number"], name="case_newest"),
            models.Index(fields=["lead_unit", "-received_at", "-number"], name="case_unit_newest"),
            models.Index(fields=["person_id"], name="case_person", condition=models.Q(person_id__isnull=False)),
            models.Index(fields=["recorded_by", "-recorded_at"], name="case_recorder"),
            models.Index(
                fields=["-released_at", "-number"], name="case_released", condition=models.Q(released_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.number


class CaseVersion(models.Model):
    """案件版本: typed columns, valid from `known_from` until `known_to`. Figures read these and nothing deeper."""

    pk = models.CompositePrimaryKey("number", "seq")
    number = models.TextField()
    seq = models.IntegerField()
    kind = models.TextField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    stage = models.TextField()
    channel = models.TextField(null=True)  # noqa: DJ001 - unknown is a row of its own in every breakdown
    type = models.TextField(null=True)  # noqa: DJ001
    category = models.TextField(null=True)  # noqa: DJ001
    district = models.TextField(null=True)  # noqa: DJ001
    place_key = models.TextField(null=True)  # noqa: DJ001
    lead_unit = models.TextField(null=True)  # noqa: DJ001
    head = models.TextField(null=True)  # noqa: DJ001
    person_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    local_day = models.DateField()
    due_at = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    appellant_kind = models.TextField(null=True)  # noqa: DJ001
    decision = models.TextField(null=True)  # noqa: DJ001
    decided_day = models.DateField(null=True)
    second_handling = models.IntegerField()
    called_back_day = models.DateField(null=True)
    responded = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.TextField(null=True)  # noqa: DJ001
    excluded = models.BooleanField()
    # When the lead unit was given it, and when it first contacted the appellant since.
    given_at = models.DateTimeField(null=True)
    given_day = models.DateField(null=True)
    contacted_at = models.DateTimeField(null=True)
    # The unit that last sent it back.
    sent_back_by = models.TextField(null=True)  # noqa: DJ001
    repeats = models.BooleanField(default=False)
    parked_day = models.DateField(null=True)
    cleared_day = models.DateField(null=True)

    class Meta:
        db_table = "case_version"
        indexes = (
            models.Index(fields=["kind", "local_day"], name="case_version_day"),
            models.Index(fields=["kind", "called_back_day"], name="case_version_called"),
            models.Index(fields=["kind", "due_day"], name="case_version_due"),
            models.Index(fields=["kind", "given_day"], name="case_version_given"),
            models.Index(
                fields=["kind", "parked_day"],
                name="case_version_parked",
                condition=models.Q(parked_day__isnull=False),
            ),
            # What is at the units at some moment: of all versions in these stages few have not ended.
            models.Index(
                fields=["known_to"],
                name="case_version_running",
                condition=models.Q(stage__in=["forwarded", "signed", "sent_back"], due_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.seq}"


class CaseSearch(models.Model):
    """案件检索: folded words, and keys (week and pair of letters, week and code). Written by `search_table`'s rules."""

    number = models.TextField(primary_key=True)
    kind = models.TextField()
    received_at = models.DateTimeField()
    words = models.TextField()
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "case_search"

    def __str__(self) -> str:
        return self.number
