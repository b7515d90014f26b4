"""Commands of special reports: compose, maybe again → review by somebody else → issue.

`seen` is the version that the author was shown. Raise Forbidden, FieldWrong, NotReady, StreamMoved, GovernedMissing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
import rfc8785
from django.db import connection, transaction

from yousu.appeals.acting import checked_public
from yousu.cases import queries as cases
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.figures.snapshot import one_snapshot
from yousu.governance import kept, streams
from yousu.governance.refusals import NotReady
from yousu.governance.specials import counting, events, rules
from yousu.governance.specials.events import Chosen
from yousu.governance.specials.queries import issued_in
from yousu.governance.specials.state import SpecialState
from yousu.governance.topics.counting import knows
from yousu.governance.topics.events import Subject
from yousu.ledger import texts
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

_LOCK = 0x59_6F_75_53


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a special report says beside its numbers."""

    heading: str
    addressee: str
    subject: Subject
    first: date
    last: date
    cases: Sequence[str]
    done: str
    suggestions: str


def compose(draft: Draft, *, by: Actor, number: int | None = None, seen: int | None = None) -> SpecialState:
    """编写专报; with a number it is composed again, until it is issued."""
    capabilities.require(by, "compose-special")
    if number is not None:
        rules.may_compose(streams.state("special", number))
    if (field := knows(draft.subject)) is not None:
        raise FieldWrong(field, "unknown_code")
    rules.check_period(draft.first, draft.last, today=streams.today())
    said = {name: _public(name, getattr(draft, name)) for name in ("heading", "addressee", "done", "suggestions")}
    chosen, now = _chosen(draft.cases, by=by), clock.now()
    with one_snapshot():
        content, sets = counting.counted(draft.subject, draft.first, draft.last, as_of=now)
    fact = events.SpecialComposed(
        number=number or streams.next_number("special"),
        subject=draft.subject,
        first=draft.first,
        last=draft.last,
        as_of=now,
        content=content,
        lists=sets.lists(),
        cases=chosen,
        **{name: text.ref for name, text in said.items()},
    )
    stream = f"special/{fact.number}"
    with transaction.atomic():
        if number is None:
            composed: SpecialState = streams.begin(stream, fact, by=by, new=list(said.values()))
        else:
            composed = streams.step(stream, lambda state: _again(state, fact), by=by, seen=seen, new=[*said.values()])
        kept.replace(stream, sets.sets)
    return composed


def review(number: int, *, by: Actor, seen: int | None = None) -> SpecialState:
    """审核, by somebody else."""
    capabilities.require(by, "review-special")
    streams.state("special", number)
    decide = lambda state: rules.review(state, by=by.code)  # noqa: E731 - one decision
    reviewed: SpecialState = streams.step(f"special/{number}", decide, by=by, seen=seen)
    return reviewed


def issue(number: int, *, by: Actor, seen: int | None = None) -> SpecialState:
    """印发: numbered within the year; from now on it stays."""
    capabilities.require(by, "issue-special")
    streams.state("special", number)
    year = streams.today().year
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        following = issued_in(year) + 1

        def decide(state: SpecialState) -> Any:
            _check_quotable(state)
            return rules.issue(state, year=year, number=following, digest=_digest(state))

        issued: SpecialState = streams.step(f"special/{number}", decide, by=by, seen=seen)
    return issued


def _again(state: SpecialState, fact: events.SpecialComposed) -> events.SpecialComposed:
    rules.may_compose(state)
    return fact


def _public(field: str, words: str) -> NewText:
    # Leaders read it, and it is passed on: no personal data, whoever wrote it.
    return texts.sealed("note", checked_public(field, words))


def _chosen(numbers: Sequence[str], *, by: Actor) -> tuple[Chosen, ...]:
    if len(numbers) > rules.MOST_CASES:
        raise FieldWrong("cases", "too_many_cases")
    return tuple(_quoted(number, by=by) for number in dict.fromkeys(numbers))


def _check_quotable(state: SpecialState) -> None:
    """保密 and 举报 may have come since it was composed. Raises NotReady."""
    for row in CaseNow.objects.filter(number__in=[each.number for each in state.cases]):
        if not cases.state_of(row).is_public:
            raise NotReady("issue", "never_quoted")


def _quoted(number: str, *, by: Actor) -> Chosen:
    try:
        case = cases.state_of(cases.get(number, by))
    except CaseMissing as missing:
        raise FieldWrong("cases", "no_such_case") from missing
    # 保密、举报: what may not be released is quoted to nobody either.
    if not case.is_public:
        raise FieldWrong("cases", "never_quoted")
    ref = case.texts.get("released") or case.texts.get("matter")
    if ref is None:
        raise FieldWrong("cases", "no_such_case")
    return Chosen(number=number, text=str(ref.id))


def _digest(state: SpecialState) -> str:
    said = {
        "content": state.content,
        "lists": dict(state.lists),
        "cases": state.cases,
        "words": [ref.digest for ref in state.words],
    }
    return "sha256:" + sha256(rfc8785.dumps(msgspec.to_builtins(said))).hexdigest()
