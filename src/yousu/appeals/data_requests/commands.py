"""Commands of requests about personal data: ask → grant (and do it) or refuse → hand over.

Each raises Forbidden (rights), FieldWrong (a code or value), NotPossible (decided already, or by whom it may not be),
StreamMissing, StreamMoved (`seen` is the version shown).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from yousu.appeals import commands as appeals
from yousu.appeals.acting import phone_of
from yousu.appeals.data_requests import copying, events, queries, rules, state
from yousu.appeals.data_requests.copying import Kept
from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import DataRequestState
from yousu.appeals.dispatching import check_code, grades
from yousu.cases import commands as cases
from yousu.cases import retention
from yousu.cases.commands import tidy
from yousu.cases.events import Unmasked
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Due, DueStep
from yousu.cases.transitions import NotPossible
from yousu.ledger import log, persons, texts
from yousu.ledger.models import Person
from yousu.ledger.texts import NewText, TextGone
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city
from yousu.platform import clock
from yousu.worktime.deadlines import after_working_days

_LONGEST = 2000
# The decision is the right: whoever made it acts for the person on that one case.
_BY_DECISION = frozenset({"granted_request"})


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked: by whom (a case's number and the phone that was left with it), and what exactly."""

    sort: str
    case: str
    phone: str
    words: str = ""
    corrected: str | None = None
    value: str = ""


def ask(wanted: Ask, *, by: Actor) -> DataRequestState:
    """提出请求. A second one of the same sort waits for the answer to the first."""
    capabilities.require(by, "ask-for-data", Belonging(number=wanted.case))
    corrected, value = (wanted.corrected, tidy(wanted.value)) if wanted.sort == state.CORRECT else (None, "")
    rules.check_asked(wanted.sort, corrected=corrected, value=value)
    words = tidy(wanted.words)
    for field, typed in (("words", words), ("value", value)):
        if len(typed) > _LONGEST:
            raise FieldWrong(field, "too_long")
    with log.batch():
        person_id = _identified(wanted.case, wanted.phone)
        # Two at once of the same person come one after the other, and no erasure comes between.
        Person.objects.select_for_update().get(id=person_id)
        if DataRequestNow.objects.filter(person_id=person_id, sort=wanted.sort, decided_at=None).exists():
            raise FieldWrong("sort", "asked_already")
        said = {kind: texts.sealed(kind, it, person_id=person_id) for kind, it in _named(words, value).items()}
        fact = events.DataRequested(
            number=_next_number(),
            sort=wanted.sort,
            person_id=person_id,
            case=wanted.case,
            due=_due(),
            words=said["words"].ref if "words" in said else None,
            corrected=corrected,
            value=said["value"].ref if "value" in said else None,
        )
        asked: DataRequestState = log.begin(
            f"request/{fact.number}", fact, by=by, at=clock.now(), texts=list(said.values())
        )
    return asked


def grant(number: int, *, note: str = "", by: Actor, seen: int) -> DataRequestState:
    """同意请求, and in the same transaction what it asks: corrected, erased, contact gone. Files are fetched later."""
    capabilities.require(by, "decide-request")
    with log.batch():
        said = _sealed_for(number, note)
        decide = partial(rules.grant, by=by.code, note=said.ref if said else None)
        granted = _act(number, decide, new=[said] if said else [], by=by, seen=seen)
        if granted.sort in _DONE_AT_ONCE:
            _DONE_AT_ONCE[granted.sort](granted, by)
    return granted


def refuse(number: int, *, reason: str, explanation: str, by: Actor, seen: int) -> DataRequestState:
    """不同意请求: never without the reason in law and words for the person."""
    capabilities.require(by, "decide-request")
    check_code("reason", reason, city().reasons["refuse-request"])
    with log.batch():
        words = _sealed_for(number, explanation)
        if words is None:
            raise FieldWrong("explanation", "required")
        decide = partial(rules.refuse, reason=reason, explanation=words.ref, by=by.code)
        return _act(number, decide, new=[words], by=by, seen=seen)


def hand_over(number: int, *, by: Actor, phone: str | None = None) -> list[Kept]:
    """交付: what is kept of the person, logged as an access to each case before it is given out.

    A resident names the phone again: the receipt of one case does not open the others.
    """
    wanted = queries.state(number)
    capabilities.require(by, "fetch-data", Belonging(number=wanted.case))
    rules.may_fetch(wanted, by=by.code, now=clock.now(), days=city().settings["data_request"]["fetch_days"])
    if by.has("resident") and _identified(wanted.case, phone or "") != wanted.person_id:
        raise FieldWrong("phone", "not_the_persons")
    with log.batch() as batch:
        persons.hold(wanted.person_id)
        # What came later was not granted: a number may have gone to somebody else since.
        found = copying.cases_of(wanted.person_id, until=wanted.decided_at or clock.now())
        rows = copying.kept(wanted.person_id, found)
        _log_access(number, found, person_id=wanted.person_id, by=by)
        fact = events.DataHandedOver(cases=tuple(row.number for row in found), rows=len(rows))
        batch.load([f"request/{number}"])
        log.record(f"request/{number}", lambda _: fact, by=by, at=clock.now())
    return rows


def _log_access(number: int, found: list[CaseNow], *, person_id: UUID, by: Actor) -> None:
    for row in found:
        purpose = texts.sealed("purpose", _why(number), person_id=person_id)
        access = Unmasked(fields=copying.FIELDS, purpose=purpose.ref)
        log.append(f"access/{row.number}", access, by=by, at=clock.now(), texts=[purpose])


def _identified(number: str, phone: str) -> UUID:
    """Whose case it is, if the phone is theirs. Raises FieldWrong, the same for whatever does not fit."""
    given = phone_of("phone", phone)
    if given is None:
        raise FieldWrong("phone", "required")
    whose = CaseNow.objects.filter(number=number, kind="appeal").values_list("person_id", flat=True).first()
    if whose is None or persons.by_phone(given) != whose:
        raise FieldWrong("phone", "not_the_persons")
    return whose


def _correct(granted: DataRequestState, by: Actor) -> None:
    assert granted.value is not None and granted.corrected is not None
    try:
        value = texts.read_one(granted.value)
    except TextGone as gone:
        # The person's data were erased, or the contact given up, since they asked.
        raise NotPossible("grant-request", stage=granted.stage, why="value_gone") from gone
    appeals.correct(
        granted.case,
        field=granted.corrected,
        value=value,
        why=_why(granted.number),
        by=Actor(code=by.code, roles=_BY_DECISION),
        seen=None,
    )


def _erase(granted: DataRequestState, by: Actor) -> None:
    cases.erase(granted.person_id, reason=_why(granted.number), by=by)


def _remove_contact(granted: DataRequestState, by: Actor) -> None:
    retention.remove_contact(granted.person_id, by=by)


_DONE_AT_ONCE: Mapping[str, Callable[[DataRequestState, Actor], None]] = {
    state.CORRECT: _correct,
    state.DELETE: _erase,
    state.WITHDRAW_CONSENT: _remove_contact,
}


def _why(number: int) -> str:
    return f"个人信息请求第 {number} 号"


def _act(
    number: int, decide: Callable[[DataRequestState], Any], *, new: list[NewText], by: Actor, seen: int
) -> DataRequestState:
    done: DataRequestState = log.record(f"request/{number}", decide, by=by, at=clock.now(), seen=seen, texts=new)
    return done


def _sealed_for(number: int, words: str) -> NewText | None:
    """Words to the person: they go with the person's other words."""
    said = tidy(words)
    if len(said) > _LONGEST:
        raise FieldWrong("explanation", "too_long")
    return texts.sealed("note", said, person_id=queries.state(number).person_id) if said else None


def _named(words: str, value: str) -> dict[str, str]:
    return {kind: said for kind, said in (("words", words), ("value", value)) if said}


def _due() -> Due:
    """答复期限. The law says 及时 and names no days: they are the city's."""
    known, now = grades(), clock.now()
    days = int(city().settings["data_request"]["working_days"])
    counted = after_working_days(now, days, known.calendar, zone=known.zone)
    steps = tuple(DueStep(date=step.date, counted=step.counted, why=step.why) for step in counted.steps)
    return Due(at=counted.at, provisional=counted.provisional, grade="", steps=steps, start=now)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('data_request_number')")
        return int(cursor.fetchone()[0])
