"""答复提示 on pages: while the unit writes, and beside the reply when it is reviewed; nothing is ever stopped by it."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow

THIN = "您好，您反映的问题已收悉，我们高度重视。"


def contacted() -> AppealState:
    case = world.signed()
    return commands.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)


def sent(case: AppealState, **more: Any) -> dict[str, Any]:
    return {"seen": str(case.version), "reply": THIN, "outcome": "solved", **more}


def test_what_is_missing_appears_while_the_reply_is_typed(signed_in: Page) -> None:
    case = contacted()
    address = f"/desk/cases/{case.number}/check-reply/"
    html = signed_in("heat1").post(address, sent(case), HTTP_HX_REQUEST="true").content.decode()
    assert "没有写做了什么" in html and "<html" not in html
    html = signed_in("heat1").post(address, {"reply": ""}, HTTP_HX_REQUEST="true").content.decode()
    assert "写了答复以后" in html


def test_without_script_the_page_comes_back_with_what_was_typed_and_what_is_missing(signed_in: Page) -> None:
    case = contacted()
    answer = signed_in("heat1").post(f"/desk/cases/{case.number}/check-reply/", sent(case))
    html = answer.content.decode()
    assert answer.status_code == 200 and THIN in html and "没有写做了什么" in html
    assert "没有提交成功" not in html
    assert CaseNow.objects.get(number=case.number).version == case.version


def test_hints_stop_nothing(signed_in: Page) -> None:
    case = contacted()
    assert signed_in("heat1").post(f"/desk/cases/{case.number}/handle/", sent(case)).status_code == 302
    assert CaseNow.objects.get(number=case.number).stage == "handled"


def test_a_refused_reply_comes_back_with_its_hints(signed_in: Page) -> None:
    case = contacted()
    answer = signed_in("heat1").post(f"/desk/cases/{case.number}/handle/", sent(case, seen="1"))
    assert answer.status_code == 409 and "没有写做了什么" in answer.content.decode()


def test_who_reviews_sees_them_beside_the_reply_and_nobody_else_does(signed_in: Page) -> None:
    case = contacted()
    commands.handle(
        case.number, reply=f"{THIN}联系人13911112222", outcome="solved", by=world.HEATING_HANDLER, seen=case.version
    )
    html = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    assert "没有写做了什么" in html and "<q>13911112222</q>" in html and "通过不通过由您定" in html
    assert "没有写做了什么" in signed_in("desk1").get("/desk/reviews/?case=" + case.number).content.decode()
    assert "没有写做了什么" not in signed_in("heat1").get(f"/desk/cases/{case.number}/").content.decode()


def test_the_hints_are_said_in_english_too(signed_in: Page) -> None:
    case = contacted()
    client = signed_in("heat1")
    client.cookies["django_language"] = "en"
    html = client.post(f"/desk/cases/{case.number}/check-reply/", sent(case), HTTP_HX_REQUEST="true").content.decode()
    assert "It does not say what was done." in html


def test_only_who_may_reply_has_a_reply_looked_through(signed_in: Page) -> None:
    case = contacted()
    address = f"/desk/cases/{case.number}/check-reply/"
    assert signed_in("call1").post(address, sent(case)).status_code == 403
    assert signed_in("water1").post(address, sent(case)).status_code == 404
    assert signed_in("heat1").post(address, {"reply": "\x00"}, HTTP_HX_REQUEST="true").status_code == 200


def test_the_page_of_a_case_under_review_costs_no_more_than_any_other(signed_in: Page) -> None:
    case = contacted()
    client = signed_in("desk1")

    def cost() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(f"/desk/cases/{case.number}/").status_code == 200
        return len(taken)

    commands.handle(case.number, reply=THIN, outcome="solved", by=world.HEATING_HANDLER, seen=case.version)
    assert cost() <= 12
