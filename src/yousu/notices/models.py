"""The notices: one row for each event, way and recipient. Written by `telling` and `sending`, and marked as read."""

from django.db import models


class Notice(models.Model):
    """通知: to an account or to a person, by id alone; no number and no address is kept."""

    # Made from event, way and recipient: the same notice has the same id whenever it is made.
    id = models.UUIDField(primary_key=True)
    stream = models.TextField()
    seq = models.IntegerField()
    kind = models.TextField()
    way = models.TextField()
    account = models.ForeignKey("org.Account", null=True, on_delete=models.CASCADE, related_name="notices")
    person_id = models.UUIDField(null=True)
    text = models.TextField()
    facts = models.JSONField()
    state = models.TextField()
    tries = models.IntegerField(default=0)
    last_error = models.TextField(blank=True)
    # When the event was recorded: what readers ask for.
    happened_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    # Not attempted before; moved on when an attempt begins, so that one cut short is made again.
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice"
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq", "way", "account"], name="notice_account_once"),
            models.UniqueConstraint(fields=["stream", "seq", "way", "person_id"], name="notice_person_once"),
        )
        indexes = (
            models.Index(fields=["way", "next_at", "id"], name="notice_due", condition=models.Q(state="queued")),
            models.Index(fields=["account", "-happened_at", "-id"], name="notice_own", condition=models.Q(way="desk")),
            models.Index(
                fields=["account"], name="notice_unread", condition=models.Q(way="desk", read_at__isnull=True)
            ),
            models.Index(fields=["-happened_at", "-id"], name="notice_newest"),
            models.Index(fields=["way", "state", "-happened_at", "-id"], name="notice_of_state"),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.stream} {self.seq}"
