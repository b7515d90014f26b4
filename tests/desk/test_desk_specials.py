"""The pages of special reports: composed in a form, shown as a document, reviewed, issued, printed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.org import accounts
from yousu.platform import clock


@pytest.fixture(scope="module", autouse=True)
def _two_supervisors(database: None) -> None:
    accounts.create("super2", None, roles=["supervisor"], unit="centre", name_zh="督办员2号", name_en="Supervisor 2")


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(datetime(2024, 4, 1, 4, tzinfo=UTC)) as held:
        yield held


def form(**more: str) -> dict[str, str]:
    day = clock.now().date()
    usual = {
        "heading": "关于供暖问题的专报",
        "addressee": "市政府值班室",
        "topic": "heating",
        "first": (day - timedelta(days=7)).isoformat(),
        "last": day.isoformat(),
        "cases": "",
        "done": "已督促供热单位检修",
        "suggestions": "更换老旧管网",
    }
    return usual | more


def composed(client: Any, **more: str) -> str:
    answer = client.post("/desk/specials/new/", form(**more))
    assert answer.status_code == 302, answer.content.decode()
    address: str = answer["Location"]
    return address


def test_it_goes_from_form_to_issue_by_two_people(signed_in: Page) -> None:
    case = world.forwarded()
    client, other = signed_in("super1"), signed_in("super2")
    address = composed(client, cases=case.number)
    html = opened(client, address)
    assert "关于供暖问题的专报" in html and "家里暖气不热" in html and "未编期号" in html
    assert f'action="{address}review/"' not in html
    assert other.post(f"{address}review/", {"seen": "1"}).status_code == 302
    assert client.get(f"{address}edit/").status_code == 200
    assert client.post(f"{address}issue/", {"seen": "1"}).status_code == 409
    assert client.post(f"{address}issue/", {"seen": "2"}).status_code == 302
    html = opened(client, address)
    assert "〔2024〕第1期" in html and "/edit/" not in html
    again = client.post(f"{address}edit/", form(seen="3"))
    assert again.status_code == 409 and "已经印发" in again.content.decode()


def test_every_number_opens_as_many_cases_as_it_says(signed_in: Page) -> None:
    world.forwarded()
    client = signed_in("super1")
    html = opened(client, composed(client))
    found = re.findall(r'href="(/desk/specials/\d+/numbers/[^"]+)"[^>]*>(\d+)<', html)
    assert len(found) >= 6
    for address, number in found:
        page = opened(client, unescape(address))
        assert f"共 {number} 件" in page and len(numbers(page)) == min(int(number), 50)


def test_what_was_typed_stays_and_personal_data_are_refused(signed_in: Page) -> None:
    answer = signed_in("super1").post("/desk/specials/new/", form(done="已联系李某某，电话15400001111"))
    html = answer.content.decode()
    assert answer.status_code == 422 and 'href="#special-done"' in html and "更换老旧管网" in html


def test_it_is_printed_for_paper_and_for_word(signed_in: Page) -> None:
    client = signed_in("super1")
    address = composed(client)
    pdf, word = client.get(f"{address}paper/"), client.get(f"{address}paper/?format=docx")
    assert pdf.content.startswith(b"%PDF") and word.content.startswith(b"PK")
    assert client.get(f"{address}paper/?format=odt").status_code == 404


@pytest.mark.parametrize("user", ["heat1", "call1", "desk1", "eastlead1"])
def test_units_and_the_desk_do_not_read_special_reports(user: str, signed_in: Page) -> None:
    address = composed(signed_in("super1"))
    for page in ("/desk/specials/", address, f"{address}paper/", f"{address}numbers/?path=total"):
        assert signed_in(user).get(page).status_code == 403


def test_pages_cost_the_same_however_many_there_are_and_speak_english(signed_in: Page) -> None:
    client = signed_in("super1")
    address = composed(client)
    few = {page: cost(client, page) for page in ("/desk/specials/", address)}
    for _ in range(5):
        composed(client)
    assert {page: cost(client, page) for page in few} == few
    assert max(few.values()) <= 12
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "What was done" in html and "Main complaints" in html
