"""受理: appeals a second by `POST /api/v1/appeals`, beside an endpoint of the same server with one INSERT."""

from collections.abc import Iterator
from itertools import count

from django.test import Client

from yousu.cli.benches import Asked, BenchFailed, Measured, ceiling, load, prepared, said, server, staff
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted

CONNECTIONS = 8
_BEFORE = 1_000
_PATH = "/api/v1/appeals"
_ROW = "/row"


def measure(asked: Asked) -> Iterator[Measured]:
    """Per second, p95, statements; the ceiling before and after, so that a disk that swings shows in both."""
    token = staff.token("call_taker")
    ceiling.make_table()
    prepared.cases(_BEFORE)
    serials = count()
    statements = _statements(token, next(serials))
    with server.ceiling("ceiling") as bare:
        least = _inserted(bare.port, "/", asked.seconds / 2)
    with server.yousu_serve() as served, server.ceiling("endpoint") as stack:
        before = _inserted(stack.port, _ROW, asked.seconds / 2)
        visitors = [_caller(token, serials) for _ in range(CONNECTIONS)]
        recorded = load.put(visitors, port=served.port, seconds=asked.seconds, pid=served.pid)
        after = _inserted(stack.port, _ROW, asked.seconds / 2)
    most = (before + after) / 2
    yield Measured(name="record.bare", value=least, unit="/s")
    yield Measured(name="record.ceiling", value=most, unit="/s")
    yield Measured(
        name="record",
        value=recorded.per_second,
        unit="/s",
        ratio_to="record.ceiling",
        ratio=recorded.per_second / most,
    )
    yield Measured(name="record.p95", value=recorded.p95_ms, unit="ms")
    yield Measured(name="record.cpu", value=recorded.cpu_ms, unit="ms")
    yield Measured(name="record.statements", value=statements, unit="statements")


def _caller(token: str, serials: Iterator[int]) -> Visitor:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    while True:
        yield load.request("POST", _PATH, headers=headers, body=said.body(next(serials)))


def _inserted(port: int, path: str, seconds: float) -> float:
    visitors = [_inserter(path) for _ in range(CONNECTIONS)]
    return load.put(visitors, port=port, seconds=seconds).per_second


def _inserter(path: str) -> Visitor:
    for i in count():
        yield load.request("POST", path, headers={"Content-Type": "application/json"}, body=said.body(i))


def _statements(token: str, serial: int) -> int:
    client = Client(SERVER_NAME=load.HOST)
    with counted() as seen:
        answer = client.post(
            _PATH, said.body(serial), content_type="application/json", headers={"Authorization": f"Bearer {token}"}
        )
    if answer.status_code != 201:
        raise BenchFailed(answer.content.decode()[:300])
    return len(seen)
