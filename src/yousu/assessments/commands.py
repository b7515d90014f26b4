"""Commands of assessments: compose → show → object → judge the objections → freeze.

`seen` is the version that the author was shown; 0 for a month that nobody has composed yet.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.db import connection, transaction

from yousu.appeals.dispatching import check_code, grades
from yousu.assessments import counting, events, kept, queries, rules, scoring
from yousu.assessments.state import AssessmentState
from yousu.cases.commands import noted
from yousu.figures.queries import Period
from yousu.figures.snapshot import one_snapshot
from yousu.ledger import log
from yousu.ledger.log import StreamMoved
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock
from yousu.worktime.deadlines import after_working_days

_LOCK = 0x59_6F_75_41


def compose(assessment_id: str, *, by: Actor, seen: int | None = None) -> AssessmentState:
    """编制, or 重新编制 until the units have seen it. Raises MonthWrong, NotReady, StreamMoved, Forbidden."""
    capabilities.require(by, "compose-assessment")
    month = rules.month_of(assessment_id)
    rules.may_compose(queries.state(assessment_id), today=queries.today(), month=month)
    with one_snapshot():
        made = counting.counted(month, Period(first=month.first, last=month.last, as_of=clock.now()), city())
    with _alone(assessment_id):
        state = queries.state(assessment_id)
        _check_seen(assessment_id, state, seen=seen)
        rules.may_compose(state, today=queries.today(), month=month)
        log.append(_stream(assessment_id), made.fact, by=by, at=clock.now())
        kept.write(assessment_id, made.sets)
    return queries.get(assessment_id)


def show(assessment_id: str, *, by: Actor, seen: int | None = None) -> AssessmentState:
    """公示给各单位: their working days to object begin."""
    capabilities.require(by, "show-assessment")
    days = int(city().settings["assessment"]["objection_days"])
    until = after_working_days(clock.now(), days, grades().calendar, zone=grades().zone).at
    return _step(assessment_id, lambda state: rules.show(state, until=until), by=by, seen=seen)


def object_to(
    assessment_id: str, *, number: str, figure: str, reason: str, note: str = "", by: Actor, seen: int | None = None
) -> AssessmentState:
    """考核申诉 for the own unit. Raises FieldWrong, NotReady, StreamMoved, Forbidden."""
    capabilities.require(by, "object")
    check_code("reason", reason, city().reasons["object"])
    unit = counting.assessed_unit(by.unit, city())
    text = noted(note)

    def decide(state: AssessmentState) -> events.Objected:
        # Under the lock: a month that is composed anew has other lists.
        check_code("figure", figure, state.method.figures)
        objected = events.Objected(
            unit=unit or "",
            figure=figure,
            number=number,
            counted=_counted_in(state, unit, figure, number),
            reason=reason,
            note=text.ref if text else None,
        )
        is_in_base = _is_in(state, f"{unit}.{next(iter(state.method.figures[figure]))}.base", number)
        return rules.object_to(state, objected, is_in_base=is_in_base, at=clock.now())

    return _step(assessment_id, decide, by=by, seen=seen, texts=[text] if text else [])


def judge_objection(
    assessment_id: str, *, objection: int, grant: bool, note: str = "", by: Actor, seen: int | None = None
) -> AssessmentState:
    """申诉审定, by neither the objector nor the composer."""
    capabilities.require(by, "judge-objection")
    text = noted(note)
    ref = text.ref if text else None
    return _step(
        assessment_id,
        lambda state: rules.judge(state, objection, granted=grant, by=by.code, note=ref),
        by=by,
        seen=seen,
        texts=[text] if text else [],
    )


def freeze(assessment_id: str, *, by: Actor, seen: int | None = None) -> AssessmentState:
    """冻结: scores, zones and places stay."""
    capabilities.require(by, "freeze-assessment")
    now: datetime = clock.now()

    def decide(state: AssessmentState) -> events.AssessmentFrozen:
        rules.may_freeze(state, at=now)
        results = {one.unit: one.as_json() for one in scoring.results(state)}
        return rules.freeze(state, results=results, digest=sha256(rfc8785.dumps(results)).hexdigest(), at=now)

    return _step(assessment_id, decide, by=by, seen=seen)


def _counted_in(state: AssessmentState, unit: str | None, figure: str, number: str) -> tuple[str, ...]:
    return tuple(name for name in state.method.figures[figure] if _is_in(state, f"{unit}.{name}.counted", number))


def _is_in(state: AssessmentState, path: str, number: str) -> bool:
    return path in state.lists and number in kept.list_behind(state, path)


def _step(
    assessment_id: str,
    decide: Callable[[AssessmentState], Any],
    *,
    by: Actor,
    seen: int | None,
    texts: Sequence[NewText] = (),
) -> AssessmentState:
    with _alone(assessment_id):
        queries.get(assessment_id)
        recorded: AssessmentState = log.record(
            _stream(assessment_id), decide, by=by, at=clock.now(), seen=seen, texts=texts
        )
    return recorded


@contextmanager
def _alone(assessment_id: str) -> Iterator[None]:
    """One step of a month at a time: what is composed replaces the lists that an objection looks into."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, assessment_id])
        yield


def _check_seen(assessment_id: str, state: AssessmentState | None, *, seen: int | None) -> None:
    version = state.version if state else 0
    if seen is not None and seen != version:
        raise StreamMoved(_stream(assessment_id), seen=seen, version=version)


def _stream(assessment_id: str) -> str:
    return f"assessment/{assessment_id}"
