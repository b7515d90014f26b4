"""重新推算: provisional deadlines counted anew once their year is published, while appeals go on coming in."""

import math
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path

import django
from django.db import connection, transaction

from yousu.appeals import commands, recounting
from yousu.appeals.dispatching import grades
from yousu.appeals.rules import Grades
from yousu.cli.benches import Asked, BenchFailed, Measured, prepared, said, staff
from yousu.ledger import log
from yousu.org.actors import cli
from yousu.platform import clock, environment
from yousu.worktime.calendar import Row

# A Monday of a year that no notice has published.
_YEAR = 2035
_AT = datetime(_YEAR, 3, 5, 1, 0).astimezone()
_A_BATCH = 500
_GAP_S = 0.05
_PATIENCE_S = 30.0
_PLAIN = "UPDATE case_now SET due_at = due_at + interval '1 day' WHERE due_at IS NOT NULL"


def measure(asked: Asked) -> Iterator[Measured]:
    """Seconds for so many deadlines, beside moving them in one statement; p95 of recording meanwhile."""
    with clock.held(_AT):
        for numbers in _batches(prepared.cases(asked.cases)):
            with log.batch():
                for number in numbers:
                    commands.forward(number, lead_unit=staff.UNIT, by=staff.actor("dispatcher"), seen=1)
        yield (least := _plain())
        ended = environment.home() / "recounted"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as pool:
            recording = pool.submit(_record, ended)
            began = time.perf_counter()
            found = recounting.recount(by=cli("bench"), by_grades=_published())
            took = time.perf_counter() - began
            ended.touch()
            took_ms = sorted(recording.result(timeout=_PATIENCE_S))
    if not 0 < found.later == found.provisional:
        raise BenchFailed(f"{found.later} of {found.provisional} deadlines moved")
    yield Measured(
        name="recount", value=took, unit="s", ratio_to=least.name, ratio=took / (least.value or math.inf)
    )  # fmt: skip
    yield Measured(name="recount.each", value=took * 1000 / found.later, unit="ms")
    yield Measured(name="recount.record_p95", value=took_ms[math.ceil(len(took_ms) * 0.95) - 1], unit="ms")


def _batches(numbers: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(numbers), _A_BATCH):
        yield numbers[begin : begin + _A_BATCH]


def _plain() -> Measured:
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAIN)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return Measured(name="recount.ceiling", value=took, unit="s")


def _published() -> Grades:
    """The city's grades by a calendar that knows the year: the first days after the beginning are free."""
    days = [Row(date(_YEAR, 1, 1), "holiday", "元旦"), *(Row(date(_YEAR, 3, day), "holiday", "测") for day in (6, 7))]
    return replace(grades(), calendar=grades().calendar.with_year(days))


def _record(ended: Path) -> list[float]:
    """Records one appeal after the other until there is a file that ends it; how many milliseconds each took."""
    took: list[float] = []
    while not ended.exists() or not took:
        began = time.perf_counter()
        commands.record(said.appeal(len(took)), by=staff.actor("call_taker"))
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(_GAP_S)
    return took
