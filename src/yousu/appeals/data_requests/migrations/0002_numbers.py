"""The one sequence of requests' numbers."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Gaps are allowed."""

    dependencies: ClassVar = [("data_requests", "0001_tables")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE data_request_number", "DROP SEQUENCE data_request_number"),
    ]
