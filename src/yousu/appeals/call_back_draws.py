"""回访抽样: where only a share is called back, each finished day is drawn by a seed of its own that stays on record."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from yousu.appeals.dispatching import grades, stream
from yousu.appeals.mark_events import CallBackChosen
from yousu.appeals.state import AppealState
from yousu.ledger import log
from yousu.ledger.events import decode, event
from yousu.ledger.log import Entry
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock

_A_BATCH = 250
# What waited longer, while the worker stood still, is asked about no more.
_MOST_DAYS = 7
_ELIGIBLE = """
SELECT number FROM case_now
WHERE kind = 'appeal' AND stage = 'closed' AND closed_at >= %s AND closed_at < %s AND person_id IS NOT NULL
    AND NOT marks @> ARRAY['parked']
ORDER BY number
"""
# The same seed over the same numbers draws the same cases, on any machine.
_DRAWN = "SELECT n FROM unnest(%s::text[]) AS n ORDER BY sha256(convert_to(%s || ':' || n, 'UTF8')), n LIMIT %s"
_FIRST = "SELECT min(name) FROM stream WHERE name LIKE 'call_backs/%%'"
_LAST = "SELECT max(name) FROM stream WHERE name LIKE 'call_backs/%%'"


@event("call_backs_drawn")
@dataclass(frozen=True, kw_only=True)
class CallBacksDrawn:
    """回访抽样: of a day's completed cases with a phone, so many per cent by this seed: all that waited, and which."""

    day: date
    percent: int
    seed: str
    eligible: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """One day's sample, as it was recorded."""

    fact: CallBacksDrawn
    at: datetime


def percent() -> int:
    """How many of a hundred completed cases are called back; 100: all, and nothing is drawn."""
    return int(city().settings["call_back"]["percent"])


def drawn_since() -> datetime:
    """From when on what is completed is drawn: what was completed before is called back whole."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        (first,) = cursor.fetchone() or (None,)
    return clock.now() if first is None else _begin(date.fromisoformat(first.partition("/")[2]))


def draw_due(*, by: Actor) -> int:
    """Draws every finished day that was not drawn yet; returns how many cases. Raises Forbidden."""
    capabilities.require(by, "draw-call-backs")
    return sum(_draw(day, by=by) for day in _days()) if percent() < 100 else 0


def drawn(seed: str, eligible: Sequence[str], *, percent: int) -> list[str]:
    """Whom a seed draws, the share rounded up; in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAWN, [list(eligible), seed, -(-len(eligible) * percent // 100)])
        return sorted(number for (number,) in cursor.fetchall())


def latest(limit: int) -> list[Draw]:
    """The samples, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, shape, data, recorded_at FROM event WHERE stream LIKE 'call_backs/%%' "
            "ORDER BY stream DESC LIMIT %s",
            [limit],
        )
        return [Draw(fact=decode(kind, shape, data), at=at) for kind, shape, data, at in cursor.fetchall()]


def _days() -> Iterator[date]:
    yesterday = log.local_day_of(clock.now()) - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        (last,) = cursor.fetchone() or (None,)
    first = yesterday if last is None else date.fromisoformat(last.partition("/")[2]) + timedelta(days=1)
    first = max(first, yesterday - timedelta(days=_MOST_DAYS - 1))
    yield from (first + timedelta(days=n) for n in range((yesterday - first).days + 1))


def _draw(day: date, *, by: Actor) -> int:
    eligible, seed = _closed_on(day), secrets.token_hex(4)
    chosen = drawn(seed, eligible, percent=percent())
    fact = CallBacksDrawn(
        day=day, percent=percent(), seed=seed, eligible=tuple(eligible), cases=tuple(chosen)
    )  # fmt: skip
    with log.batch() as batch:
        # One transaction: a day is drawn as a whole, and by one worker alone, for its stream begins once.
        log.begin(f"call_backs/{day.isoformat()}", fact, by=by, at=clock.now())
        for begin in range(0, len(chosen), _A_BATCH):
            numbers = chosen[begin : begin + _A_BATCH]
            batch.load(map(stream, numbers))
            for number in numbers:
                case: AppealState = batch.state(stream(number))
                # Called back or reopened in this very moment.
                if case.stage == "closed":
                    batch.decide(_chosen(number, day, by=by))
    return len(chosen)


def _chosen(number: str, day: date, *, by: Actor) -> Entry:
    return Entry(stream=stream(number), decide=lambda _: CallBackChosen(day=day), by=by, at=clock.now())


def _closed_on(day: date) -> list[str]:
    begin = _begin(day)
    with connection.cursor() as cursor:
        cursor.execute(_ELIGIBLE, [begin, begin + timedelta(days=1)])
        return [number for (number,) in cursor.fetchall()]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), grades().zone)
