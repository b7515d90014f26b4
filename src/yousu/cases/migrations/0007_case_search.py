"""The table that search reads, with the index of its keys, and the index by which a unit's newest cases are found."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_states_know_more")]

    operations = [
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={"db_table": "case_search"},
        ),
        # A search reads the index once for every week, and each time all that waits to be sorted into it: little may wait.
        # Nothing is known of single keys: each week has its own, so that counting them would be work for nothing.
        migrations.RunSQL(
            """
            CREATE INDEX case_search_keys ON case_search USING gin (keys) WITH (gin_pending_list_limit = 128);
            ALTER TABLE case_search ALTER COLUMN keys SET STATISTICS 0;
            """,
            "DROP INDEX case_search_keys;",
        ),
        migrations.AddIndex(
            model_name="casenow",
            index=models.Index(fields=["lead_unit", "-received_at", "-number"], name="case_unit_newest"),
        ),
    ]
