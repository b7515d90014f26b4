"""The one sequence of samples' numbers."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Gaps are allowed."""

    dependencies: ClassVar = [("inspections", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE inspection_number", "DROP SEQUENCE inspection_number"),
    ]
