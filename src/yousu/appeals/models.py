"""What appeals keep beside their cases: by what an earlier reply with the same words is found again."""

from django.db import models


class ReplyPrint(models.Model):
    """答复指纹: a keyed digest of a reply without what changes from case to case; it goes with the reply's text."""

    text_id = models.UUIDField(primary_key=True)
    fingerprint = models.BinaryField()

    class Meta:
        db_table = "reply_print"
        indexes = (models.Index(fields=["fingerprint"], name="reply_print_same"),)

    def __str__(self) -> str:
        return str(self.text_id)
