"""What a command stands on: without a database, its tables, its key or its own home it ends with 2 and one line."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests import scratch, world
from tests.cli.test_serving import free_port

YOUSU = Path(sys.executable).with_name("yousu")
NOBODY = "postgresql://yousu:secretword@127.0.0.1:1/yousu"


def refused(*arguments: str, **settings: str) -> str:
    """The one line of a command that must end with 2."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | settings
    # The scratch server runs without fsync, which is told on stderr.
    environment["PYTHONWARNINGS"] = "ignore"
    done = subprocess.run([str(YOUSU), *arguments], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    return done.stderr


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database in which nothing was made."""
    at = scratch.server()
    name = scratch.copy("yousu_empty", of="template0")
    yield f"postgresql://{at['user']}@/{name}?host={quote(at['host'], safe='')}&port={at['port']}"
    scratch.drop(name)


@pytest.mark.parametrize("command", [["verify"], ["drill", "daily-2024-01-31", "calls"], ["figures", "accepted"]])
def test_a_database_that_does_not_answer_is_no_finding(command: list[str]) -> None:
    told = refused(*command, YOUSU_DATABASE_URL=NOBODY)
    assert "YOUSU_DATABASE_URL: the database does not answer" in told
    assert "secretword" not in told


@pytest.mark.parametrize("command", [["verify"], ["drill", "daily-2024-01-31", "calls"]])
def test_an_address_that_cannot_be_read_is_no_finding_and_is_not_repeated(command: list[str]) -> None:
    told = refused(*command, YOUSU_DATABASE_URL="postgresql://yousu:secret/word@db:5432/yousu")
    assert "YOUSU_DATABASE_URL must look like" in told
    assert "secret" not in told


def test_verifying_a_database_without_tables_is_refused_and_makes_none(empty: str, tmp_path: Path) -> None:
    key = tmp_path / "master.key"
    assert "`yousu serve`" in refused("verify", YOUSU_DATABASE_URL=empty, YOUSU_KEY_FILE=str(key))
    assert not key.exists()
    with scratch.superuser("yousu_empty") as admin:
        assert admin.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


COMMANDS = [["verify"], ["worker"], ["serve", "--port", str(free_port())], ["token", "create", "--user", "x"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_lost_key_is_named_and_never_replaced(command: list[str], tmp_path: Path) -> None:
    world.recorded()
    key = tmp_path / "keys" / "master.key"
    assert f"YOUSU_KEY_FILE: {key} is missing" in refused(*command, YOUSU_KEY_FILE=str(key))
    assert not key.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", COMMANDS)
def test_another_databases_key_is_refused(command: list[str], tmp_path: Path) -> None:
    key = tmp_path / "master.key"
    key.write_bytes(secrets.token_bytes(32))
    assert f"YOUSU_KEY_FILE: {key} holds another key" in refused(*command, YOUSU_KEY_FILE=str(key))


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_touches_no_database_and_no_key_of_the_operators(tmp_path: Path) -> None:
    number = world.recorded().number
    home = tmp_path / "home"
    given = {"YOUSU_HOME": str(home), "YOUSU_KEY_FILE": str(tmp_path / "master.key")}
    assert "unset YOUSU_DATABASE_URL and YOUSU_KEY_FILE" in refused("demo", "--no-serve", **given)
    assert not home.exists() and not (tmp_path / "master.key").exists()
    with scratch.superuser(_database()) as admin:
        found = admin.execute("SELECT number FROM case_now").fetchall()
    assert found == [(number,)]


def test_a_demonstration_takes_no_key_of_the_operators(tmp_path: Path) -> None:
    given = {"YOUSU_HOME": str(tmp_path / "home"), "YOUSU_DATABASE_URL": ""}
    told = refused("demo", "--no-serve", YOUSU_KEY_FILE=str(tmp_path / "master.key"), **given)
    assert "unset YOUSU_KEY_FILE:" in told
    assert not (tmp_path / "home").exists()


def _database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])
