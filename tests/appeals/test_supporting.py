"""附议: joining a case instead of repeating it; people count once, in every open stage, and counts outlive erasure."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import rules
from yousu.appeals import state as states
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import persons
from yousu.ledger.log import rows_of
from yousu.ledger.models import Person, Text
from yousu.org.actors import RESIDENT
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)


def counts(case: AppealState) -> tuple[int, int]:
    """Calls and people."""
    return case.calls, case.people


def now(number: str) -> AppealState:
    """The case as it stands."""
    state: AppealState = queries.state_of(queries.now(number))
    return state


def test_a_recording_is_one_call_of_one_person() -> None:
    assert counts(world.recorded()) == (1, 1)


def test_each_supporter_is_a_call_and_a_person() -> None:
    case = world.recorded()
    appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    assert counts(appeals.support(case.number, phone=world.WANG, by=RESIDENT)) == (3, 3)
    assert counts(now(case.number)) == (3, 3)


def test_a_second_support_by_the_same_phone_changes_nothing() -> None:
    case = world.recorded()
    first = appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    again = appeals.support(case.number, phone=f"+86 {world.ZHANG}", by=world.DISPATCHER)
    assert again == first
    assert len(list(rows_of(f"appeal/{case.number}"))) == 2


def test_the_appellant_is_counted_already() -> None:
    case = world.recorded(phone=world.LI)
    assert appeals.support(case.number, phone=world.LI, by=world.CALL_TAKER).version == case.version


def test_who_leaves_no_phone_is_a_call_and_no_person() -> None:
    case = world.recorded()
    appeals.support(case.number, by=RESIDENT)
    assert counts(appeals.support(case.number, phone="", by=RESIDENT)) == (3, 1)


def test_a_phone_becomes_a_person_and_nothing_else_is_kept() -> None:
    case = world.recorded()
    texts_before = Text.objects.count()
    appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    assert Text.objects.count() == texts_before
    (_, supported) = rows_of(f"appeal/{case.number}")
    assert supported.data == f'{{"note":null,"person_id":"{persons.by_phone(world.ZHANG)}"}}'


def test_a_phone_that_is_none_is_refused_and_makes_nobody() -> None:
    case = world.recorded()
    with pytest.raises(FieldWrong, match="phone: not_a_phone"):
        appeals.support(case.number, phone="12", by=world.CALL_TAKER)


@pytest.mark.parametrize("made", [world.recorded, world.forwarded, world.signed, world.handled])
def test_it_is_possible_in_an_open_stage(made: Callable[[], AppealState]) -> None:
    case = made()
    after = appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    assert (after.stage, after.people) == (case.stage, 2)


def test_a_closed_case_is_supported_no_more_and_nobody_is_made() -> None:
    case = world.closed()
    people = Person.objects.count()
    with pytest.raises(NotPossible):
        appeals.support(case.number, phone="15400009999", by=world.CALL_TAKER)
    assert Person.objects.count() == people


def test_a_unit_does_not_support() -> None:
    with pytest.raises(Forbidden):
        appeals.support(world.forwarded().number, phone=world.ZHANG, by=world.HEATING_HANDLER)


@pytest.mark.parametrize("hidden", [{"confidential": True}, {"type": "tip_off"}])
def test_for_a_resident_a_case_that_is_not_public_is_not_there(hidden: dict[str, object]) -> None:
    case = world.recorded(**hidden)
    with pytest.raises(CaseMissing):
        appeals.support(case.number, phone=world.ZHANG, by=RESIDENT)
    assert appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER).people == 2


def test_an_undone_support_counts_nowhere_and_can_be_given_again() -> None:
    case = world.recorded()
    after = appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    undone = appeals.undo(case.number, by=world.CALL_TAKER, seen=after.version)
    assert counts(undone) == (1, 1)
    assert counts(appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)) == (2, 2)


def test_erasing_a_supporter_keeps_the_counts() -> None:
    case = world.recorded()
    appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
    person_id = persons.by_phone(world.ZHANG)
    assert person_id is not None
    cases.erase(person_id, reason="本人申请", by=world.SECURITY)
    assert counts(now(case.number)) == (2, 2)
    assert CaseNow.objects.get(number=case.number).matter is not None
    assert whole.run().is_clean


def test_beyond_those_a_state_keeps_people_still_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SUPPORTERS_KEPT", 1)
    case = world.recorded()
    for phone in (world.ZHANG, world.WANG, world.WANG, world.ZHANG, "15400008888"):
        appeals.support(case.number, phone=phone, by=world.CALL_TAKER)
    after = now(case.number)
    assert (counts(after), len(after.supporters)) == ((4, 4), 1)


def test_the_rule_asks_for_older_supports_only_when_the_state_left_some_out() -> None:
    case = world.recorded()
    asked: list[object] = []
    someone = next(iter(persons.find_or_make([world.ZHANG]).values()))

    def was_recorded(person_id: object) -> bool:
        asked.append(person_id)
        return True

    rules.support(case, person_id=someone, was_recorded=was_recorded)
    assert asked == []
    with pytest.raises(rules.AlreadyCounted):
        rules.support(replace(case, supporting_people=1), person_id=someone, was_recorded=was_recorded)


def test_the_same_person_at_two_desks_at_once_counts_once() -> None:
    from django.db import connection

    case = world.recorded()

    def support() -> None:
        appeals.support(case.number, phone=world.ZHANG, by=world.CALL_TAKER)
        connection.close()

    threads = [threading.Thread(target=support) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(now(case.number)) == (2, 2)
