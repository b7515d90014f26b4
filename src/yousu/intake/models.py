"""到件: what a channel delivered, by what it is recognised when it comes again."""

from django.db import models


class Arrival(models.Model):
    """One delivery that was recorded. The words lie in the text store and nowhere else."""

    id = models.BigAutoField(primary_key=True)
    channel = models.TextField()
    external_id = models.TextField(null=True)  # noqa: DJ001 - absent is not empty: uniqueness needs NULLs
    author = models.TextField()
    idempotency_key = models.TextField(null=True)  # noqa: DJ001
    content = models.BinaryField()
    number = models.TextField(null=True, unique=True)  # noqa: DJ001
    # Of a support: the case it joins, whose number is another person's.
    supports = models.TextField(null=True)  # noqa: DJ001
    receipt = models.BinaryField(null=True)
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "arrival"
        constraints = (
            models.UniqueConstraint(fields=["channel", "external_id"], name="arrival_once"),
            models.UniqueConstraint(fields=["author", "idempotency_key"], name="arrival_key_once"),
        )
        indexes = (
            models.Index(fields=["receipt"], name="arrival_support", condition=models.Q(supports__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.external_id or self.pk}"
