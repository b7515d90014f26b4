"""表单: what a form asks and how its answers are read. Codes are checked by the commands, not here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from yousu.cases.commands import tidy
from yousu.cases.rules import FieldWrong
from yousu.desk import labels, moments
from yousu.org.city import city

Choices = Sequence[tuple[str, str]]
LONGEST = 20_000


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question.

    Kinds: line, area, choice (few: all in sight), unit, units, category, number, day, moment (of the city's zone),
    yes_no, tick, buttons (answer and submit).
    """

    name: str
    label: Promise | str
    kind: str = "line"
    choices: Callable[[], Choices] = tuple
    is_required: bool = True
    hint: Promise | None = None

    def read(self, data: QueryDict) -> Any:
        """The answer. Raises FieldWrong when it is missing or cannot be read."""
        if self.kind == "units":
            return tuple(unit_code(self.name, words) for words in map(tidy, data.getlist(self.name)) if words)
        words = line(data, self.name)
        if self.kind == "tick":
            return words == "yes"
        if not words:
            if self.is_required:
                raise FieldWrong(self.name, "required")
            return "" if self.kind in ("line", "area") else None
        if (reader := _READERS.get(self.kind)) is not None:
            return reader(self.name, words)
        return words == "yes" if words in ("yes", "no") else words


def _number(name: str, words: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) < 6):
        raise FieldWrong(name, "not_a_number")
    return int(words)


def _day(name: str, words: str) -> date:
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()
    except ValueError as wrong:
        raise FieldWrong(name, "not_a_day") from wrong


def _moment(name: str, words: str) -> datetime:
    try:
        return datetime.strptime(words, "%Y-%m-%dT%H:%M").replace(tzinfo=moments.zone())
    except ValueError as wrong:
        raise FieldWrong(name, "not_a_moment_here") from wrong


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "unit": lambda name, words: unit_code(name, words),
    "category": lambda _, words: category_path(words),
    "number": _number,
    "day": _day,
    "moment": _moment,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with what was typed, proposed and refused, as the template shows it."""

    field: Field
    typed: str = ""
    several: tuple[str, ...] = ()
    error: str = ""
    reason: str = ""

    @property
    def choices(self) -> Choices:
        """The answers to choose from."""
        return self.field.choices()


@dataclass(kw_only=True)
class Refused:
    """Why a form was not taken, by field; `banner` is what concerns no single field."""

    errors: dict[str, str] = field(default_factory=dict)
    banner: str = ""

    def add(self, wrong: FieldWrong) -> None:
        """Notes one refusal."""
        self.errors[wrong.field] = labels.word(labels.FIELD_REASONS, wrong.why)


def read(fields: Sequence[Field], data: QueryDict) -> tuple[dict[str, Any], Refused]:
    """All answers, and every field that was refused."""
    answers: dict[str, Any] = {}
    refused = Refused()
    for each in fields:
        try:
            answers[each.name] = each.read(data)
        except FieldWrong as wrong:
            refused.add(wrong)
    return answers, refused


def asked(
    fields: Sequence[Field], *, data: QueryDict | None, refused: Refused | None, proposed: Mapping[str, tuple[str, str]]
) -> list[Asked]:
    """Questions to show again with what was typed, or with proposals (value and reason)."""
    shown: list[Asked] = []
    for each in fields:
        value, reason = proposed.get(each.name, ("", ""))
        shown.append(
            Asked(
                field=each,
                typed=value if data is None else data.get(each.name, ""),
                several=() if data is None else tuple(data.getlist(each.name)),
                error=refused.errors.get(each.name, "") if refused else "",
                reason=reason,
            )
        )
    return shown


def line(data: QueryDict, name: str) -> str:
    """One typed answer, tidied. Raises FieldWrong for NULs and for what no field may hold."""
    words = data.get(name, "")
    if "\x00" in words:
        raise FieldWrong(name, "unreadable")
    if len(words) > LONGEST:
        raise FieldWrong(name, "too_long")
    return tidy(words)


def version_seen(data: QueryDict) -> int:
    """The version that the page showed. Raises FieldWrong."""
    words = data.get("seen", "")
    if not (words.isascii() and words.isdecimal() and len(words) < 9):
        raise FieldWrong("seen", "required")
    return int(words)


def unit_code(name: str, words: str) -> str:
    """A unit by its name in either language, or by its code. Raises FieldWrong."""
    known = city().units
    if words in known:
        return words
    found = [unit.code for unit in known.values() if words in (unit.name_zh, unit.name_en)]
    if len(found) != 1:
        raise FieldWrong(name, "unknown_code")
    return found[0]


def category_path(words: str) -> str:
    """A category by its path, or by the end of a path if only one ends so. Raises FieldWrong."""
    known = city().categories
    if words in known:
        return words
    found = [path for path, one in known.items() if path.endswith(f"/{words}") or one.name_en == words]
    if len(found) != 1:
        raise FieldWrong("category", "unknown_category")
    return found[0]
