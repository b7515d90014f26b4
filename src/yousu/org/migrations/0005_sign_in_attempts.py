"""Failed attempts are counted where all server processes see them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0004_sessions")]

    operations = [
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("failures", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "sign_in_attempt"},
        ),
    ]
