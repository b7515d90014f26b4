"""Freezing: of a whole period, in one snapshot, under a seal; two at once neither collide nor wait for each other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.bulletins.press import (
    DAY,
    EVERYBODY,
    MIDNIGHT,
    NOON,
    PUBLISHER,
    REVIEWER,
    SIGNER,
    WEEK,
    answered,
    frozen,
    published,
    signed,
    taken,
)

from yousu.bulletins import commands, content, queries, rules
from yousu.bulletins.rules import NotReady
from yousu.figures import queries as figures
from yousu.ledger import seals, sequencer
from yousu.ledger.log import StreamMoved
from yousu.ledger.models import EventPosition

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(act: Callable[[], Any]) -> Callable[[], Any]:
    """The act on a connection of its own that is closed afterwards."""

    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return run


def test_a_day_that_is_not_over_is_not_frozen(hands: Any) -> None:
    answered()
    signed()
    with pytest.raises(NotReady, match="period_not_over"):
        commands.freeze(DAY, by=PUBLISHER)
    hands.move_to(MIDNIGHT)
    with pytest.raises(NotReady, match="period_not_over"):
        commands.freeze(DAY, by=PUBLISHER)
    assert frozen().as_of == MIDNIGHT


def test_what_an_account_may_do_next_is_what_would_not_be_refused(hands: Any) -> None:
    def possible(by: Any) -> tuple[str, ...]:
        return queries.possible(DAY, by=by.code)

    assert possible(PUBLISHER) == ("compose",)
    commands.compose(DAY, by=EVERYBODY)
    assert (possible(EVERYBODY), possible(REVIEWER)) == (("compose",), ("review", "compose"))
    commands.review(DAY, by=REVIEWER)
    assert possible(EVERYBODY) == possible(REVIEWER) == ("compose",)
    assert possible(SIGNER) == ("sign", "compose")
    commands.sign(DAY, by=SIGNER)
    assert possible(PUBLISHER) == ("compose",), "the day is not over"
    hands.move_to(MIDNIGHT)
    signed()
    assert possible(PUBLISHER) == ("freeze", "compose")
    commands.freeze(DAY, by=PUBLISHER)
    assert possible(PUBLISHER) == ("publish",)
    commands.publish(DAY, by=PUBLISHER)
    assert possible(PUBLISHER) == ()


@pytest.mark.parametrize("step", ["review", "sign", "freeze", "publish", "compose"])
def test_a_step_on_figures_that_nobody_saw_is_refused(hands: Any, step: str) -> None:
    answered()
    hands.move_to(MIDNIGHT)
    stages: dict[str, list[Callable[[], Any]]] = {
        "compose": [],
        "review": [lambda: commands.compose(DAY, by=PUBLISHER)],
        "sign": [lambda: commands.compose(DAY, by=PUBLISHER), lambda: commands.review(DAY, by=REVIEWER)],
        "freeze": [signed],
        "publish": [frozen],
    }
    for act in stages[step]:
        act()
    before = queries.state(DAY)
    by = {"review": REVIEWER, "sign": SIGNER}.get(step, PUBLISHER)
    with pytest.raises(StreamMoved) as moved:
        getattr(commands, step)(DAY, by=by, seen=7)
    assert moved.value.version == (before.version if before else 0)
    assert queries.state(DAY) == before
    getattr(commands, step)(DAY, by=by, seen=moved.value.version)


def test_two_first_bulletins_composed_at_once_get_two_issue_numbers(hands: Any) -> None:
    ids = [f"daily-2024-03-{day:02}" for day in range(1, 5)]
    start = threading.Barrier(len(ids))

    def compose(bulletin_id: str) -> int:
        start.wait(10)
        return commands.compose(bulletin_id, by=PUBLISHER).issue_number

    with ThreadPoolExecutor(len(ids)) as threads:
        waiting = [threads.submit(elsewhere(lambda one=one: compose(one))) for one in ids]
        assert sorted(done.result(30) for done in waiting) == [1, 2, 3, 4]


def test_composing_and_signing_at_once_do_not_lock_each_other_up(hands: Any) -> None:
    commands.compose(DAY, by=PUBLISHER)

    def compose() -> None:
        for _ in range(5):
            commands.compose(DAY, by=PUBLISHER)

    def review() -> None:
        for _ in range(20):
            try:
                commands.review(DAY, by=REVIEWER)
            except NotReady:
                continue

    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(elsewhere(act)) for act in (compose, review, compose)]:
            done.result(30)


def test_a_bulletin_is_counted_in_one_snapshot(hands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An appeal recorded while it is counted is in all of its numbers or in none."""
    answered()
    real, recorded = figures._run, []

    def interrupted(*args: Any) -> Any:
        rows = real(*args)
        if not recorded:
            recorded.append(True)
            with ThreadPoolExecutor(1) as thread:
                thread.submit(elsewhere(answered)).result(10)
        return rows

    monkeypatch.setattr(figures, "_run", interrupted)
    shown = queries.show(DAY).json
    assert all(check["holds"] for check in shown["checks"])
    assert (shown["accepted"]["total"], shown["completion"]["numerator"]) == (1, 1)
    assert queries.show(DAY).json["accepted"]["total"] == 2


def test_counting_takes_few_statements_however_many_topics_there_are(hands: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    for _ in range(4):
        taken(place="人民公园")
    spell = rules.spell_of(WEEK)
    with CaptureQueriesContext(
        connection,
    ) as few:
        content.compiled(spell, as_of=MIDNIGHT)
    assert len(few) <= 30


def test_freezing_seals_the_bulletins_own_event_while_another_process_numbers(hands: Any) -> None:
    answered()
    hands.move_to(MIDNIGHT)
    signed()
    numbering, go_on = threading.Event(), threading.Event()

    def number() -> None:
        with transaction.atomic():
            sequencer.number_committed()
            numbering.set()
            go_on.wait(20)

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(elsewhere(number))
        assert numbering.wait(10)
        threading.Timer(0.5, go_on.set).start()
        state = commands.freeze(DAY, by=PUBLISHER)
        done.result(20)
    position = EventPosition.objects.get(stream=f"bulletin/{DAY}", seq=state.version).position
    seal = queries.seal_of(DAY)
    assert seal is not None and seal.position >= position


def test_a_bulletin_keeps_the_number_of_the_seal_that_bound_it(hands: Any) -> None:
    answered()
    hands.move_to(MIDNIGHT)
    assert queries.seal_of(DAY) is None
    published()
    bound = queries.seal_of(DAY)
    hands.move_to(NOON + timedelta(days=1))
    answered()
    sequencer.drain()
    assert seals.seal().number > bound.number
    assert queries.seal_of(DAY) == bound


def test_the_worker_does_not_wait_for_another_sequencer(hands: Any) -> None:
    answered()
    with transaction.atomic():
        sequencer.number_committed()
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(elsewhere(lambda: sequencer.drain(waits=False))).result(5) == 0
