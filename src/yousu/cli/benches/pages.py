"""页面: how soon the desk's pages are there when the database holds many cases."""

from collections.abc import Iterator
from itertools import cycle

from django.test import Client

from yousu.cases.models import CaseNow
from yousu.cli.benches import Asked, BenchFailed, Measured, load, server, signed_in
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted

_SOME = 200


def measure(asked: Asked) -> Iterator[Measured]:
    """p95 of one reader at a time, and the number of statements, of the queue, the list, a search and a case."""
    cookie = signed_in.cookie("dispatcher")
    pages = _pages()
    statements = {name: _statements(paths[0], cookie) for name, paths in pages.items()}
    with server.yousu_serve() as served:
        load.put([_reader(["/healthz"], cookie)], port=served.port, seconds=0.5)
        bare = load.put([_reader(["/healthz"], cookie)], port=served.port, seconds=asked.seconds / 4)
        yield Measured(name="pages.ceiling", value=bare.p95_ms, unit="ms")
        for name, paths in pages.items():
            read = load.put([_reader(paths, cookie)], port=served.port, seconds=asked.seconds)
            yield Measured(
                name=f"pages.{name}",
                value=read.p95_ms,
                unit="ms",
                ratio_to="pages.ceiling",
                ratio=read.p95_ms / bare.p95_ms,
            )
            yield Measured(name=f"pages.{name}.statements", value=statements[name], unit="statements")


def _pages() -> dict[str, list[str]]:
    some = CaseNow.objects.order_by("-received_at").values_list("number", flat=True)
    return {
        "inbox": ["/desk/inbox/"],
        "cases": ["/desk/cases/"],
        "search": ["/desk/cases/?q=%E5%B7%A5%E5%9C%B0"],
        "search_rare": ["/desk/cases/?q=%E7%B2%BE%E7%A5%9E%E7%97%85%E9%99%A2"],
        "case": [f"/desk/cases/{number}/" for number in some[:_SOME]],
    }


def _reader(paths: list[str], cookie: str) -> Visitor:
    for path in cycle(paths):
        yield load.request("GET", path, headers={"Cookie": cookie})


def _statements(path: str, cookie: str) -> int:
    client = Client(SERVER_NAME=load.HOST)
    with counted() as seen:
        answer = client.get(path, headers={"Cookie": cookie})
    if answer.status_code != 200:
        raise BenchFailed(f"{path}: {answer.status_code}")
    return len(seen)
