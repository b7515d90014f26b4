"""页面: how soon the desk's pages are there when the database holds many cases."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle

from django.test import Client

from yousu.cases.models import CaseNow
from yousu.cli.benches import Asked, BenchFailed, Measured, load, server, signed_in
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted
from yousu.figures.showing.periods import PERIODS
from yousu.org.city import city
from yousu.platform import clock

_SOME = 200
# More than are kept, so that none is still there when its turn comes again.
_MANY_DAYS = 70


def measure(asked: Asked) -> Iterator[Measured]:
    """p95 of one reader at a time, and the number of statements, of lists, a search, a case, and the overview."""
    dispatcher, leader = signed_in.cookie("dispatcher"), signed_in.cookie("leader")
    pages = _pages() | _overviews()
    cookies = {name: leader if name in _overviews() else dispatcher for name in pages}
    statements = {name: _statements(paths[0], cookies[name]) for name, paths in pages.items()}
    with server.yousu_serve() as served:
        load.put([_reader(["/healthz"], leader)], port=served.port, seconds=0.5)
        bare = load.put([_reader(["/healthz"], leader)], port=served.port, seconds=asked.seconds / 4)
        yield Measured(name="pages.ceiling", value=bare.p95_ms, unit="ms")
        for name, paths in pages.items():
            read = load.put([_reader(paths, cookies[name])], port=served.port, seconds=asked.seconds)
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


def _overviews() -> dict[str, list[str]]:
    """The overview as leaders open it, the same counted anew each time, and the cases behind a figure of 28 days."""
    today = clock.now().date()
    days = [today - timedelta(days=n) for n in range(1, _MANY_DAYS)]
    behind = f"/desk/figures/accepted/?from={days[27]}&to={days[0]}"
    return {
        "overview": [f"/desk/overview/?period={code}" for code in PERIODS],
        "overview_week_anew": [f"/desk/overview/?period=week&to={day}" for day in days],
        "overview_28days_anew": [f"/desk/overview/?period=28days&to={day}" for day in days],
        "figure": [behind, f"{behind}&district={city().districts()[0].code}"],
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
