"""核对: every identity that a bulletin must satisfy, made from its printed numbers alone. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from yousu.bulletins.identities import Check, adds_up, at_most, average, change, equal, share

Json = Mapping[str, Any]


def of(json: Json, *, days: int) -> list[Check]:
    """The checks of a bulletin, each with both sides."""
    return [*_sums(json), *_bounds(json), *_rates(json), *_statements(json, days=days)]


def _sums(json: Json) -> Iterator[Check]:
    accepted, completion, calls = json["accepted"], json["completion"], json["calls"]
    total = accepted["total"]
    yield adds_up("accepted = sum of channels", total, accepted["by_channel"].values())
    yield adds_up("accepted = sum of types", total, accepted["by_type"].values())
    yield adds_up("accepted = sum of kinds of appellant", total, accepted["by_appellant_kind"].values())
    parts = (calls, json["messages"]["total"], json["others"]["total"])
    yield adds_up("accepted = calls + messages + others", total, parts)
    yield adds_up("messages = sum of channels", json["messages"]["total"], json["messages"]["by_channel"].values())
    yield adds_up("others = sum of channels", json["others"]["total"], json["others"]["by_channel"].values())
    yield equal("parts of handling = calls", sum(json["handling"].values()), calls)
    base = completion["denominator"] + completion["excluded"]
    yield equal("base of completion + excluded = accepted", base, total)


def _bounds(json: Json) -> Iterator[Check]:
    total, completion = json["accepted"]["total"], json["completion"]
    unfinished = completion["denominator"] - completion["numerator"]
    yield at_most("completed ≤ base", completion["numerator"], completion["denominator"])
    yield at_most("overdue ≤ unfinished", completion["unfinished_overdue"], unfinished)
    for topic in json["topics"]:
        yield at_most(f"topic {topic['rank']} ≤ accepted", topic["count"], total)
    for said in json["statements"]:
        if said["of"] is not None:
            yield at_most(f"{said['figure']} ≤ reached", said["numerator"], said["of"])


def _rates(json: Json) -> Iterator[Check]:
    completion = json["completion"]
    pair = (completion["numerator"], completion["denominator"])
    yield share("completion rate = completed / base", completion["percent"], pair, **_printing(json))
    for said in json["statements"]:
        if said["of"] is not None:
            pair = (said["numerator"], said["of"])
            yield share(f"{said['figure']} rate = counted / reached", said["value"], pair, **_printing(json))


def _statements(json: Json, *, days: int) -> Iterator[Check]:
    total = json["accepted"]["total"]
    for said in json["statements"]:
        match said["figure"]:
            case "daily_average":
                yield average("daily average = accepted / days", int(said["value"]), total, days=days)
            case "change":
                pair = (total, said["last"])
                yield change("change = (this - last) / last", said["value"], pair, **_printing(json))
            case "dailies":
                sides = said["dailies"] + int(said["value"])
                yield equal("sum of dailies + difference = accepted", sides, total)


def _printing(json: Json) -> dict[str, Any]:
    return {"rounding": json["completion"]["rounding"], "digits": json["completion"]["digits"]}
