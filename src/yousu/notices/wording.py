"""措辞: a notice's sentence, made from the city's text and the event's facts when it is read or sent."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from yousu.appeals import call_back_links
from yousu.notices import catalogue
from yousu.notices.models import Notice
from yousu.org.city import city
from yousu.platform import environment

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_SLOT = re.compile(r"\{(\w+)\}")


def sentence(notice: Notice, language: str) -> str:
    """What it says, as the desk may read it: the link that takes the resident's word is the resident's alone."""
    values = _values(notice, language) | {"ask": "…"}
    return _filled(catalogue.texts()[notice.text].in_language(language), values)


def message(notice: Notice, language: str) -> str:
    """What goes out to the person."""
    return _filled(catalogue.texts()[notice.text].in_language(language), _values(notice, language))


def parameters(notice: Notice, language: str) -> dict[str, str]:
    """What stands at the placeholders of its text, for gateways with templates of their own."""
    values = _values(notice, language)
    used = _SLOT.findall(catalogue.texts()[notice.text].in_language(language))
    return {name: values[name] for name in dict.fromkeys(used)}


def mail(notice: Notice, language: str) -> tuple[str, str]:
    """Subject and text of a mail to staff."""
    values = _values(notice, language)
    texts = catalogue.texts()
    subject = _filled(texts["subject"].in_language(language), values)
    lines = [_filled(texts["greeting"].in_language(language), values), sentence(notice, language), values["link"]]
    return subject, "\n\n".join(lines) + "\n"


def language() -> str:
    """The language in which the city writes to people outside."""
    return str(city().settings.get("notices", {}).get("language", "zh"))


# Where what is no case is looked at.
_PLACES = {"task": "tasks", "governance": "governance"}


def path_of(notice: Notice) -> str:
    """Where staff look at what it is about."""
    return f"/desk/{_PLACES.get(notice.stream.partition('/')[0], 'cases')}/{number_of(notice)}/"


def number_of(notice: Notice) -> str:
    """The number of the case, task or governance task it is about."""
    return str(notice.facts.get("number") or notice.stream.partition("/")[2])


def _values(notice: Notice, language: str) -> dict[str, str]:
    facts: Mapping[str, str] = notice.facts
    number = number_of(notice)
    known = city()
    unit = known.units.get(facts.get("unit", ""))
    base = environment.url("YOUSU_BASE_URL")
    path = f"/follow/{number}/" if notice.person_id else path_of(notice)
    return {
        "number": number,
        "unit": unit.name(language) if unit else "",
        "until": _until(facts.get("until"), language),
        "on": _day(date.fromisoformat(facts["on"]), language) if "on" in facts else "",
        "hotline": known.settings["hotline_number"],
        "link": base + path,
        # Made from the city's key whenever it is needed: kept nowhere.
        "ask": base + call_back_links.path(number, notice.seq),
    }


def _until(written: str | None, language: str) -> str:
    texts = catalogue.texts()
    if written is None:
        return texts["no_limit"].in_language(language)
    at = datetime.fromisoformat(written).astimezone(_zone())
    moment = f"{_day(at.date(), language)} {at:%H:%M}"
    return texts["by_moment"].in_language(language).replace("{moment}", moment)


def _day(of: date, language: str) -> str:
    if language.startswith("zh"):
        return f"{of.month}月{of.day}日"
    return f"{of.day} {_MONTHS[of.month - 1]}"


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: values.get(found[1], found[0]), text)


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
