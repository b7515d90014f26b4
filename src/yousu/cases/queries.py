"""案件查询: what an actor may see, and a case with its history. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from django.db import connection
from django.db.models import F, Q, QuerySet

from yousu.cases import places
from yousu.cases.kinds import Claim, kind
from yousu.cases.models import CaseNow
from yousu.cases.state import CaseState
from yousu.ledger import log
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock


class CaseMissing(LookupError):
    """There is no such case, or none that the actor may see."""


@dataclass(frozen=True)
class Standing:
    """What rights look at in a case: as it is, or as a unit claims it."""

    case: CaseState
    claim: Claim | None = None

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def recorded_by(self) -> str:
        return self.case.recorded_by

    @property
    def recorded_today(self) -> bool:
        return log.local_day_of(self.case.recorded_at) == log.local_day_of(clock.now())

    @property
    def confidential(self) -> bool:
        return self.case.confidential

    @property
    def acting_unit(self) -> str | None:
        return self.case.lead_unit if self.claim is None else self.claim.unit

    @property
    def inside(self) -> bool:
        return self.claim is not None and self.claim.inside

    @property
    def closed_units(self) -> frozenset[str]:
        closed = self.case.closed_unit
        return frozenset() if closed is None else city().tree_of(closed)

    @property
    def closed_people(self) -> tuple[str, ...]:
        return self.case.closed_people

    @property
    def units(self) -> frozenset[str]:
        return frozenset(self.case.units)


def visible_to(actor: Actor) -> QuerySet[CaseNow]:
    """The cases an actor may see; the one place that says so."""
    open_to = CaseNow.objects.exclude(marks__contains=[stays_out(actor)])
    if sees_all(actor):
        return open_to
    scopes = capabilities.scopes(actor, "see")
    seen = Q(pk__in=[])
    if "own_tree" in scopes:
        seen |= Q(units__overlap=sorted(actor.tree))
    if "own_unit" in scopes and actor.unit:
        seen |= Q(units__contains=[actor.unit])
    if "own" in scopes:
        seen |= Q(recorded_by=actor.code)
    if "receipt" in scopes:
        seen |= Q(pk__in=actor.receipts)
    # 被举报: what accuses a unit is seen neither there nor below it.
    accused = [f"reported:{unit}" for unit in city().above(actor.unit)]
    return open_to.filter(seen & ~Q(marks__overlap=accused) if accused else seen)


def stays_out(actor: Actor) -> str:
    """回避: the mark of cases from which the actor was recused."""
    return f"recused:{actor.code}"


def sees_whole(actor: Actor) -> bool:
    """Whether really every case is visible: no right is missing, and the actor was recused from none. One statement."""
    recused = CaseNow.objects.filter(marks__contains=[stays_out(actor)]).exclude(marks=[])
    return sees_all(actor) and not recused.exists()


def sees_all(actor: Actor) -> bool:
    """Whether every case is visible to the actor."""
    return "all" in capabilities.scopes(actor, "see")


def overdue(kind_code: str, now: datetime) -> Q:
    """超期未办结: not complete, and past its limit when it was closed or, not closed, by now."""
    # What was closed in time and is said to be unsolved waits for a judgement; it is not late.
    never_in_time = Q(closed_at=None) | Q(closed_at__gt=F("due_at"))
    return Q(stage__in=sorted(kind(kind_code).transitions.open_stages), due_at__lt=now) & never_in_time


def get(number: str, actor: Actor) -> CaseNow:
    """A case the actor may see. Raises CaseMissing for others, whether they exist or not."""
    if sees_all(actor):
        whole = now(number)
        if stays_out(actor) in whole.marks:
            raise CaseMissing(number)
        return whole
    row = visible_to(actor).filter(number=number).first()
    if row is None:
        raise CaseMissing(number)
    return row


def now(number: str) -> CaseNow:
    """The case as it stands, for whoever may see all or has just acted on it. Raises CaseMissing."""
    # By hand: the ORM takes longer to write this statement than the server to answer it.
    with connection.cursor() as cursor:
        cursor.execute(_one()[0], [number])
        row = cursor.fetchone()
    if row is None:
        raise CaseMissing(number)
    return CaseNow.from_db(connection.alias, _one()[1], row)


def state_of(row: CaseNow) -> Any:
    """The whole state in a row."""
    # `now` leaves it as text.
    if isinstance(row.state, str):
        return msgspec.json.decode(row.state, type=kind(row.kind).state)
    return msgspec.convert(row.state, kind(row.kind).state)


def stream_of(row: CaseNow) -> str:
    """The name of a case's stream."""
    return f"{row.kind}/{row.number}"


def place_words(key: str, numbers: Sequence[str]) -> str | None:
    """What the place of these cases is called in public words; None once the words of all of them were erased."""
    said = CaseNow.objects.filter(number__in=numbers, place__isnull=False).order_by("number")
    return places.words_for(key, (words or "" for words in said.values_list("place", flat=True)), city=city())


def allowed(row: CaseNow, state: CaseState, actor: Actor) -> list[str]:
    """The commands that stage and marks allow and the actor's roles cover."""
    known = kind(row.kind)
    own = known.own(state, actor.code)
    return [
        command
        for command in dict.fromkeys((*known.transitions.possible(row.stage), *known.transitions.commands()))
        if command not in own
        and any(
            claim.possible and capabilities.may(actor, command, Standing(state, claim))
            for claim in known.claims_on(state, command)
        )
    ]


def claimed(kind_code: str, state: Any, command: str, actor: Actor) -> Claim:
    """For whom the actor does a command: where it is possible, if that can be chosen. Raises Forbidden."""
    claims = kind(kind_code).claims_on(state, command)
    covered = [each for each in claims if capabilities.may(actor, command, Standing(state, each))]
    if not covered:
        raise capabilities.Forbidden(actor, command)
    return next((each for each in covered if each.possible), covered[0])


@cache
def _one() -> tuple[str, list[str]]:
    names = [field.attname for field in CaseNow._meta.concrete_fields]
    columns = ", ".join("state::text" if name == "state" else name for name in names)
    return f"SELECT {columns} FROM case_now WHERE number = %s", names
