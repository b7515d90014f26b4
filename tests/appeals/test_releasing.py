"""公开答复: only after closing, without personal data, never 保密 or 举报; everybody reads it and learns nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from tests import world

from yousu.appeals import commands as appeals
from yousu.appeals import publishing
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)
CLEAN = "已上门维修，室温已达标。"


def released(case: AppealState | None = None, text: str = CLEAN) -> AppealState:
    """A closed case whose answer was released."""
    case = case or world.closed()
    return appeals.release(case.number, text=text, by=world.DISPATCHER, seen=case.version)


def shown() -> list[str]:
    """The answers that everybody reads."""
    return [answer.answer for answer in publishing.released().answers]


def finalised() -> AppealState:
    """… → 未解决 → 终结."""
    case = world.called_back(solved=False)
    return appeals.judge_unsolved(case.number, decision="finalise", by=world.SUPERVISOR, seen=case.version)


@pytest.mark.parametrize("made", [world.closed, world.called_back, finalised])
def test_an_answer_is_released_once_the_case_is_over(made: Callable[[], AppealState]) -> None:
    case = made()
    after = released(case)
    assert (after.stage, after.version) == (case.stage, case.version + 1)
    assert shown() == [CLEAN]
    assert whole.run().is_clean


def test_an_open_or_disputed_case_has_nothing_to_release() -> None:
    for case in (world.handled(), world.called_back(solved=False)):
        with pytest.raises(NotPossible) as refused:
            released(case)
        assert "release" not in refused.value.possible


def test_what_was_declined_is_not_released() -> None:
    case = world.recorded()
    how = {"reason": "litigation", "lawful_channel": "court", "reply": "请向法院起诉"}
    with pytest.raises(NotPossible):
        released(appeals.decline(case.number, **how, by=world.DISPATCHER, seen=1))


@pytest.mark.parametrize("hidden", [{"confidential": True}, {"type": "tip_off"}])
def test_confidential_cases_and_tip_offs_are_never_released(hidden: dict[str, object]) -> None:
    with pytest.raises(NotPossible) as refused:
        released(world.closed(**hidden))
    assert refused.value.why == "not_public"


def test_a_text_with_personal_data_left_in_it_is_refused_naming_the_kinds() -> None:
    case = world.closed()
    with pytest.raises(FieldWrong) as refused:
        released(case, "已电话联系13812345678，答复本人。")
    assert (refused.value.field, refused.value.why, refused.value.kinds) == ("text", "personal_data", ("phone",))
    assert shown() == []


def test_the_proposal_is_the_reply_with_personal_data_taken_out() -> None:
    case = world.recorded()
    reply = "已电话告知13812345678。"
    appeals.answer(case.number, reply=reply, by=world.DISPATCHER, seen=1)
    proposal = publishing.proposed(case.number, world.DISPATCHER)
    assert proposal is not None
    assert (proposal.matter, proposal.text, proposal.is_released) == ("家里暖气不热", "已电话告知〔电话〕。", False)
    appeals.release(case.number, text=proposal.text, by=world.DISPATCHER, seen=2)
    assert shown() == [proposal.text]


def test_only_the_dispatcher_proposes_and_releases() -> None:
    case = world.closed()
    with pytest.raises(Forbidden):
        publishing.proposed(case.number, world.CALL_TAKER)
    with pytest.raises(Forbidden):
        appeals.release(case.number, text=CLEAN, by=world.CALL_TAKER, seen=case.version)


def test_a_new_release_replaces_the_former() -> None:
    case = released()
    released(case, "已更换阀门，室温达标。")
    assert shown() == ["已更换阀门，室温达标。"]
    proposal = publishing.proposed(case.number, world.DISPATCHER)
    assert proposal is not None and proposal.is_released


def test_an_undone_release_is_not_shown() -> None:
    case = released()
    appeals.undo(case.number, by=world.DISPATCHER, seen=case.version)
    assert shown() == []
    assert whole.run().is_clean


def test_while_a_case_is_worked_on_again_its_answer_is_not_shown() -> None:
    case = released()
    appeals.reopen(case.number, reason="又不热", by=world.SUPERVISOR, seen=case.version)
    assert shown() == []


def test_what_becomes_a_tip_off_is_no_longer_shown() -> None:
    case = released()
    appeals.classify(case.number, category=world.COLD, type="tip_off", by=world.DISPATCHER, seen=case.version)
    assert shown() == []


def test_erasing_the_person_removes_the_answer_and_nothing_new_is_released() -> None:
    case = released()
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert shown() == []
    assert publishing.proposed(case.number, world.DISPATCHER) is None
    with pytest.raises(NotPossible) as refused:
        released(case)
    assert refused.value.why == "erased"
    assert whole.run().is_clean


def test_everybody_reads_matter_answer_and_month_and_neither_number_nor_person() -> None:
    case = released(world.closed(text="我叫张伟，家里不热，电话13812345678", place="五四大街3号"))
    (answer,) = publishing.released().answers
    month = case.received_at.astimezone().strftime("%Y")
    assert (answer.category, answer.district) == (world.COLD, "west")
    assert answer.month.startswith(month) and len(answer.month) == 7
    written = repr(answer)
    assert case.number not in written and str(case.person_id) not in written
    assert "13812345678" not in written and "张伟" not in written and "3号" not in written


def test_answers_are_listed_newest_first_by_branch_and_district_page_by_page() -> None:
    for place, category in (("五四大街", world.COLD), ("东关大街", world.COLD), ("五四大街", world.WAGES)):
        released(world.closed(place=place, category=category), f"{place}{category}")
    first = publishing.released(limit=2)
    assert [answer.answer for answer in first.answers] == [f"五四大街{world.WAGES}", f"东关大街{world.COLD}"]
    rest = publishing.released(limit=2, after=first.following)
    assert ([answer.answer for answer in rest.answers], rest.following) == ([f"五四大街{world.COLD}"], None)
    assert len(publishing.released(category="城乡建设").answers) == 2
    assert len(publishing.released(category="城乡").answers) == 0
    assert len(publishing.released(district="west", category=world.WAGES).answers) == 1


def test_what_a_page_holds_does_not_cost_more_statements(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        released()
    with django_assert_num_queries(1):
        assert len(publishing.released().answers) == 3
