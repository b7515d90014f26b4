"""Reminders on the desk: one's own, read or not; and what went to whom, for those who look after it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page
from tests.notices import staff

from yousu.appeals import commands
from yousu.appeals.state import AppealState
from yousu.notices.models import Notice
from yousu.notices.queries import MOST_COUNTED
from yousu.org.models import Account
from yousu.platform import clock

OWN, READ, SENT = "/desk/notices/", "/desk/notices/read/", "/desk/notices/sent/"
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def case() -> AppealState:
    """A case that has just come to the heating company, and whoever is concerned told of it."""
    Notice.objects.all().delete()
    forwarded = world.forwarded()
    staff.told()
    return forwarded


def bell(html: str) -> str:
    """The number beside 提醒 at the side."""
    found = re.search(r'href="/desk/notices/"[^>]*><span>[^<]*</span>(?: <span class="count">([0-9+]+))?', html)
    assert found is not None
    return found[1] or ""


def test_a_unit_sees_its_reminder_and_others_do_not(signed_in: Page, case: AppealState) -> None:
    html = signed_in("heat1").get(OWN).content.decode()
    assert f"/desk/cases/{case.number}/" in html and "请签收" in html
    assert bell(html) == "1"
    other = signed_in("water1").get(OWN).content.decode()
    assert case.number not in other and bell(other) == ""


def test_a_reminder_is_marked_as_read_by_its_own_reader_alone(signed_in: Page, case: AppealState) -> None:
    notice = Notice.objects.get(account__user="heat1", way="desk")
    signed_in("water1").post(READ, {"notice": str(notice.id)})
    assert bell(signed_in("heat1").get(OWN).content.decode()) == "1"
    assert signed_in("heat1").post(READ, {"notice": str(notice.id)}).headers["Location"] == OWN
    assert bell(signed_in("heat1").get(OWN).content.decode()) == ""


def test_all_that_a_page_showed_are_marked_and_what_came_since_is_not(signed_in: Page, case: AppealState) -> None:
    client = signed_in("heat1")
    until = (clock.now() + timedelta(seconds=12)).isoformat()
    with clock.held(clock.now() + timedelta(minutes=1)):
        commands.urge(case.number, by=world.SUPERVISOR)
        staff.told()
    client.post(READ, {"until": until})
    assert bell(client.get(OWN).content.decode()) == "1"


@pytest.mark.parametrize(
    "sent", [{}, {"notice": "x"}, {"until": "tomorrow"}, {"until": "2024-01-01"}, {"after": "x_y"}]
)
def test_what_cannot_be_understood_changes_nothing(signed_in: Page, case: AppealState, sent: dict[str, str]) -> None:
    client = signed_in("heat1")
    assert client.post(READ, sent).status_code == 302
    assert client.get(OWN, sent).status_code == 200
    assert bell(client.get(OWN).content.decode()) == "1"


def test_the_record_says_who_was_told_how_and_what_came_of_it(signed_in: Page, case: AppealState) -> None:
    html = signed_in("super1").get(SENT).content.decode()
    assert case.number in html and "没有配置这个渠道" in html and "heat1号" in html
    # 诉求人, masked for those who may open the number, and not at all for others.
    assert "154****1111" in html and world.LI not in html
    administrators = signed_in("admin1").get(SENT).content.decode()
    assert "诉求人" in administrators and "1111" not in administrators
    assert f"/desk/cases/{case.number}/" not in administrators
    assert case.number not in signed_in("super1").get(SENT, {"way": "email"}).content.decode()
    assert case.number in signed_in("super1").get(SENT, {"state": "off", "way": "sms"}).content.decode()
    assert signed_in("super1").get(SENT, {"state": "lost", "after": "2024-01-01_x"}).status_code == 200
    for user in ("heat1", "desk1", "leader1"):
        assert signed_in(user).get(SENT).status_code == 403


def test_what_a_gateway_answered_is_said_in_words(signed_in: Page, case: AppealState) -> None:
    Notice.objects.filter(way="sms").update(state="given_up", last_error="http_422 unknown_number", tries=1)
    assert "对方答复 422 unknown_number" in signed_in("super1").get(SENT).content.decode()
    Notice.objects.filter(way="sms").update(last_error="something_new")
    assert "something_new" not in signed_in("super1").get(SENT).content.decode()


def test_a_case_says_who_was_told_of_it(signed_in: Page, case: AppealState) -> None:
    html = signed_in("desk1").get(f"/desk/cases/{case.number}/").content.decode()
    told = html.partition('<details class="notices">')[2].partition("</details>")[0]
    assert "heat1号" in told and "短信" in told and "没有发送" in told


def test_pages_are_english_in_english(signed_in: Page, case: AppealState) -> None:
    for user, path in (("heat1", OWN), ("super1", SENT)):
        html = signed_in(user).get(path, headers={"accept-language": "en"}).content.decode()
        main = html.partition('<main id="main">')[2].partition("</main>")[0]
        assert HAN.findall(re.sub(r"<[^>]*>", " ", main)) == []


@pytest.mark.parametrize(("user", "path"), [("heat1", OWN), ("super1", SENT), ("desk1", "/desk/cases/{number}/")])
def test_a_page_costs_the_same_with_ten_notices_and_with_a_thousand(
    signed_in: Page, case: AppealState, user: str, path: str
) -> None:
    client = signed_in(user)
    few = cost(client, path.format(number=case.number))
    account = Account.objects.get(user="heat1")
    _many(account, case)
    assert cost(client, path.format(number=case.number)) <= few <= 12
    assert bell(signed_in("heat1").get(OWN).content.decode()) == f"{MOST_COUNTED}+"


def test_the_second_page_goes_on_where_the_first_ends(signed_in: Page, case: AppealState) -> None:
    _many(Account.objects.get(user="heat1"), case)
    client, seen, address = signed_in("heat1"), set(), OWN
    for _ in range(3):
        html = client.get(address).content.decode()
        seen |= set(re.findall(r'name="notice" value="([^"]+)"', html))
        found = re.search(r'href="(\?after=[^"]+)"', html)
        assert found is not None
        address = OWN + found[1].replace("&amp;", "&")
    assert len(seen) == 150


def cost(client: object, path: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]  # a test client
    return len(taken)


def _many(account: Account, case: AppealState) -> None:
    from uuid import uuid4

    now = clock.now()
    Notice.objects.bulk_create(
        Notice(
            id=uuid4(),
            stream=f"appeal/{case.number}",
            seq=100 + n,
            kind="urged",
            way="desk",
            account=account,
            text="urged",
            facts={},
            state="sent",
            happened_at=now,
            queued_at=now,
            next_at=now,
        )
        for n in range(1000)
    )
