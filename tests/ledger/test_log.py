"""日志: what happened is final, one writer wins, time never runs back, batches do not lock each other out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import make_dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from tests.ledger.facts import NOBODY_SPECIAL, Noted

from yousu.ledger import log
from yousu.ledger.events import event
from yousu.ledger.log import Entry, StreamMissing, StreamMoved
from yousu.ledger.models import Event, EventPending, Stream
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)


def note(stream: str = "note/1", *, seen: int | None = None, fact: Noted | None = None) -> None:
    log.record(stream, lambda _: fact or Noted(), by=NOBODY_SPECIAL, at=clock.now(), seen=seen)


def begun(stream: str = "note/1") -> str:
    log.begin(stream, Noted(), by=NOBODY_SPECIAL, at=clock.now())
    return stream


def at_once(*tasks: Callable[[], object]) -> list[BaseException | None]:
    """Runs tasks in threads with connections of their own; what each raised."""

    def run(task: Callable[[], object]) -> BaseException | None:
        try:
            task()
        except (StreamMoved, IntegrityError) as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


@pytest.mark.parametrize("change", ["UPDATE event SET actor = 'x'", "DELETE FROM event"])
@pytest.mark.parametrize("table", ["event", "event_position", "seal"])
def test_what_happened_cannot_be_changed_even_by_the_owner(change: str, table: str) -> None:
    from yousu.ledger import seals, sequencer

    begun()
    sequencer.drain()
    seals.seal()
    column = {"event": "actor = 'x'", "event_position": "seq = 9", "seal": "position = 9"}[table]
    statement = f"UPDATE {table} SET {column}" if change.startswith("UPDATE") else f"DELETE FROM {table}"
    with pytest.raises(IntegrityError, match=f"rows of {table} are final"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["event", "event_position", "seal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET ctid = ctid", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_servers_role_has_no_right_to_change_what_happened(table: str, verb: str) -> None:
    statement = verb.format(table).replace("ctid = ctid", "seq = 1" if table != "seal" else "position = 1")
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE yousu_web")
        try:
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(statement)
        finally:
            cursor.execute("RESET ROLE")


def test_the_servers_role_can_append() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE yousu_web")
        begun()
        note()
        cursor.execute("RESET ROLE")
    assert Event.objects.filter(stream="note/1").count() == 2


def test_of_two_writers_who_saw_the_same_version_one_is_told() -> None:
    begun()
    barrier = Barrier(2, timeout=10)

    def write() -> None:
        with transaction.atomic():
            barrier.wait()
            note(seen=1)

    raised = at_once(write, write)
    moved = [error for error in raised if isinstance(error, StreamMoved)]
    assert len(moved) == 1
    assert (moved[0].seen, moved[0].version) == (1, 2)
    assert Stream.objects.get(name="note/1").head_seq == 2


def test_of_two_who_begin_a_stream_one_fails_and_leaves_nothing() -> None:
    raised = at_once(begun, begun)
    assert sorted(type(error).__name__ for error in raised) == ["IntegrityError", "NoneType"]
    assert Event.objects.filter(stream="note/1").count() == 1
    assert Stream.objects.get(name="note/1").head_seq == 1


def test_two_who_append_to_a_stream_that_may_not_exist_both_succeed() -> None:
    raised = at_once(*[lambda: log.append("note/1", Noted(), by=NOBODY_SPECIAL, at=clock.now())] * 4)
    assert raised == [None] * 4
    assert sorted(Event.objects.filter(stream="note/1").values_list("seq", flat=True)) == [1, 2, 3, 4]


def test_batches_over_the_same_streams_never_wait_in_a_circle() -> None:
    streams = [begun(f"note/{number}") for number in range(6)]

    def write(order: list[str]) -> None:
        for _ in range(15):
            entries = [Entry(stream=name, decide=lambda _: Noted(), by=NOBODY_SPECIAL, at=NOON) for name in order]
            log.record_many(entries)

    turned = streams[3:] + streams[:3]
    raised = at_once(*(lambda order=order: write(order) for order in (streams, streams[::-1], turned, turned[::-1])))
    assert raised == [None] * 4
    assert set(Stream.objects.filter(name__in=streams).values_list("head_seq", flat=True)) == {61}


def test_one_refusal_refuses_the_whole_batch() -> None:
    begun("note/1")
    begun("note/2")

    def refuse(_: Any) -> Noted:
        raise ValueError("no")

    entries = [
        Entry(stream="note/1", decide=lambda _: Noted(), by=NOBODY_SPECIAL, at=NOON),
        Entry(stream="note/2", decide=refuse, by=NOBODY_SPECIAL, at=NOON),
    ]
    with pytest.raises(ValueError, match="no"):
        log.record_many(entries)
    assert Event.objects.filter(stream__startswith="note/").count() == 2
    assert EventPending.objects.filter(stream__startswith="note/").count() == 2


def test_recorded_at_never_goes_back_although_the_clock_does() -> None:
    with clock.held(NOON) as hands:
        begun()
        hands.move_to(NOON - timedelta(hours=1))
        note()
        hands.move_to(NOON + timedelta(hours=1))
        note()
    moments = list(Event.objects.filter(stream="note/1").order_by("seq").values_list("recorded_at", flat=True))
    assert moments == [NOON, NOON, NOON + timedelta(hours=1)]


def test_a_stream_that_does_not_exist_is_named() -> None:
    with pytest.raises(StreamMissing, match="note/404"):
        note("note/404")


def test_a_batch_may_touch_one_stream_several_times() -> None:
    begun()
    entry = Entry(stream="note/1", decide=lambda _: Noted(), by=NOBODY_SPECIAL, at=NOON)
    log.record_many([entry, entry, entry])
    assert [row.seq for row in log.rows_of("note/1")] == [1, 2, 3, 4]


def test_several_commands_in_one_batch_are_written_together_or_not_at_all() -> None:
    begun()
    with log.batch():
        note(seen=1)
        note(seen=2)
    assert Stream.objects.get(name="note/1").head_seq == 3
    with pytest.raises(StreamMoved), log.batch():
        note(seen=3)
        note(seen=3)
    assert Stream.objects.get(name="note/1").head_seq == 3


@pytest.mark.parametrize("name", ["kind", "shape"])
def test_a_fact_cannot_have_a_field_that_would_pass_for_what_happened(name: str) -> None:
    fact = make_dataclass("Posed", [(name, str)], frozen=True, kw_only=True)
    with pytest.raises(ValueError, match=f"Posed: {name} is the event's own"):
        event("posed")(fact)
