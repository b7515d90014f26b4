"""Requests about personal data as they stand; the streams `request/…` are their truth."""

from django.db import models


class DataRequestNow(models.Model):
    """请求现状."""

    number = models.IntegerField(primary_key=True)
    version = models.IntegerField()
    state = models.JSONField()
    sort = models.TextField()
    stage = models.TextField()
    person_id = models.UUIDField()
    case_number = models.TextField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "data_request_now"
        indexes = (
            models.Index(fields=["case_number", "-number"], name="data_request_case"),
            models.Index(fields=["due_at", "number"], name="data_request_open", condition=models.Q(decided_at=None)),
            models.Index(fields=["-decided_at"], name="data_request_decided"),
        )
        constraints = (
            # 一事一请: whoever asks again while it is open waits for the same answer.
            models.UniqueConstraint(
                fields=["person_id", "sort"], name="data_request_once", condition=models.Q(decided_at=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.number)
