"""Who has which case open, of pages that ask. Not logged: after a crash everybody asks again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0007_saved_search")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("page", models.TextField(primary_key=True, serialize=False)),
                ("actor", models.TextField()),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("number", models.TextField(db_index=True)),
                ("form", models.TextField(blank=True)),
                ("is_listening", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
            ],
            options={"db_table": "presence"},
        ),
        migrations.RunSQL("ALTER TABLE presence SET UNLOGGED", "ALTER TABLE presence SET LOGGED"),
    ]
