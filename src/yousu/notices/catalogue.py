"""通知目录: the city's tables of who is told of which event, by which way, in which words. Read once; checked."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yousu.org.city import CityWrong, city

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


@cache
def rules() -> Mapping[str, Sequence[Rule]]:
    """The city's rules by kind of event. Raises CityWrong."""
    return load(city().folder)[0]


@cache
def texts() -> Mapping[str, Text]:
    """The city's texts by code. Raises CityWrong."""
    return load(city().folder)[1]


def load(folder: Path) -> tuple[Mapping[str, Sequence[Rule]], Mapping[str, Text]]:
    """Reads and checks both tables. Raises CityWrong with file and row."""
    said = {row["code"]: Text(**row) for _, row in _rows(folder, "notice_texts")}
    for text in said.values():
        _check_text(text)
    if missing := [code for code in NEEDED if code not in said]:
        raise CityWrong(f"notice_texts.csv: {', '.join(missing)} is missing")
    found: dict[str, list[Rule]] = {}
    for number, row in _rows(folder, "notices"):
        field, _, value = row.pop("only").partition("=")
        rule = Rule(**row, field=field, value=value)
        _check_rule(rule, said, row=number)
        found.setdefault(rule.event, []).append(rule)
    return found, said


def _rows(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _check_rule(rule: Rule, said: Mapping[str, Text], *, row: int) -> None:
    known = {"event": city().events, "to": RECIPIENTS, "way": WAYS, "text": said}
    for column, codes in known.items():
        if (code := getattr(rule, column)) not in codes:
            raise CityWrong(f"notices.csv row {row}: the unknown {column} {code}")
    if rule.field and not rule.value:
        raise CityWrong(f"notices.csv row {row}: a condition is written field=value")
    # Who appealed has no account, and staff are not sent short messages.
    if (rule.way == SMS) != (rule.to == APPELLANT):
        raise CityWrong(f"notices.csv row {row}: {rule.way} does not reach {rule.to}")


def _check_text(text: Text) -> None:
    for sentence in (text.zh, text.en):
        unknown = set(_SLOT.findall(sentence)) - PLACEHOLDERS - {"moment"}
        if unknown or not sentence.strip():
            raise CityWrong(f"notice_texts.csv: {text.code} has {', '.join(sorted(unknown)) or 'no words'}")
