"""What states have learnt of levels and parts, where nothing of it happened; send-backs by category."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys that are there already keep their values. What events tell beyond that, `yousu rebuild` writes."""

    dependencies: ClassVar = [("cases", "0010_groups")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            UPDATE case_now SET state = '{"with_unit_since": null, "first_receiver": null, "parts": [], "above": [],
                "inner_due": null, "approvals": 0, "sent_back_by": null, "tried_at": null,
                "reported": null, "recused": []}'::jsonb || state
            WHERE kind = 'appeal' AND NOT state ? 'recused';
            CREATE INDEX case_version_sent_back ON case_version (kind, category, known_from DESC)
            WHERE stage = 'sent_back';
            """,
            "DROP INDEX case_version_sent_back;",
        )
    ]
