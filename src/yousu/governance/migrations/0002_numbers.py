"""The sequences of numbers: one for each kind."""

from django.db import migrations

_KINDS = ("governance", "task")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_tables")]

    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE {kind}_number", f"DROP SEQUENCE {kind}_number") for kind in _KINDS
    ]
