"""Random commands by random people: refusals leave nothing behind, stages go as the table of the contract says."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests import world
from tests.cases import groups_on_paper
from tests.cases.on_paper import (
    HOW,
    OF_OWN_UNIT,
    ONWARD,
    PEOPLE,
    PROPOSED,
    RULES,
    WITHOUT_VERSION,
    Model,
    after,
    command_of,
    decided,
    may,
)

from yousu.appeals import commands, merge_commands, supervising
from yousu.cases import commands as cases
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import log, seals, sequencer
from yousu.ledger.log import StreamMoved
from yousu.ledger.models import Event, Text
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

LONG = os.environ.get("YOUSU_LONG") == "1"
NOON = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)
_DAYS = count()
REFUSALS = (Forbidden, NotPossible, StreamMoved, FieldWrong, CaseMissing)


@dataclass
class Kept:
    """An appeal with its model before and after the last act, and who did that act when."""

    number: str
    now: Model
    last_by: Actor
    last_at: datetime
    before: Model | None = None
    version: int = 1
    erased: bool = False
    # What the last act did to others: what they were before, and the version it left them at.
    others: dict[str, tuple[Model, int]] = field(default_factory=dict)


class Desk(RuleBasedStateMachine):
    """A hotline on a busy day."""

    def __init__(self) -> None:
        super().__init__()
        # Each day after the one before: an erasure is later than all that its words were written with.
        self.moment = NOON + timedelta(days=next(_DAYS))
        self._held = clock.held(self.moment)
        self.clock = self._held.__enter__()
        sequencer.drain()
        self.since = seals.seal().number
        self.cases: list[Kept] = []

    def teardown(self) -> None:
        try:
            report = whole.run(str(self.since))
            assert report.is_clean, report.as_json()
            assert {kept.number for kept in self.cases} <= set(CaseNow.objects.values_list("number", flat=True))
        finally:
            self._held.__exit__(None, None, None)

    @initialize(anonymous=st.lists(st.booleans(), min_size=2, max_size=4), grouped=st.integers(0, 3))
    def take_calls(self, anonymous: list[bool], grouped: int) -> None:
        for nobody in anonymous:
            case = world.recorded(phone=None if nobody else world.LI)
            phone = None if nobody else world.LI
            model = Model(anonymous=nobody, phone=phone)
            self.cases.append(Kept(case.number, model, last_by=world.CALL_TAKER, last_at=self.moment))
        for kept in self.cases[1 : 1 + grouped]:
            self._put(kept, self.cases[0], world.DISPATCHER, "merge")

    @rule(seconds=st.sampled_from([1, 5, 11]))
    def wait(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)
        self.clock.move_to(self.moment)

    @rule(data=st.data(), steps=st.integers(1, 5))
    def do_what_comes_next(self, data: st.DataObject, steps: int) -> None:
        """People who may do what is possible: otherwise no appeal would get far."""
        self._go_on(data, data.draw(st.sampled_from(self.cases)), steps)

    def _go_on(self, data: st.DataObject, kept: Kept, steps: int) -> None:
        for _ in range(steps):
            ways = [(who, command) for command in ONWARD for who in PEOPLE if self._is_possible(kept.now, who, command)]
            if ways:
                command = data.draw(st.sampled_from(sorted({command for _, command in ways})))
                who = data.draw(st.sampled_from([who for who, possible in ways if possible == command]))
                self._do(kept, who, command, data.draw(HOW[command]), seen=kept.version)

    @rule(
        data=st.data(),
        who=st.sampled_from(PEOPLE),
        command=st.sampled_from(sorted(RULES)),
        late=st.sampled_from([0, 0, -1, 1]),
    )
    def do_anything(self, data: st.DataObject, who: Actor, command: str, late: int) -> None:
        kept = data.draw(st.sampled_from(self.cases))
        self._do(kept, who, command, data.draw(HOW[command]), seen=kept.version + late)

    @rule(data=st.data(), by_who_did=st.booleans(), who=st.sampled_from(PEOPLE))
    def undo(self, data: st.DataObject, by_who_did: bool, who: Actor) -> None:
        kept = data.draw(st.sampled_from(self.cases))
        who = kept.last_by if by_who_did else who
        in_time = self.moment - kept.last_at <= timedelta(seconds=10)
        wanted = kept.before if may(who, "undo", kept.now) and who == kept.last_by and in_time else None
        if any(self._kept(number).version != version for number, (_, version) in kept.others.items()):
            wanted = None
        others = {number: before for number, (before, _) in kept.others.items()} if wanted is not None else {}
        self._try(kept, who, lambda: commands.undo(kept.number, by=who, seen=kept.version), wanted, others)
        if wanted is not None:
            kept.before = None
            for number in others:
                self._kept(number).before = None

    @rule(
        data=st.data(),
        who=st.sampled_from([world.DISPATCHER, world.DISPATCHER, *PEOPLE]),
        word=st.sampled_from(["merge", "merge", "unmerge", "link"]),
        late=st.sampled_from([0, 0, 0, 1]),
    )
    def put_together_or_apart(self, data: st.DataObject, who: Actor, word: str, late: int) -> None:
        kept, other = (data.draw(st.sampled_from(self.cases)) for _ in range(2))
        self._put(kept, other, who, word, late=late)
        if kept.now.stage == "merged" and kept.now.head is not None:
            # What becomes of a group is decided by what becomes of its head.
            self._go_on(data, self._kept(kept.now.head), data.draw(st.integers(0, 8)))

    def _put(self, kept: Kept, other: Kept, who: Actor, word: str, *, late: int = 0) -> None:
        models = self._models()
        if word == "merge":
            erased = {each.number for each in self.cases if each.erased}
            moved = groups_on_paper.merged(models, kept.number, other.number, erased=erased)
        elif word == "unmerge":
            moved = groups_on_paper.unmerged(models, kept.number)
        else:
            moved = groups_on_paper.linked(models, kept.number, other.number)
        if not may(who, word, kept.now) or (late and word != "link"):
            moved = None
        answers = {"merge": {"head": other.number}, "link": {"other": other.number, "how": "follow_up"}}
        seen = {} if word == "link" else {"seen": kept.version + late}
        others = dict(moved or {})
        wanted = others.pop(kept.number, None)
        act = partial(getattr(merge_commands, word), kept.number, **answers.get(word, {}), **seen, by=who)
        self._try(kept, who, act, wanted, others)
        if wanted is not None and word == "link":
            # Both bear the same: it may be undone at either end.
            other.before, other.last_by, other.last_at = models[other.number], who, self.moment
            other.others = {kept.number: (models[kept.number], kept.version)}

    @rule(
        data=st.data(),
        who=st.sampled_from([world.SUPERVISOR, world.SUPERVISOR, *PEOPLE]),
        code=st.sampled_from(sorted(PROPOSED)),
        word=st.sampled_from(["take", "decline"]),
        late=st.sampled_from([0, 0, 1]),
    )
    def decide_a_proposal(self, data: st.DataObject, who: Actor, code: str, word: str, late: int) -> None:
        kept = data.draw(st.sampled_from(self.cases))
        wanted = None if late else decided(kept.now, code, who)
        act = partial(getattr(supervising, word), kept.number, rule=code, seen=kept.version + late, by=who)
        self._try(kept, who, act, wanted, {})

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def unmask(self, data: st.DataObject, who: Actor) -> None:
        kept = data.draw(st.sampled_from(self.cases))
        fields = ["name", "words", "place", "phone"]
        try:
            opened = cases.unmask(kept.number, fields=fields, purpose="核实", by=who)
        except REFUSALS as refusal:
            assert not may(who, "unmask", kept.now), f"{who.code} was refused: {refusal!r} on {kept}"
            return
        assert may(who, "unmask", kept.now), f"{who.code} should have been refused on {kept}"
        assert opened == {name: getattr(kept.now, name) for name in fields}

    @rule()
    def erase(self) -> None:
        """The one resident behind all these calls is forgotten; a second time there is nothing left to forget."""
        gone: dict[str, Any] = {"name": None, "words": None, "place": None, "phone": None, "reply": False}
        people = {kept.number: CaseNow.objects.get(number=kept.number).person_id for kept in self.cases}
        for person_id in {*people.values()} - {None}:
            taken = cases.erase(person_id, reason="本人申请", by=world.SECURITY)
            theirs = [number for number, whose in people.items() if whose == person_id]
            streams = [f"{kind}/{number}" for number in theirs for kind in ("appeal", "access")]
            # What is written after an erasure stays.
            assert taken == 0 or not Text.objects.filter(stream__in=streams).exists()
        for kept in self.cases:
            assert (people[kept.number] is None) == kept.now.anonymous
            if not kept.now.anonymous and not kept.erased:
                kept.now, kept.erased = replace(kept.now, **gone), True
                kept.before = kept.before and replace(kept.before, **gone)
        nameless = {kept.number for kept in self.cases if kept.now.anonymous}
        for kept in self.cases:
            for number, (before, version) in kept.others.items():
                if number not in nameless and people[number] is not None:
                    kept.others[number] = (replace(before, **gone), version)

    @invariant()
    def every_version_is_the_number_of_events(self) -> None:
        for kept in self.cases:
            row = CaseNow.objects.get(number=kept.number)
            events = Event.objects.filter(stream=f"appeal/{kept.number}").count()
            assert (row.stage, row.version, row.lead_unit) == (kept.now.stage, events, kept.now.lead)
            assert ("suspended" in row.marks, "parked" in row.marks) == (kept.now.still, bool(kept.now.parked))
            assert ("excluded" in row.marks, "extended" in row.marks) == (kept.now.excluded, kept.now.extensions > 0)
            assert kept.version == events
            assert {mark for mark in row.marks if mark.startswith("rule:")} == {f"rule:{r}" for r in kept.now.decided}
            assert ("urgent_open" in row.marks, "urgent_over" in row.marks) == (
                kept.now.urgent == "open",
                kept.now.urgent == "over",
            )
            assert ("instruction_open" in row.marks) == (kept.now.instructions > 0)
            helping = [(part["unit"], part["stage"]) for part in row.state["parts"]]
            assert helping == [(share.unit, share.stage) for share in kept.now.shares]
            levels = [(level["unit"], level["stage"]) for level in row.state["above"]]
            assert (levels, row.state["approvals"]) == (list(kept.now.above), kept.now.approvals)
            assert (row.head, [each["number"] for each in row.state["followers"]]) == (
                kept.now.head,
                list(kept.now.followers),
            )

    def _do(self, kept: Kept, who: Actor, command: str, how: dict[str, Any], *, seen: int) -> None:
        needs_version = command not in WITHOUT_VERSION
        wanted = after(kept.now, command, how | {"who": who}) if may(who, command, kept.now) else None
        if needs_version and seen != kept.version:
            wanted = None
        # 二级平台 gives nothing to units outside its own tree.
        named = {how.get("lead_unit"), *how.get("co_units", ())} - {None}
        if who in OF_OWN_UNIT and not who.tree.issuperset(named):
            wanted = None
        given = how | ({"seen": seen} if needs_version else {})
        others: dict[str, Model] | None = {}
        if wanted is not None and needs_version and command not in ("classify", "correct"):
            others = groups_on_paper.others_after(self._models(), kept.number, wanted)
        wanted = None if others is None else wanted
        self._try(kept, who, lambda: command_of(command)(kept.number, **given, by=who), wanted, others or {})

    def _kept(self, number: str) -> Kept:
        return next(kept for kept in self.cases if kept.number == number)

    def _models(self) -> dict[str, Model]:
        return {kept.number: kept.now for kept in self.cases}

    def _try(self, kept: Kept, who: Actor, act: Any, wanted: Model | None, others: Mapping[str, Model]) -> None:
        try:
            state = act()
        except REFUSALS as refusal:
            assert wanted is None, f"{who.code} was refused: {refusal!r} on {kept}"
            assert len(list(log.rows_of(f"appeal/{kept.number}"))) == kept.version
            return
        assert wanted is not None, f"{who.code} should have been refused on {kept}, got {state.stage}"
        kept.version += 1
        assert (state.stage, state.version, state.lead_unit) == (wanted.stage, kept.version, wanted.lead)
        kept.before, kept.now, kept.last_by, kept.last_at = kept.now, wanted, who, self.moment
        kept.others = {}
        for number, model in others.items():
            other = self._kept(number)
            other.version += 1
            kept.others[number] = (other.now, other.version)
            # It is undone where it was done.
            other.before, other.now, other.others = None, model, {}

    @staticmethod
    def _is_possible(case: Model, who: Actor, command: str) -> bool:
        unit = world.EAST_STREET if case.stage in ("forwarded", "signed") else world.EAST
        how = {"lead_unit": unit, "uphold": False, "accept": True, "decision": "finalise", "grant": True}
        how |= {"who": who, "working_days": 1, "approve": True}
        answers = {"reached": "reached", "solved": True}
        return may(who, command, case) and after(case, command, how | answers) is not None


@pytest.fixture
def busy_day(transactional_db: None) -> Iterator[None]:
    yield
    report = whole.run()
    assert report.is_clean, report.as_json()


def test_no_order_of_commands_breaks_anything(busy_day: None) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=400 if LONG else 40,
            stateful_step_count=50 if LONG else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
