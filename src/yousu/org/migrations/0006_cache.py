"""The table of Django's cache: what must be known to all server processes for a short while."""

from django.db import migrations

_MAKE = """
CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0005_sign_in_attempts")]

    operations = [migrations.RunSQL(_MAKE, reverse_sql="DROP TABLE cache")]
