"""A row by which others see that the worker lives."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One row per kind of process."""

    dependencies: ClassVar = [("ledger", "0002_events_are_final")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "heartbeat"},
        ),
    ]
