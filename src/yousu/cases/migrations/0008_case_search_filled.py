"""Cases that were recorded before there was search get their rows."""

from typing import Any

from django.db import migrations

_AT_ONCE = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    """In the order of their numbers."""
    from yousu.cases import search_table

    after = ""
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT number FROM case_now WHERE number > %s ORDER BY number LIMIT %s", [after, _AT_ONCE])
            numbers = [number for (number,) in cursor.fetchall()]
            if not numbers:
                return
            search_table.write_again(numbers)
            after = numbers[-1]


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_case_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
