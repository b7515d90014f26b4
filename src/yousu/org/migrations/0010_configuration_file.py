"""The files of the city's data that were changed on pages or imported."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty: until somebody changes something the city's folder is all that is in force."""

    dependencies: ClassVar = [("org", "0009_settings_in_force")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ConfigurationFile",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("digest", models.TextField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
                ("note", models.UUIDField()),
                ("text", models.TextField()),
            ],
            options={"db_table": "configuration_file"},
        ),
    ]
