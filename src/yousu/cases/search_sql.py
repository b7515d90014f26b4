"""查找语句: the statements by which cases with some words are found newest first.

One goes through the weeks from the newest and stops when it has enough; one reads a few cases chosen otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yousu.cases import search_keys
from yousu.cases.models import CaseNow
from yousu.org.city import city, per_city
from yousu.understanding import bigrams
from yousu.understanding.bigrams import Query


@dataclass(frozen=True)
class Before:
    """The row after which a page begins."""

    received_at: datetime
    number: str


@dataclass(frozen=True)
class Sql:
    """A statement, or a piece of one, with its parameters."""

    text: str
    values: tuple[Any, ...] = ()


class Search:
    """One search: cases that may be seen and meet the filters, and the words they must contain."""

    def __init__(self, cases: QuerySet[CaseNow], asked: Query, *, after: Before | None, limit: int) -> None:
        text, values = cases.order_by().values("number", "received_at", "category", "lead_unit").query.sql_with_params()
        self._cases = Sql(text, tuple(values))
        self._asked, self._after, self._limit = asked, after, limit
        self._units, self._categories = _named(asked)

    def in_few(self) -> Sql:
        """Looks at every one of the cases."""
        is_found = [self._contains("s")]
        is_found += [Sql("c.category = ANY(%s)", (self._categories,))] if self._categories else []
        is_found += [Sql("c.lead_unit = ANY(%s)", (self._units,))] if self._units else []
        found, after = _joined(" OR ", is_found), self._beyond("c")
        return Sql(
            f"""WITH c AS MATERIALIZED ({self._cases.text})
            SELECT c.number, c.received_at FROM c JOIN case_search s USING (number) WHERE ({found.text}){after.text}
            ORDER BY c.received_at DESC, c.number DESC LIMIT %s""",
            (*self._cases.values, *found.values, *after.values, self._limit),
        )

    def by_week(
        self, *, kind: str, codes: list[int], begins: datetime | None, ends: datetime | None, is_whole: bool
    ) -> Sql:
        """Goes back week by week. `is_whole`: the cases are all there are, and need not be asked one by one."""
        weeks, found, after = self._weeks(kind, begins, ends), self._has_keys(codes), self._beyond("s")
        between = _between(begins, ends)
        # OFFSET 0 keeps them apart: a week's finds are sorted first, then asked one by one until there are enough.
        # Joined, all of them would be asked, or thousands of others read to compare.
        asked = Sql(
            f"WHERE EXISTS (SELECT FROM ({self._cases.text}) c WHERE c.number = found.number OFFSET 0)",
            self._cases.values,
        )
        asked = Sql("") if is_whole else asked
        by_week = Sql(
            f"""SELECT f.number, f.received_at FROM ({weeks.text}) weeks, LATERAL (
                SELECT found.number, found.received_at FROM (
                    SELECT s.number, s.received_at FROM case_search s
                    WHERE s.kind = %s AND ({found.text}){between.text}{after.text}
                    ORDER BY s.received_at DESC, s.number DESC OFFSET 0
                ) found {asked.text} ORDER BY found.received_at DESC, found.number DESC LIMIT %s
            ) f ORDER BY weeks.week DESC, f.received_at DESC, f.number DESC LIMIT %s""",
            (
                *weeks.values,
                kind,
                *found.values,
                *between.values,
                *after.values,
                *asked.values,
                self._limit,
                self._limit,
            ),
        )
        return self._with_units(by_week) if self._units else by_week

    def _weeks(self, kind: str, begins: datetime | None, ends: datetime | None) -> Sql:
        """The weeks that have cases, newest first; sorted, so that a row's week is known to come before the next."""
        last = self._after.received_at if self._after else None
        edge = "(SELECT {0}(received_at) FROM case_now WHERE kind = %s)"
        newest = f"least({edge.format('max')}, %s::timestamptz, %s::timestamptz)"
        oldest = f"greatest({edge.format('min')}, %s::timestamptz)"
        week = f"floor(extract(epoch FROM {{0}}) / {search_keys.WEEK_S})::bigint"
        return Sql(
            f"""SELECT week, {search_keys.WEEK_PART} AS part
            FROM generate_series({week.format(newest)}, {week.format(oldest)}, -1) AS w (week)
            ORDER BY week DESC""",
            (kind, last, ends, kind, begins),
        )

    def _has_keys(self, codes: list[int]) -> Sql:
        """By words; or by the name of the category, which the index knows as a code."""
        by_words = _joined(" AND ", [_keys("@>", [*sorted(self._asked.pairs), *codes]), self._contains("s")])
        if not self._categories:
            return by_words
        named = [_keys("&&", [search_keys.code_key("category", path) for path in self._categories])]
        named += [_keys("@>", codes)] if codes else []
        by_name = _joined(" AND ", named)
        return Sql(f"({by_words.text}) OR ({by_name.text})", (*by_words.values, *by_name.values))

    def _with_units(self, found: Sql) -> Sql:
        """And the newest of each unit whose name was typed."""
        after = self._beyond("c")
        return Sql(
            f"""SELECT number, received_at FROM (({found.text}) UNION (
                SELECT f.number, f.received_at FROM unnest(%s::text[]) AS named (unit), LATERAL (
                    SELECT c.number, c.received_at FROM ({self._cases.text}) c
                    WHERE c.lead_unit = named.unit{after.text}
                    ORDER BY c.received_at DESC, c.number DESC LIMIT %s
                ) f
            )) either ORDER BY received_at DESC, number DESC LIMIT %s""",
            (*found.values, self._units, *self._cases.values, *after.values, self._limit, self._limit),
        )

    def _contains(self, table: str) -> Sql:
        # Pairs side by side are no word yet: every word is looked for in the text itself.
        terms = self._asked.terms
        return Sql(" AND ".join([f"strpos({table}.words, %s) > 0"] * len(terms)) or "true", terms)

    def _beyond(self, table: str) -> Sql:
        if self._after is None:
            return Sql("")
        return Sql(
            f" AND ({table}.received_at, {table}.number) < (%s, %s)", (self._after.received_at, self._after.number)
        )


def _between(begins: datetime | None, ends: datetime | None) -> Sql:
    bounds = [Sql(" AND s.received_at >= %s", (begins,))] if begins else []
    bounds += [Sql(" AND s.received_at < %s", (ends,))] if ends else []
    return _joined("", bounds)


def _keys(operator: str, keys: Sequence[int]) -> Sql:
    written = ", ".join(["weeks.part + %s::bigint"] * len(keys))
    return Sql(f"s.keys {operator} ARRAY[{written}]", tuple(keys))


def _joined(word: str, parts: Sequence[Sql]) -> Sql:
    return Sql(word.join(part.text for part in parts), tuple(value for part in parts for value in part.values))


def _named(asked: Query) -> tuple[list[str], list[str]]:
    """Units and categories whose name contains what was typed."""
    if not asked.terms:
        return [], []
    units, categories = _names()
    has = [[code for code, name in names if all(term in name for term in asked.terms)] for names in (units, categories)]
    return has[0], has[1]


@per_city
def _names() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    known = city()
    units, categories = (
        [(code, bigrams.folded(f"{one.name_zh}\n{one.name_en}")) for code, one in labels.items()]
        for labels in (known.units, known.categories)
    )
    return units, categories
