"""The sequence of special reports' numbers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_numbers")]

    operations = [migrations.RunSQL("CREATE SEQUENCE special_number", "DROP SEQUENCE special_number")]
