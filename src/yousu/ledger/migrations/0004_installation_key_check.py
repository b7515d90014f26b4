"""A value by which another master key is found out."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of the one row."""

    dependencies: ClassVar = [("ledger", "0003_worker_heartbeat")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="installation",
            name="key_check",
            field=models.BinaryField(null=True),
        ),
    ]
