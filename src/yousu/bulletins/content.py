"""通报内容: the figures of a period, each with the set it counts; every number here is the size of a set."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785

from yousu.bulletins import checks, names, statements, topics
from yousu.bulletins.rules import Spell
from yousu.figures import queries as figures
from yousu.figures.definitions import DECISIONS
from yousu.figures.queries import Period
from yousu.figures.rates import percent
from yousu.figures.sets import Sets
from yousu.figures.snapshot import one_snapshot
from yousu.org.city import City, city
from yousu.platform import environment

DEFINITIONS = "v1"
# What a case without the value counts under: unknown is a row, not a gap.
UNKNOWN = "unknown"

# What was done about appeals under way: the name in the JSON, and the figure.
SUPERVISION = {
    "urged": "urged",
    "supervised": "supervised",
    "sent_back": "send_backs",
    "extensions_asked": "extensions_asked",
    "parked": "parked",
}


@dataclass
class Content(Sets):
    """The bulletin's JSON while it is being made, and the case numbers behind each path."""

    json: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Accepted:
    """受理: one appeal of the period, with what it is broken down by."""

    number: str
    channel: str
    type: str | None
    appellant_kind: str | None
    topic: str | None
    place: str | None


def compiled(spell: Spell, *, as_of: datetime) -> Content:
    """Counts everything a bulletin of this kind prints, as known at the as-of, in one snapshot of the database."""
    with one_snapshot():
        return _compiled(spell, as_of=as_of)


def figures_digest(content: Mapping[str, Any], lists: Mapping[str, str]) -> str:
    """What reviewer and signer sign: figures, names and lists, without the marks of freezing."""
    kept = {key: value for key, value in content.items() if key not in ("frozen", "frozen_at", "digest")}
    return sha256(rfc8785.dumps({"content": kept, "lists": dict(lists)})).hexdigest()


def digested(content: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON with its digest over everything else (docs/chain.md)."""
    body = {key: value for key, value in content.items() if key != "digest"}
    return {**body, "digest": "sha256:" + sha256(rfc8785.dumps(body)).hexdigest()}


def end_of(spell: Spell) -> datetime:
    """The moment a bulletin's period ends: 00:00 after its last local day."""
    return _midnight(spell.last + timedelta(days=1))


def local(moment: datetime) -> str:
    """A moment as bulletins write it: local, with offset."""
    return moment.astimezone(ZoneInfo(environment.text("YOUSU_TIME_ZONE"))).isoformat()


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(environment.text("YOUSU_TIME_ZONE")))


def _compiled(spell: Spell, *, as_of: datetime) -> Content:
    period = Period(first=spell.first, last=spell.last, as_of=as_of)
    known = city()
    columns = tuple(_Accepted.__dataclass_fields__)
    accepted = [_Accepted(**dict(zip(columns, row, strict=True))) for row in figures.rows("accepted", period, *columns)]
    level = known.settings["bulletin"][spell.kind]["channels"]
    content = Content(json=_head(spell, as_of=as_of))
    content.json |= {
        "accepted": _accepted(content, accepted, level=level, known=known),
        "calls": content.count("calls", figures.numbers("calls", period)),
        "messages": _channelled(content, "messages", figures.rows("messages", period, "channel", "number"), level),
        "others": _channelled(content, "others", figures.rows("others", period, "channel", "number"), level),
        "handling": {
            decision: content.count(f"handling.{decision}", figures.numbers(f"calls_{decision}", period))
            for decision in (*DECISIONS, "undecided")
        },
        "callbacks": content.count("callbacks", figures.numbers("call_backs", period)),
        "completion": _completion(content, period, known),
        "topics": topics.printed(content, accepted, period, known),
        "statements": statements.made(content, spell, period, known),
        "definitions": DEFINITIONS,
    }
    content.json |= _supervision(content, period)
    content.json["labels"] = names.labels_for(content.json, known)
    content.json["checks"] = checks.of(content.json, days=spell.days)
    return content


def _supervision(content: Content, period: Period) -> dict[str, Any]:
    """督办情况, each case once; a period in which nothing of it happened has no such part."""
    found = {name: sorted(set(figures.numbers(figure, period))) for name, figure in SUPERVISION.items()}
    if not any(found.values()):
        return {}
    return {"supervision": {name: content.count(f"supervision.{name}", numbers) for name, numbers in found.items()}}


def _head(spell: Spell, *, as_of: datetime) -> dict[str, Any]:
    return {
        "kind": spell.kind,
        "id": spell.id,
        "period": {"start": _midnight(spell.first).isoformat(), "end": end_of(spell).isoformat()},
        "as_of": local(as_of),
        "frozen": False,
        "frozen_at": None,
    }


def _accepted(content: Content, accepted: Sequence[_Accepted], *, level: Sequence[str], known: City) -> dict[str, Any]:
    total = content.count("accepted.total", [one.number for one in accepted])
    by_channel = _channelled(content, "accepted", [(one.channel, one.number) for one in accepted], level)
    return {
        "total": total,
        "by_channel": by_channel["by_channel"],
        "by_type": _counted(content, "accepted.by_type", ((one.type, one.number) for one in accepted)),
        "by_appellant_kind": _counted(
            content, "accepted.by_appellant_kind", ((one.appellant_kind, one.number) for one in accepted)
        ),
    }


def _channelled(content: Content, part: str, rows: Iterable[tuple[Any, ...]], level: Sequence[str]) -> dict[str, Any]:
    """A part with its channels, at the level this kind of bulletin prints and in its order."""
    known = city()
    found = [(known.printed_channel(channel, level), number) for channel, number in rows]
    order = {channel: place for place, channel in enumerate(level)}
    found.sort(key=lambda row: (order.get(row[0], len(order)), row))
    return {
        "total": content.count(f"{part}.total", sorted(number for _, number in found)),
        "by_channel": _counted(content, f"{part}.by_channel", found),
    }


def _counted(content: Content, path: str, rows: Iterable[tuple[str | None, str]]) -> dict[str, int]:
    sets: dict[str, list[str]] = defaultdict(list)
    for value, number in rows:
        sets[value or UNKNOWN].append(number)
    return {value: content.count(f"{path}.{value}", sorted(numbers)) for value, numbers in sets.items()}


def _completion(content: Content, period: Period, known: City) -> dict[str, Any]:
    setting = known.settings["percent"]
    rows = figures.rows("completion", period, "number", "counted", "excluded")
    counted = content.count("completion.numerator", [number for number, counts, _ in rows if counts])
    base = content.count("completion.denominator", [number for number, _, is_excluded in rows if not is_excluded])
    return {
        "numerator": counted,
        "denominator": base,
        "excluded": content.count("completion.excluded", [number for number, _, excluded in rows if excluded]),
        "percent": percent(counted, base, rounding=setting["rounding"], digits=setting["digits"]),
        "rounding": setting["rounding"],
        "digits": setting["digits"],
        "unfinished_overdue": content.count(
            "completion.unfinished_overdue", figures.numbers("unfinished_overdue", period)
        ),
    }
