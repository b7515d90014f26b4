"""条件: a typed condition on a case, read from text and checked against the city. Pure.

`category under 城乡建设/供热保障 and district is chengdong and not time between 08:00-18:00`, or the same in Chinese:
`分类 属于 城乡建设/供热保障 且 区县 是 城东区 且 非 时刻 在 08:00-18:00`. Values between commas are alternatives.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from yousu.org.city import City
from yousu.understanding import bigrams


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a condition looks at. `words` are folded, `at` is local, `is_working` says whether its day is worked."""

    category: str | None
    district: str | None
    place: str | None
    words: str
    channel: str | None
    appellant: str
    type: str | None
    at: datetime
    is_working: bool


class ConditionWrong(ValueError):
    """A condition that cannot be used: where in its text (first sign, how many), why (a code), which word."""

    def __init__(self, at: int, length: int, why: str, word: str) -> None:
        super().__init__(f"column {at + 1}: {why}: {word}")
        self.at, self.length, self.why, self.word = at, length, why, word


@dataclass(frozen=True)
class Test:
    """One test: `values` are alternatives, codes of the city or what `read` made of them."""

    field: str
    relation: str
    values: tuple[Any, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether it holds for a case; what is not known fulfils nothing."""
        return _HOLDS[self.relation](getattr(facts, _HELD_IN[self.field]), self.values)

    def within(self, other: "Test") -> bool:
        """Whether every case that fulfils this test fulfils the other."""
        if self.field != other.field:
            return False
        if other.relation == "under" and self.relation in ("is", "under"):
            return all(_is_under(value, other.values) for value in self.values)
        return self.relation == other.relation and set(self.values) <= set(other.values)

    def excludes(self, other: "Test") -> bool:
        """Whether no case can fulfil both."""
        if self.field != other.field or self.field == "words" or "between" in (self.relation, other.relation):
            return False
        pairs = ((mine, its) for mine in self.values for its in other.values)
        return not any(_meet((self.relation, mine), (other.relation, its)) for mine, its in pairs)


@dataclass(frozen=True)
class All:
    """且."""

    parts: "tuple[Condition, ...]"

    def holds(self, facts: Facts) -> bool:
        """Whether every part holds."""
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class Any_:
    """或."""

    parts: "tuple[Condition, ...]"

    def holds(self, facts: Facts) -> bool:
        """Whether a part holds."""
        return any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True)
class Not:
    """非."""

    part: "Condition"

    def holds(self, facts: Facts) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(facts)


Condition = Test | All | Any_ | Not
ALWAYS = All(())


def read(text: str, city: City) -> Condition:
    """The condition that a text says; an empty one always holds. Raises ConditionWrong with the place."""
    if not text.strip():
        return ALWAYS
    try:
        condition: Condition = _Reader(city).transform(_parser().parse(text))
    except UnexpectedInput as error:
        at = min(max(getattr(error, "pos_in_stream", None) or 0, 0), len(text))
        word = text[at:].split(maxsplit=1)[0] if text[at:].split() else ""
        # Where the text ends too early its last word is marked: what follows on it is missing.
        is_cut = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        why = "incomplete" if is_cut else "not_understood"
        raise ConditionWrong(at, max(len(word), 1), why, word) from error
    except VisitError as error:
        if isinstance(error.orig_exc, ConditionWrong):
            raise error.orig_exc from error
        raise
    return condition


def tests(condition: Condition) -> tuple[Test, ...] | None:
    """The tests of a condition that is nothing but tests which must all hold; None for others."""
    if isinstance(condition, Test):
        return (condition,)
    if isinstance(condition, All):
        parts = [tests(part) for part in condition.parts]
        if all(part is not None for part in parts):
            return tuple(test for part in parts for test in part or ())
    return None


def never(condition: Condition) -> bool:
    """Whether it is plain that no case can fulfil it."""
    plain = tests(condition)
    return plain is not None and any(one.excludes(other) for one, other in combinations(plain, 2))


def implies(one: Condition, other: Condition) -> bool:
    """Whether it is plain that every case that fulfils one fulfils the other."""
    if one == other:
        return True
    mine, its = tests(one), tests(other)
    if mine is None or its is None:
        return False
    return all(any(test.within(wanted) for test in mine) for wanted in its)


def _is_under(value: Any, branches: Iterable[Any]) -> bool:
    return value is not None and any(value == branch or str(value).startswith(f"{branch}/") for branch in branches)


def _meet(one: tuple[str, Any], other: tuple[str, Any]) -> bool:
    (relation, value), (its_relation, its_value) = one, other
    if value == its_value:
        return True
    return (relation == "under" and _is_under(its_value, [value])) or (
        its_relation == "under" and _is_under(value, [its_value])
    )


def _is_between(value: Any, spans: Iterable[tuple[Any, Any]]) -> bool:
    # 22:00-06:00 goes over midnight.
    return any(
        first <= value <= last if first <= last else value >= first or value <= last
        for first, last in ((span[0], span[1]) for span in spans)
    )


_HOLDS: Mapping[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "is": lambda value, wanted: value in wanted,
    "under": _is_under,
    "has": lambda words, wanted: any(word in words for word in wanted),
    "between": lambda at, spans: _is_between(
        at.time().replace(second=0, microsecond=0) if spans and isinstance(spans[0][0], time) else at.date(), spans
    ),
}
_HELD_IN = {
    **{name: name for name in ("category", "district", "place", "words", "channel", "appellant", "type")},
    **{"time": "at", "date": "at", "day": "is_working"},
}
_FIELDS = dict(
    zip(
        ("分类", "区县", "地点", "内容", "渠道", "诉求人", "类型", "时刻", "日子", "日期"),
        ("category", "district", "place", "words", "channel", "appellant", "type", "time", "day", "date"),
        strict=True,
    )
)
_RELATIONS = {"是": "is", "属于": "under", "含": "has", "在": "between"}
_ALLOWED = {
    "category": ("is", "under"),
    "words": ("has",),
    "time": ("between",),
    "date": ("between",),
    **dict.fromkeys(("district", "place", "channel", "appellant", "type", "day"), ("is",)),
}


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)


class _Reader(Transformer[Token, Any]):
    """Turns a parse into a condition, with every word checked."""

    def __init__(self, city: City) -> None:
        super().__init__()
        self._city = city

    def value(self, found: list[Token]) -> tuple[Token, str]:
        """A word with its place."""
        [token] = found
        return token, str(token).strip('"“”') if token.type == "QUOTED" else str(token)

    def values(self, found: list[Any]) -> list[Any]:
        """The alternatives."""
        return found

    def test(self, found: list[Any]) -> Test:
        """One test."""
        field_word, relation_word, values = found
        field = _FIELDS.get(field_word, str(field_word))
        relation = _RELATIONS.get(relation_word, str(relation_word))
        if relation not in _ALLOWED[field]:
            raise _wrong(relation_word, "relation_not_for_field")
        return Test(field, relation, tuple(self._read(field, token, word) for token, word in values))

    def both(self, found: list[Condition]) -> Condition:
        """且."""
        return All(tuple(found))

    def either(self, found: list[Condition]) -> Condition:
        """或."""
        return Any_(tuple(found))

    def negated(self, found: list[Condition]) -> Condition:
        """非."""
        return Not(found[0])

    def _read(self, field: str, token: Token, word: str) -> Any:
        try:
            found = self._readers()[field](word)
        except ValueError:
            found = None
        if found is None:
            raise _wrong(token, "unknown_value")
        return found

    def _readers(self) -> Mapping[str, Callable[[str], Any]]:
        known = self._city
        return {
            "category": lambda word: word if word in known.categories else None,
            "district": lambda word: _code(word, {unit.code: unit for unit in known.districts()}),
            "place": lambda word: word if any(mark.name == word for mark in known.landmarks) else None,
            "words": lambda word: bigrams.folded(word) or None,
            "channel": lambda word: _code(word, known.channels),
            "type": lambda word: _code(word, known.types),
            "appellant": lambda word: {"个人": "person", "企业": "enterprise"}.get(
                word, word if word in ("person", "enterprise") else None
            ),
            "day": lambda word: {"working": True, "工作日": True, "rest": False, "休息日": False}.get(word),
            "time": lambda word: _span(word, "-", time.fromisoformat),
            "date": lambda word: _span(word, "..", date.fromisoformat),
        }


def _code(word: str, labels: Mapping[str, Any]) -> str | None:
    if word in labels:
        return word
    found = [
        code
        for code, label in labels.items()
        if word in (label.name_zh, label.name_en) or (hasattr(label, "place") and word == label.place("zh"))
    ]
    return found[0] if len(found) == 1 else None


def _span(word: str, between: str, read_one: Callable[[str], Any]) -> tuple[Any, Any]:
    first, found, last = word.partition(between)
    if not found:
        raise ValueError(word)
    return read_one(first), read_one(last)


def _wrong(token: Token, why: str) -> ConditionWrong:
    return ConditionWrong(token.start_pos or 0, len(token), why, str(token))
