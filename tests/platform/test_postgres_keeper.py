"""看守: the server outlives the first of its users, ends with the last, and comes back when something kills it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

_USER = """
import json, sys
from pathlib import Path
from yousu.platform.postgres.server import embedded
print(json.dumps(embedded(Path(sys.argv[1])).conninfo), flush=True)
sys.stdin.read()
"""
_PATIENCE_S = 30.0


class User:
    """A process of its own that holds a share until it is ended."""

    def __init__(self, home: Path) -> None:
        self.home = home
        command = [sys.executable, "-c", _USER, str(home)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        assert line, "the user could not start"
        self.conninfo: dict[str, str] = json.loads(line)

    def end(self) -> None:
        with self.process:
            self.process.stdin.close()

    def killed(self) -> None:
        with self.process:
            self.process.kill()


@pytest.fixture
def use(tmp_path: Path) -> Iterator[Callable[[], User]]:
    """Starts users of one home; those still there are ended after the test."""
    users: list[User] = []

    def started() -> User:
        users.append(User(tmp_path / "home"))
        return users[-1]

    yield started
    for user in users:
        if user.process.poll() is None:
            user.end()


def test_the_first_user_to_end_does_not_take_the_server_from_the_others(use: Callable[[], User]) -> None:
    first, second = use(), use()
    server = postmaster(first)
    first.end()
    time.sleep(3)
    assert postmaster(second) == server
    assert answers(second)


def test_the_last_user_to_end_stops_the_server_and_its_keeper(use: Callable[[], User]) -> None:
    first, second = use(), use()
    server, guard = postmaster(first), keeper(first)
    first.end()
    second.killed()
    wait_until(lambda: not is_running(server) and not is_running(guard))
    assert not Path(first.conninfo["host"], ".s.PGSQL.5432").exists()


def test_what_was_committed_is_there_at_the_next_start(use: Callable[[], User]) -> None:
    first = use()
    server = postmaster(first)
    commit_a_row(first)
    first.end()
    wait_until(lambda: not is_running(server))
    assert rows(use()) == 1


def test_a_killed_keeper_is_replaced_by_a_user_and_the_rows_are_there(use: Callable[[], User]) -> None:
    user = use()
    server, guard = postmaster(user), keeper(user)
    commit_a_row(user)
    os.kill(guard, signal.SIGKILL)
    wait_until(lambda: not is_running(server) and answers(user))
    assert rows(user) == 1
    assert keeper(user) != guard


def test_a_killed_keeper_with_many_users_is_replaced_once(use: Callable[[], User]) -> None:
    users = [use() for _ in range(3)]
    server = postmaster(users[0])
    os.kill(keeper(users[0]), signal.SIGKILL)
    wait_until(lambda: not is_running(server) and answers(users[0]))
    time.sleep(2)
    assert keepers(users[0].home) == [keeper(users[0])]


def test_a_killed_server_is_started_again_by_its_keeper(use: Callable[[], User]) -> None:
    user = use()
    server, guard = postmaster(user), keeper(user)
    commit_a_row(user)
    os.kill(server, signal.SIGKILL)
    wait_until(lambda: not is_running(server) and answers(user))
    assert rows(user) == 1
    assert (postmaster(user) != server, keeper(user)) == (True, guard)


def test_a_lost_socket_folder_is_made_again(use: Callable[[], User]) -> None:
    user = use()
    shutil.rmtree(user.conninfo["host"])
    wait_until(lambda: answers(user))


def test_a_new_process_heals_what_was_killed_when_nobody_looked(use: Callable[[], User]) -> None:
    user = use()
    server, guard = postmaster(user), keeper(user)
    commit_a_row(user)
    user.killed()
    for pid in (guard, server):
        os.kill(pid, signal.SIGKILL)
    assert rows(use()) == 1


def test_starters_at_once_share_one_server(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        users = list(pool.map(lambda _: User(tmp_path / "home"), range(4)))
    try:
        assert len({postmaster(user) for user in users}) == 1
        assert len(keepers(tmp_path / "home")) == 1
        assert all(answers(user) for user in users)
    finally:
        for user in users:
            user.end()


@pytest.mark.parametrize("pause_s", [2.0, 2.2])
def test_a_user_that_arrives_while_the_keeper_shuts_down_gets_a_server(use: Callable[[], User], pause_s: float) -> None:
    use().end()
    time.sleep(pause_s)
    late = use()
    assert answers(late)
    time.sleep(3)
    assert answers(late)


def test_a_keeper_told_to_end_stops_the_server_cleanly(use: Callable[[], User]) -> None:
    user = use()
    server, guard = postmaster(user), keeper(user)
    user.killed()
    os.kill(guard, signal.SIGTERM)
    wait_until(lambda: not is_running(server) and not is_running(guard))
    assert "database system is shut down" in (user.home / "postgres" / "server.log").read_text()


def test_the_server_of_a_removed_home_ends(use: Callable[[], User]) -> None:
    user = use()
    server, guard = postmaster(user), keeper(user)
    wait_until(lambda: removed(user.home))
    wait_until(lambda: not is_running(server) and not is_running(guard))
    time.sleep(1)
    assert (user.home.exists(), keepers(user.home)) == (False, [])


def test_statements_and_values_stay_out_of_the_log(use: Callable[[], User]) -> None:
    user = use()
    commit_a_row(user, "13800138000")
    with pytest.raises(psycopg.errors.UniqueViolation), connected(user) as connection:
        connection.execute("INSERT INTO kept VALUES ('13800138000')")
    log = (user.home / "postgres" / "server.log").read_text()
    assert "duplicate key" in log
    assert "13800138000" not in log


def removed(home: Path) -> bool:
    # A living server still makes a file now and then.
    shutil.rmtree(home, ignore_errors=True)
    return not home.exists()


def connected(user: User) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(**user.conninfo)


def commit_a_row(user: User, value: str = "row") -> None:
    with connected(user) as connection:
        connection.execute("CREATE TABLE kept (value text PRIMARY KEY)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def rows(user: User) -> object:
    with connected(user) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def answers(user: User) -> bool:
    try:
        with connected(user) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def postmaster(user: User) -> int:
    return int((user.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def keeper(user: User) -> int:
    status = Path(f"/proc/{postmaster(user)}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("PPid:")).split()[1])


def keepers(home: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"yousu.platform.postgres.keeper" in words and os.fsencode(home) in words:
            found.append(int(entry.name))
    return found


def is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(") ")[2][0] not in "ZX"


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not done():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
