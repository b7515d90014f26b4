"""撤销: one's own last act, for ten seconds; then it counts nowhere, and nothing of it left the house."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import world

from yousu.appeals import commands
from yousu.cases.models import CaseNow, CaseVersion
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import effects, outbox
from yousu.ledger.log import StreamMoved
from yousu.ledger.models import Event, Outbox
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def hands() -> Iterator[Any]:
    with clock.held(NOON) as held:
        yield held


def test_undoing_brings_the_state_before_back_with_a_new_version(hands: Any) -> None:
    before = world.forwarded()
    commands.sign(before.number, by=world.HEATING_HANDLER, seen=2)
    after = commands.undo(before.number, by=world.HEATING_HANDLER, seen=3)
    assert (after.stage, after.signed_at, after.version) == ("forwarded", None, 4)
    row = CaseNow.objects.get(number=before.number)
    assert (row.stage, row.version) == ("forwarded", 4)
    assert Event.objects.get(stream=f"appeal/{before.number}", seq=4).undone_seq == 3
    last = CaseVersion.objects.get(number=before.number, known_to=None)
    assert (last.seq, last.stage) == (4, "forwarded")


def test_the_act_can_be_done_again_and_undone_again(hands: Any) -> None:
    number = world.forwarded().number
    for seen in (2, 4, 6):
        assert commands.sign(number, by=world.HEATING_HANDLER, seen=seen).stage == "signed"
        assert commands.undo(number, by=world.HEATING_HANDLER, seen=seen + 1).stage == "forwarded"
    assert whole.run().is_clean


@pytest.mark.parametrize(("waited_s", "may"), [(0, True), (10, True), (10.001, False), (3600, False)])
def test_there_are_ten_seconds(hands: Any, waited_s: float, may: bool) -> None:
    case = world.forwarded()
    hands.move_to(NOON + timedelta(seconds=waited_s))
    if may:
        assert commands.undo(case.number, by=world.DISPATCHER, seen=2).stage == "recorded"
    else:
        with pytest.raises(NotPossible) as refused:
            commands.undo(case.number, by=world.DISPATCHER, seen=2)
        assert refused.value.why == "too_late"


def test_nobody_undoes_what_another_did(hands: Any) -> None:
    case = world.forwarded()
    with pytest.raises(NotPossible) as refused:
        commands.undo(case.number, by=world.SUPERVISOR, seen=2)
    assert refused.value.why == "not_own"


def test_a_recording_is_withdrawn_and_not_undone(hands: Any) -> None:
    case = world.recorded()
    with pytest.raises(NotPossible) as refused:
        commands.undo(case.number, by=world.CALL_TAKER, seen=1)
    assert refused.value.why == "recording_stays"


def test_undoing_is_not_undone(hands: Any) -> None:
    case = world.forwarded()
    commands.undo(case.number, by=world.DISPATCHER, seen=2)
    with pytest.raises(NotPossible) as refused:
        commands.undo(case.number, by=world.DISPATCHER, seen=3)
    assert refused.value.why == "already_undone"


@pytest.mark.parametrize("seen", [1, 3])
def test_a_version_that_is_not_the_last_is_not_undone(hands: Any, seen: int) -> None:
    case = world.forwarded()
    with pytest.raises(StreamMoved):
        commands.undo(case.number, by=world.DISPATCHER, seen=seen)
    assert CaseNow.objects.get(number=case.number).version == 2


def test_an_undone_correction_shows_the_words_before(hands: Any) -> None:
    case = world.recorded(title="暖气不热", place="五四大街3号")
    for seen, field in ((1, "title"), (3, "place"), (5, "text")):
        commands.correct(case.number, field=field, value="东关大街8号", why="听错", by=world.DISPATCHER, seen=seen)
        commands.undo(case.number, by=world.DISPATCHER, seen=seen + 1)
    row = CaseNow.objects.get(number=case.number)
    assert (row.title, row.matter, row.district) == ("暖气不热", "家里暖气不热", "west")
    assert row.place is not None
    assert row.place.startswith("五四大街")
    assert whole.run().is_clean


def test_undoing_the_first_words_of_a_kind_leaves_none(hands: Any) -> None:
    case = world.recorded()
    commands.correct(case.number, field="title", value="不热", why="补充", by=world.DISPATCHER, seen=1)
    assert CaseNow.objects.get(number=case.number).title == "不热"
    commands.undo(case.number, by=world.DISPATCHER, seen=2)
    assert CaseNow.objects.get(number=case.number).title is None
    assert whole.run().is_clean


def test_nothing_of_an_undone_act_leaves_the_house(hands: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_EFFECTS", {})
    monkeypatch.setattr(outbox, "_ASKED", [])
    outbox.on("forwarded", "tell_the_unit")
    undone, kept = world.forwarded(), world.forwarded()
    assert set(Outbox.objects.values_list("not_before", flat=True)) == {NOON + timedelta(seconds=10)}
    commands.undo(undone.number, by=world.DISPATCHER, seen=2)
    sent: list[str] = []

    def defer(effect: str, *, stream: str, seq: int) -> None:
        sent.append(f"{effect} {stream} {seq}")

    assert effects.pass_on(defer, known=["tell_the_unit"]) == {"deferred": 0, "dropped": 0}
    hands.move_to(NOON + timedelta(seconds=11))
    assert effects.pass_on(defer, known=["tell_the_unit"]) == {"deferred": 1, "dropped": 1}
    assert sent == [f"tell_the_unit appeal/{kept.number} 2"]


def test_an_undone_act_counts_nowhere(hands: Any) -> None:
    case = world.called_back(solved=False)
    assert case.solved is False
    after = commands.undo(case.number, by=world.CALLER_BACK, seen=case.version)
    assert (after.solved, after.called_back_at, after.tries) == (None, None, 0)
    last = CaseVersion.objects.get(number=case.number, known_to=None)
    assert (last.solved, last.responded, last.called_back_day) == (None, None, None)
