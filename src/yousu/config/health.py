"""健康检查: what only a process with Django can ask: the database and the worker; and the gauges read at a scrape."""

import os
from collections.abc import Iterator

from django.db import Error, connection
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from yousu.ledger import heartbeats
from yousu.platform import health

REQUESTS = Counter("yousu_requests", "Requests answered.", ["route", "method", "status"])
DURATIONS = Histogram(
    "yousu_request_seconds",
    "Time until the answer was ready.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
# A worker writes its heartbeat every ten seconds.
_SILENT_AFTER_S = 60

_STAGES = "SELECT kind, stage, count(*) FROM case_now GROUP BY kind, stage"
_WAITING = """
SELECT (SELECT count(*) FROM event_pending), (SELECT count(*) FROM outbox WHERE deferred_at IS NULL)
"""
_NOTICES = "SELECT way, state, count(*) FROM notice GROUP BY way, state"


class DatabaseGauges:
    """Cases by stage, events without a position, effects not yet deferred, notices: counted when asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from _counted()
        except Error:
            # Without a database the other metrics still answer; /readyz says what is missing.
            return


def metrics() -> bytes:
    """Prometheus' text. With PROMETHEUS_MULTIPROC_DIR the requests of all server processes are added up."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY) + generate_latest(_GAUGES)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return generate_latest(together) + generate_latest(_GAUGES)


def _counted() -> Iterator[GaugeMetricFamily]:
    with connection.cursor() as cursor:
        cursor.execute(_STAGES)
        cases = GaugeMetricFamily("yousu_cases", "Cases by kind and stage.", labels=["kind", "stage"])
        for kind, stage, count in cursor.fetchall():
            cases.add_metric([kind, stage], count)
        cursor.execute(_WAITING)
        pending, waiting = cursor.fetchone()
        cursor.execute(_NOTICES)
        notices = GaugeMetricFamily("yousu_notices", "Notices by way and state.", labels=["way", "state"])
        for way, state, count in cursor.fetchall():
            notices.add_metric([way, state], count)
    yield cases
    yield notices
    yield GaugeMetricFamily("yousu_events_without_position", "Committed events not yet numbered.", value=pending)
    yield GaugeMetricFamily("yousu_outbox_waiting", "Effects not yet deferred.", value=waiting)


def _database() -> str | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "does not answer"
    return None


def _worker() -> str | None:
    try:
        silent_s = heartbeats.silent_s(heartbeats.WORKER)
    except Error:
        # The check of the database speaks of it.
        return None
    if silent_s is None:
        return "none has ever started"
    return None if silent_s <= _SILENT_AFTER_S else f"silent for {int(silent_s)} s"


_GAUGES = CollectorRegistry()
_GAUGES.register(DatabaseGauges())
health.add(health.Check(name="database", failure=_database))
health.add(health.Check(name="worker", failure=_worker, needs="database"))
