"""试算: where rules would have sent the cases of past days, before they hold. Reads only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from yousu.appeals.dispatching import grades
from yousu.appeals.routing import table
from yousu.appeals.routing.conditions import Facts
from yousu.appeals.routing.table import Table
from yousu.org.city import City, city, per_city
from yousu.understanding import bigrams

_AT_ONCE = 5_000
_CASES = """
SELECT number, lead_unit, category, district, place_key, concat_ws(E'\\n', title, matter, place), channel,
    coalesce(state->>'appellant_kind', 'person'), type, received_at
FROM case_now
WHERE kind = 'appeal' AND lead_unit IS NOT NULL AND received_at >= %s AND received_at < %s
"""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What rules would have done: how many cases, by rule, and how many to which other unit than had them."""

    cases: int
    same: int
    unrouted: int
    by_rule: dict[str, int]
    elsewhere: dict[tuple[str, str], int]


@per_city
def in_force() -> Table:
    """The city's rules. Raises RuleWrong."""
    return rules_of(city())


def rules_of(known: City) -> Table:
    """The rules of a city, which need not be in force. Raises RuleWrong."""
    return table.read(known.texts[table.FILE], known) if table.FILE in known.texts else Table(())


def tried(rules: Table, *, first: datetime, last: datetime) -> Tried:
    """The rules against every forwarded case received from `first` until before `last`."""
    by_rule: Counter[str] = Counter({rule.code: 0 for rule in rules.rules if rule.at is None})
    elsewhere: Counter[tuple[str, str]] = Counter()
    cases = unrouted = 0
    for unit, facts in _cases(first, last):
        cases += 1
        routed = rules.route(facts)
        if routed is None:
            unrouted += 1
            continue
        by_rule[routed.rule.code] += 1
        if routed.unit != unit:
            elsewhere[unit, routed.unit] += 1
    moved = dict(elsewhere.most_common())
    same = cases - unrouted - sum(moved.values())
    return Tried(cases=cases, same=same, unrouted=unrouted, by_rule=dict(by_rule), elsewhere=moved)


@dataclass(frozen=True, kw_only=True)
class Differing:
    """How many cases were tried, and how many other rules send elsewhere: None is where no rule holds."""

    cases: int
    elsewhere: dict[tuple[str | None, str | None], int]


def differing(one: Table, other: Table, *, first: datetime, last: datetime) -> Differing:
    """Where two tables send the forwarded cases of some days, as far as they differ; the most first."""
    elsewhere: Counter[tuple[str | None, str | None]] = Counter()
    cases = 0
    for _, facts in _cases(first, last):
        cases += 1
        was, would = (routed.unit if (routed := rules.route(facts)) else None for rules in (one, other))
        if was != would:
            elsewhere[was, would] += 1
    return Differing(cases=cases, elsewhere=dict(elsewhere.most_common()))


def _cases(first: datetime, last: datetime) -> Iterator[tuple[str, Facts]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CASES, [first, last])
        while rows := cursor.fetchmany(_AT_ONCE):
            for row in rows:
                yield row[1], facts_of(*row[2:])


def facts_of(
    category: str | None,
    district: str | None,
    place: str | None,
    words: str,
    *more: Any,
) -> Facts:
    """What conditions look at, from a case's columns; then channel, appellant's kind, type, moment of receipt."""
    channel, appellant, type_of, received_at = more
    at = received_at.astimezone(grades().zone)
    return Facts(
        category=category,
        district=district,
        place=place,
        words=bigrams.folded(words),
        channel=channel,
        appellant=appellant,
        type=type_of,
        at=at,
        is_working=grades().calendar.day(at.date()).working,
    )
