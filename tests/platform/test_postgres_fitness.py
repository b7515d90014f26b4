"""体检: a server on which Yousu would work wrongly is refused with the reason and the remedy."""

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from yousu.platform.postgres import account, fitness, program
from yousu.platform.postgres.errors import ServerUnfit

_GOOD = "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_CTYPE 'C.UTF-8' LC_COLLATE 'C'"
_MADE = (
    f"CREATE DATABASE good {_GOOD} TEMPLATE template0",
    f"CREATE DATABASE other {_GOOD} TEMPLATE template0",
    "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0",
    f"CREATE DATABASE prepared {_GOOD} TEMPLATE template0",
    "CREATE ROLE poor LOGIN",
    "CREATE ROLE owner LOGIN CREATEROLE",
    "ALTER DATABASE other OWNER TO owner",
)


@pytest.fixture(scope="module")
def foreign() -> Iterator[dict[str, str]]:
    """Somebody else's server, made with LC_CTYPE=C and run without fsync: the address of its superuser."""
    folder = Path(tempfile.mkdtemp(prefix="yousu-test-", dir="/tmp"))
    folder.chmod(0o755)
    who = account.account_for(folder / "data")
    binaries = program.bin_for(who, place=folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    who.own(data)
    initdb = [binaries / "initdb", "-D", data, "--encoding=UTF8", "--locale=C", "--auth=trust", "-U", "root"]
    assert who.run([*initdb, "--no-sync"], cwd=data)[0] == 0
    settings = ["-c", f"unix_socket_directories={data}", "-c", "listen_addresses=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = who.popen([binaries / "postgres", "-D", data, *settings], cwd=data, output=log)
    address = {"host": str(data), "user": "root", "dbname": "postgres"}
    try:
        _make_databases(address)
        yield address
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait()
        shutil.rmtree(folder)


def _make_databases(address: dict[str, str]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            connection = psycopg.connect(**address, autocommit=True)
            break
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.1)
    with connection:
        for statement in _MADE:
            connection.execute(sql.SQL(statement))


def test_a_locale_under_which_chinese_is_not_found_is_refused(foreign: dict[str, str]) -> None:
    with pytest.raises(ServerUnfit, match=r"LC_CTYPE C\) Chinese text cannot be searched.*C\.UTF-8"):
        fitness.check(foreign)


def test_an_encoding_other_than_utf8_is_refused(foreign: dict[str, str]) -> None:
    with pytest.raises(ServerUnfit, match=r"encoding is SQL_ASCII.*ENCODING 'UTF8'"):
        fitness.check(foreign | {"dbname": "ascii"})


def test_a_fit_server_without_fsync_is_warned_of(foreign: dict[str, str]) -> None:
    with pytest.warns(fitness.FsyncOff, match="fsync is off"):
        fitness.check(foreign | {"dbname": "good"})


def test_a_user_who_may_not_make_the_extensions_is_told_who_must(foreign: dict[str, str]) -> None:
    with pytest.raises(ServerUnfit, match="poor may not create the extension pg_trgm: run CREATE EXTENSION"):
        fitness.check(foreign | {"dbname": "prepared", "user": "poor"})


def test_a_user_who_cannot_become_the_web_role_is_told_what_to_grant(foreign: dict[str, str]) -> None:
    with psycopg.connect(**foreign | {"dbname": "prepared"}) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    with pytest.raises(ServerUnfit, match="GRANT yousu_web TO poor"):
        fitness.check(foreign | {"dbname": "prepared", "user": "poor"})


def test_a_database_owner_who_may_make_roles_needs_no_superuser(foreign: dict[str, str]) -> None:
    _drop_web_role(foreign)
    with pytest.warns(fitness.FsyncOff):
        fitness.check(foreign | {"dbname": "other", "user": "owner"})


def test_roles_prepared_by_many_at_once_are_made_once(foreign: dict[str, str]) -> None:
    _drop_web_role(foreign)

    def prepared(database: str) -> None:
        with psycopg.connect(**foreign | {"dbname": database, "user": "owner"}, autocommit=True) as connection:
            fitness.prepare_roles(connection)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(prepared, ["other", "postgres"] * 6))
    with psycopg.connect(**foreign | {"user": "owner"}) as connection:
        connection.execute("SET ROLE yousu_web")


def test_roles_can_be_prepared_inside_a_transaction_that_is_rolled_back(foreign: dict[str, str]) -> None:
    _drop_web_role(foreign)
    with psycopg.connect(**foreign) as connection:
        with connection.transaction(force_rollback=True):
            fitness.prepare_roles(connection)
            connection.execute("SET LOCAL ROLE yousu_web")
        assert connection.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'yousu_web'").fetchone() == (0,)


def _drop_web_role(foreign: dict[str, str]) -> None:
    with psycopg.connect(**foreign) as connection:
        connection.execute("DROP ROLE IF EXISTS yousu_web")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://yousu@127.0.0.1:1/yousu", r"cannot connect to PostgreSQL at 127\.0\.0\.1:1: .*refused"),
        ("postgresql:///yousu?host=/nowhere", r"cannot connect to PostgreSQL at /nowhere:5432: .*No such file"),
        ("postgresql://yousu:se@cret@127.0.0.1/yousu", "address cannot be read"),
        ("postgresql://yousu:secret/@127.0.0.1/yousu", "address cannot be read"),
        ("mysql://yousu@127.0.0.1/yousu", "address cannot be read"),
    ],
)
def test_a_wrong_url_is_refused_in_one_line_without_the_password(url: str, why: str) -> None:
    with pytest.raises(ServerUnfit, match=why) as refusal:
        fitness.check(url)
    assert "\n" not in str(refusal.value)
    assert "cret" not in str(refusal.value)


def test_a_database_that_is_not_there_is_named(foreign: dict[str, str]) -> None:
    with pytest.raises(ServerUnfit, match='database "missing" does not exist'):
        fitness.check(foreign | {"dbname": "missing"})
