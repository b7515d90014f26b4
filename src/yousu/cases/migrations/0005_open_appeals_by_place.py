"""Open appeals at a place or of a category, newest first: what looks the same is found by these."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_released_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="casenow",
            name="place_key",
            field=models.TextField(null=True),
        ),
        migrations.RunSQL(
            """
            UPDATE case_now SET place_key = state->'where'->>'key' WHERE state->'where'->>'key' IS NOT NULL;
            CREATE INDEX case_open_place ON case_now (place_key, received_at DESC) WHERE kind = 'appeal'
                AND stage IN ('forwarded', 'handled', 'recorded', 'sent_back', 'signed', 'unsolved');
            CREATE INDEX case_open_category ON case_now (category, received_at DESC) WHERE kind = 'appeal'
                AND stage IN ('forwarded', 'handled', 'recorded', 'sent_back', 'signed', 'unsolved');
            """,
            """
            DROP INDEX case_open_category;
            DROP INDEX case_open_place;
            """,
        ),
    ]
