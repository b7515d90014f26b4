"""到件: what a channel delivered. Recorded exactly once; what failed waits for repair."""

from django.db import models


class Arrival(models.Model):
    """One delivery. `payload` is sealed and goes when it is recorded: the words then lie in the text store."""

    id = models.BigAutoField(primary_key=True)
    channel = models.TextField()
    external_id = models.TextField(null=True)  # noqa: DJ001 - absent is not empty: uniqueness needs NULLs
    author = models.TextField()
    idempotency_key = models.TextField(null=True)  # noqa: DJ001
    content = models.BinaryField()
    number = models.TextField(null=True, unique=True)  # noqa: DJ001
    receipt = models.BinaryField(null=True)
    payload = models.BinaryField(null=True)
    failure = models.TextField(null=True)  # noqa: DJ001
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "arrival"
        constraints = (
            models.UniqueConstraint(fields=["channel", "external_id"], name="arrival_once"),
            models.UniqueConstraint(fields=["author", "idempotency_key"], name="arrival_key_once"),
        )
        indexes = (models.Index(fields=["arrived_at"], name="arrival_waiting", condition=models.Q(number=None)),)

    def __str__(self) -> str:
        return f"{self.channel} {self.external_id or self.pk}"
