"""An arrival is recorded in the transaction that takes it: none waits, none has failed, none keeps its words."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drops what nothing wrote."""

    dependencies: ClassVar = [("intake", "0001_tables")]
    operations: ClassVar = [
        migrations.RemoveIndex(model_name="arrival", name="arrival_waiting"),
        migrations.RemoveField(model_name="arrival", name="payload"),
        migrations.RemoveField(model_name="arrival", name="failure"),
    ]
