"""通知目录: the city's tables of who is told of which event, by which way, in which words. Read once; checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yousu.org import city_files
from yousu.org.city import City, CityWrong, city, per_city
from yousu.org.sheets import Line

# What the outbox calls it.
EFFECT = "notice"

APPELLANT, UNIT, CO_UNITS, NAMED_UNIT = "appellant", "unit", "co_units", "named_unit"
ASKER, SUPERVISOR, LEADER = "asker", "supervisor", "leader"
RECIPIENTS = (APPELLANT, UNIT, CO_UNITS, NAMED_UNIT, ASKER, SUPERVISOR, LEADER)
DESK, EMAIL, SMS = "desk", "email", "sms"
WAYS = (DESK, EMAIL, SMS)
# What a text may say: nobody's name, number or words.
PLACEHOLDERS = frozenset({"number", "unit", "until", "on", "hotline", "link", "ask"})
# Words that placeholders are made of.
NEEDED = ("by_moment", "no_limit", "subject", "greeting")
_SLOT = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: of which event, under which condition (`field` = `value`, or none), who is told, how, in which words."""

    event: str
    field: str
    value: str
    to: str
    way: str
    text: str

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether the row speaks of an event with these facts."""
        return not self.field or facts.get(self.field) == self.value


@dataclass(frozen=True, kw_only=True)
class Text:
    """A sentence in both languages, with placeholders."""

    code: str
    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in a language."""
        return self.zh if language.startswith("zh") else self.en


@per_city
def rules() -> Mapping[str, Sequence[Rule]]:
    """The city's rules by kind of event. Raises CityWrong."""
    return load(city())[0]


@per_city
def texts() -> Mapping[str, Text]:
    """The city's texts by code. Raises CityWrong."""
    return load(city())[1]


def load(known: City) -> tuple[Mapping[str, Sequence[Rule]], Mapping[str, Text]]:
    """Reads and checks both tables. Raises CityWrong with file and row."""
    said: dict[str, Text] = {}
    for line in city_files.lines_of("notice_texts", known.texts):
        text = Text(**{name: line.cells[name] for name in ("code", "zh", "en")})
        _check_text(text, line)
        said[text.code] = text
    if missing := [code for code in NEEDED if code not in said]:
        raise CityWrong(
            f"notice_texts.csv: {', '.join(missing)} is missing",
            file="notice_texts.csv",
            field="code",
            why="text_missing",
            word=", ".join(missing),
        )
    found: dict[str, list[Rule]] = {}
    for line in city_files.lines_of("notices", known.texts):
        field, _, value = line.cells["only"].partition("=")
        rule = Rule(**{each: line.cells[each] for each in ("event", "to", "way", "text")}, field=field, value=value)
        _check_rule(rule, said, known, line)
        found.setdefault(rule.event, []).append(rule)
    return found, said


def check(known: City) -> None:
    """Raises CityWrong unless both tables of a city are sound."""
    load(known)


def _check_rule(rule: Rule, said: Mapping[str, Text], known: City, line: Line) -> None:
    codes = {"event": known.events, "to": RECIPIENTS, "way": WAYS, "text": said}
    for column, each in codes.items():
        if (code := getattr(rule, column)) not in each:
            raise city_files.wrong("notices", line.row, column, "unknown_code", code)
    if rule.field and not rule.value:
        raise city_files.wrong("notices", line.row, "only", "no_condition", line.cells["only"])
    # Who appealed has no account, and staff are not sent short messages.
    if (rule.way == SMS) != (rule.to == APPELLANT):
        raise city_files.wrong("notices", line.row, "way", "does_not_reach", f"{rule.way} does not reach {rule.to}")


def _check_text(text: Text, line: Line) -> None:
    for column, sentence in (("zh", text.zh), ("en", text.en)):
        unknown = set(_SLOT.findall(sentence)) - PLACEHOLDERS - {"moment"}
        if unknown or not sentence.strip():
            raise city_files.wrong(
                "notice_texts", line.row, column, "unknown_placeholder", ", ".join(sorted(unknown)) or text.code
            )
