"""The settings that figures count by, dated like categories and channels."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Filled when the city's data are put in force."""

    dependencies: ClassVar = [("org", "0008_presence")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SettingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("value", models.IntegerField()),
                ("known_from", models.DateTimeField(null=True)),
                ("known_to", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "city_setting",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["code"], name="city_setting_now_once", condition=models.Q(known_to=None)
                    )
                ],
            },
        ),
    ]
