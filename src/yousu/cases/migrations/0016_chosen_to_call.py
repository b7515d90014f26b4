"""What states have learnt of samples of call-backs: nothing was drawn before."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys that are there already keep their values."""

    dependencies: ClassVar = [("cases", "0014_instructions")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            UPDATE case_now SET state = '{"chosen_on": null}'::jsonb || state
            WHERE kind = 'appeal' AND NOT state ? 'chosen_on';
            """,
            migrations.RunSQL.noop,
        )
    ]
