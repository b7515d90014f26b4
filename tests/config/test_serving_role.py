"""The web server's entry point: whichever server loads it, it cannot change what happened."""

import os
import subprocess
import sys

import pytest

_ASKED = """
from yousu.config.wsgi import application
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, current_setting('statement_timeout'), current_setting('lock_timeout')")
    print(*cursor.fetchone())
    cursor.execute("SELECT has_table_privilege('event', 'DELETE')")
    print(*cursor.fetchone())
"""


@pytest.mark.django_db(transaction=True)
def test_any_server_that_loads_the_entry_point_works_as_the_web_role_with_limits() -> None:
    bare = {
        name: value for name, value in os.environ.items() if name not in ("YOUSU_PROCESS", "DJANGO_SETTINGS_MODULE")
    }
    done = subprocess.run([sys.executable, "-c", _ASKED], env=bare, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["yousu_web 20s 5s", "False"], done.stderr
