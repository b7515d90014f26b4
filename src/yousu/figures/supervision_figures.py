"""督办指标: what was done about appeals under way, by the day on which it was done; each time counts."""

from typing import Any

from yousu.figures.facts import Facts, set_of, within
from yousu.figures.registry import count


@count(
    "urged",
    zh="催办量",
    en="urged",
    unit="件次",
    in_zh="期内的催办，按催办当日计，每次各计；可以是早先受理的诉求。分单位时按催办时的主办单位计。",
    in_en="Times that a unit was urged in the period, by the day of it; the appeals may be older. "
    "By unit: the lead unit then.",
)
def urged(f: Facts) -> Any:
    """催办量."""
    return _done(f, "urged")


@count(
    "supervised",
    zh="督办量",
    en="supervised",
    unit="件次",
    in_zh="期内的督办，按督办当日计，每次各计；可以是早先受理的诉求。分单位时按督办时的主办单位计。",
    in_en="Orders of supervision in the period, by the day of each; the appeals may be older. "
    "By unit: the lead unit then.",
)
def supervised(f: Facts) -> Any:
    """督办量."""
    return _done(f, "supervised")


@count(
    "escalated",
    zh="提级量",
    en="escalated",
    unit="件次",
    in_zh="期内的提级，按提级当日计，每次各计；可以是早先受理的诉求。分单位时按提级时的主办单位计。",
    in_en="Times that an appeal was escalated in the period, by the day of each; the appeals may be older. "
    "By unit: the lead unit then.",
)
def escalated(f: Facts) -> Any:
    """提级量."""
    return _done(f, "escalated")


@count(
    "send_backs",
    zh="退单量",
    en="sent back, each time",
    unit="件次",
    in_zh="期内单位退单的次数，按退单当日计，不论是否成立，含二级平台内部退回的；协办的退回不计。分单位时按退单的单位计。",
    in_en="Times that a unit sent an appeal back in the period, upheld or refused, inside a tree too; a helping unit's "
    "part does not count. By unit: the one that sent it back.",
)
def send_backs(f: Facts) -> Any:
    """退单量."""
    return _done(f, "sent_back")


@count(
    "extensions_asked",
    zh="延期申请量",
    en="extensions asked for",
    unit="件次",
    in_zh="期内单位申请延期的次数，按申请当日计，不论是否同意。分单位时按申请的单位计。",
    in_en="Times that a unit asked for more time in the period, granted or refused. By unit: the one that asked.",
)
def extensions_asked(f: Facts) -> Any:
    """延期申请量."""
    return _done(f, "extension_requested")


def _done(f: Facts, kind: str) -> Any:
    events = f.events_of(kind)
    events = events.filter(within(events.event_day, events))
    return set_of(events, day=events.event_day, unit=events.moment_unit)
