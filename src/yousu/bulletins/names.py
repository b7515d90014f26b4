"""名称: what codes are called in both languages, kept with a bulletin: it is printed with the names of then."""

from collections.abc import Iterable, Mapping
from typing import Any

from yousu.bulletins.state import BulletinState
from yousu.figures import queries as figures
from yousu.org.city import City, Label
from yousu.org.models import Account

Named = dict[str, str]
# Figures that residents answer when they are called back.
RATES = ("response", "solution", "satisfied", "basically_satisfied")
STEPS = ("composed_by", "reviewed_by", "signed_by")


def labels_for(json: Mapping[str, Any], known: City) -> dict[str, Any]:
    """The names of every code that a bulletin shows; channels in the order in which they are printed."""
    channels = {code for part in ("accepted", "messages", "others") for code in json[part]["by_channel"]}
    order = {code: place for place, code in enumerate(known.channels)}
    units = {unit["unit"]: None for topic in json["topics"] for unit in topic["units"]}
    rates = [said["figure"] for said in json["statements"] if said["figure"] in RATES]
    return {
        "city": {"zh": known.settings["name_zh"], "en": known.settings["name_en"]},
        "channels": _named(sorted(channels, key=lambda code: (order.get(code, len(order)), code)), known.channels),
        "types": _named(json["accepted"]["by_type"], known.types),
        "topics": [_topic(topic["code"], known) for topic in json["topics"]],
        "units": _named(units, known.units),
        "figures": [_figure(code) for code in rates],
    }


def signers(state: BulletinState) -> dict[str, Named | None]:
    """Those who composed, reviewed and signed, by name."""
    codes = {step: getattr(state, step) for step in STEPS}
    users = {code.partition(":")[2] for code in codes.values() if code}
    found = {f"account:{one.user}": one for one in Account.objects.filter(user__in=users)}
    return {step: _person(code, found) for step, code in codes.items()}


def label(labels: Mapping[str, Label], code: str) -> Label:
    """A code's names; one that the city no longer knows stands for itself."""
    return labels[code] if code in labels else Label(code=code, name_zh=code, name_en=code)


def _person(code: str | None, found: Mapping[str, Account]) -> Named | None:
    if code is None:
        return None
    return {"zh": found[code].name_zh, "en": found[code].name_en} if code in found else {"zh": code, "en": code}


def _named(codes: Iterable[str], labels: Mapping[str, Label]) -> list[Named]:
    return [{"code": one.code, "zh": one.name_zh, "en": one.name_en} for one in (label(labels, c) for c in codes)]


def _topic(code: str, known: City) -> Named:
    one = label(known.topics, code)
    complaint = known.topics.get(code)
    return {
        "code": code,
        "zh": one.name_zh,
        "en": one.name_en,
        "complaint_zh": complaint.main_complaint_zh if complaint else "",
        "complaint_en": complaint.main_complaint_en if complaint else "",
    }


def _figure(code: str) -> Named:
    found = figures.definition(code)
    return {"code": code, "zh": found.name_zh, "en": found.name_en}
