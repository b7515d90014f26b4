"""样本播放: plays the sample days by the real commands, with a demo home's clock held at each act's moment."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from yousu.appeals import commands
from yousu.appeals.dispatching import stream
from yousu.appeals.recording import Said
from yousu.appeals.state import AppealState
from yousu.bulletins import commands as bulletins
from yousu.cities.xining import call_backs, morning, plan
from yousu.cities.xining.plan import Act, Life
from yousu.intake.arrivals import Delivery, accept_many
from yousu.ledger import log, sequencer
from yousu.org.accounts import actor_of, create, record_created
from yousu.org.actors import SYSTEM, Actor
from yousu.org.city import City, city
from yousu.org.models import Account
from yousu.platform import clock

BEGINS_AT = datetime.combine(plan.days()[0], time(0), tzinfo=plan.ZONE)
# 演示时间 begins here: the last day is over and its bulletins are out.
ENDS_AT = plan.OPENS_AT
PASSWORD = "yousu-demo-2024"


@dataclass
class _Stage:
    """Who plays, and where every appeal stands."""

    city: City
    staff: dict[str, list[Actor]]
    by_unit: dict[str, Actor]
    cases: dict[str, AppealState] = field(default_factory=dict)

    def one(self, role: str, life: Life) -> Actor:
        """An account of a role, the same for the same appeal."""
        return self.staff[role][hash_of(life.key) % len(self.staff[role])]

    def of_unit(self, unit: str) -> Actor:
        """Who acts for a unit: its own handler, or the second level above it."""
        if unit in self.by_unit:
            return self.by_unit[unit]
        parent = self.city.units[unit].parent
        if parent is None:
            raise LookupError(f"no demo account acts for {unit}")
        return self.of_unit(parent)


def hash_of(key: str) -> int:
    """A small number from a key, the same in every process."""
    return sum(key.encode())


def play(*, seed: int, told: Callable[[str], None] = lambda _: None) -> None:
    """Makes the accounts, plays every day, and has each day's and the week's bulletin signed, frozen and published."""
    with clock.held(BEGINS_AT) as hands:
        stage = _stage()
        known = city()
        lives: list[Life] = []
        for day in plan.days():
            todays = plan.lives_of(day, seed=seed, city=known)
            rng = random.Random(f"{seed} calls {day}")
            if day == plan.WEEK_END.date():
                call_backs.finish_week(lives, rng)
            lives += todays
            call_backs.plan(lives, day, rng)
            acts = _play_day(stage, todays, lives, day, hands=hands)
            told(f"{day}: {len(todays)} appeals, {acts} acts")
            _bulletins(stage, day, hands=hands)
        told(_play_morning(stage, seed=seed, hands=hands))


def make_accounts() -> list[tuple[Account, str]]:
    """The demonstration's accounts with their roles, all with PASSWORD."""
    made: list[tuple[Account, str]] = []
    hashed = ""
    for row in plan.rows("accounts"):
        account = create(
            row["user"],
            None,
            roles=[row["role"]],
            unit=row["unit"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
        )
        if not hashed:
            # Hashing is slow on purpose; all demo accounts share a password, so one hash does.
            account.set_password(PASSWORD)
            hashed = account.password
        account.password = hashed
        account.save(update_fields=["password"])
        record_created(account, [row["role"]], by=SYSTEM)
        made.append((account, row["role"]))
    return made


def _play_morning(stage: _Stage, *, seed: int, hands: Any) -> str:
    """The hours before the demonstration begins: no bulletin is due, and part of the work is left."""
    lives = plan.lives_of(plan.MORNING, seed=seed, city=stage.city)
    morning.plan(lives, random.Random(f"{seed} morning"))
    acts = [act for life in lives for act in life.acts]
    _play(stage, lives, acts, hands=hands)
    hands.move_to(ENDS_AT)
    sequencer.drain()
    return f"{plan.MORNING}: {len(lives)} appeals, {len(acts)} acts"


def _play_day(stage: _Stage, todays: Sequence[Life], lives: Sequence[Life], day: date, *, hands: Any) -> int:
    acts = [act for life in lives for act in life.acts if act.at.astimezone(plan.ZONE).date() == day]
    _play(stage, todays, acts, hands=hands)
    hands.move_to(datetime.combine(day + timedelta(days=1), time(0), tzinfo=plan.ZONE))
    sequencer.drain()
    return len(acts)


def _play(stage: _Stage, todays: Sequence[Life], acts: list[Act], *, hands: Any) -> None:
    acts.sort(key=lambda act: (act.at, act.life.key))
    with log.batch() as batch:
        batch.load(stream(stage.cases[act.life.key].number) for act in acts if act.life.key in stage.cases)
        for step in _in_order(todays, acts):
            if isinstance(step, Act):
                hands.move_to(step.at)
                _do(stage, step)
            else:
                hands.move_to(plan.recorded_at(step[0]))
                _record(stage, step)


def _in_order(todays: Sequence[Life], acts: Sequence[Act]) -> Iterator[list[Life] | Act]:
    """Recordings (all of ten minutes at once) and acts in the order of their moments."""
    windows = [(at, list(group)) for at, group in groupby(todays, key=plan.recorded_at)]
    waiting = iter(acts)
    act = next(waiting, None)
    for at, group in windows:
        while act is not None and act.at <= at:
            yield act
            act = next(waiting, None)
        yield group
    while act is not None:
        yield act
        act = next(waiting, None)


def _record(stage: _Stage, lives: Sequence[Life]) -> None:
    by = stage.one("call_taker", lives[0])
    accepted = accept_many([Delivery(said=_said(life), external_id=life.key) for life in lives], by=by)
    for life, one in zip(lives, accepted, strict=True):
        assert one.state is not None
        stage.cases[life.key] = one.state


def _said(life: Life) -> Said:
    who = life.appellant
    return Said(
        channel=life.channel,
        title=life.words.title,
        text=life.words.text,
        type=life.words.appeal_type,
        category=life.category.code,
        place=life.place.name if life.place else "",
        lon=life.place.lon if life.place else None,
        lat=life.place.lat if life.place else None,
        appellant_kind=life.appellant_kind,
        name=who.name if who else "",
        phone=who.phone if who else None,
        confidential=life.confidential,
        occurred_at=life.received_at,
    )


def _do(stage: _Stage, act: Act) -> None:
    case = stage.cases[act.life.key]
    by = _actor(stage, act, case)
    command = getattr(commands, act.command.replace("-", "_"))
    arguments = dict(act.arguments) | _chosen(stage, act, case)
    stage.cases[act.life.key] = command(case.number, by=by, seen=case.version, **arguments)


_ROLES = {
    "answer": "call_taker",
    "decline": "call_taker",
    "transfer": "call_taker",
    "withdraw": "call_taker",
    "forward": "dispatcher",
    "review": "dispatcher",
    "call-back": "call_back_officer",
    "judge-unsolved": "supervisor",
}


def _actor(stage: _Stage, act: Act, case: AppealState) -> Actor:
    if act.command in _ROLES:
        return stage.one(_ROLES[act.command], act.life)
    assert case.lead_unit is not None
    return stage.of_unit(case.lead_unit)


def _chosen(stage: _Stage, act: Act, case: AppealState) -> dict[str, object]:
    """What the desk chooses on the spot: the catalogue's unit, a reason of the city's list."""
    known = stage.city
    if act.command == "forward":
        routed = known.routed_unit(act.life.category.code, district=case.where.district)
        if routed is None or known.units[routed].kind == "centre":
            # Neither catalogue nor place names a unit: the dispatcher picks a district.
            routed = known.districts()[hash_of(act.life.key) % 4].code
        return {"lead_unit": routed}
    if act.command == "send-back":
        reasons = list(known.reasons["send-back"])
        return {"reason": reasons[hash_of(act.life.key) % len(reasons)]}
    if act.command == "decline":
        reasons, lawful = list(known.reasons["decline"]), list(known.lawful_channels)
        place = hash_of(act.life.key)
        return {"reason": reasons[place % len(reasons)], "lawful_channel": lawful[place % len(lawful)]}
    return {}


def _bulletins(stage: _Stage, day: date, *, hands: Any) -> None:
    """The day's bulletin, and on Sundays the week's, by four hands in the first hour after midnight."""
    ids = [f"daily-{day}"] + ([f"weekly-{day}"] if day.isoweekday() == 7 else [])
    publisher, reviewer, signer = (
        stage.staff[role][0] for role in ("publisher", "bulletin_reviewer", "bulletin_signer")
    )
    midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=plan.ZONE)
    for bulletin_id in ids:
        hands.move_to(midnight + timedelta(minutes=5))
        bulletins.compose(bulletin_id, by=publisher)
        bulletins.review(bulletin_id, by=reviewer)
        bulletins.sign(bulletin_id, by=signer)
        hands.move_to(midnight + timedelta(minutes=6))
        bulletins.freeze(bulletin_id, by=publisher)
        bulletins.publish(bulletin_id, by=publisher)


def _stage() -> _Stage:
    staff: dict[str, list[Actor]] = {}
    by_unit: dict[str, Actor] = {}
    for account, role in make_accounts():
        actor = actor_of(account)
        staff.setdefault(role, []).append(actor)
        if role in ("handler", "second_level") and account.unit not in by_unit:
            by_unit[account.unit] = actor
    return _Stage(city=city(), staff=staff, by_unit=by_unit)
