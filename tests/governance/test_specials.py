"""A special report: numbers that open, words without personal data, reviewed by another, issued and then the same."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import world

from yousu.appeals import commands as cases_of_appeals
from yousu.cases import commands as cases
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.cases.verification import whole
from yousu.governance.refusals import NotReady
from yousu.governance.specials import commands, queries
from yousu.governance.specials.commands import Draft
from yousu.governance.specials.state import SpecialState
from yousu.governance.topics.events import Subject
from yousu.ledger.log import StreamMoved
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = world.actor("super2", "supervisor", unit="centre")


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    """Three calls about heating in March, one of them complete; then April begins."""
    with clock.held(datetime(2024, 3, 5, 4, tzinfo=UTC)) as held:
        world.closed()
        world.forwarded()
        world.forwarded()
        held.move_to(datetime(2024, 4, 1, 4, tzinfo=UTC))
        yield held


def draft(**more: Any) -> Draft:
    usual: dict[str, Any] = {
        "heading": "关于供暖问题的专报",
        "addressee": "市政府值班室",
        "subject": Subject(dimension="topic", code="heating"),
        "first": date(2024, 3, 1),
        "last": date(2024, 3, 31),
        "cases": (),
        "done": "已督促供热单位检修",
        "suggestions": "更换老旧管网",
    }
    return Draft(**{**usual, **more})


def composed(**more: Any) -> SpecialState:
    return commands.compose(draft(**more), by=world.SUPERVISOR)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReady) as caught:
        act()
    return caught.value.why


def test_every_number_is_the_size_of_a_list_that_is_kept() -> None:
    state = composed()
    assert (state.content["total"], state.content["before"]) == (3, 0)
    assert state.content["completion"]["numerator"] == 1
    assert state.content["categories"][0]["count"] == 3
    for path in state.lists:
        assert isinstance(queries.numbers_behind(state, path), list)
    assert len(queries.numbers_behind(state, "completion.denominator")) == 3
    assert whole.run().is_clean


def test_it_is_reviewed_by_another_issued_with_a_number_and_stays() -> None:
    state = composed()
    assert refused(lambda: commands.issue(state.number, by=world.SUPERVISOR)) == "not_reviewed"
    assert refused(lambda: commands.review(state.number, by=world.SUPERVISOR)) == "own_report"
    commands.review(state.number, by=OTHER, seen=1)
    issued = commands.issue(state.number, by=world.SUPERVISOR, seen=2)
    assert (issued.stage, issued.year, issued.issue) == ("issued", 2024, 1)
    assert issued.digest is not None and issued.digest.startswith("sha256:")
    assert refused(lambda: commands.compose(draft(), by=world.SUPERVISOR, number=state.number)) == "already_issued"
    assert refused(lambda: commands.issue(state.number, by=world.SUPERVISOR)) == "already_issued"
    second = composed()
    commands.review(second.number, by=OTHER)
    assert commands.issue(second.number, by=world.SUPERVISOR).issue == 2


def test_composed_again_it_is_reviewed_again() -> None:
    state = composed()
    commands.review(state.number, by=OTHER)
    with pytest.raises(StreamMoved):
        commands.compose(draft(), by=world.SUPERVISOR, number=state.number, seen=1)
    again = commands.compose(draft(first=date(2024, 3, 6)), by=world.SUPERVISOR, number=state.number, seen=2)
    assert (again.stage, again.reviewed_by, again.content["total"]) == ("composed", None, 0)
    assert whole.run().is_clean


@pytest.mark.parametrize(
    ("more", "field", "why"),
    [
        ({"done": "已联系李某某，电话15400001111"}, "done", "personal_data"),
        ({"suggestions": ""}, "suggestions", "required"),
        ({"cases": ("2400000000",)}, "cases", "no_such_case"),
        ({"last": date(2024, 4, 2)}, "last", "in_the_future"),
        ({"first": date(2024, 4, 1)}, "last", "ends_before_it_begins"),
        ({"subject": Subject(dimension="topic", code="nothing")}, "topic", "unknown_code"),
    ],
)
def test_what_cannot_be_reported_is_refused_by_field(more: Any, field: str, why: str) -> None:
    with pytest.raises(FieldWrong) as caught:
        composed(**more)
    assert (caught.value.field, caught.value.why) == (field, why)


def test_what_is_confidential_or_a_tip_off_is_never_quoted() -> None:
    for case in (world.recorded(confidential=True), world.recorded(type="tip_off")):
        with pytest.raises(FieldWrong) as caught:
            composed(cases=(case.number,))
        assert caught.value.why == "never_quoted"


def test_what_became_confidential_since_is_issued_in_no_report() -> None:
    number = CaseNow.objects.filter(stage="forwarded").values_list("number", flat=True)[0]
    state = commands.compose(draft(cases=(number,)), by=world.SUPERVISOR)
    state = commands.review(state.number, by=OTHER)
    version = CaseNow.objects.get(number=number).version
    cases_of_appeals.classify(number, category=world.COLD, type="tip_off", by=world.DISPATCHER, seen=version)
    with pytest.raises(NotReady, match="never_quoted"):
        commands.issue(state.number, by=world.SUPERVISOR)


def test_chosen_cases_are_quoted_without_personal_data_and_vanish_with_their_person() -> None:
    case = world.recorded("我是李某某，电话15400001111，家里不热")
    state = composed(cases=(case.number,))
    [(number, words)] = queries.quoted(state, world.LEADER)
    assert number == case.number and words is not None
    assert "15400001111" not in words and "不热" in words
    commands.review(state.number, by=OTHER)
    commands.issue(state.number, by=world.SUPERVISOR)
    person = CaseNow.objects.get(number=case.number).person_id
    assert person is not None
    cases.erase(person, reason="本人申请", by=world.SECURITY)
    assert queries.quoted(queries.get(state.number), world.LEADER) == [(number, None)]
    assert whole.run().is_clean


@pytest.mark.parametrize("who", [world.HEATING_HANDLER, world.LEADER, world.DISPATCHER])
def test_others_neither_compose_review_nor_issue(who: Any) -> None:
    state = composed()
    with pytest.raises(Forbidden):
        commands.compose(draft(), by=who)
    for act in (commands.review, commands.issue):
        with pytest.raises(Forbidden):
            act(state.number, by=who)
