"""`yousu verify`: exit codes and JSON; a damaged disk is a finding, not a crash."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests import world
from tests.ledger.test_verify import change

from yousu.ledger import seals, sequencer

YOUSU = Path(sys.executable).parent / "yousu"
_PLAYED = """
import django; django.setup()
from yousu.org.install import install; install()
from tests import world
from yousu.ledger import seals, sequencer
for _ in range(3): world.called_back()
sequencer.drain(); seals.seal(); print(seals.seal().number)
"""


def yousu_verify(*options: str, env: Mapping[str, str] | None = None) -> tuple[int, Any, str]:
    """Exit code, JSON (if any) and stderr of a run in a process of its own."""
    done = subprocess.run(
        [str(YOUSU), "verify", "--json", *options], env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_sound_ledger_ends_with_0_and_a_broken_one_with_1() -> None:
    number = world.called_back().number
    sequencer.drain()
    seals.seal()
    code, told, said = yousu_verify()
    assert (code, told and told["broken"], told and told["projection_differences"]) == (0, [], []), said
    assert set(told) == {"streams", "events", "broken", "projection_differences", "root"}
    assert len(told["root"]) == 64
    change(f"UPDATE case_now SET stage = 'recorded', due_at = NULL WHERE number = '{number}'")
    change("UPDATE event SET actor = 'x' WHERE seq = 3")
    code, told, _ = yousu_verify()
    assert code == 1
    (broken,) = told["broken"]
    assert broken == {"stream": f"appeal/{number}", "seq": 3, "why": "its hash does not follow"}
    differing = {one["column"]: one for one in told["projection_differences"]}
    assert set(differing) == {"stage", "due_at"}
    assert (differing["stage"]["stored"], differing["stage"]["rebuilt"]) == ("recorded", "settled")
    assert differing["due_at"]["stored"] is None
    assert set(differing["stage"]) == {"stream", "seq", "table", "column", "stored", "rebuilt"}


@pytest.mark.django_db(transaction=True)
def test_a_seal_nobody_knows_is_bad_usage() -> None:
    code, told, said = yousu_verify("--since", "99")
    assert (code, told) == (2, None)
    assert said.strip().endswith("--since: there is no seal 99")
    assert len(said.strip().splitlines()) == 1


def test_bytes_changed_on_the_disk_name_what_cannot_be_read(tmp_path: Path) -> None:
    from yousu.platform.postgres.server import embedded

    tmp_path.chmod(0o711)
    env = {name: value for name, value in os.environ.items() if not name.startswith("YOUSU_")}
    env |= {"YOUSU_HOME": str(tmp_path), "YOUSU_CITY": os.environ["YOUSU_CITY"], "YOUSU_LOG_LEVEL": "WARNING"}
    env |= {"DJANGO_SETTINGS_MODULE": "yousu.config.settings"}
    subprocess.run([sys.executable, "-c", _PLAYED], env=env, check=True, capture_output=True)
    server = embedded(tmp_path)
    file = _file_of("event", server.conninfo)
    code, told, said = yousu_verify(env=env)
    assert (code, told["broken"]) == (0, []), said
    server.release()
    _wait_until_stopped(tmp_path)
    heap = tmp_path / "postgres" / "data" / file
    stored = bytearray(heap.read_bytes())
    stored[-100] ^= 0xFF
    heap.write_bytes(stored)
    code, told, said = yousu_verify(env=env)
    assert code == 1, said
    assert "Traceback" not in said
    unreadable = [one for one in told["broken"] if one["stream"] == "relation/event"]
    assert unreadable, told["broken"]
    assert "invalid page in block" in unreadable[0]["why"]


def _file_of(table: str, conninfo: Mapping[str, str]) -> str:
    with psycopg.connect(**conninfo, autocommit=True) as connection:
        row = connection.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
    assert row is not None
    return str(row[0])


def _wait_until_stopped(home: Path) -> None:
    import time

    until = time.monotonic() + 60
    while (home / "postgres" / "data" / "postmaster.pid").exists():
        assert time.monotonic() < until, "the server does not stop"
        time.sleep(0.1)
