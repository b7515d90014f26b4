"""诉求状态: an appeal's whole state and how each fact moves it. No Django."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from yousu.appeals import claims, events, groups, handling, instructions, marks, parts, shields, urgent
from yousu.appeals.groups import Follower, Link
from yousu.appeals.handling import Handling
from yousu.appeals.instructions import Instruction
from yousu.appeals.marks import Clock, Exclusion, Parking, Supervision
from yousu.appeals.parts import Level, Part
from yousu.appeals.shields import Reported
from yousu.appeals.urgent import UrgentReport
from yousu.cases import kinds, transitions
from yousu.cases.state import CaseState, Due, Facets, replace
from yousu.ledger.events import Row, TextRef

OPEN_STAGES = frozenset({"recorded", "forwarded", "signed", "sent_back", "handled", "unsolved"})
# The third time nobody is reached settles a case; what moves stages is no city's setting.
TRIES = 3
# A state is read and written as a whole: whoever supports beyond these is looked up among the events.
SUPPORTERS_KEPT = 500
TABLE = transitions.load(Path(__file__).parent / "transitions.csv", open_stages=OPEN_STAGES)


@dataclass(frozen=True, kw_only=True)
class AppealState(CaseState):
    """An appeal: what the shared state lacks."""

    appellant_kind: str = "person"
    call: events.Call | None = None
    grade: str | None = None
    flags: tuple[str, ...] = ()
    clock: Clock = Clock()
    parking: Parking | None = None
    # 销账: when it was last taken off the ledger of the parked.
    cleared_at: datetime | None = None
    exclusion: Exclusion | None = None
    supervision: Supervision = Supervision()
    # 批示 that opened a task, the oldest first.
    instructed: tuple[Instruction, ...] = ()
    # 紧急事项, as it was reported to the duty office.
    urgent: tuple[UrgentReport, ...] = ()
    # 被举报单位; and the people who stay out of it, by code.
    reported: Reported | None = None
    recused: tuple[str, ...] = ()
    # 首次处理: direct, forwarded, transferred, merged, declined, withdrawn.
    decision: str | None = None
    decided_at: datetime | None = None
    designated: bool = False
    # Since when the unit has it: a send-back has a window.
    with_unit_since: datetime | None = None
    # 首接负责: who signed last leads until another has signed.
    first_receiver: str | None = None
    # 协办: the parts of the helping units. 二级平台: the units that gave it further down, outermost first.
    parts: tuple[Part, ...] = ()
    above: tuple[Level, ...] = ()
    inner_due: Due | None = None
    # 审核签发: how many of the levels above have approved the reply.
    approvals: int = 0
    signed_at: datetime | None = None
    contacts: int = 0
    sent_back: int = 0
    sent_back_from: str | None = None
    sent_back_by: str | None = None
    second_handling: int = 0
    tries: int = 0
    # 未接通: when it was tried last; the next call is due in another part of a day.
    tried_at: datetime | None = None
    # 回访抽样: the day in whose sample it is.
    chosen_on: date | None = None
    called_back_at: datetime | None = None
    responded: bool | None = None
    solved: bool | None = None
    satisfied: str | None = None
    supports: int = 0
    supporting_people: int = 0
    supporters: tuple[UUID, ...] = ()
    # 并单: repeat or parallel while it goes with its head; `head` stays to say with which it was closed.
    joined: str | None = None
    handling: Handling = Handling()
    followers: tuple[Follower, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The units that see it: lead, helping ones, those it went through, and the one that still leads."""
        several = (self.lead_unit, *self.co_units, *(level.unit for level in self.above), self.first_receiver)
        return tuple(dict.fromkeys(unit for unit in several if unit is not None))

    @property
    def closed_unit(self) -> str | None:
        """被举报单位, as long as it is kept from it."""
        return shields.closed_unit(self)

    @property
    def closed_people(self) -> tuple[str, ...]:
        """回避: the actors who have no part in it."""
        return self.recused

    @property
    def is_anonymous(self) -> bool:
        """匿名: nobody to contact."""
        return self.person_id is None

    @property
    def is_public(self) -> bool:
        """Whether strangers may learn of it: neither 保密 nor 举报."""
        return not self.confidential and self.type != "tip_off"

    @property
    def calls(self) -> int:
        """件次: the recording and every support, of what is merged into it, too."""
        return groups.calls(self)

    @property
    def people(self) -> int:
        """人数: the appellants and everybody known by a phone who supports; the nameless cannot be told apart."""
        return groups.people(self)


def facets(case: AppealState) -> Facets:
    """What figures read beyond the shared columns."""
    return Facets(
        appellant_kind=case.appellant_kind,
        decision=case.decision,
        decided_at=case.decided_at,
        second_handling=case.second_handling,
        called_back_at=case.called_back_at,
        responded=case.responded,
        solved=case.solved,
        satisfied=case.satisfied,
        excluded=case.exclusion is not None and case.exclusion.granted is True,
        given_at=case.handling.given_at,
        contacted_at=case.handling.contacted_at,
        sent_back_by=case.handling.sent_back_by,
        repeats=case.handling.repeats,
        parked_at=case.handling.parked_at,
        cleared_at=None if case.parking else case.cleared_at,
    )


APPEAL = kinds.register(
    kinds.Kind(
        code="appeal",
        state=AppealState,
        transitions=TABLE,
        facets=facets,
        measured=handling.measured,
        marks=lambda case: [
            *(*marks.of(case), *parts.listed(case), *shields.listed(case), *instructions.listed(case)),
            *(*marks.ruled(case), *urgent.listed(case)),
        ],
        claims=partial(claims.on, TABLE),
        own=marks.own,
        others=lambda case: case.supporters,
    )
)


def _moved(case: AppealState, command: str, outcome: str = transitions.NONE) -> AppealState:
    return replace(case, stage=TABLE.to(case.stage, command, outcome))


def decided(case: AppealState, decision: str, row: Row) -> AppealState:
    # The first decision counts; a case forwarded again after a send-back was forwarded once.
    if case.decision is not None:
        return case
    return replace(case, decision=decision, decided_at=row.occurred_at)


def _kept(case: AppealState, kind: str, ref: TextRef) -> AppealState:
    return replace(case, texts={**case.texts, kind: ref})


@APPEAL.on(events.AppealRecorded)
def _recorded(_: None, fact: events.AppealRecorded, row: Row) -> AppealState:
    outcome = transitions.NONE if fact.closed_at is None else "closed"
    return AppealState(
        number=fact.number,
        version=row.seq,
        stage=TABLE.to("-", "record", outcome),
        received_at=fact.received_at,
        recorded_at=row.recorded_at,
        recorded_by=row.actor,
        channel=fact.channel,
        type=fact.type,
        category=fact.category,
        where=fact.where,
        texts=fact.texts,
        person_id=fact.person_id,
        closed_at=fact.closed_at,
        appellant_kind=fact.appellant_kind,
        confidential=fact.confidential,
        call=fact.call,
        grade=fact.grade,
        flags=fact.flags,
    )


@APPEAL.on(events.Answered)
def _answered(case: AppealState, fact: events.Answered, row: Row) -> AppealState:
    closed = replace(_moved(case, "answer"), closed_at=row.occurred_at)
    return _kept(decided(closed, "direct", row), "reply", fact.reply)


@APPEAL.on(events.Declined)
def _declined(case: AppealState, fact: events.Declined, row: Row) -> AppealState:
    closed = replace(_moved(case, "decline"), closed_at=row.occurred_at)
    return _kept(decided(closed, "declined", row), "reply", fact.reply)


@APPEAL.on(events.Transferred)
def _transferred(case: AppealState, fact: events.Transferred, row: Row) -> AppealState:
    closed = replace(_moved(case, "transfer"), closed_at=row.occurred_at)
    return decided(closed, "transferred", row)


@APPEAL.on(events.Withdrawn)
def _withdrawn(case: AppealState, fact: events.Withdrawn, row: Row) -> AppealState:
    closed = replace(_moved(case, "withdraw"), closed_at=row.occurred_at, due=None, clock=Clock())
    # Who followed goes on without it.
    closed = replace(closed, joined=None, followers=())
    return decided(closed, "withdrawn", row)


def given_to(
    case: AppealState, lead_unit: str | None, co_units: tuple[str, ...], due: Due | None, *, at: datetime | None
) -> AppealState:
    return replace(
        case,
        with_unit_since=at,
        lead_unit=lead_unit,
        co_units=co_units,
        parts=tuple(Part(unit=unit, due=due) for unit in co_units),
        above=(),
        inner_due=None,
        approvals=0,
        due=due,
        clock=Clock(),
        closed_at=None,
        signed_at=None,
        contacts=0,
        tries=0,
        tried_at=None,
        chosen_on=None,
        head=None,
        joined=None,
    )


@APPEAL.on(events.Forwarded)
def _forwarded(case: AppealState, fact: events.Forwarded, row: Row) -> AppealState:
    moved = given_to(_moved(case, "forward"), fact.lead_unit, fact.co_units, fact.due, at=row.occurred_at)
    return decided(replace(moved, designated=False), "forwarded", row)


@APPEAL.on(events.Designated)
def _designated(case: AppealState, fact: events.Designated, row: Row) -> AppealState:
    moved = given_to(_moved(case, "designate"), fact.lead_unit, fact.co_units, fact.due, at=row.occurred_at)
    return decided(replace(moved, designated=True), "forwarded", row)


@APPEAL.on(events.Signed)
def _signed(case: AppealState, fact: events.Signed, row: Row) -> AppealState:
    return replace(_moved(case, "sign"), signed_at=row.occurred_at, first_receiver=fact.unit)


@APPEAL.on(events.Contacted)
def _contacted(case: AppealState, fact: events.Contacted, row: Row) -> AppealState:
    return replace(_moved(case, "contact"), contacts=case.contacts + 1)


@APPEAL.on(events.SentBack)
def _sent_back(case: AppealState, fact: events.SentBack, row: Row) -> AppealState:
    return replace(
        _moved(case, "send-back"), sent_back=case.sent_back + 1, sent_back_from=case.stage, sent_back_by=row.actor
    )


@APPEAL.on(events.SendBackJudged)
def _send_back_judged(case: AppealState, fact: events.SendBackJudged, row: Row) -> AppealState:
    if not fact.upheld:
        return replace(_moved(case, "judge-send-back", f"refused_{case.sent_back_from}"), sent_back_from=None)
    if fact.lead_unit is None:
        back = _moved(case, "judge-send-back", "upheld")
        return replace(back, lead_unit=None, co_units=(), parts=(), due=None, sent_back_from=None)
    moved = _moved(case, "judge-send-back", "elsewhere")
    return replace(given_to(moved, fact.lead_unit, (), fact.due, at=row.occurred_at), sent_back_from=None)


@APPEAL.on(events.Handled)
def _handled(case: AppealState, fact: events.Handled, row: Row) -> AppealState:
    return _kept(replace(_moved(case, "handle"), approvals=0), "reply", fact.reply)


@APPEAL.on(events.Reviewed)
def _reviewed(case: AppealState, fact: events.Reviewed, row: Row) -> AppealState:
    if not fact.accepted:
        back = _moved(case, "review", "rejected")
        return back if fact.due is None else replace(back, due=fact.due, clock=Clock())
    # What is over needs no more time: a request that nobody judged lapses.
    clock = replace(case.clock, asked=None) if case.clock.asked else case.clock
    return replace(_moved(case, "review", "accepted"), closed_at=row.occurred_at, clock=clock)


@APPEAL.on(events.CalledBack)
def _called_back(case: AppealState, fact: events.CalledBack, row: Row) -> AppealState:
    if fact.reached != "reached":
        outcome = _after_a_try(case)
        joined = case.joined if outcome == "again" else None
        return replace(
            _moved(case, "call-back", outcome), tries=case.tries + 1, joined=joined, tried_at=row.occurred_at
        )
    return replace(
        _moved(case, "call-back", "settled" if fact.solved else "unsolved"),
        joined=None,
        tries=case.tries + 1,
        called_back_at=row.occurred_at,
        responded=fact.responded,
        solved=fact.solved,
        satisfied=fact.satisfied,
    )


def _after_a_try(case: AppealState) -> str:
    return "settled" if case.tries + 1 >= TRIES else "again"


def _again(case: AppealState, lead_unit: str, due: Due | None, row: Row) -> AppealState:
    # Whom a platform asked for help is the platform's matter the second time, too.
    asked = tuple(part.unit for part in case.parts if part.given_by is None)
    given = given_to(case, lead_unit, asked, due, at=row.occurred_at)
    return replace(given, second_handling=case.second_handling + 1, designated=False)


@APPEAL.on(events.UnsolvedJudged)
def _unsolved_judged(case: AppealState, fact: events.UnsolvedJudged, row: Row) -> AppealState:
    moved = _moved(case, "judge-unsolved", fact.decision)
    if fact.decision == "park":
        # Plan and leader are written down next, by `park`.
        return replace(moved, parking=case.parking or Parking(since=row.occurred_at))
    return _again(moved, fact.lead_unit, fact.due, row) if fact.lead_unit is not None else moved


@APPEAL.on(events.Supported)
def _supported(case: AppealState, fact: events.Supported, row: Row) -> AppealState:
    more = replace(case, supports=case.supports + 1)
    if fact.person_id is None:
        return more
    kept = case.supporters if len(case.supporters) >= SUPPORTERS_KEPT else (*case.supporters, fact.person_id)
    return replace(more, supporting_people=case.supporting_people + 1, supporters=kept)


@APPEAL.on(events.Released)
def _released(case: AppealState, fact: events.Released, row: Row) -> AppealState:
    return replace(_kept(_moved(case, "release"), "released", fact.text), released_at=row.occurred_at)


@APPEAL.on(events.Reopened)
def _reopened(case: AppealState, fact: events.Reopened, row: Row) -> AppealState:
    return _again(_moved(case, "reopen"), fact.lead_unit, fact.due, row)
