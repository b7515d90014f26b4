"""What states have learnt of instructions as tasks of supervision by rule, of urgent matters: there was none before."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys that are there already keep their values."""

    dependencies: ClassVar = [("cases", "0013_handling")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            UPDATE case_now SET state = '{"instructed": [], "urgent": []}'::jsonb || state
            WHERE kind = 'appeal' AND NOT state ? 'urgent';
            UPDATE case_now SET state = jsonb_set(state, '{supervision,rules}', '[]')
            WHERE kind = 'appeal' AND state ? 'supervision' AND NOT state -> 'supervision' ? 'rules';
            CREATE INDEX case_waits_for_contact ON case_now ((state -> 'with_unit_since'))
            WHERE kind = 'appeal' AND stage IN ('forwarded', 'signed') AND state -> 'contacts' = '0';
            CREATE INDEX case_often_sent_back ON case_now ((state -> 'sent_back'))
            WHERE kind = 'appeal' AND state -> 'sent_back' > '0';
            CREATE INDEX case_handled_again ON case_now ((state -> 'second_handling'))
            WHERE kind = 'appeal' AND state -> 'second_handling' > '0';
            """,
            "DROP INDEX case_waits_for_contact; DROP INDEX case_often_sent_back; DROP INDEX case_handled_again;",
        )
    ]
