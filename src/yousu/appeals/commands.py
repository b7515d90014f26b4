"""Commands of an appeal: read from top to bottom, this is all that can happen to one.

Each raises Forbidden (rights), NotPossible (stage), FieldWrong (a code or value), StreamMoved (the page was older
than the case; `seen` is the version shown), StreamMissing. Each returns the new state.
"""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from yousu.appeals import rules
from yousu.appeals.events import CalledBack
from yousu.appeals.recording import Recording, Said, check, next_numbers, prepare
from yousu.appeals.rules import Dispatch, Grades
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases.events import Corrected
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, persons, texts
from yousu.ledger.log import Entry
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import City, city
from yousu.platform import clock, environment
from yousu.understanding import redaction
from yousu.worktime import calendar

HOWS = ("phone", "visit", "sms", "wechat", "mail")
OUTCOMES = ("solved", "planned", "explained")
EMERGENCIES = ("110", "119", "120", "122")
# A code of another system stands in the event for ever: too short and plain for words about people.
REFERENCE = r"[A-Za-z0-9._/-]{1,60}"


def record(said: Said, *, by: Actor) -> AppealState:
    """受理."""
    return record_many([said], new_numbers=next_numbers(1), by=by)[0]


def record_many(several: Sequence[Said], *, new_numbers: Sequence[str], by: Actor) -> list[AppealState]:
    """受理, many at once in one transaction under numbers from `next_numbers`; the same statements as for one."""
    capabilities.require(by, "record")
    now = clock.now()
    for said in several:
        check(said, now=now)
    people = persons.find_or_make(said.phone for said in several if said.phone)
    recordings = [
        prepare(said, number=number, person_id=people.get(said.phone or ""), now=now)
        for said, number in zip(several, new_numbers, strict=True)
    ]
    return log.record_many([_entry(recording, by=by) for recording in recordings])


def answer(number: str, *, reply: str, article: str | None = None, note: str = "", by: Actor, seen: int) -> AppealState:
    """直接办理."""
    words = _words("reply", reply)
    return _act(
        number,
        "answer",
        partial(rules.answer, reply=words.ref, article=_reference("article", article)),
        by=by,
        seen=seen,
        note=note,
        new=[words],
    )


def decline(
    number: str, *, reason: str, lawful_channel: str, reply: str, note: str = "", by: Actor, seen: int
) -> AppealState:
    """不予受理."""
    _known("reason", reason, city().reasons["decline"])
    _known("lawful_channel", lawful_channel, city().lawful_channels)
    words = _words("reply", reply)
    decide = partial(rules.decline, reason=reason, lawful_channel=lawful_channel, reply=words.ref)
    return _act(number, "decline", decide, by=by, seen=seen, note=note, new=[words])


def transfer(
    number: str, *, to: str, outside_number: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """紧急转接."""
    _known("to", to, EMERGENCIES)
    decide = partial(rules.transfer, to=to, outside_number=_reference("outside_number", outside_number))
    return _act(number, "transfer", decide, by=by, seen=seen, note=note)


def withdraw(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """撤诉."""
    words = _words("reason", reason)
    return _act(number, "withdraw", partial(rules.withdraw, reason=words.ref), by=by, seen=seen, note=note, new=[words])


def forward(
    number: str,
    *,
    lead_unit: str,
    co_units: Sequence[str] = (),
    grade: str | None = None,
    note: str = "",
    by: Actor,
    seen: int,
) -> AppealState:
    """转交."""
    _check_units(lead_unit, co_units, by=by, command="forward")

    def decide(case: AppealState) -> Any:
        return rules.forward(case, dispatch=_dispatch(case, lead_unit, co_units=co_units, grade=grade))

    return _act(number, "forward", decide, by=by, seen=seen, note=note)


def designate(
    number: str,
    *,
    lead_unit: str,
    co_units: Sequence[str] = (),
    grade: str | None = None,
    note: str = "",
    by: Actor,
    seen: int,
) -> AppealState:
    """指定承办."""
    _check_units(lead_unit, co_units, by=by, command="designate")

    def decide(case: AppealState) -> Any:
        return rules.designate(case, dispatch=_dispatch(case, lead_unit, co_units=co_units, grade=grade))

    return _act(number, "designate", decide, by=by, seen=seen, note=note)


def sign(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """签收."""
    return _act(number, "sign", rules.sign, by=by, seen=seen, note=note)


def contact(number: str, *, how: str, reached: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """联系诉求人."""
    _known("how", how, HOWS)
    decide = partial(rules.contact, how=how, reached=reached)
    return _act(number, "contact", decide, by=by, seen=seen, note=note)


def send_back(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """退单."""
    _known("reason", reason, city().reasons["send-back"])
    return _act(number, "send-back", partial(rules.send_back, reason=reason), by=by, seen=seen, note=note)


def judge_send_back(
    number: str, *, uphold: bool, lead_unit: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """退单审核."""
    if lead_unit is not None:
        _check_units(lead_unit, (), by=by, command="judge-send-back")

    def decide(case: AppealState) -> Any:
        dispatch = None if lead_unit is None else _dispatch(case, lead_unit)
        return rules.judge_send_back(case, uphold=uphold, dispatch=dispatch)

    return _act(number, "judge-send-back", decide, by=by, seen=seen, note=note)


def handle(number: str, *, reply: str, outcome: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """办理答复."""
    _known("outcome", outcome, OUTCOMES)
    words = _words("reply", reply)
    return _act(
        number,
        "handle",
        partial(rules.handle, reply=words.ref, outcome=outcome),
        by=by,
        seen=seen,
        note=note,
        new=[words],
    )


def review(number: str, *, accept: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """审核."""
    return _act(number, "review", partial(rules.review, accept=accept), by=by, seen=seen, note=note)


def call_back(
    number: str,
    *,
    reached: str,
    responded: bool | None = None,
    solved: bool | None = None,
    satisfied: str | None = None,
    note: str = "",
    by: Actor,
    seen: int,
) -> AppealState:
    """回访."""
    _known("reached", reached, ("reached", "not_reached", "refused"))
    if satisfied is not None:
        _known("satisfied", satisfied, ("satisfied", "basically", "not"))
    said = CalledBack(reached=reached, responded=responded, solved=solved, satisfied=satisfied)
    return _act(number, "call-back", partial(rules.call_back, said=said), by=by, seen=seen, note=note)


def judge_unsolved(number: str, *, decision: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """未解决研判."""
    _known("decision", decision, ("reopen", "finalise"))
    limit = int(city().settings["second_handling"]["limit"])

    def decide(case: AppealState) -> Any:
        dispatch = _dispatch(case, _same_unit(case))
        return rules.judge_unsolved(case, decision=decision, dispatch=dispatch, limit=limit)

    return _act(number, "judge-unsolved", decide, by=by, seen=seen, note=note)


def reopen(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """二次办理."""
    words = _words("reason", reason)

    def decide(case: AppealState) -> Any:
        return rules.reopen(case, reason=words.ref, dispatch=_dispatch(case, _same_unit(case)))

    return _act(number, "reopen", decide, by=by, seen=seen, note=note, new=[words])


def classify(
    number: str, *, category: str, type: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """归类."""
    _known("category", category, city().categories)
    if type is not None:
        _known("type", type, city().types)
    return _state(cases.classify(stream(number), category=category, type=type, by=by, seen=seen, note=note))


def correct(number: str, *, field: str, value: str, why: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """更正 of text, title, place, name or type."""
    reason = _words("why", why)
    made = _corrected_texts(field, value)
    correction = Corrected(
        corrected=field,
        why=reason.ref,
        texts={text.kind: text.ref for text in made},
        where=cases.located(redaction.taken_out(value)) if field == "place" else None,
        type=_known("value", value, city().types) if field == "type" else None,
    )
    return _state(cases.correct(stream(number), correction, by=by, seen=seen, note=note, new_texts=[reason, *made]))


def urge(number: str, *, note: str = "", by: Actor) -> AppealState:
    """催办."""
    return _state(cases.urge(stream(number), note=note, by=by))


def undo(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """撤销."""
    return _state(cases.undo(stream(number), by=by, seen=seen, note=note))


def stream(number: str) -> str:
    """The stream of an appeal."""
    return f"appeal/{number}"


@cache
def grades() -> Grades:
    """The city's grades with the calendar they count by."""
    known = city()
    return Grades(
        working_days={grade.code: grade.working_days for grade in known.grades.values()},
        usual=known.settings["grades"]["default"],
        from_receipt=known.settings["due"]["from"] == "received",
        calendar=calendar.load(),
        zone=ZoneInfo(environment.text("YOUSU_TIME_ZONE")),
    )


def _entry(recording: Recording, *, by: Actor) -> Entry:
    return Entry(
        stream=recording.stream,
        decide=lambda _: recording.fact,
        by=by,
        at=recording.fact.received_at,
        texts=recording.texts,
        new=True,
    )


def _act(
    number: str, command: str, decide: Any, *, by: Actor, seen: int, note: str = "", new: Sequence[NewText] = ()
) -> AppealState:
    return _state(cases.act(stream(number), command, decide, by=by, seen=seen, note=note, new_texts=new))


def _state(state: Any) -> AppealState:
    assert isinstance(state, AppealState)
    return state


def _known(field: str, code: str, known: Any) -> str:
    if code not in known:
        raise FieldWrong(field, "unknown_code")
    return code


def _reference(field: str, code: str | None) -> str | None:
    if code and not re.fullmatch(REFERENCE, code):
        raise FieldWrong(field, "not_a_reference")
    return code or None


def _words(field: str, words: str) -> NewText:
    said = cases.tidy(words)
    if not said:
        raise FieldWrong(field, "required")
    return texts.sealed(field, said)


def _check_units(lead_unit: str, co_units: Sequence[str], *, by: Actor, command: str) -> None:
    units = city().units
    _known("lead_unit", lead_unit, units)
    for unit in co_units:
        _known("co_units", unit, units)
    # 二级平台 forwards inside its own tree only.
    if "all" not in capabilities.scopes(by, command) and not by.tree.issuperset({lead_unit, *co_units}):
        raise FieldWrong("lead_unit", "outside_own_tree")


def _dispatch(case: AppealState, lead_unit: str, *, co_units: Sequence[str] = (), grade: str | None = None) -> Dispatch:
    if grade is not None:
        _known("grade", grade, grades().working_days)
    return Dispatch(
        lead_unit=lead_unit,
        co_units=tuple(co_units),
        grade=grade or _grade_of(case, city()),
        grades=grades(),
        at=clock.now(),
    )


def _grade_of(case: AppealState, known: City) -> str:
    category = known.categories.get(case.category or "")
    return category.grade if category is not None else grades().usual


def _same_unit(case: AppealState) -> str:
    # What the desk had answered itself goes to whom the catalogue names, else back to the desk.
    known = city()
    routed = known.routed_unit(case.category or "", district=case.where.district)
    return case.lead_unit or routed or next(unit.code for unit in known.units.values() if unit.kind == "centre")


def _corrected_texts(field: str, value: str) -> list[NewText]:
    if field == "type":
        return []
    if not cases.tidy(value):
        raise FieldWrong("value", "required")
    if field == "text":
        return [texts.sealed("original", value), texts.clear("matter", redaction.taken_out(value))]
    if field in ("title", "place"):
        return [texts.clear(field, redaction.taken_out(value)), texts.sealed(f"{field}_original", value)]
    if field == "name":
        return [texts.sealed("name", cases.tidy(value), findable=True)]
    raise FieldWrong("field", "not_correctable")
