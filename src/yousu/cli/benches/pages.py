"""页面: how soon the desk's pages are there when the database holds many cases."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.utils.crypto import get_random_string

from yousu.cases.models import CaseNow
from yousu.cli.benches import Asked, BenchFailed, Measured, load, server, signed_in
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted
from yousu.figures import trees
from yousu.figures.showing.periods import PERIODS
from yousu.org.city import city
from yousu.platform import clock

_SOME = 200
_TYPING = "/desk/new/beside/"
# More than are kept, so that none is still there when its turn comes again.
_MANY_DAYS = 70


def measure(asked: Asked) -> Iterator[Measured]:
    """p95 of one reader at a time, and the number of statements, of each page and of what a typing pause asks."""
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
        said = _half_sentences()
        typed = load.put([_typist(said, dispatcher)], port=served.port, seconds=asked.seconds)
        ratio = typed.p95_ms / bare.p95_ms
        yield Measured(name="pages.typing", value=typed.p95_ms, unit="ms", ratio_to="pages.ceiling", ratio=ratio)
        yield Measured(
            name="pages.typing.statements", value=_statements(_TYPING, dispatcher, said[-1]), unit="statements"
        )


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
    """Overview and rates as leaders open them, both counted anew each time, and the cases behind a figure."""
    today = clock.now().date()
    days = [today - timedelta(days=n) for n in range(1, _MANY_DAYS)]
    behind = f"/desk/figures/accepted/?from={days[27]}&to={days[0]}"
    return {
        "overview": [f"/desk/overview/?period={code}" for code in PERIODS],
        "overview_week_anew": [f"/desk/overview/?period=week&to={day}" for day in days],
        "overview_28days_anew": [f"/desk/overview/?period=28days&to={day}" for day in days],
        "rates": [f"/desk/rates/?by={dimension}" for dimension in trees.DIMENSIONS],
        "rates_month_anew": [f"/desk/rates/?from={day - timedelta(days=30)}&to={day}" for day in days],
        "figure": [behind, f"{behind}&district={city().districts()[0].code}"],
    }


def _reader(paths: list[str], cookie: str) -> Visitor:
    for path in cycle(paths):
        yield load.request("GET", path, headers={"Cookie": cookie})


def _half_sentences() -> list[tuple[str, str]]:
    """What somebody has typed when a pause begins: a few words more each time, with a place in the end."""
    some = CaseNow.objects.exclude(matter=None).order_by("-received_at").values_list("matter", "place")[:_SOME]
    return [((matter or "")[:length], place or "") for matter, place in some for length in (6, 14, 40)]


def _typist(said: Sequence[tuple[str, str]], cookie: str) -> Visitor:
    token = get_random_string(CSRF_SECRET_LENGTH)
    headers = {
        "Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}",
        "X-CSRFToken": token,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for text, place in cycle(said):
        body = urlencode({"text": text, "place": place}).encode()
        yield load.request("POST", _TYPING, headers=headers, body=body)


def _statements(path: str, cookie: str, typed: tuple[str, str] | None = None) -> int:
    client, headers = Client(SERVER_NAME=load.HOST), {"Cookie": cookie, "HX-Request": "true" if typed else ""}
    said = dict(zip(("text", "place"), typed, strict=True)) if typed else None
    with counted() as seen:
        answer = client.post(path, said, headers=headers) if said else client.get(path, headers=headers)
    if answer.status_code != 200 or (typed and b"<html" in answer.content):
        raise BenchFailed(f"{path}: {answer.status_code}")
    return len(seen)
