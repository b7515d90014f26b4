"""Commands of an appeal: read from top to bottom, this is all that can happen to one.

Each raises Forbidden (rights), NotPossible (stage), FieldWrong (a code or value), StreamMoved (the page was older
than the case; `seen` is the version shown), StreamMissing. Each returns the new state.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from yousu.appeals import acting_parts as parts
from yousu.appeals import knowledge, part_rules, reviewing, rules
from yousu.appeals import merge_commands as merged
from yousu.appeals.acting import act, acted, checked_public, phone_of, sealed, was_supported
from yousu.appeals.dispatching import check_code, check_duty, check_units, dispatch_of, grades, same_unit, stream
from yousu.appeals.events import CalledBack
from yousu.appeals.possible import refused
from yousu.appeals.recording import Recording, Said, check, next_numbers, prepare
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases import places, queries
from yousu.cases.events import Corrected
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.state import Where
from yousu.ledger import log, persons, texts
from yousu.ledger.log import Entry
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock
from yousu.understanding import redaction

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
    words = sealed("reply", reply)
    return act(
        number,
        "answer",
        partial(rules.answer, reply=words.ref, article=knowledge.cited("article", article)),
        by=by,
        seen=seen,
        note=note,
        new=[words],
    )


def decline(
    number: str, *, reason: str, lawful_channel: str, reply: str, note: str = "", by: Actor, seen: int
) -> AppealState:
    """不予受理."""
    check_code("reason", reason, city().reasons["decline"])
    check_code("lawful_channel", lawful_channel, city().lawful_channels)
    words = sealed("reply", reply)
    decide = partial(rules.decline, reason=reason, lawful_channel=lawful_channel, reply=words.ref)
    return act(number, "decline", decide, by=by, seen=seen, note=note, new=[words])


def transfer(
    number: str, *, to: str, outside_number: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """紧急转接."""
    check_code("to", to, EMERGENCIES)
    decide = partial(rules.transfer, to=to, outside_number=_reference("outside_number", outside_number))
    return act(number, "transfer", decide, by=by, seen=seen, note=note)


def withdraw(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """撤诉."""
    words = sealed("reason", reason)
    return act(number, "withdraw", partial(rules.withdraw, reason=words.ref), by=by, seen=seen, note=note, new=[words])


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
    """转交; what was forwarded already, a platform forwards inside its own tree."""
    check_units(lead_unit, co_units, by=by, command="forward")

    def decide(case: AppealState) -> Any:
        check_duty(case, lead_unit)
        if parts.is_inside(case, "forward", by=by):
            return parts.forward_inside(case, lead_unit=lead_unit, co_units=co_units, grade=grade, by=by)
        return rules.forward(case, dispatch=dispatch_of(case, lead_unit, co_units=co_units, grade=grade))

    return act(number, "forward", decide, by=by, seen=seen, note=note)


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
    check_units(lead_unit, co_units, by=by, command="designate")

    def decide(case: AppealState) -> Any:
        check_duty(case, lead_unit)
        return rules.designate(case, dispatch=dispatch_of(case, lead_unit, co_units=co_units, grade=grade))

    return act(number, "designate", decide, by=by, seen=seen, note=note)


def sign(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """签收."""
    decide = parts.for_unit("sign", rules.sign, part_rules.sign, by=by)
    return act(number, "sign", decide, by=by, seen=seen, note=note)


def contact(number: str, *, how: str, reached: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """联系诉求人."""
    check_code("how", how, HOWS)
    decide = parts.for_unit("contact", rules.contact, part_rules.contact, by=by, how=how, reached=reached)
    return act(number, "contact", decide, by=by, seen=seen, note=note)


def send_back(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """退单."""
    check_code("reason", reason, city().reasons["send-back"])
    window = int(city().settings["send_back"]["window"])
    lead = partial(rules.send_back, window=window, grades=grades(), now=clock.now())
    decide = parts.for_unit("send-back", lead, part_rules.send_back, by=by, reason=reason)
    return act(number, "send-back", decide, by=by, seen=seen, note=note)


def judge_send_back(
    number: str, *, uphold: bool, lead_unit: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """退单审核: of the case, of a helping unit's part, or inside the tree of a platform."""
    if lead_unit is not None:
        check_units(lead_unit, (), by=by, command="judge-send-back")

    def decide(case: AppealState) -> Any:
        if lead_unit is not None:
            check_duty(case, lead_unit)
        if (elsewhere := parts.judged_apart(case, uphold=uphold, lead_unit=lead_unit, by=by)) is not None:
            return elsewhere
        dispatch = None if lead_unit is None else dispatch_of(case, lead_unit)
        judges = capabilities.roles_with(by, "judge-send-back")
        return rules.judge_send_back(case, uphold=uphold, dispatch=dispatch, by=by.code, judges=judges)

    return act(number, "judge-send-back", decide, by=by, seen=seen, note=note)


def handle(number: str, *, reply: str, outcome: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """办理答复."""
    check_code("outcome", outcome, OUTCOMES)
    words = sealed("reply", reply)
    decide = parts.for_unit("handle", rules.handle, part_rules.handle, by=by, reply=words.ref, outcome=outcome)
    with transaction.atomic():
        reviewing.keep(words.ref.id, reply)
        return act(number, "handle", decide, by=by, seen=seen, note=note, new=[words])


def approve(number: str, *, approve: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """审核签发."""
    return act(number, "approve", partial(part_rules.approve, approve=approve), by=by, seen=seen, note=note)


def review(number: str, *, accept: bool, note: str = "", by: Actor, seen: int) -> AppealState:
    """审核. What a rejection does to the deadline is the city's setting."""
    is_anew = city().settings["review"]["rejected"] == "counted_anew"

    def decide(case: AppealState) -> Any:
        anew = dispatch_of(case, same_unit(case)) if is_anew else None
        return rules.review(case, accept=accept, anew=anew)

    return act(number, "review", decide, by=by, seen=seen, note=note)


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
    check_code("reached", reached, ("reached", "not_reached", "refused"))
    if satisfied is not None:
        check_code("satisfied", satisfied, ("satisfied", "basically", "not"))
    said = CalledBack(reached=reached, responded=responded, solved=solved, satisfied=satisfied)
    return act(number, "call-back", partial(rules.call_back, said=said), by=by, seen=seen, note=note)


def judge_unsolved(number: str, *, decision: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """未解决研判."""
    check_code("decision", decision, ("reopen", "finalise", "park"))
    limit = int(city().settings["second_handling"]["limit"])

    def decide(case: AppealState) -> Any:
        dispatch = dispatch_of(case, same_unit(case))
        return rules.judge_unsolved(case, decision=decision, dispatch=dispatch, limit=limit)

    return act(number, "judge-unsolved", decide, by=by, seen=seen, note=note)


def reopen(number: str, *, reason: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """二次办理."""
    words = sealed("reason", reason)

    def decide(case: AppealState) -> Any:
        return rules.reopen(case, reason=words.ref, dispatch=dispatch_of(case, same_unit(case)))

    return act(number, "reopen", decide, by=by, seen=seen, note=note, new=[words])


def release(number: str, *, text: str, note: str = "", by: Actor, seen: int) -> AppealState:
    """公开答复. `publishing.proposed` gives the text to confirm; one with personal data left in it is refused."""
    words = texts.clear("released", checked_public("text", text))

    def decide(case: AppealState) -> Any:
        fact = rules.release(case, text=words.ref)
        if not texts.read([case.texts["reply"].id]):
            raise refused(case, "release", "erased")
        return fact

    return act(number, "release", decide, by=by, seen=seen, note=note, new=[words])


def support(number: str, *, phone: str | None = None, note: str = "", by: Actor) -> AppealState:
    """附议. Needs no version. Who is counted already changes nothing. A resident supports no 保密 and no 举报.

    Raises CaseMissing for these; FieldWrong for a phone that is none.
    """
    given = phone_of("phone", phone)

    def decide(case: AppealState) -> Any:
        if by.has("resident") and not case.is_public:
            raise CaseMissing(number)
        return rules.support(case, person_id=person_id, was_recorded=partial(was_supported, number))

    try:
        # One transaction: the person is held until the support is written, or goes again if it is not.
        with log.batch():
            person_id = persons.find_or_make([given])[given] if given else None
            return act(number, "support", decide, by=by, seen=None, note=note)
    except rules.AlreadyCounted as counted:
        return counted.case


def classify(
    number: str, *, category: str, type: str | None = None, note: str = "", by: Actor, seen: int
) -> AppealState:
    """归类."""
    check_code("category", category, city().categories)
    if type is not None:
        check_code("type", type, city().types)
    return acted(cases.classify(stream(number), category=category, type=type, by=by, seen=seen, note=note))


def correct(
    number: str, *, field: str, value: str, why: str, note: str = "", by: Actor, seen: int | None
) -> AppealState:
    """更正 of text, title, place, pin (`lon,lat`), name or type. A resident corrects the own words, for ten minutes."""
    reason = sealed("why", why)
    made = _corrected_texts(field, value)
    correction = Corrected(
        corrected=field,
        why=reason.ref,
        texts={text.kind: text.ref for text in made},
        where=_corrected_place(number, field, value),
        type=check_code("value", value, city().types) if field == "type" else None,
    )

    def check(case: AppealState) -> None:
        if by.has("resident"):
            rules.own_words(case, field=field, by=by.code, at=clock.now())

    return acted(
        cases.correct(stream(number), correction, by=by, seen=seen, note=note, new_texts=[reason, *made], check=check)
    )


def urge(number: str, *, note: str = "", by: Actor) -> AppealState:
    """催办."""
    return acted(cases.urge(stream(number), note=note, by=by))


def undo(number: str, *, note: str = "", by: Actor, seen: int) -> AppealState:
    """撤销."""
    return acted(merged.undo(number, by=by, seen=seen, note=note))


def _entry(recording: Recording, *, by: Actor) -> Entry:
    return Entry(
        stream=recording.stream,
        decide=lambda _: recording.fact,
        by=by,
        at=recording.fact.received_at,
        texts=recording.texts,
        new=True,
    )


def _reference(field: str, code: str | None) -> str | None:
    if code and not re.fullmatch(REFERENCE, code):
        raise FieldWrong(field, "not_a_reference")
    return code or None


def _corrected_place(number: str, field: str, value: str) -> Where | None:
    if field == "place":
        return cases.located(redaction.taken_out(value))
    if field != "pin":
        return None
    lon, lat = _pin(value)
    # Whoever moved the case meanwhile moved its version, too: what was seen is what is put right.
    return places.pinned(queries.state_of(queries.now(number)).where, lon=lon, lat=lat, city=city())


def _pin(value: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in value.split(","))
    except ValueError as wrong:
        raise FieldWrong("value", "not_a_pin") from wrong
    # NaN is in no range.
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise FieldWrong("value", "not_a_pin")
    return lon, lat


def _corrected_texts(field: str, value: str) -> list[NewText]:
    if field in ("type", "pin"):
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
