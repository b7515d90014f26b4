"""The pages of requests about personal data: taken down for a caller, listed by their clock, decided, fetched."""

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import opened

from yousu.appeals.data_requests import commands, queries
from yousu.appeals.data_requests.commands import Ask
from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import DataRequestState
from yousu.ledger.models import Event
from yousu.org.actors import resident
from yousu.platform import clock

# Each request of somebody else: one of a sort is open at a time.
PHONES = iter(f"154{number:08}" for number in range(20_000, 30_000))
MONDAY = datetime(2024, 3, 4, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def asked(sort: str = "see", **more: Any) -> DataRequestState:
    phone = next(PHONES)
    number = world.recorded(phone=phone).number
    return commands.ask(Ask(sort=sort, case=number, phone=phone, **more), by=resident(number))


def decide(client: Client, request: DataRequestState, word: str, **fields: str) -> Any:
    return client.post(f"/desk/requests/{request.number}/{word}/", {"seen": str(request.version), **fields})


def test_a_call_taker_takes_a_request_down_and_says_until_when(signed_in: Page) -> None:
    phone = next(PHONES)
    number = world.recorded(phone=phone).number
    client = signed_in("call1")
    typed = {"case": number, "phone": phone, "sort": "delete", "words": "搬走了"}
    answer = client.post("/desk/requests/new/", typed, follow=True)
    made = DataRequestNow.objects.get(case_number=number)
    html = answer.content.decode()
    assert f"第 {made.number} 号请求已登记" in html and phone not in html
    assert queries.state(made.number).received_by == "account:call1"
    # It is nobody else's to learn of.
    assert "已登记，最晚" not in opened(signed_in("call2"), f"/desk/requests/new/?made={made.number}")
    assert client.get(f"/desk/requests/{made.number}/").status_code == 403


def test_who_does_not_fit_is_refused_with_what_was_typed(signed_in: Page) -> None:
    number = world.recorded(phone=next(PHONES)).number
    typed = {"case": number, "phone": "15400000001", "sort": "see", "words": "想看看"}
    answer = signed_in("call1").post("/desk/requests/new/", typed)
    html = answer.content.decode()
    assert answer.status_code == 422 and "编号与电话对不上" in html and "想看看" in html
    assert not DataRequestNow.objects.filter(case_number=number).exists()


def test_the_list_has_the_soonest_deadline_first_and_its_share_in_time_opens(signed_in: Page) -> None:
    with clock.held(MONDAY):
        late, early = asked("see"), asked("copy")
    with clock.held(MONDAY + timedelta(days=1)):
        later = asked("correct", corrected="name", value="王某")
        commands.refuse(early.number, reason="nothing_kept", explanation="没有", by=world.SECURITY, seen=early.version)
    with clock.held(MONDAY + timedelta(days=30)):
        client = signed_in("secure1")
        html = opened(client, "/desk/requests/")
        numbers = re.findall(r'href="/desk/requests/(\d+)/"', html)
        assert numbers.index(str(late.number)) < numbers.index(str(later.number))
        assert "已超" in html
        commands.refuse(late.number, reason="nothing_kept", explanation="没有", by=world.SECURITY, seen=late.version)
        html = opened(client, "/desk/requests/")
        assert '<a href="?show=on-time">1</a> / <a href="?show=decided">2</a>' in html
        assert f"/desk/requests/{early.number}/" in opened(client, "/desk/requests/?show=on-time")
        assert "逾期答复" in opened(client, "/desk/requests/?show=late")
        assert client.get("/desk/requests/?show=everything").status_code == 404


def test_granting_does_it_and_the_page_says_who_and_when(signed_in: Page) -> None:
    request = asked("correct", corrected="name", value="王某某", words="名字写错了")
    client = signed_in("secure1")
    html = opened(client, f"/desk/requests/{request.number}/")
    assert "名字写错了" in html and "王某某" in html and "同意后当即更正" in html
    assert decide(client, request, "grant").status_code == 302
    html = opened(client, f"/desk/requests/{request.number}/")
    assert "已同意" in html and "secure1号" in html and "按期答复" in html
    assert Event.objects.get(stream=f"appeal/{request.case}", kind="corrected").actor == "account:secure1"


def test_a_refusal_needs_its_reason_and_words_and_keeps_what_was_typed(signed_in: Page) -> None:
    request, client = asked(), signed_in("secure1")
    answer = decide(client, request, "refuse", explanation="还在办理")
    html = answer.content.decode()
    assert answer.status_code == 422 and "还在办理" in html
    assert decide(client, request, "refuse", reason="legal_duty", explanation="还在办理").status_code == 302
    assert "不以同意为依据" in opened(client, f"/desk/requests/{request.number}/")


def test_a_page_older_than_the_decision_decides_nothing(signed_in: Page) -> None:
    request, client = asked("delete"), signed_in("secure1")
    decide(client, request, "refuse", reason="keeping_required", explanation="保存期未满")
    answer = decide(client, request, "grant")
    assert answer.status_code == 409
    assert queries.state(request.number).stage == "refused"


def test_the_file_is_fetched_for_a_caller_and_each_time_is_an_access(signed_in: Page) -> None:
    phone, client = next(PHONES), signed_in("secure1")
    ask = Ask(sort="copy", case=world.recorded(phone=phone).number, phone=phone)
    request = commands.ask(ask, by=world.CALL_TAKER)
    path = f"/desk/requests/{request.number}/file/"
    assert client.post(path, {"format": "csv"}).status_code == 409
    decide(client, request, "grant")
    answer = client.post(path, {"format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0] == ["诉求编号", "什么信息", "内容"]
    assert [request.case, "原话", "家里暖气不热"] in rows
    assert client.post(path).status_code == 200
    access = Event.objects.filter(stream=f"access/{request.case}", kind="unmasked")
    assert [event.actor for event in access] == ["account:secure1"] * 2
    assert client.post(path, {"format": "exe"}).status_code == 404


def test_the_list_costs_the_same_with_many(signed_in: Page) -> None:
    client = signed_in("secure1")
    asked()
    taken = []
    for _ in range(2):
        opened(client, "/desk/requests/")
        with CaptureQueriesContext(connection) as counted:
            opened(client, "/desk/requests/")
        taken.append(len(counted))
        for _ in range(5):
            asked()
    assert taken[0] == taken[1] <= 12
    request = asked("copy")
    with CaptureQueriesContext(connection) as counted:
        opened(client, f"/desk/requests/{request.number}/")
    assert len(counted) <= 12


@pytest.mark.parametrize("path", ["/desk/requests/999999999/", "/desk/requests/new/?made=999999999"])
def test_what_is_not_there_is_not_found(path: str, signed_in: Page) -> None:
    assert signed_in("secure1" if "new" not in path else "call1").get(path).status_code == 404
