"""样本播放: plays the sample days by the real commands, with a demo home's clock held at each act's moment."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from yousu.appeals import commands
from yousu.appeals.dispatching import stream
from yousu.appeals.state import AppealState
from yousu.cities.xining import call_backs, morning, plan
from yousu.cities.xining import stage as stages
from yousu.cities.xining.plan import Act, Life
from yousu.cities.xining.stage import Stage
from yousu.ledger import log, sequencer
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock

BEGINS_AT = datetime.combine(plan.days()[0], time(0), tzinfo=plan.ZONE)
# 演示时间 begins here: the last day is over and its bulletins are out.
ENDS_AT = plan.OPENS_AT


def play(*, seed: int, told: Callable[[str], None] = lambda _: None) -> None:
    """Makes the accounts, plays every day, and has each day's and the week's bulletin signed, frozen and published."""
    with clock.held(BEGINS_AT) as hands:
        stage = stages.enter()
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
            stages.publish(stage, day, hands=hands)
        told(_play_morning(stage, seed=seed, hands=hands))


def _play_morning(stage: Stage, *, seed: int, hands: Any) -> str:
    """The hours before the demonstration begins: no bulletin is due, and part of the work is left."""
    lives = plan.lives_of(plan.MORNING, seed=seed, city=stage.city)
    morning.plan(lives, random.Random(f"{seed} morning"))
    acts = [act for life in lives for act in life.acts]
    _play(stage, lives, acts, hands=hands)
    hands.move_to(ENDS_AT)
    sequencer.drain()
    return f"{plan.MORNING}: {len(lives)} appeals, {len(acts)} acts"


def _play_day(stage: Stage, todays: Sequence[Life], lives: Sequence[Life], day: date, *, hands: Any) -> int:
    acts = [act for life in lives for act in life.acts if act.at.astimezone(plan.ZONE).date() == day]
    _play(stage, todays, acts, hands=hands)
    hands.move_to(datetime.combine(day + timedelta(days=1), time(0), tzinfo=plan.ZONE))
    sequencer.drain()
    return len(acts)


def _play(stage: Stage, todays: Sequence[Life], acts: list[Act], *, hands: Any) -> None:
    acts.sort(key=lambda act: (act.at, act.life.key))
    with log.batch() as batch:
        batch.load(stream(stage.cases[act.life.key].number) for act in acts if act.life.key in stage.cases)
        for step in _in_order(todays, acts):
            if isinstance(step, Act):
                hands.move_to(step.at)
                _do(stage, step)
            else:
                hands.move_to(plan.recorded_at(step[0]))
                stages.record(stage, step)


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


def _do(stage: Stage, act: Act) -> None:
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


def _actor(stage: Stage, act: Act, case: AppealState) -> Actor:
    if act.command in _ROLES:
        return stage.one(_ROLES[act.command], act.life)
    assert case.lead_unit is not None
    return stage.of_unit(case.lead_unit)


def _chosen(stage: Stage, act: Act, case: AppealState) -> dict[str, object]:
    """What the desk chooses on the spot: the catalogue's unit, a reason of the city's list."""
    known = stage.city
    if act.command == "forward":
        routed = known.routed_unit(act.life.category.code, district=case.where.district)
        if routed is None or known.units[routed].kind == "centre":
            # Neither catalogue nor place names a unit: the dispatcher picks a district.
            routed = known.districts()[stages.hash_of(act.life.key) % 4].code
        return {"lead_unit": routed}
    if act.command == "send-back":
        reasons = list(known.reasons["send-back"])
        return {"reason": reasons[stages.hash_of(act.life.key) % len(reasons)]}
    if act.command == "decline":
        reasons, lawful = list(known.reasons["decline"]), list(known.lawful_channels)
        place = stages.hash_of(act.life.key)
        return {"reason": reasons[place % len(reasons)], "lawful_channel": lawful[place % len(lawful)]}
    return {}
