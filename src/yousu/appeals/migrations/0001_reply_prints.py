"""Fingerprints of replies, erased with their texts."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The text is written at the end of the transaction that holds its fingerprint, so the reference waits for it."""

    initial = True
    dependencies: ClassVar = [("ledger", "0005_attachments")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ReplyPrint",
            fields=[
                ("text_id", models.UUIDField(primary_key=True, serialize=False)),
                ("fingerprint", models.BinaryField()),
            ],
            options={
                "db_table": "reply_print",
                "indexes": [models.Index(fields=["fingerprint"], name="reply_print_same")],
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE reply_print ADD CONSTRAINT reply_print_text FOREIGN KEY (text_id) REFERENCES text (id)
            ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE reply_print DROP CONSTRAINT reply_print_text",
        ),
    ]
