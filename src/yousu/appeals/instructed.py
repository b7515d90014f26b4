"""批示清单: every instruction that asked for feedback, open ones first by deadline, then the answered. Reads only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from yousu.appeals import waiting
from yousu.appeals.instructions import Instruction
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.org.actors import Actor

# Open ones by deadline, answered ones by the latest answer; few cases have an instruction.
_ORDERED = """
SELECT number, nth, is_answered, moment FROM (
    SELECT c.number, (t.nth - 1)::int AS nth, (t.value ->> 'feedback' IS NOT NULL)::int AS is_answered,
        (CASE WHEN t.value ->> 'feedback' IS NULL THEN 1 ELSE -1 END
            * floor(extract(epoch FROM coalesce(t.value ->> 'reported_at', t.value ->> 'due')::timestamptz)))::bigint
            AS moment
    FROM case_now c CROSS JOIN LATERAL jsonb_array_elements(c.state -> 'instructed') WITH ORDINALITY AS t (value, nth)
    WHERE c.number IN ({cases})
) AS each
WHERE (is_answered, moment, number, nth) > (%s, %s, %s, %s)
ORDER BY is_answered, moment, number, nth LIMIT %s
"""
_CURSOR = re.compile(r"([01])_(-?[0-9]{1,12})_([0-9]{10})_([0-9]{1,4})", re.ASCII)
_FIRST = (-1, 0, "", 0)


@dataclass(frozen=True, kw_only=True)
class Given:
    """One instruction, on its case."""

    row: CaseNow
    case: AppealState
    instruction: Instruction


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `after` is the cursor of the next one, empty if there is none."""

    given: Sequence[Given]
    after: str


def page(actor: Actor, *, after: str, size: int) -> Page:
    """The instructions on cases that the actor may see. Two statements, however many there are."""
    cases = queries.visible_to(actor).filter(kind="appeal", marks__contains=["instructed"]).exclude(marks=[])
    chosen = waiting.statement(cases)
    with connection.cursor() as cursor:
        cursor.execute(_ORDERED.format(cases=chosen.sql), [*chosen.arguments(), *(_read(after) or _FIRST), size + 1])
        found = cursor.fetchall()
    rows = CaseNow.objects.in_bulk([number for number, *_ in found[:size]], field_name="number")
    states: dict[str, AppealState] = {number: queries.state_of(row) for number, row in rows.items()}
    given = [
        Given(row=rows[number], case=states[number], instruction=states[number].instructed[nth])
        for number, nth, *_ in found[:size]
    ]
    return Page(given=given, after=_written(found[size - 1]) if len(found) > size else "")


def _written(found: tuple[str, int, int, int]) -> str:
    number, nth, is_answered, moment = found
    return f"{is_answered}_{moment}_{number}_{nth}"


def _read(cursor: str) -> tuple[int, int, str, int] | None:
    known = _CURSOR.fullmatch(cursor)
    return (int(known[1]), int(known[2]), known[3], int(known[4])) if known else None
