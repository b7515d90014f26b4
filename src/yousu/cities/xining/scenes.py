"""场景: what a course of the sample month has at hand: its appeal as it stands, the people, the hours, a draw."""

import inspect
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from yousu.appeals import commands, mark_commands, merge_commands, shield_commands, urgent_commands
from yousu.appeals.dispatching import stream
from yousu.appeals.state import AppealState
from yousu.cities.xining.plan import ZONE, Life
from yousu.cities.xining.stage import Stage, hash_of
from yousu.ledger.log import Batch
from yousu.org.actors import Actor
from yousu.platform import clock
from yousu.worktime import calendar

# A course acts at the moment to which the clock was moved, and yields the moment at which it wants to go on.
Course = Iterator[datetime]
_OPENS, _CLOSES = time(8, 30), time(17, 30)
_MODULES = (commands, mark_commands, merge_commands, shield_commands, urgent_commands)
# They look at rows, or at words, which a batch writes at its end only.
_READING = frozenset({"merge", "unmerge", "link", "release", "undo", "support"})


@dataclass
class Hall:
    """The batch in which a day is played."""

    stage: Stage
    batch: Batch | None = None

    def opened(self, number: str) -> Batch:
        """The batch with a case loaded."""
        assert self.batch is not None
        self.batch.load([stream(number)])
        return self.batch


@dataclass
class Scene:
    """One appeal of the month while its course runs."""

    life: Life
    hall: Hall
    rng: random.Random
    head: "Scene | None" = None

    @property
    def number(self) -> str:
        """The case's number, once it was recorded."""
        return self.hall.stage.cases[self.life.key].number

    @property
    def state(self) -> AppealState:
        """The case as it stands, with what was decided in this batch, here or on its head."""
        state: AppealState = self.hall.opened(self.number).state(stream(self.number))
        return state

    @property
    def unit(self) -> str:
        """The lead unit."""
        unit = self.state.lead_unit
        assert unit is not None
        return unit

    def act(self, command: str, *, by: Actor, **arguments: Any) -> AppealState:
        """One command at this moment."""
        state = self.state
        if command in _READING or state.followers or state.head is not None:
            self.write()
        run, is_versioned = _command(command)
        done: AppealState = run(self.number, by=by, **({"seen": state.version} if is_versioned else {}), **arguments)
        return done

    def write(self) -> None:
        """Writes what the batch holds, for whoever reads rows."""
        self.hall.opened(self.number).write()

    def one(self, role: str, *, second: bool = False) -> Actor:
        """An account of a role, the same for the same appeal; or another one, as second person."""
        staff = self.hall.stage.staff[role]
        return staff[(hash_of(self.life.key) + second) % len(staff)]

    def desk(self, command: str, *, second: bool = False, **arguments: Any) -> AppealState:
        """By a dispatcher."""
        return self.act(command, by=self.one("dispatcher", second=second), **arguments)

    def supervisor(self, command: str, *, second: bool = False, **arguments: Any) -> AppealState:
        """By a supervisor."""
        return self.act(command, by=self.one("supervisor", second=second), **arguments)

    def by_unit(self, command: str, *, unit: str = "", **arguments: Any) -> AppealState:
        """By whoever acts for the lead unit, or for another one."""
        return self.act(command, by=self.hall.stage.of_unit(unit or self.unit), **arguments)

    def leader_of(self, unit: str) -> Actor:
        """Who approves for a unit."""
        return next(actor for actor in self.hall.stage.staff["unit_leader"] if actor.unit == unit)

    def routed(self) -> str:
        """The unit that catalogue and place name; a district where they name none."""
        known = self.hall.stage.city
        routed = known.routed_unit(self.life.category.code, district=self.state.where.district)
        return self.district() if routed is None or known.units[routed].kind == "centre" else routed

    def district(self) -> str:
        """The district of the place; one of the four inner ones where none is known."""
        known = self.hall.stage.city.districts()
        return self.state.where.district or known[hash_of(self.life.key) % 4].code

    def section(self, name: str = "urban_management") -> str:
        """A bureau of the district, with somebody of its own."""
        return f"{self.district()}_{name}"

    def with_handler(self) -> str:
        """The routed unit, or below it one that has a handler of its own."""
        routed = self.routed()
        return self.section() if routed == self.district() else routed

    def reason(self, command: str) -> str:
        """A reason of the city's list."""
        return self.rng.choice(list(self.hall.stage.city.reasons[command]))

    # Moments.

    @property
    def now(self) -> datetime:
        """This moment, local."""
        return clock.now().astimezone(ZONE)

    @property
    def today(self) -> date:
        """This local day."""
        return self.now.date()

    def soon(self, least: float, most: float) -> datetime:
        """Some minutes from now; the desk never sleeps."""
        return self.now + timedelta(minutes=self.rng.uniform(least, most))

    def at_work(self, least: float, most: float) -> datetime:
        """Some hours from now, at an hour when offices are open."""
        return self._opened(self.now + timedelta(hours=self.rng.uniform(least, most)))

    def in_days(self, least: float, most: float) -> datetime:
        """Some days from now, at an hour when offices are open."""
        return self.at_work(least * 24, most * 24)

    def before_due(self, least: float, most: float) -> datetime:
        """A share of the time that is left, in office hours and not after the deadline."""
        due = self.state.due
        left = (due.at - self.now) if due else timedelta(days=9)
        wanted = self._opened(self.now + left * self.rng.uniform(least, most))
        if due is None or wanted < due.at:
            return wanted
        return min(self.now + left * 0.9, due.at.astimezone(ZONE) - timedelta(hours=7))

    def on_the_last_morning(self) -> datetime:
        """Before the hour until which more time may be asked for, on the day when the case is due."""
        due = self.state.due
        assert due is not None
        return due.at.astimezone(ZONE).replace(hour=self.rng.randrange(9, 12), minute=self.rng.randrange(60), second=0)

    def after_due(self, least: float, most: float) -> datetime:
        """Some hours after the deadline, in office hours."""
        due = self.state.due
        assert due is not None
        return self._opened(due.at.astimezone(ZONE) + timedelta(hours=self.rng.uniform(least, most)))

    def _opened(self, at: datetime) -> datetime:
        days = _calendar()
        if days.day(at.date()).working and _OPENS <= at.time() <= _CLOSES:
            return at
        day = at.date() if at.time() < _OPENS else at.date() + timedelta(days=1)
        while not days.day(day).working:
            day += timedelta(days=1)
        return datetime.combine(day, _OPENS, tzinfo=ZONE) + timedelta(minutes=self.rng.uniform(0, 120))


@cache
def _calendar() -> calendar.Calendar:
    return calendar.load()


@cache
def _command(name: str) -> tuple[Callable[..., Any], bool]:
    spelled = name.replace("-", "_")
    run = next(found for module in _MODULES if (found := getattr(module, spelled, None)) is not None)
    known: Mapping[str, Any] = inspect.signature(run).parameters
    return run, "seen" in known
