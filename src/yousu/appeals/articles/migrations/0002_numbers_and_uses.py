"""The one sequence of article numbers, and the index by which what was answered from an article is counted."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Few events are answers, and the index holds no others."""

    dependencies: ClassVar = [("articles", "0001_tables"), ("ledger", "0005_attachments")]
    operations: ClassVar = [
        migrations.RunSQL(
            """
            CREATE SEQUENCE article_number;
            CREATE INDEX event_article ON event ((data::jsonb ->> 'article')) WHERE kind = 'answered';
            """,
            """
            DROP SEQUENCE article_number;
            DROP INDEX event_article;
            """,
        )
    ]
