"""Cases by whom they are supported; the few that have more supporters than their state names."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Who asks whether anything of a person is open asks for the supported cases, too."""

    dependencies: ClassVar = [("cases", "0016_chosen_to_call")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            CREATE INDEX case_supporters ON case_now USING gin ((state -> 'supporters') jsonb_path_ops)
            WHERE state -> 'supporters' <> '[]';
            CREATE INDEX case_crowded ON case_now (number)
            WHERE (state -> 'supporting_people')::int > jsonb_array_length(state -> 'supporters');
            """,
            "DROP INDEX case_supporters; DROP INDEX case_crowded;",
        )
    ]
