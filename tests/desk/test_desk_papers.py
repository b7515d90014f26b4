"""Work order and letter of a case: who gets them, what they say and do not say, and that a name is an access."""

from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader
from tests import world
from tests.desk.conftest import Page
from tests.documents.papers import said

from yousu.appeals import commands
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.ledger import log

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def order(client: Client, number: str, form: str = "pdf") -> HttpResponse:
    return client.get(f"/desk/cases/{number}/order/?format={form}")  # type: ignore[return-value]  # the test's answer


def letter(client: Client, number: str, form: str = "pdf") -> HttpResponse:
    return client.get(f"/desk/cases/{number}/letter/?format={form}")  # type: ignore[return-value]  # the test's answer


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.content.decode()[:300]
    if answer["Content-Type"] == "application/pdf":
        pages = PdfReader(BytesIO(answer.content)).pages
        return "".join(page.extract_text().replace("\n", "") for page in pages)
    assert answer["Content-Type"] == WORD
    with ZipFile(BytesIO(answer.content)) as file:
        names = [name for name in file.namelist() if name.startswith(("word/document", "word/header"))]
        return "".join(said(ElementTree.fromstring(file.read(name))).replace("\n", "") for name in names)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_work_order_says_all_that_handling_needs(form: str, signed_in: Page) -> None:
    case = world.signed(text="我叫李某某，电话15400001111，家里暖气不热", place="东大街")
    printed = words(order(signed_in("heat1"), case.number, form))
    for part in (
        "诉求工单",
        case.number,
        "受理时间",
        "投诉",
        "暖气不热",
        "承办单位",
        "办理结果",
        "期限推算",
        "工作日",
        "签收",
    ):
        assert part in printed, part
    assert printed.index("办理结果") < printed.index("办理经过") < printed.index("期限推算")


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("user", ["heat1", "desk1", "leader1"])
def test_a_work_order_bears_no_personal_data_whoever_prints_it(user: str, form: str, signed_in: Page) -> None:
    case = world.handled(text="我叫张伟国，电话15400001111，家里暖气不热", name="张伟国")
    printed = words(order(signed_in(user), case.number, form))
    for personal in ("伟国", world.LI, "1111", "约好上门", "张**", f"{user}号"):
        assert personal not in printed, personal
    assert list(log.rows_of(f"access/{case.number}")) == []


def test_what_was_undone_is_not_on_the_paper(signed_in: Page) -> None:
    case = world.signed()
    commands.undo(case.number, by=world.HEATING_HANDLER, seen=case.version)
    printed = words(order(signed_in("heat1"), case.number))
    assert "签收" not in printed and "撤销" not in printed


def test_an_erased_case_still_has_a_sheet_and_no_letter(signed_in: Page) -> None:
    case = world.closed(place="东大街")
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人要求", by=world.SECURITY)
    assert "（内容已删除）" in words(order(signed_in("desk1"), case.number))
    assert letter(signed_in("desk1"), case.number).status_code == 409


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_letter_gives_the_reply_to_an_appellant_without_a_name(form: str, signed_in: Page) -> None:
    case = world.closed()
    printed = words(letter(signed_in("desk1"), case.number, form))
    for part in ("诉求人：", case.number, "供热保障", "已上门维修", "特此函复。", "12345"):
        assert part in printed, part
    assert "李" not in printed and "草稿" not in printed
    assert list(log.rows_of(f"access/{case.number}")) == []


def test_a_letter_with_a_name_is_an_access_with_its_purpose(signed_in: Page) -> None:
    case = world.closed()
    answer = signed_in("desk1").post(f"/desk/cases/{case.number}/letter/", {"purpose": "寄送答复", "format": "docx"})
    assert "李某某：" in words(answer)  # type: ignore[arg-type]  # the test's answer
    assert answer["Cache-Control"] == "no-store"
    row = next(log.rows_of(f"access/{case.number}"))
    assert (row.kind, row.actor) == ("unmasked", "account:desk1")
    assert '"fields":["name"]' in row.data


def test_without_a_purpose_no_name_is_opened(signed_in: Page) -> None:
    case = world.closed()
    answer = signed_in("desk1").post(f"/desk/cases/{case.number}/letter/", {"purpose": "  "})
    assert answer.status_code == 422 and "姓名没有打开" in answer.content.decode()
    assert list(log.rows_of(f"access/{case.number}")) == []


def test_a_confidential_case_has_a_letter_without_a_name_for_its_unit(signed_in: Page) -> None:
    case = world.handled(confidential=True)
    assert "已上门维修" in words(letter(signed_in("heat1"), case.number))
    assert signed_in("heat1").post(f"/desk/cases/{case.number}/letter/", {"purpose": "寄送"}).status_code == 403
    assert list(log.rows_of(f"access/{case.number}")) == []


def test_an_anonymous_appellant_stays_one(signed_in: Page) -> None:
    case = world.handled(phone=None, name=None)
    answer = signed_in("heat1").post(f"/desk/cases/{case.number}/letter/", {"purpose": "寄送"})
    assert "诉求人：" in words(answer)  # type: ignore[arg-type]  # the test's answer


def test_a_reply_that_nobody_reviewed_is_a_draft(signed_in: Page) -> None:
    case = world.handled()
    assert "草稿　未审核" in words(letter(signed_in("heat1"), case.number))


def test_no_letter_without_an_answer_that_stands(signed_in: Page) -> None:
    case = world.handled()
    commands.review(case.number, accept=False, by=world.DISPATCHER, seen=case.version)
    for number in (case.number, world.forwarded().number):
        answer = letter(signed_in("heat1"), number)
        assert answer.status_code == 409 and "还没有可以函复的答复。" in answer.content.decode()


def test_a_declined_appeal_is_told_why_and_where_to_turn(signed_in: Page) -> None:
    case = world.recorded()
    told = {"reason": "litigation", "lawful_channel": "court", "reply": "请向法院反映"}
    commands.decline(case.number, **told, by=world.DISPATCHER, seen=case.version)
    printed = words(letter(signed_in("desk1"), case.number))
    assert "不予受理：" in printed and "请向法院反映" in printed


@pytest.mark.parametrize("user", ["call1", "back1", "super1", "leader1"])
def test_who_neither_handles_nor_reviews_writes_no_letter(user: str, signed_in: Page) -> None:
    case = world.closed()
    client = signed_in(user)
    assert letter(client, case.number).status_code == 403
    assert client.post(f"/desk/cases/{case.number}/letter/", {"purpose": "好奇"}).status_code == 403
    assert "/letter/" not in client.get(f"/desk/cases/{case.number}/").content.decode()


def test_another_units_papers_are_no_pages(signed_in: Page) -> None:
    case = world.closed()
    for answer in (order(signed_in("water1"), case.number), letter(signed_in("water1"), case.number)):
        assert answer.status_code == 404


@pytest.mark.parametrize("form", ["exe", "PDF", "", "../pdf"])
def test_a_form_that_is_none_is_no_page(form: str, signed_in: Page) -> None:
    case = world.closed()
    assert order(signed_in("desk1"), case.number, form).status_code == 404
    assert letter(signed_in("desk1"), case.number, form).status_code == 404


def test_the_same_paper_has_the_same_bytes(signed_in: Page) -> None:
    case, client = world.closed(), signed_in("desk1")
    for form in ("pdf", "docx"):
        assert order(client, case.number, form).content == order(client, case.number, form).content
        assert letter(client, case.number, form).content == letter(client, case.number, form).content


def test_papers_speak_the_language_of_the_page(signed_in: Page) -> None:
    case, client = world.closed(), signed_in("desk1")
    client.post("/language/", {"language": "en"})
    printed = words(order(client, case.number))
    for part in ("Work order", "Received", "Result", "How the deadline was counted"):
        assert part in printed
    printed = words(letter(client, case.number))
    assert "Reply concerning" in printed and "Dear Appellant," in printed


def test_the_case_page_leads_to_the_papers(signed_in: Page) -> None:
    case = world.closed()
    html = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    for address in ("order/", "order/?format=docx", "letter/", "letter/?format=docx"):
        assert f'href="/desk/cases/{case.number}/{address}"' in html
    assert "写明姓名" in html


def supervised(case: AppealState) -> AppealState:
    """Urged, supervised, escalated, summoned over, with a leader's instruction."""
    until = datetime(2999, 3, 8, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
    commands.urge(case.number, by=world.SUPERVISOR)
    case = marks.supervise(case.number, due=until, by=world.SUPERVISOR, seen=case.version + 1)
    case = marks.escalate(case.number, unit="centre", by=world.SUPERVISOR, seen=case.version)
    case = marks.summon(case.number, unit="heating", on=until.date(), by=world.SUPERVISOR, seen=case.version)
    words = "请速办，联系人张伟国15400001111"
    return marks.instruct(case.number, text=words, leader="某副市长", on=date(2024, 1, 31), by=world.LEADER)


def paper(client: Client, number: str, word: str, form: str = "pdf") -> HttpResponse:
    return client.get(f"/desk/cases/{number}/papers/{word}/?format={form}")  # type: ignore[return-value]  # the test's


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("supervise", ("督办单", "限何时办结", "2999年3月8日", "已催办 1 次", "请于")),
        ("escalate", ("提级通知", "青陵市热线中心", "过问")),
        ("summon", ("约谈通知书", "约谈日期", "负责人")),
        ("instruct", ("批示办理单", "批示内容", "请速办", "反馈时限")),
    ],
)
def test_a_paper_of_supervision_says_what_was_ordered_and_nothing_personal(
    word: str, parts: tuple[str, ...], form: str, signed_in: Page
) -> None:
    case = supervised(world.signed(text="我叫张伟国，电话15400001111，家里暖气不热", name="张伟国"))
    printed = words(paper(signed_in("heat1"), case.number, word, form)).replace(" ", "")
    for part in (case.number, "青陵热力公司", "暖气不热", "办理情况", *parts):
        assert part.replace(" ", "") in printed, part
    for personal in ("张伟国", world.LI, "1111", "super1"):
        assert personal not in printed, personal


def test_papers_of_supervision_are_for_who_issues_them_and_the_unit_addressed(signed_in: Page) -> None:
    case = supervised(world.signed())
    for word, users in (("supervise", {"super1", "heat1"}), ("instruct", {"super1", "heat1", "leader1"})):
        for user in ("super1", "heat1", "leader1", "desk1", "publish1"):
            expected = 200 if user in users else 403
            assert paper(signed_in(user), case.number, word).status_code == expected, (word, user)
            shown = signed_in(user).get(f"/desk/cases/{case.number}/").content.decode()
            assert (f"/papers/{word}/" in shown) == (user in users), (word, user)
    assert paper(signed_in("water1"), case.number, "supervise").status_code == 404


def test_an_order_that_was_undone_leaves_no_paper(signed_in: Page) -> None:
    case = world.signed()
    client = signed_in("super1")
    assert paper(client, case.number, "supervise").status_code == 409
    until = datetime(2999, 3, 8, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
    case = marks.supervise(case.number, due=until, by=world.SUPERVISOR, seen=case.version)
    commands.undo(case.number, by=world.SUPERVISOR, seen=case.version)
    assert paper(client, case.number, "supervise").status_code == 409
