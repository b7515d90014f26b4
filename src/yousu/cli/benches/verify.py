"""核验: events a second of `yousu verify`, beside reading the same rows and doing nothing with them."""

import json
import os
import subprocess
import time
from collections.abc import Iterator

import psycopg
from psycopg.conninfo import make_conninfo

from yousu.cli.benches import Asked, BenchFailed, Measured, homes, processes
from yousu.ledger import seals, sequencer
from yousu.platform import database

_SCAN = "SELECT stream, seq, kind, shape, occurred_at, recorded_at, actor, data, hash FROM event ORDER BY stream, seq"
_PAGE = 5_000


def measure(asked: Asked) -> Iterator[Measured]:
    """The whole command, its start included, on a filled home with positions and a seal."""
    sequencer.drain()
    seals.seal()
    before = _scanned()
    events, took_s, peak_bytes = _verified()
    most = (before + _scanned()) / 2
    yield Measured(name="verify.ceiling", value=most, unit="events/s")
    yield Measured(
        name="verify", value=events / took_s, unit="events/s", ratio_to="verify.ceiling", ratio=events / took_s / most
    )
    yield Measured(name="verify.events", value=events, unit="events")
    yield Measured(name="verify.memory", value=peak_bytes / 1_000_000, unit="MB")


def _scanned() -> float:
    rows = 0
    began = time.perf_counter()
    with psycopg.connect(make_conninfo(**database.conninfo())) as plain, plain.cursor(name="bench") as cursor:
        cursor.itersize = _PAGE
        for _ in cursor.execute(_SCAN):
            rows += 1
    return rows / (time.perf_counter() - began)


def _verified() -> tuple[int, float, int]:
    began = time.perf_counter()
    with subprocess.Popen(
        homes.yousu("verify", "--json"), env=os.environ, stdout=subprocess.PIPE, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        with processes.watched(child.pid) as peak:
            told = child.stdout.read()
            child.wait()
    took_s = time.perf_counter() - began
    if child.returncode:
        raise BenchFailed(f"yousu verify ended with {child.returncode}: {told[:300]}")
    return int(json.loads(told)["events"]), took_s, peak.bytes
