"""What stands beside a case's stage, so that lists can choose by it."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_case_search_filled")]
    operations = [
        migrations.AddField(
            model_name="casenow",
            name="marks",
            field=ArrayField(models.TextField(), default=list),
        ),
        # Few cases have a mark; those without one stay out of it.
        migrations.RunSQL(
            "CREATE INDEX case_marks ON case_now USING gin (marks) WHERE marks <> '{}'",
            "DROP INDEX case_marks",
        ),
    ]
