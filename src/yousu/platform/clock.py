"""时钟: the one clock everything asks. Only a demo home's may be shifted."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yousu.platform import environment

_SHIFT_FILE = "demo-clock.json"


class ClockNotShiftable(RuntimeError):
    """Only the home of a demonstration may run on another time."""


class _Clock:
    """System time plus the demo home's shift, or a moment held still while sample days are played."""

    def __init__(self) -> None:
        self._held: datetime | None = None
        self._shift: timedelta | None = None

    def now(self) -> datetime:
        if self._held is not None:
            return self._held
        if self._shift is None:
            self._shift = _stored_shift(environment.home())
        return datetime.now(UTC) + self._shift

    def wall(self) -> datetime:
        return datetime.now(UTC) if self._held is None else self._held

    def is_shifted(self) -> bool:
        self.now()
        return bool(self._shift) or self._held is not None

    def forget(self) -> None:
        self._shift = None

    @contextmanager
    def held(self, moment: datetime) -> Iterator["_Clock"]:
        previous, self._held = self._held, moment.astimezone(UTC)
        try:
            yield self
        finally:
            self._held = previous

    def move_to(self, moment: datetime) -> None:
        if self._held is None:
            raise ClockNotShiftable("only a held clock can be moved")
        self._held = moment.astimezone(UTC)


_clock = _Clock()


def now() -> datetime:
    """The present moment in UTC with microseconds."""
    return _clock.now()


def wall() -> datetime:
    """挂钟: the world's time, whatever a demonstration's clock shows: for what passes while somebody sits there."""
    return _clock.wall()


def is_shifted() -> bool:
    """演示时间: whether this home's clock shows another time than the world's."""
    return _clock.is_shifted()


def held(moment: datetime) -> AbstractContextManager["_Clock"]:
    """Holds the clock at a moment inside a with block; the block's value has move_to(moment). For tests and samples."""
    return _clock.held(moment)


def shift_demo_home(home: Path, *, to: datetime) -> None:
    """Makes a demo home's clock show `to` now and run on from there."""
    if not home.name.startswith("demo-"):
        raise ClockNotShiftable(f"{home} is not a demo home; its clock cannot be shifted")
    shift_s = (to - datetime.now(UTC)).total_seconds()
    (home / _SHIFT_FILE).write_text(json.dumps({"shift_s": shift_s}))
    _clock.forget()


def _stored_shift(home: Path) -> timedelta:
    file = home / _SHIFT_FILE
    if not home.name.startswith("demo-") or not file.exists():
        return timedelta(0)
    return timedelta(seconds=float(json.loads(file.read_text())["shift_s"]))
