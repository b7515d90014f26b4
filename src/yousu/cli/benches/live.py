"""实时: what fifty open pages cost while nothing happens, and how soon they are told when something does."""

import math
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from yousu.appeals import commands
from yousu.cases.models import CaseNow
from yousu.cli.benches import Asked, BenchFailed, Measured, desks, processes, said, server, signed_in, staff
from yousu.cli.benches.desks import Heard, Page
from yousu.org import tickets
from yousu.org.accounts import actor_of, create
from yousu.platform import environment
from yousu.platform.postgres.folder import Folder

_PAGES = 50
# Roles, and the lists in their navigation.
_LISTS = {
    "dispatcher": ("inbox", "mine", "returns", "reviews"),
    "call_taker": ("mine",),
    "handler": ("unit",),
    "call_back_officer": ("calls",),
    "supervisor": ("late", "unsolved"),
}
_ROLES = tuple(_LISTS)
# Long enough for the worker to be as slow as it is at night.
_SETTLE_S = 8.0
# A city of a few thousand acts an hour.
_GAP_S = (0.2, 2.0)
_TOLD_WITHIN_S = 5.0
_BACKLOG_S = 900.0
_BACKLOG = "SELECT EXISTS (SELECT FROM outbox WHERE deferred_at IS NULL) OR EXISTS (SELECT FROM event_pending)"


def measure(asked: Asked) -> Iterator[Measured]:
    """Hundredths of one core for all processes together, without pages, with pages that listen, with pages that ask;
    then milliseconds from a command's commit to the event at each page."""
    pages = _pages()
    with server.yousu_serve() as served:
        _worked_off()
        time.sleep(_SETTLE_S)
        alone = _percent(served.pid, asked.seconds)
        yield Measured(name="live.alone", value=alone, unit="% of a core")
        with desks.listening(pages, port=served.port + 1) as heard:
            time.sleep(_SETTLE_S)
            yield _beside(alone, "live", _percent(served.pid, asked.seconds))
            took_ms = sorted(_told(heard, seconds=asked.seconds * 2))
        with desks.asking(pages, port=served.port):
            time.sleep(_SETTLE_S)
            yield _beside(alone, "live.asking", _percent(served.pid, asked.seconds))
    yield Measured(name="live.told", value=statistics.median(took_ms), unit="ms")
    yield Measured(name="live.told.p95", value=took_ms[math.ceil(len(took_ms) * 0.95) - 1], unit="ms")


def _worked_off() -> None:
    """Waits until the worker has told of everything that a filled home left it."""
    until = time.monotonic() + _BACKLOG_S
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(_BACKLOG)
            if cursor.fetchone() == (False,):
                return
            time.sleep(1.0)
    raise BenchFailed(f"the worker is still busy after {_BACKLOG_S:.0f} s")


def _beside(alone: float, name: str, percent: float) -> Measured:
    return Measured(name=name, value=percent, unit="% of a core", ratio_to="live.alone", ratio=percent / alone)


def _pages() -> list[Page]:
    """Pages of all roles, each with a case of its role's sight open."""
    numbers = list(CaseNow.objects.filter(stage="forwarded").values_list("number", flat=True)[:_PAGES])
    found: list[Page] = []
    for at in range(_PAGES):
        role = _ROLES[at % len(_ROLES)]
        user = f"{staff.user_of(role)}_{at}"
        account = create(user, None, roles=[role], unit=staff.unit_of(role), name_zh=user, name_en=user)
        case = numbers[at % len(numbers)] if numbers else ""
        ticket = tickets.issue(actor_of(account), name_zh=user, name_en=user, waiting=_LISTS[role])
        found.append(Page(ticket=ticket, cookie=signed_in.cookie_of(account), case=case))
    return found


def _percent(pid: int, seconds: float) -> float:
    """Of one core: the server with worker and live process, the database with its keeper."""
    those = (pid, _keeper())
    before, began = sum(map(processes.cpu_s, those)), time.perf_counter()
    time.sleep(seconds)
    return (sum(map(processes.cpu_s, those)) - before) * 100 / (time.perf_counter() - began)


def _keeper() -> int:
    """The parent of the database's first process."""
    postmaster = (Folder(environment.home() / "postgres").data / "postmaster.pid").read_text().split()[0]
    return int(Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()[1])


def _told(heard: Heard, *, seconds: float) -> Iterator[float]:
    until, i = time.perf_counter() + seconds, 0
    # Whoever may see every case; a unit is told of its own.
    listeners = _PAGES * sum(role != "handler" for role in _ROLES) // len(_ROLES)
    committed: dict[str, float] = {}
    while i == 0 or time.perf_counter() < until:
        i += 1
        case = commands.record(said.appeal(i), by=staff.actor("call_taker"))
        committed[case.number] = time.perf_counter()
        # Not in step with anybody's rounds.
        time.sleep(random.uniform(*_GAP_S))
    time.sleep(_TOLD_WITHIN_S)
    for number, at in committed.items():
        moments = heard.of(number)
        if len(moments) < listeners:
            raise BenchFailed(f"{len(moments)} of {listeners} pages were told")
        yield from ((moment - at) * 1000 for moment in moments)
