"""告知: turns events into notices, in the transaction in which the outbox lets them go. Nothing is sent here."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Q

from yousu.appeals.data_requests import queries as data_requests
from yousu.cases import kinds, queries
from yousu.cases.models import CaseNow
from yousu.cases.state import CaseState
from yousu.ledger import log
from yousu.ledger.events import decode
from yousu.notices import catalogue, outside
from yousu.notices.catalogue import APPELLANT, ASKER, CO_UNITS, DESK, LEADER, NAMED_UNIT, SUPERVISOR, UNIT, Rule
from yousu.notices.facts import facts_of
from yousu.notices.models import Notice
from yousu.org.city import city
from yousu.org.models import Account
from yousu.platform import clock

# Who works on a unit's cases.
_UNIT_ROLES = frozenset({"handler", "second_level"})
# Recipients that are roles.
_OFFICES = (SUPERVISOR, LEADER)
# The request that a judgement answers.
_ASKED = {
    "extension_judged": "extension_requested",
    "send_back_judged": "sent_back",
    "inner_send_back_judged": "sent_back",
    "part_send_back_judged": "part_sent_back",
    "exclusion_judged": "exclusion_requested",
}
# What came in long before it was recorded is an old case, and its appellant expects no message.
_OLD = timedelta(days=30)
# After so long a notice is news to nobody: the worker stood still, or a copy of the data was started.
STALE = timedelta(days=1)

_EVENTS = """
SELECT e.stream, e.seq, e.kind, e.shape, e.actor, e.data, e.recorded_at,
    (SELECT a.actor FROM event a WHERE a.stream = e.stream AND a.seq < e.seq AND a.kind = %s::jsonb ->> e.kind
     ORDER BY a.seq DESC LIMIT 1)
FROM unnest(%s::text[], %s::int[]) AS told (stream, seq) JOIN event e ON e.stream = told.stream AND e.seq = told.seq
"""


@dataclass(frozen=True, kw_only=True)
class _Told:
    """One event, and the case as it stands now; None for what is no case: a task, a governance task."""

    stream: str
    seq: int
    kind: str
    actor: str
    fact: Any
    recorded_at: datetime
    asker: str | None
    case: CaseState | None


@dataclass(frozen=True)
class _People:
    """The accounts that may be told."""

    by_user: Mapping[str, Account]
    by_unit: Mapping[str, Sequence[Account]]
    # 督办员 and 领导: told because of what they are.
    by_role: Mapping[str, Sequence[Account]]


def tell(events: Sequence[tuple[str, int]]) -> int:
    """Queues the notices of these events; returns how many are new. A second time adds nothing."""
    told = _read(events)
    people = _people(told)
    now = clock.now()
    made = {notice.id: notice for each in told for notice in _notices(each, people, now=now)}
    before = Notice.objects.filter(pk__in=made).count()
    Notice.objects.bulk_create(made.values(), ignore_conflicts=True)
    return len(made) - before


def _read(events: Sequence[tuple[str, int]]) -> list[_Told]:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [json.dumps(_ASKED), [stream for stream, _ in events], [seq for _, seq in events]])
        rows = cursor.fetchall()
    number_of = _case_numbers({row[0] for row in rows})
    cases = CaseNow.objects.filter(number__in=number_of.values())
    states = {case.number: queries.state_of(case) for case in cases}
    return [
        _Told(
            stream=stream,
            seq=seq,
            kind=kind,
            actor=actor,
            fact=decode(kind, shape, data),
            recorded_at=recorded_at,
            asker=asker,
            case=states.get(number_of.get(stream, "")),
        )
        for stream, seq, kind, shape, actor, data, recorded_at, asker in rows
        if stream not in number_of or number_of[stream] in states
    ]


def _case_numbers(streams: Set[str]) -> dict[str, str]:
    """The case that a stream is about: its own, or the one by which somebody asked about their data; not others'."""
    parts = {stream: stream.partition("/") for stream in streams}
    named = {stream: number for stream, (kind, _, number) in parts.items() if kind in kinds.registered()}
    asked = {int(number): stream for stream, (kind, _, number) in parts.items() if kind == "request"}
    return named | {asked[number]: case for number, case in data_requests.cases_of(asked).items()} if asked else named


def _people(told: Sequence[_Told]) -> _People:
    """Those who may be told of these events, and nobody else: a province has many accounts."""
    named = [facts_of(each.fact, each.case) for each in told]
    units = {facts[name] for facts in named for name in ("lead_unit", "unit") if name in facts}
    units |= {unit for each in told for unit in _asked_to_help(each)}
    askers = {each.asker.partition(":")[2] for each in told if each.asker}
    concerned = Q(unit__in=units, roles__role__in=_UNIT_ROLES) | Q(roles__role__in=_OFFICES) | Q(user__in=askers)
    accounts = Account.objects.filter(concerned, is_active=True).distinct().prefetch_related("roles")
    by_unit: dict[str, list[Account]] = {}
    by_role: dict[str, list[Account]] = {}
    for account in accounts:
        roles = {row.role for row in account.roles.all()}
        if roles & _UNIT_ROLES and account.unit:
            by_unit.setdefault(account.unit, []).append(account)
        for role in roles.intersection(_OFFICES):
            by_role.setdefault(role, []).append(account)
    return _People({account.user: account for account in accounts}, by_unit, by_role)


def _notices(told: _Told, people: _People, *, now: datetime) -> Iterator[Notice]:
    # Of which case it is, wherever it happened: what a message names and leads to.
    facts = facts_of(told.fact, told.case) | ({"number": told.case.number} if told.case is not None else {})
    conditions = facts | {"channel_kind": _channel_kind(told.case)}
    for rule in catalogue.rules().get(told.kind, ()):
        if not rule.holds(conditions):
            continue
        if rule.to == APPELLANT:
            if told.case is not None and _may_tell_appellant(told.case):
                yield _notice(told, rule, facts, person_id=told.case.person_id, now=now)
            continue
        for account in _accounts(rule.to, told, facts, people):
            if _is_kept_from(told.case, account):
                continue
            # Nobody is told of what they did themselves.
            if f"account:{account.user}" == told.actor or (rule.way == catalogue.EMAIL and not account.email):
                continue
            yield _notice(told, rule, facts, account=account, now=now)


def _accounts(to: str, told: _Told, facts: Mapping[str, str], people: _People) -> Sequence[Account]:
    if to in _OFFICES:
        return people.by_role.get(to, ())
    if to == ASKER:
        asker = people.by_user.get((told.asker or "").partition(":")[2])
        return [asker] if asker else []
    if to == CO_UNITS:
        return [account for unit in _asked_to_help(told) for account in people.by_unit.get(unit, ())]
    unit = {UNIT: facts.get("lead_unit"), NAMED_UNIT: facts.get("unit")}[to]
    return people.by_unit.get(unit or "", ())


def _is_kept_from(case: CaseState | None, account: Account) -> bool:
    """举报, 回避: whom a case is about, and who has a stake in it, learns nothing of it."""
    if case is None:
        return False
    closed = city().tree_of(case.closed_unit) if case.closed_unit is not None else frozenset()
    return f"account:{account.user}" in case.closed_people or account.unit in closed


def _asked_to_help(told: _Told) -> Sequence[str]:
    to = getattr(told.fact, "to", None) if told.kind == "part_send_back_judged" else None
    units: Sequence[str] = getattr(told.fact, "co_units", ())
    return [*units, to] if to else units


def _may_tell_appellant(case: CaseState) -> bool:
    """保密: somebody else may read the telephone; an old case was told long ago."""
    return case.person_id is not None and not case.confidential and case.recorded_at - case.received_at <= _OLD


def _notice(
    told: _Told,
    rule: Rule,
    facts: Mapping[str, str],
    *,
    now: datetime,
    account: Account | None = None,
    person_id: UUID | None = None,
) -> Notice:
    is_late = now - told.recorded_at > STALE
    if rule.way == DESK:
        state, why = "sent", ""
    else:
        why = outside.off(rule.way) or ("too_late" if is_late else "")
        state = "off" if why else "queued"
    return Notice(
        id=notice_id(told.stream, told.seq, rule.way, str(person_id or (account and account.pk))),
        stream=told.stream,
        seq=told.seq,
        kind=told.kind,
        way=rule.way,
        account=account,
        person_id=person_id,
        text=rule.text,
        facts=facts,
        state=state,
        last_error=why,
        happened_at=told.recorded_at,
        queued_at=now,
        next_at=now,
        done_at=None if state == "queued" else now,
        # What is old is not news: it stands in the list and rings no bell.
        read_at=now if rule.way == DESK and is_late else None,
    )


def notice_id(stream: str, seq: int, way: str, recipient: str) -> UUID:
    """The same whenever it is made, even on a copy of the data that was put back: a gateway knows it again."""
    return uuid5(UUID(log.installation()), f"{stream}/{seq}/{way}/{recipient}")


def _channel_kind(case: CaseState | None) -> str:
    channel = city().channels.get(case.channel or "") if case is not None else None
    return channel.kind if channel else ""
