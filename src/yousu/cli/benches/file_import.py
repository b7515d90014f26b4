"""导入: rows a second of `yousu import`, beside COPY of the same rows into a plain table."""

import csv
import json
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from yousu.cli.benches import Asked, BenchFailed, Measured, homes, said
from yousu.platform import clock, database, environment

_MOST_ROWS = 10_000
_FIELDS = ("external_id", "text", "type", "category", "place", "name", "phone", "occurred_at", "closed_at")


def measure(asked: Asked) -> Iterator[Measured]:
    """Rows a second of the whole command, its start included."""
    rows = list(_rows(min(_MOST_ROWS, asked.cases)))
    file = environment.home() / "rows.csv"
    _write(file, rows)
    before = _copied(rows)
    imported = _imported(file, len(rows))
    most = (before + _copied(rows)) / 2
    yield Measured(name="import.ceiling", value=most, unit="rows/s")
    yield Measured(name="import", value=imported, unit="rows/s", ratio_to="import.ceiling", ratio=imported / most)


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    now = clock.now()
    for i in range(count):
        at = now - timedelta(days=400, minutes=i)
        one = said.appeal(i)
        texts = (one.text, one.type or "", one.category or "", one.place, one.name, one.phone or "")
        closed = at + timedelta(days=3)
        yield (f"old-{i}", *texts, at.isoformat(timespec="seconds"), closed.isoformat(timespec="seconds"))


def _write(file: Path, rows: list[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_FIELDS)
        writer.writerows(rows)


def _copied(rows: list[tuple[str, ...]]) -> float:
    columns = ", ".join(f"{name} text" for name in _FIELDS)
    with psycopg.connect(make_conninfo(**database.conninfo())) as plain:
        plain.execute(f"CREATE TEMPORARY TABLE bench_rows ({columns})".encode())
        began = time.perf_counter()
        with plain.cursor().copy(b"COPY bench_rows FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        plain.commit()
        return len(rows) / (time.perf_counter() - began)


def _imported(file: Path, rows: int) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        homes.yousu("import", str(file), "--channel", "hotline", "--json"),
        env=os.environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    took_s = time.perf_counter() - began
    if done.returncode or json.loads(done.stdout)["recorded"] != rows:
        raise BenchFailed(f"yousu import: {done.stdout[:300]} {done.stderr[-300:]}")
    return rows / took_s
