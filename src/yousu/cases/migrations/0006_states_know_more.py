"""What states have learnt since, at the value it has where nothing of it happened: verification compares whole states."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys that are there already keep their values."""

    dependencies: ClassVar = [("cases", "0005_open_appeals_by_place")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            UPDATE case_now SET state = '{"released_at": null, "attachments": [], "supports": 0,
                "supporting_people": 0, "supporters": []}'::jsonb || state
            WHERE kind = 'appeal' AND NOT state ? 'attachments';
            """,
            migrations.RunSQL.noop,
        )
    ]
