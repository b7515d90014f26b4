"""Files beside the texts: a row with the salt, and the sealed pieces."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_installation_key_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("stream", models.TextField()),
                ("salt", models.BinaryField()),
                ("lookup", models.BinaryField()),
            ],
            options={
                "db_table": "attachment",
                "indexes": [models.Index(fields=["stream"], name="attachment_stream")],
            },
        ),
        migrations.CreateModel(
            name="AttachmentPiece",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "attachment_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("attachment_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("cipher", models.BinaryField()),
            ],
            options={
                "db_table": "attachment_piece",
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE attachment_piece ADD CONSTRAINT attachment_piece_of
                FOREIGN KEY (attachment_id) REFERENCES attachment (id) ON DELETE CASCADE;
            -- What is sealed cannot be compressed.
            ALTER TABLE attachment_piece ALTER COLUMN cipher SET STORAGE EXTERNAL;
            """,
            """
            ALTER TABLE attachment_piece DROP CONSTRAINT attachment_piece_of;
            """,
        ),
    ]
