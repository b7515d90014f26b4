"""样本月播放: plays January 2024 by the real commands, every appeal along a course of its own."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count, groupby
from typing import Any

from yousu.appeals import supervising
from yousu.cities.xining import (
    courses,
    courses_clocks,
    courses_left,
    courses_merged,
    courses_units,
    courses_watched,
    month_plan,
    plan,
)
from yousu.cities.xining import stage as stages
from yousu.cities.xining.month_plan import Role
from yousu.cities.xining.scenes import Course, Hall, Scene
from yousu.ledger import log, sequencer
from yousu.org.actors import SYSTEM
from yousu.platform import clock

BEGINS_AT = datetime(2024, 1, 1, tzinfo=plan.ZONE)
ENDS_AT = plan.OPENS_AT
_MODULES = (courses, courses_clocks, courses_left, courses_merged, courses_units, courses_watched)
_LINKED = "linked"
# 按规则督办 comes before the offices open.
_RULES_AT = time(8)


def play(*, seed: int, told: Callable[[str], None] = lambda _: None) -> None:
    """Makes the accounts, plays every day of the month, and has each day's and week's bulletin published."""
    with clock.held(BEGINS_AT) as hands:
        hall = Hall(stages.enter())
        player = _Player(hall, hands, seed)
        for day, roles in month_plan.roles_by_day(seed=seed, city=hall.stage.city).items():
            player.expect(roles)
            midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=plan.ZONE)
            acts = player.play_until_rules(day) + player.play_until(midnight)
            told(f"{day}: {len(roles)} appeals, {acts} steps")
            stages.publish(hall.stage, day, hands=hands)
        acts = player.play_until_rules(ENDS_AT.date()) + player.play_until(ENDS_AT)
        told(f"{plan.MORNING}: {acts} steps")


def course_of(name: str) -> Callable[[Scene], Course]:
    """The course of a row of `schedule_courses.csv`. Raises LookupError."""
    for module in _MODULES:
        found: Callable[[Scene], Course] | None = vars(module).get(name)
        if found is not None and found.__module__ == module.__name__:
            return found
    raise LookupError(f"there is no course {name}")


@dataclass
class _Player:
    """What is to come, in the order of its moments; of the same moment, in that of its planning."""

    hall: Hall
    hands: Any
    seed: int
    _waiting: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _serial: Any = field(default_factory=count)
    _scenes: dict[str, Scene] = field(default_factory=dict)
    _last_linked: Scene | None = None

    def expect(self, roles: Sequence[Role]) -> None:
        """A day's appeals, recorded at the end of the ten minutes in which they came."""
        for at, group in groupby(roles, key=lambda role: plan.recorded_at(role.life)):
            self._wait(at, partial(self._record, tuple(group)))

    def play_until_rules(self, day: date) -> int:
        """What happens before the offices open, and what the rules of supervision do then; how many steps."""
        steps = self.play_until(datetime.combine(day, _RULES_AT, tzinfo=plan.ZONE))
        supervising.supervise(by=SYSTEM)
        return steps

    def play_until(self, end: datetime) -> int:
        """Everything before a moment, in one batch; how many steps that were."""
        steps = 0
        with log.batch() as batch:
            self.hall.batch = batch
            while self._waiting and self._waiting[0][0] < end:
                at, _, step = heappop(self._waiting)
                self.hands.move_to(at)
                step()
                steps += 1
        self.hands.move_to(end)
        sequencer.drain()
        return steps

    def _wait(self, at: datetime, step: Callable[[], None]) -> None:
        heappush(self._waiting, (at, next(self._serial), step))

    def _record(self, roles: Sequence[Role]) -> None:
        stages.record(self.hall.stage, [role.life for role in roles])
        for role in roles:
            self._go_on(course_of(role.course)(self._scene(role)))

    def _scene(self, role: Role) -> Scene:
        rng = random.Random(f"{self.seed} {role.life.key}")
        scene = Scene(role.life, self.hall, rng, head=self._scenes.get(role.head.life.key) if role.head else None)
        if role.course == _LINKED:
            scene.head, self._last_linked = self._last_linked, scene
        if role.course in month_plan.HEADS:
            self._scenes[role.life.key] = scene
        return scene

    def _go_on(self, course: Course) -> None:
        wanted = next(course, None)
        if wanted is not None:
            # What should have been done by now is done now.
            self._wait(max(wanted, clock.now()), partial(self._go_on, course))
