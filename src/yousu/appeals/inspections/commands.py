"""Commands of quality inspection: draw → score → object → judge.

Each raises Forbidden (rights), FieldWrong (a code or value), NotPossible (what happened before), StreamMoved (`seen` is
the version shown; 0 for what nobody has scored yet), InspectedMissing. Each returns the new state.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from yousu.appeals.inspections import drawing, events, rules, sheets
from yousu.appeals.inspections.models import InspectedNow
from yousu.appeals.inspections.projection import name_of
from yousu.appeals.inspections.queries import InspectedMissing, sample
from yousu.appeals.inspections.state import InspectedState, SampleState
from yousu.cases.commands import noted
from yousu.cases.rules import FieldWrong
from yousu.ledger import log
from yousu.ledger.events import TextRef
from yousu.ledger.log import StreamMoved
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.platform import clock

_SEED = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a sample is drawn from, and how much of it: a number or a share."""

    sort: str
    first: date
    last: date
    count: int | None = None
    percent: int | None = None
    seed: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """Points and remarks by item, as an inspector gives them."""

    points: Mapping[str, int | None]
    remarks: Mapping[str, str]


def draw_sample(ask: Ask, *, by: Actor) -> SampleState:
    """抽样. Without a seed one is made; with one, the same cases come out again."""
    capabilities.require(by, "draw-sample")
    if ask.sort not in rules.SORTS:
        raise FieldWrong("sort", "unknown_code")
    rules.check_period(ask.first, ask.last, today=_today())
    if ask.seed and not _SEED.fullmatch(ask.seed):
        raise FieldWrong("seed", "not_a_seed")
    found = drawing.eligible(ask.sort, ask.first, ask.last)
    size = rules.size(found, count=ask.count, percent=ask.percent)
    if size == 0:
        raise FieldWrong("first", "nothing_to_draw")
    seed = ask.seed or secrets.token_hex(4)
    fact = events.SampleDrawn(
        number=_next_number(),
        sort=ask.sort,
        first=ask.first,
        last=ask.last,
        count=ask.count,
        percent=ask.percent,
        seed=seed,
        sheet=sheets.in_force(ask.sort, ask.last),
        eligible=found,
        cases=tuple(drawing.draw(ask.sort, ask.first, ask.last, seed=seed, size=size)),
    )
    drawn: SampleState = log.begin(f"inspection/{fact.number}", fact, by=by, at=clock.now())
    return drawn


def score_work(number: int, case: str, given: Given, *, by: Actor, seen: int) -> InspectedState:
    """评分 of a case of a sample, every item of its sheet."""
    capabilities.require(by, "score-work")
    with log.batch():
        row = _held(number, case, seen=seen)
        rules.may_score(None if row.version == 0 else _state(row), person=row.person, by=by.code)
        marks, new = _marks(number, given)
        fact = events.WorkScored(sample=number, case=case, person=row.person, marks=marks)
        scored: InspectedState = log.begin(f"inspected/{row.name}", fact, by=by, at=clock.now(), texts=new)
    return scored


def object_to_score(number: int, case: str, *, reason: str, by: Actor, seen: int) -> InspectedState:
    """申诉 by whoever was scored."""
    words = _words("reason", reason)

    def decide(state: InspectedState) -> Any:
        capabilities.require(by, "object-to-score", Belonging(recorded_by=state.person))
        return rules.object(
            state,
            reason=words.ref,
            today=_today(),
            scored_on=log.local_day_of(state.scored_at),
            days=sheets.objection_days(),
        )

    return _act(number, case, decide, new=[words], by=by, seen=seen)


def judge_score(
    number: int, case: str, *, uphold: bool, reason: str, given: Given | None = None, by: Actor, seen: int
) -> InspectedState:  # fmt: skip
    """申诉审定: upheld with other marks, or refused; never by who scored."""
    capabilities.require(by, "judge-score")
    words = _words("reason", reason)
    marks, new = _marks(number, given) if uphold and given is not None else ((), [])
    if uphold and not marks:
        raise FieldWrong("uphold", "required")

    def decide(state: InspectedState) -> Any:
        return rules.judge(state, upheld=uphold, reason=words.ref, given=marks, by=by.code)

    return _act(number, case, decide, new=[words, *new], by=by, seen=seen)


def _act(
    number: int, case: str, decide: Callable[[InspectedState], Any], *, new: list[NewText], by: Actor, seen: int
) -> InspectedState:
    with log.batch():
        row = _held(number, case, seen=seen)
        if row.version == 0:
            raise InspectedMissing(row.name)
        done: InspectedState = log.record(f"inspected/{row.name}", decide, by=by, at=clock.now(), seen=seen, texts=new)
    return done


def _held(number: int, case: str, *, seen: int) -> InspectedNow:
    """The case of a sample, held until the end of the transaction: the first score makes its stream."""
    name = name_of(number, case)
    row = InspectedNow.objects.select_for_update().filter(name=name).first()
    if row is None:
        raise InspectedMissing(name)
    if row.version != seen:
        raise StreamMoved(f"inspected/{name}", seen=seen, version=row.version)
    return row


def _state(row: InspectedNow) -> InspectedState:
    state: InspectedState = sheets.state_of(row)
    return state


def _marks(number: int, given: Given) -> tuple[tuple[events.Mark, ...], list[NewText]]:
    drawn = sample(number)
    remarks = {item: text for item, words in given.remarks.items() if (text := noted(words)) is not None}
    refs: dict[str, TextRef] = {item: text.ref for item, text in remarks.items()}
    marks = rules.marks(sheets.items(drawn.sort, drawn.sheet), given.points, refs)
    used = {mark.item for mark in marks}
    return marks, [text for item, text in remarks.items() if item in used]


def _words(field: str, said: str) -> NewText:
    words = noted(said)
    if words is None:
        raise FieldWrong(field, "required")
    return words


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('inspection_number')")
        return int(cursor.fetchone()[0])


def _today() -> date:
    return log.local_day_of(clock.now())
