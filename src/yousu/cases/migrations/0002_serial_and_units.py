"""The one sequence of case numbers, and the index by which a unit finds its own cases."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Serial numbers are spent, not returned: gaps are allowed."""

    dependencies: ClassVar = [("cases", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            CREATE SEQUENCE case_serial MAXVALUE 9999999;
            CREATE INDEX case_units ON case_now USING gin (units);
            """,
            """
            DROP SEQUENCE case_serial;
            DROP INDEX case_units;
            """,
        )
    ]
