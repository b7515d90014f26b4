"""通报内容: the figures of a period, each with the set it counts; every number here is the size of a set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import rfc8785

from yousu.bulletins.rules import Spell
from yousu.cases import queries as cases
from yousu.figures import queries as figures
from yousu.figures.definitions import DECISIONS
from yousu.figures.queries import Period
from yousu.figures.rates import percent
from yousu.org.city import City, city
from yousu.platform import environment

DEFINITIONS = "v1"
RATES = ("response", "solution", "satisfied", "basically_satisfied")


@dataclass
class Content:
    """The bulletin's JSON while it is being made, and the case numbers behind each path."""

    json: dict[str, Any]
    sets: dict[str, list[str]] = field(default_factory=dict)

    def count(self, path: str, numbers: Sequence[str]) -> int:
        """Keeps the set behind a path and gives its size."""
        self.sets[path] = list(numbers)
        return len(numbers)

    def lists(self) -> dict[str, str]:
        """Digest of the list behind every path."""
        return {path: list_digest(numbers) for path, numbers in sorted(self.sets.items())}


def compiled(spell: Spell, *, as_of: datetime) -> Content:
    """Counts everything a bulletin of this kind prints, as known at the as-of."""
    period = Period(first=spell.first, last=spell.last, as_of=as_of)
    known = city()
    content = Content(json=_head(spell, as_of=as_of))
    content.json["accepted"] = _accepted(content, period, known, kind=spell.kind)
    content.json["calls"] = content.count("calls", figures.numbers("calls", period))
    content.json["messages"] = _messages(content, period, known, kind=spell.kind)
    content.json["handling"] = {
        decision: content.count(f"handling.{decision}", figures.numbers(f"calls_{decision}", period))
        for decision in (*DECISIONS, "undecided")
    }
    content.json["callbacks"] = content.count("callbacks", figures.numbers("call_backs", period))
    content.json["completion"] = _completion(content, period, known)
    content.json["topics"] = _topics(content, period, known)
    content.json["statements"] = _statements(content, period, known)
    content.json["checks"] = _checks(content.json)
    content.json["definitions"] = DEFINITIONS
    return content


def figures_digest(content: Mapping[str, Any], lists: Mapping[str, str]) -> str:
    """What reviewer and signer sign: figures and lists, without the marks of freezing."""
    kept = {key: value for key, value in content.items() if key not in ("frozen", "frozen_at", "digest")}
    return sha256(rfc8785.dumps({"content": kept, "lists": dict(lists)})).hexdigest()


def digested(content: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON with its digest over everything else (docs/chain.md)."""
    body = {key: value for key, value in content.items() if key != "digest"}
    return {**body, "digest": "sha256:" + sha256(rfc8785.dumps(body)).hexdigest()}


def list_digest(numbers: Sequence[str]) -> str:
    """Digest of one list of case numbers: SHA-256 over the numbers in order, a line each."""
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()


def end_of(spell: Spell) -> datetime:
    """The moment a bulletin's period ends: 00:00 after its last local day."""
    return _midnight(spell.last + timedelta(days=1))


def local(moment: datetime) -> str:
    """A moment as bulletins write it: local, with offset."""
    return moment.astimezone(ZoneInfo(environment.text("YOUSU_TIME_ZONE"))).isoformat()


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(environment.text("YOUSU_TIME_ZONE")))


def _head(spell: Spell, *, as_of: datetime) -> dict[str, Any]:
    return {
        "kind": spell.kind,
        "id": spell.id,
        "period": {"start": _midnight(spell.first).isoformat(), "end": end_of(spell).isoformat()},
        "as_of": local(as_of),
        "frozen": False,
        "frozen_at": None,
    }


def _accepted(content: Content, period: Period, known: City, *, kind: str) -> dict[str, Any]:
    by_channel = _printed_channels(figures.sets_by("accepted", period, by="channel"), known, kind=kind)
    return {
        "total": content.count("accepted.total", figures.numbers("accepted", period)),
        "by_channel": _counted(content, "accepted.by_channel", by_channel),
        "by_type": _counted(content, "accepted.by_type", figures.sets_by("accepted", period, by="type")),
        "by_appellant_kind": _counted(
            content, "accepted.by_appellant_kind", figures.sets_by("accepted", period, by="appellant_kind")
        ),
    }


def _messages(content: Content, period: Period, known: City, *, kind: str) -> dict[str, Any]:
    by_channel = _printed_channels(figures.sets_by("messages", period, by="channel"), known, kind=kind)
    return {
        "total": content.count("messages.total", figures.numbers("messages", period)),
        "by_channel": _counted(content, "messages.by_channel", by_channel),
    }


def _printed_channels(sets: Mapping[str, list[str]], known: City, *, kind: str) -> dict[str, list[str]]:
    """Channels at the level this kind of bulletin prints, in its order."""
    level = known.settings["bulletin"][kind]["channels"]
    printed: dict[str, list[str]] = {channel: [] for channel in level}
    for channel, numbers in sets.items():
        printed.setdefault(_printed_channel(channel, level, known), []).extend(numbers)
    return {channel: sorted(numbers) for channel, numbers in printed.items() if numbers}


def _printed_channel(channel: str, level: Sequence[str], known: City) -> str:
    """The channel itself or the nearest printed one above it; one above all that is printed stands for itself."""
    parent = known.channels[channel].parent
    if channel in level or parent is None:
        return channel
    return _printed_channel(parent, level, known)


def _counted(content: Content, path: str, sets: Mapping[Any, list[str]]) -> dict[str, int]:
    return {name: content.count(f"{path}.{name}", numbers) for name, numbers in sets.items()}


def _completion(content: Content, period: Period, known: City) -> dict[str, Any]:
    rate = figures.total("completion", period)
    setting = known.settings["percent"]
    counted = content.count("completion.numerator", figures.numbers("completion", period))
    base = content.count("completion.denominator", figures.numbers("completion", period, counted_only=False))
    return {
        "numerator": counted,
        "denominator": base,
        "excluded": rate.excluded,
        "percent": percent(counted, base, rounding=setting["rounding"], digits=setting["digits"]),
        "rounding": setting["rounding"],
        "unfinished_overdue": content.count(
            "completion.unfinished_overdue", figures.numbers("unfinished_overdue", period)
        ),
    }


def _topics(content: Content, period: Period, known: City) -> list[dict[str, Any]]:
    sets = figures.sets_by("accepted", period, by="topic")
    ranked = sorted((topic for topic in sets if topic is not None), key=lambda topic: (-len(sets[topic]), topic))
    printed = ranked[: int(known.settings["bulletin"]["topics"])]
    places = figures.counts("accepted", period, by=("topic", "place"))
    return [
        _topic(content, period, known, rank=rank, topic=topic, numbers=sets[topic], places=places)
        for rank, topic in enumerate(printed)
    ]


def _topic(
    content: Content,
    period: Period,
    known: City,
    *,
    rank: int,
    topic: str,
    numbers: list[str],
    places: Sequence[figures.Count],
) -> dict[str, Any]:
    label = known.topics[topic]
    path = f"topics.{rank}"
    return {
        "rank": rank + 1,
        "topic": label.name_zh,
        "code": topic,
        "count": content.count(f"{path}.count", numbers),
        "complaint": label.main_complaint_zh,
        "place": _concentrated(content, period, known, path=path, topic=topic, places=places),
        "units": _units(content, period, known, path=path, topic=topic),
    }


def _concentrated(
    content: Content, period: Period, known: City, *, path: str, topic: str, places: Sequence[figures.Count]
) -> dict[str, Any] | None:
    """集中反映: the place most appeals of the topic name, if at least N do (bulletins.md B10)."""
    named = [row for row in places if row.where["topic"] == topic and row.where["place"] is not None]
    if not named or named[0].numerator < int(known.settings["bulletin"]["concentration"]):
        return None
    place = named[0].where["place"]
    numbers = figures.numbers("accepted", period, where={"topic": topic, "place": place})
    text = cases.place_words(place, numbers)
    # Once the words were erased there is nothing to print.
    return None if text is None else {"text": text, "count": content.count(f"{path}.place.count", numbers)}


def _units(content: Content, period: Period, known: City, *, path: str, topic: str) -> list[dict[str, Any]]:
    """联系单位: only units that a case of the topic was forwarded to, or that contacted its appellant."""
    rows = figures.counts("units_involved", period, by=("topic", "unit"))
    involved = [row.where["unit"] for row in rows if row.where["topic"] == topic][:_MOST_UNITS]
    return [
        {
            "unit": unit,
            "name": known.units[unit].name_zh,
            "count": content.count(
                f"{path}.units.{place}.count",
                sorted(set(figures.numbers("units_involved", period, where={"topic": topic, "unit": unit}))),
            ),
        }
        for place, unit in enumerate(involved)
    ]


_MOST_UNITS = 3


def _statements(content: Content, period: Period, known: City) -> list[dict[str, Any]]:
    setting = known.settings["percent"]
    made: list[dict[str, Any]] = []
    for figure in RATES:
        rate = figures.total(figure, period)
        if not rate.denominator:
            continue
        path = f"statements.{len(made)}"
        counted = content.count(f"{path}.numerator", figures.numbers(figure, period))
        base = content.count(f"{path}.of", figures.numbers(figure, period, counted_only=False))
        value = percent(counted, base, rounding=setting["rounding"], digits=setting["digits"])
        name = figures.definition(figure).name_zh
        made.append({"name": name, "figure": figure, "value": value, "unit": "%", "numerator": counted, "of": base})
    return made


def _checks(json: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every identity a bulletin must satisfy, with both sides."""
    accepted, messages, completion = json["accepted"], json["messages"], json["completion"]
    equal = [
        ("accepted = sum of channels", accepted["total"], sum(accepted["by_channel"].values())),
        ("accepted = sum of types", accepted["total"], sum(accepted["by_type"].values())),
        ("accepted = sum of kinds of appellant", accepted["total"], sum(accepted["by_appellant_kind"].values())),
        ("accepted = calls + messages", accepted["total"], json["calls"] + messages["total"]),
        ("messages = sum of channels", messages["total"], sum(messages["by_channel"].values())),
        ("parts of handling = calls", sum(json["handling"].values()), json["calls"]),
        (
            "base of completion + excluded = accepted",
            completion["denominator"] + completion["excluded"],
            accepted["total"],
        ),
    ]
    unfinished = completion["denominator"] - completion["numerator"]
    at_most = [
        ("completed ≤ base", completion["numerator"], completion["denominator"]),
        ("overdue ≤ unfinished", completion["unfinished_overdue"], unfinished),
        *((f"topic {topic['rank']} ≤ accepted", topic["count"], accepted["total"]) for topic in json["topics"]),
        *((f"{said['figure']} ≤ reached", said["numerator"], said["of"]) for said in json["statements"]),
    ]
    made = [{"check": name, "left": left, "right": right, "holds": left == right} for name, left, right in equal]
    made += [{"check": name, "left": left, "right": right, "holds": left <= right} for name, left, right in at_most]
    return made
