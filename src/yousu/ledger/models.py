"""The ledger's tables. Rows are written by `log`, `sequencer`, `seals`, `persons` and nobody else."""

from django.db import models


class Installation(models.Model):
    """The one row that names this installation; every chain begins with it."""

    id = models.UUIDField(primary_key=True)
    # An HMAC under the master key: another key is found out before anything is written with it.
    key_check = models.BinaryField(null=True)

    class Meta:
        db_table = "installation"

    def __str__(self) -> str:
        return str(self.id)


class Stream(models.Model):
    """流: head of a chain; the row that writers lock."""

    name = models.TextField(primary_key=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "stream"

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """事件: the truth. A trigger refuses UPDATE and DELETE."""

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.TextField()
    seq = models.IntegerField()
    kind = models.TextField()
    shape = models.SmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.TextField()
    data = models.TextField()
    hash = models.BinaryField()
    # What figures read without opening `data`; verify recomputes both.
    local_day = models.DateField()
    undone_seq = models.IntegerField(null=True)

    class Meta:
        db_table = "event"
        indexes = (models.Index(fields=["kind", "local_day"], name="event_kind_day"),)

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"


class EventPending(models.Model):
    """Events that have no position yet: whatever is visible here has committed."""

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.TextField()
    seq = models.IntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "event_pending"

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"


class EventPosition(models.Model):
    """位次: the one order in which readers see events."""

    position = models.BigIntegerField(primary_key=True)
    stream = models.TextField()
    seq = models.IntegerField()

    class Meta:
        db_table = "event_position"
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="event_position_once"),)

    def __str__(self) -> str:
        return str(self.position)


class Text(models.Model):
    """文本: words that can be erased. Sealed (`cipher`) or, with personal data taken out, in clear (`plain`)."""

    id = models.UUIDField(primary_key=True)
    stream = models.TextField()
    kind = models.TextField()
    salt = models.BinaryField()
    cipher = models.BinaryField(null=True)
    plain = models.TextField(null=True)  # noqa: DJ001 - absent and empty differ: sealed texts have no plain form
    lookup = models.BinaryField(null=True)
    person_id = models.UUIDField(null=True)

    class Meta:
        db_table = "text"
        indexes = (
            models.Index(fields=["stream"], name="text_stream"),
            models.Index(fields=["person_id"], name="text_person", condition=models.Q(person_id__isnull=False)),
            models.Index(fields=["lookup"], name="text_lookup", condition=models.Q(lookup__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.stream} {self.kind}"


class Attachment(models.Model):
    """附件: a file that can be erased. What it is stands in the event; its pieces lie sealed beside it."""

    id = models.UUIDField(primary_key=True)
    stream = models.TextField()
    salt = models.BinaryField()
    lookup = models.BinaryField()

    class Meta:
        db_table = "attachment"
        indexes = (models.Index(fields=["stream"], name="attachment_stream"),)

    def __str__(self) -> str:
        return f"{self.stream} {self.id}"


class AttachmentPiece(models.Model):
    """A sealed piece of a file; it goes with its file."""

    pk = models.CompositePrimaryKey("attachment_id", "number")
    attachment_id = models.UUIDField()
    number = models.IntegerField()
    cipher = models.BinaryField()

    class Meta:
        db_table = "attachment_piece"

    def __str__(self) -> str:
        return f"{self.attachment_id} {self.number}"


class Person(models.Model):
    """人: found by HMAC; the id stays after erasure, the rest goes."""

    id = models.UUIDField(primary_key=True)
    wrapped_key = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    phone_lookup = models.BinaryField(null=True, unique=True)
    last4_lookup = models.BinaryField(null=True, db_index=True)
    erased_at = models.DateTimeField(null=True)
    contact_removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return str(self.id)


class Outbox(models.Model):
    """发件: what must happen outside because of an event; picked up after the commit, not before `not_before`."""

    stream = models.TextField()
    seq = models.IntegerField()
    effect = models.TextField()
    not_before = models.DateTimeField()
    deferred_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox"
        indexes = (models.Index(fields=["not_before"], name="outbox_waiting", condition=models.Q(deferred_at=None)),)

    def __str__(self) -> str:
        return f"{self.effect} {self.stream} {self.seq}"


class Seal(models.Model):
    """封存: root over all positions up to `position`."""

    number = models.IntegerField(primary_key=True)
    position = models.BigIntegerField(unique=True)
    merkle = models.BinaryField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "seal"

    def __str__(self) -> str:
        return str(self.number)


class Heartbeat(models.Model):
    """心跳: that a process which works in the background was alive, in the world's time."""

    name = models.TextField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "heartbeat"

    def __str__(self) -> str:
        return self.name
