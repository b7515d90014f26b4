"""What residents said when they were called back: responded, solved, satisfied, basically satisfied."""

from typing import Any

import pytest
from tests import world
from tests.figures.counting import as_it_will_be, at, by, period, share

from yousu.appeals import commands
from yousu.appeals.state import AppealState

pytestmark = pytest.mark.django_db
RATES = ("response", "solution", "satisfied", "basically_satisfied")


def said(case: AppealState, *, responded: bool | None, solved: bool, satisfied: str | None) -> AppealState:
    """A reached call-back."""
    return commands.call_back(
        case.number,
        reached="reached",
        responded=responded,
        solved=solved,
        satisfied=satisfied,
        by=world.CALLER_BACK,
        seen=case.version,
    )


def rates(*days: Any, **more: Any) -> dict[str, tuple[int, int | None, int]]:
    """All four."""
    return {figure: share(figure, period(*days, **more)) for figure in RATES}


def test_each_rate_counts_its_own_answer_over_all_who_were_reached(hands: Any) -> None:
    answers = [
        (True, True, "satisfied"),
        (True, True, "satisfied"),
        (True, True, "basically"),
        (True, False, "satisfied"),
        (True, False, "not"),
        (False, False, None),
        (None, True, None),
    ]
    for responded, solved, satisfied in answers:
        said(world.closed(), responded=responded, solved=solved, satisfied=satisfied)
    assert rates(5) == {
        "response": (5, 7, 0),
        "solution": (4, 7, 0),
        "satisfied": (3, 7, 0),
        "basically_satisfied": (1, 7, 0),
    }


def test_who_was_not_reached_is_in_no_base(hands: Any) -> None:
    for reached in ("not_reached", "refused"):
        case = world.closed()
        commands.call_back(case.number, reached=reached, by=world.CALLER_BACK, seen=case.version)
    world.closed()
    assert set(rates(5).values()) == {(0, 0, 0)}


def test_the_day_of_the_call_back_counts_and_not_that_of_the_appeal(hands: Any) -> None:
    case = world.closed()
    hands.move_to(at(9))
    said(case, responded=True, solved=True, satisfied="satisfied")
    assert set(rates(5).values()) == {(0, 0, 0)}
    assert rates(9)["solution"] == (1, 1, 0)
    assert by("day", "solution", period(5, 12)) == {at(9).date(): 1}


def test_a_call_back_later_than_the_as_of_is_not_known(hands: Any) -> None:
    case = world.closed()
    hands.move_to(at(9))
    said(case, responded=True, solved=True, satisfied="satisfied")
    assert set(rates(5, 9, as_of=at(9, 11)).values()) == {(0, 0, 0)}


def test_the_last_word_of_a_case_handled_again_replaces_the_one_before(hands: Any) -> None:
    case = said(world.closed(), responded=True, solved=False, satisfied="not")
    assert rates(5)["solution"] == (0, 1, 0)
    hands.move_to(at(6))
    case = commands.judge_unsolved(case.number, decision="reopen", by=world.SUPERVISOR, seen=case.version)
    case = commands.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    case = commands.handle(case.number, reply="已更换", outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    case = commands.review(case.number, accept=True, by=world.DISPATCHER, seen=case.version)
    # Handled again, not asked again: the word that was said stands.
    assert rates(5, 6)["solution"] == (0, 1, 0)
    hands.move_to(at(7))
    said(case, responded=True, solved=True, satisfied="basically")
    assert rates(5)["solution"] == (0, 0, 0)
    assert rates(5, as_of=at(6))["solution"] == (0, 1, 0)
    assert (rates(7)["solution"], rates(7)["basically_satisfied"]) == ((1, 1, 0), (1, 1, 0))


def test_finalised_or_not_the_residents_word_stays(hands: Any) -> None:
    case = said(world.closed(), responded=True, solved=False, satisfied="not")
    commands.judge_unsolved(case.number, decision="finalise", by=world.SUPERVISOR, seen=case.version)
    assert rates(5)["solution"] == (0, 1, 0)


def test_an_undone_call_back_was_never_said(hands: Any) -> None:
    case = said(world.closed(), responded=True, solved=True, satisfied="satisfied")
    hands.move_to(at(5).replace(second=5))
    commands.undo(case.number, by=world.CALLER_BACK, seen=case.version)
    assert set(rates(5).values()) == {(0, 0, 0)}
    assert rates(5, as_of=at(5))["satisfied"] == (1, 1, 0)


def test_excluded_ones_are_told_apart(hands: Any) -> None:
    case = said(world.closed(), responded=True, solved=True, satisfied="satisfied")
    as_it_will_be(case.number, {"excluded": True})
    said(world.closed(), responded=True, solved=True, satisfied="basically")
    assert rates(5) == {
        "response": (1, 1, 1),
        "solution": (1, 1, 1),
        "satisfied": (0, 1, 1),
        "basically_satisfied": (1, 1, 1),
    }
