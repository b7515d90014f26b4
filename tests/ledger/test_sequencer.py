"""定序与封存: every committed event gets one position, however slow its transaction was; seals stand on positions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event as Signal

import pytest
from django.db import connection, transaction
from tests.ledger.facts import NOBODY_SPECIAL, Noted

from yousu.ledger import chain, log, seals, sequencer
from yousu.ledger.models import Event, EventPending, EventPosition
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


def begun(stream: str) -> str:
    log.begin(stream, Noted(), by=NOBODY_SPECIAL, at=clock.now())
    return stream


def positions() -> dict[str, int]:
    rows = EventPosition.objects.filter(stream__startswith="note/").values_list("stream", "seq", "position")
    return {f"{stream} {seq}": position for stream, seq, position in rows}


@contextmanager
def slow_writer(stream: str) -> Iterator[Signal]:
    """Writes in another transaction and commits only when told to (or at the end)."""
    written, may_commit = Signal(), Signal()

    def write() -> None:
        try:
            with transaction.atomic():
                begun(stream)
                written.set()
                assert may_commit.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(write)
        assert written.wait(10)
        try:
            yield may_commit
        finally:
            may_commit.set()
            done.result(20)


def test_what_commits_late_is_numbered_later_and_never_skipped() -> None:
    begun("note/early")
    with slow_writer("note/slow") as may_commit:
        begun("note/quick")
        sequencer.drain()
        assert set(positions()) == {"note/early 1", "note/quick 1"}
        may_commit.set()
    begun("note/late")
    sequencer.drain()
    numbered = positions()
    assert numbered["note/early 1"] < numbered["note/quick 1"] < numbered["note/slow 1"] < numbered["note/late 1"]
    assert not EventPending.objects.exists()


def test_positions_have_no_gap_and_none_is_given_twice() -> None:
    for number in range(7):
        begun(f"note/{number}")
        assert sequencer.number_committed(limit=1) <= 1
    sequencer.drain()
    given = sorted(EventPosition.objects.values_list("position", flat=True))
    assert given == list(range(1, Event.objects.count() + 1))


def test_numbering_by_several_at_once_gives_each_event_one_position() -> None:
    def write(stream: str) -> None:
        try:
            begun(stream)
            for _ in range(10):
                log.record(stream, lambda _: Noted(), by=NOBODY_SPECIAL, at=clock.now())
                sequencer.number_committed()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(write, ["note/1", "note/2", "note/3"]))
    sequencer.drain()
    given = sorted(EventPosition.objects.values_list("position", flat=True))
    assert given == list(range(1, Event.objects.count() + 1))
    for stream in ("note/1", "note/2", "note/3"):
        in_order = EventPosition.objects.filter(stream=stream).order_by("position").values_list("seq", flat=True)
        assert list(in_order) == list(range(1, 12))


def test_settling_waits_for_a_slow_transaction() -> None:
    def settle() -> None:
        try:
            sequencer.settle(clock.now(), patience_s=20)
        finally:
            connection.close()

    with slow_writer("note/slow") as may_commit, ThreadPoolExecutor(1) as thread:
        settled = thread.submit(settle)
        with pytest.raises(TimeoutError):
            settled.result(0.3)
        may_commit.set()
        settled.result(10)
    sequencer.drain()
    assert "note/slow 1" in positions()


def test_settling_gives_up_when_told_to() -> None:
    with slow_writer("note/slow"), pytest.raises(sequencer.TransactionsOpen):
        sequencer.settle(clock.now(), patience_s=0.1)


def test_settling_does_not_wait_for_what_begins_afterwards() -> None:
    sequencer.settle(datetime(2024, 1, 1, tzinfo=UTC), patience_s=5)
    with slow_writer("note/slow"):
        pass


def test_a_seal_stands_on_the_one_before_and_on_all_events_since() -> None:
    begun("note/1")
    sequencer.drain()
    first = seals.seal()
    begun("note/2")
    assert seals.seal().number == first.number, "nothing new has a position"
    sequencer.drain()
    second = seals.seal()
    assert (second.number, second.position) == (first.number + 1, Event.objects.count())
    tree = chain.merkle_root([bytes(Event.objects.get(stream="note/2", seq=1).hash)])
    assert bytes(second.root) == chain.next_root(bytes(first.root), tree)
    assert seals.recomputed(second.number) == bytes(second.root)
