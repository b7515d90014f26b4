"""热点问题: the topics most appeals are about, with the place they concentrate at and the units that were contacted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from yousu.bulletins.names import label
from yousu.cases import queries as cases
from yousu.figures import queries as figures
from yousu.figures.queries import Period
from yousu.figures.sets import Sets
from yousu.org.city import City

_MOST_UNITS = 3
# Where the words of all who named it were erased.
SAME_PLACE = "同一地点"


class Topical(Protocol):
    """What topics look at in an appeal."""

    @property
    def number(self) -> str: ...
    @property
    def topic(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...


def printed(sets: Sets, accepted: Sequence[Topical], period: Period, known: City) -> list[dict[str, Any]]:
    """By count, most first, ties by the topic's code; as many as the city prints."""
    by_topic: dict[str, list[Topical]] = defaultdict(list)
    for appeal in accepted:
        if appeal.topic is not None:
            by_topic[appeal.topic].append(appeal)
    ranked = sorted(by_topic, key=lambda topic: (-len(by_topic[topic]), topic))
    units = _units_by_topic(period)
    return [
        {
            "rank": rank + 1,
            "topic": label(known.topics, topic).name_zh,
            "code": topic,
            "count": sets.count(f"topics.{rank}.count", [appeal.number for appeal in by_topic[topic]]),
            "complaint": known.topics[topic].main_complaint_zh if topic in known.topics else "",
            "place": _concentrated(sets, f"topics.{rank}.place", by_topic[topic], known),
            "units": _units(sets, f"topics.{rank}.units", units[topic], known),
        }
        for rank, topic in enumerate(ranked[: int(known.settings["bulletin"]["topics"])])
    ]


def _concentrated(sets: Sets, path: str, appeals: Iterable[Topical], known: City) -> dict[str, Any] | None:
    """集中反映: the place most appeals of the topic name, if at least N do (bulletins.md B10)."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for appeal in appeals:
        if appeal.place is not None:
            by_place[appeal.place].append(appeal.number)
    place = min(by_place, key=lambda key: (-len(by_place[key]), key), default=None)
    if place is None or len(by_place[place]) < int(known.settings["bulletin"]["concentration"]):
        return None
    text = cases.place_words(place, by_place[place])
    return {
        "text": text or SAME_PLACE,
        "is_named": text is not None,
        "count": sets.count(f"{path}.count", by_place[place]),
    }


def _units_by_topic(period: Period) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for topic, unit, number in figures.rows("units_involved", period, "topic", "unit", "number"):
        if topic is not None and unit is not None:
            found[topic][unit].add(number)
    return found


def _units(sets: Sets, path: str, involved: dict[str, set[str]], known: City) -> list[dict[str, Any]]:
    """联系单位: only units that a case of the topic was forwarded to, or that contacted its appellant."""
    ranked = sorted(involved, key=lambda unit: (-len(involved[unit]), unit))[:_MOST_UNITS]
    return [
        {
            "unit": unit,
            "name": label(known.units, unit).name_zh,
            "count": sets.count(f"{path}.{place}.count", sorted(involved[unit])),
        }
        for place, unit in enumerate(ranked)
    ]
