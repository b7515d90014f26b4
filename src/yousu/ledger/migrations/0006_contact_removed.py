"""Contacts that went when their time was over."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more."""

    dependencies: ClassVar = [("ledger", "0005_attachments")]
    operations: ClassVar = [
        migrations.AddField(model_name="person", name="contact_removed_at", field=models.DateTimeField(null=True))
    ]
