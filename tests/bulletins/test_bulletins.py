"""Bulletins: composed, reviewed, signed, frozen, published; what they count and what stays."""

from datetime import timedelta
from typing import Any

import pytest
import rfc8785
from tests.bulletins.press import (
    DAY,
    DESK,
    EVERYBODY,
    MIDNIGHT,
    NOON,
    PUBLISHER,
    REVIEWER,
    SIGNER,
    answered,
    signed,
    taken,
)

from yousu.appeals import commands as appeals
from yousu.bulletins import commands, content, queries
from yousu.bulletins.rules import NotReady
from yousu.ledger.log import StreamMoved
from yousu.org.capabilities import Forbidden
from yousu.org.city import city
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bulletin_goes_out_by_four_steps_and_three_accounts(hands: Any) -> None:
    answered()
    hands.move_to(NOON + timedelta(days=1))
    signed()
    frozen = commands.freeze(DAY, by=PUBLISHER)
    assert frozen.stage == "frozen"
    assert commands.publish(DAY, by=PUBLISHER).stage == "published"
    shown = queries.published_one(DAY).json
    assert shown["accepted"]["total"] == 1
    assert shown["handling"]["direct"] == 1


def test_the_same_account_takes_no_two_steps(hands: Any) -> None:
    hands.move_to(NOON + timedelta(days=1))
    commands.compose(DAY, by=EVERYBODY)
    with pytest.raises(NotReady, match="same_person"):
        commands.review(DAY, by=EVERYBODY)
    commands.review(DAY, by=REVIEWER)
    with pytest.raises(NotReady, match="same_person"):
        commands.sign(DAY, by=EVERYBODY)


def test_unsigned_nothing_is_frozen_and_unfrozen_nothing_is_published(hands: Any) -> None:
    hands.move_to(NOON + timedelta(days=1))
    with pytest.raises(NotReady) as never:
        commands.freeze(DAY, by=PUBLISHER)
    assert never.value.missing == ("compose", "review", "sign")
    commands.compose(DAY, by=PUBLISHER)
    with pytest.raises(NotReady) as unreviewed:
        commands.freeze(DAY, by=PUBLISHER)
    assert unreviewed.value.missing == ("review", "sign")
    with pytest.raises(NotReady):
        commands.publish(DAY, by=PUBLISHER)
    with pytest.raises(queries.BulletinMissing):
        queries.published_one(DAY)


def test_a_role_that_has_no_part_in_it_is_refused(hands: Any) -> None:
    with pytest.raises(Forbidden):
        commands.compose(DAY, by=DESK)
    commands.compose(DAY, by=PUBLISHER)
    with pytest.raises(Forbidden):
        commands.review(DAY, by=DESK)


def test_a_step_on_an_older_version_is_refused(hands: Any) -> None:
    hands.move_to(NOON + timedelta(days=1))
    commands.compose(DAY, by=PUBLISHER)
    commands.compose(DAY, by=PUBLISHER)
    with pytest.raises(StreamMoved):
        commands.review(DAY, by=REVIEWER, seen=1)


def test_what_does_not_reconcile_cannot_be_signed(hands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = content.compiled

    def broken(*args: Any, **kwargs: Any) -> content.Content:
        made = counted(*args, **kwargs)
        made.json["checks"][0]["holds"] = False
        return made

    monkeypatch.setattr(content, "compiled", broken)
    hands.move_to(NOON + timedelta(days=1))
    commands.compose(DAY, by=PUBLISHER)
    commands.review(DAY, by=REVIEWER)
    with pytest.raises(NotReady, match="does_not_reconcile"):
        commands.sign(DAY, by=SIGNER)


def test_figures_that_moved_after_the_signature_must_be_composed_again(hands: Any) -> None:
    answered()
    # Composed at the very end of the day: what is recorded at that moment still belongs to it.
    hands.move_to(MIDNIGHT)
    signed()
    answered(occurred_at=NOON)
    with pytest.raises(NotReady, match="figures_moved"):
        commands.freeze(DAY, by=PUBLISHER)
    signed()
    assert commands.freeze(DAY, by=PUBLISHER).stage == "frozen"


def test_a_frozen_bulletin_never_changes_and_is_never_composed_again(hands: Any) -> None:
    case = taken()
    hands.move_to(NOON + timedelta(days=1))
    signed()
    commands.freeze(DAY, by=PUBLISHER)
    before = queries.show(DAY).json
    appeals.answer(case.number, reply="已答复", by=DESK, seen=1)
    assert queries.show(DAY).json == before
    with pytest.raises(NotReady, match="already_frozen"):
        commands.compose(DAY, by=PUBLISHER)


def test_as_of_then_the_figures_are_what_they_were(hands: Any) -> None:
    case = taken()
    hands.move_to(NOON + timedelta(hours=1))
    then = clock.now()
    hands.move_to(NOON + timedelta(hours=2))
    appeals.answer(case.number, reply="已答复", by=DESK, seen=1)
    taken()
    assert queries.show(DAY, as_of=then).json["accepted"]["total"] == 1
    assert queries.show(DAY, as_of=then).json["completion"]["numerator"] == 0
    now = queries.show(DAY).json
    assert (now["accepted"]["total"], now["completion"]["numerator"]) == (2, 1)


def test_an_undone_act_counts_nowhere(hands: Any) -> None:
    case = answered()
    appeals.undo(case.number, by=DESK, seen=2)
    shown = queries.show(DAY).json
    assert (shown["handling"]["direct"], shown["handling"]["undecided"]) == (0, 1)
    assert shown["completion"]["numerator"] == 0


def test_a_place_is_named_only_when_three_appeals_name_it(hands: Any) -> None:
    for _ in range(2):
        taken(place="人民公园")
    assert queries.show(DAY).json["topics"][0]["place"] is None
    taken(place="人民公园")
    named = queries.show(DAY).json["topics"][0]["place"]
    assert (named["text"], named["count"]) == ("人民公园", 3)


def test_a_whole_district_is_no_place(hands: Any) -> None:
    name = city().districts()[0].name_zh
    for _ in range(4):
        taken(place=name)
    assert queries.show(DAY).json["topics"][0]["place"] is None


def test_a_unit_is_named_only_once_a_case_was_given_to_it(hands: Any) -> None:
    case = taken()
    assert queries.show(DAY).json["topics"][0]["units"] == []
    unit = next(code for code, found in city().units.items() if found.kind != "centre")
    appeals.forward(case.number, lead_unit=unit, by=DESK, seen=1)
    units = queries.show(DAY).json["topics"][0]["units"]
    assert [(named["unit"], named["count"]) for named in units] == [(unit, 1)]


def test_the_digest_covers_everything_else(hands: Any) -> None:
    from hashlib import sha256

    answered()
    shown = dict(queries.show(DAY).json)
    digest = shown.pop("digest")
    assert digest == "sha256:" + sha256(rfc8785.dumps(shown)).hexdigest()


def test_issue_numbers_run_within_a_year_and_stay_with_their_bulletin(hands: Any) -> None:
    assert commands.compose(DAY, by=PUBLISHER).issue_number == 1
    assert commands.compose("daily-2024-03-04", by=PUBLISHER).issue_number == 2
    assert commands.compose(DAY, by=PUBLISHER).issue_number == 1
    assert commands.compose("weekly-2024-03-03", by=PUBLISHER).issue_number == 1


def test_freezing_waits_for_a_slow_transaction_and_counts_it(hands: Any) -> None:
    """What was recorded before the as-of but commits late is in the bulletin, or its signature is void."""
    import threading

    from django.db import connection, transaction

    recorded, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            taken()
            recorded.set()
            go_on.wait(10)
        connection.close()

    slow_one = threading.Thread(target=slow)
    slow_one.start()
    assert recorded.wait(10)
    hands.move_to(MIDNIGHT)
    signed()
    threading.Timer(0.5, go_on.set).start()
    with pytest.raises(NotReady, match="figures_moved"):
        commands.freeze(DAY, by=PUBLISHER)
    slow_one.join()
    signed()
    commands.freeze(DAY, by=PUBLISHER)
    assert queries.show(DAY).json["accepted"]["total"] == 1
