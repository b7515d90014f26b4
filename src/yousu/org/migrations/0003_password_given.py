"""Accounts know when their password was chosen, and whether somebody else chose it."""

from django.db import migrations, models

import yousu.platform.clock


class Migration(migrations.Migration):
    dependencies = [("org", "0002_dated_city_rows")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="password_changed_at",
            field=models.DateTimeField(default=yousu.platform.clock.now),
        ),
        migrations.AddField(
            model_name="account",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
    ]
