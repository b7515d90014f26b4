"""A support has a code of its own, by which its supporter follows the case."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Which case a support joined, found by the digest of its code."""

    dependencies: ClassVar = [("intake", "0002_no_payload")]
    operations: ClassVar = [
        migrations.AddField(model_name="arrival", name="supports", field=models.TextField(null=True)),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                fields=["receipt"], name="arrival_support", condition=models.Q(("supports__isnull", False))
            ),
        ),
    ]
