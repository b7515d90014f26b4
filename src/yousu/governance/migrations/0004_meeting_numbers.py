"""The sequence of meetings' numbers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_special_numbers")]

    operations = [migrations.RunSQL("CREATE SEQUENCE meeting_number", "DROP SEQUENCE meeting_number")]
