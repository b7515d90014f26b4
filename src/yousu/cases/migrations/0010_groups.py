"""What states have learnt of marks and merging, at the value it has where nothing of it happened; cases by head."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys that are there already keep their values."""

    dependencies: ClassVar = [("cases", "0009_marks")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            UPDATE case_now SET state = '{"clock": {"asked": null, "extended": 0, "extensions": 0,
                    "standstill": null, "past": []},
                "parking": null, "cleared_at": null, "exclusion": null,
                "supervision": {"supervised": 0, "until": null, "escalated_to": null, "summoned": 0,
                    "instructions": 0, "leader": null},
                "joined": null, "followers": [], "links": []}'::jsonb || state
            WHERE kind = 'appeal' AND NOT state ? 'followers';
            CREATE INDEX case_head ON case_now (head, number) WHERE head IS NOT NULL;
            """,
            "DROP INDEX case_head;",
        )
    ]
