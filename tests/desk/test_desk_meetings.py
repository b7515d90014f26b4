"""The pages of review meetings: called, its parts open, decisions become tasks, the pack is printed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import mark_commands as marks
from yousu.governance.meetings import commands
from yousu.governance.models import GovernedNow
from yousu.governance.tasks.commands import Wanted
from yousu.platform import clock


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    # A meeting of a day is called once.
    GovernedNow.objects.filter(kind="meeting").update(stage="closed")
    with clock.held(datetime(2024, 4, 1, 4, tzinfo=UTC)) as held:
        yield held


def called(client: Any) -> str:
    day = clock.now().date()
    first = (day - timedelta(days=20)).isoformat()
    answer = client.post("/desk/meetings/call/", {"title": "四月研判会", "on": day.isoformat(), "first": first})
    assert answer.status_code == 302, answer.content.decode()
    address: str = answer["Location"]
    return address


def test_a_meeting_goes_from_call_to_a_decision_that_its_unit_reports(signed_in: Page) -> None:
    case = world.signed()
    due = clock.now() + timedelta(days=3)
    marks.supervise(case.number, due=due, by=world.SUPERVISOR, seen=case.version)
    client, unit = signed_in("super1"), signed_in("heat1")
    address = called(client)
    html = opened(client, address)
    found = re.search(r'href="(/desk/meetings/\d+/numbers/\?path=supervised)">(\d+)<', html)
    assert found is not None
    page = opened(client, found[1])
    assert f"共 {found[2]} 件" in page and case.number in numbers(page)
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    wanted = {"words": "三日内入户", "unit": "heating", "due": day, "case": case.number, "seen": "1"}
    assert client.post(f"{address}decide/", wanted).status_code == 302
    assert client.post(f"{address}decide/", wanted).status_code == 409
    task = re.search(r'href="(/desk/tasks/\d+/)"', opened(unit, "/desk/tasks/"))
    assert task is not None
    html = opened(unit, task[1])
    assert "三日内入户" in html and case.number in html and address not in html
    assert unit.post(f"{task[1]}report/", {"words": "已入户", "seen": "1"}).status_code == 302
    assert "待验收" in opened(client, address)
    assert client.post(f"{address}close/", {"words": "逐项研判", "seen": "2"}).status_code == 302
    assert "逐项研判" in opened(client, address) and "已散会" in opened(client, "/desk/meetings/")


def test_a_meeting_called_twice_says_so_and_keeps_what_was_typed(signed_in: Page) -> None:
    client = signed_in("super1")
    called(client)
    day = clock.now().date().isoformat()
    answer = client.post("/desk/meetings/call/", {"title": "又一次", "on": day, "first": day})
    assert answer.status_code == 409 and "又一次" in answer.content.decode()
    empty = client.post("/desk/meetings/call/", {"title": "", "on": day, "first": day})
    assert empty.status_code == 422 and 'href="#call-title"' in empty.content.decode()


def test_the_pack_is_printed_for_paper_and_for_word(signed_in: Page) -> None:
    client = signed_in("super1")
    address = called(client)
    assert client.get(f"{address}paper/").content.startswith(b"%PDF")
    assert client.get(f"{address}paper/?format=docx").content.startswith(b"PK")
    assert client.get(f"{address}paper/?format=odt").status_code == 404
    assert client.get(f"{address}numbers/?path=nothing").status_code == 404


@pytest.mark.parametrize("user", ["heat1", "call1", "eastlead1", "publish1"])
def test_units_and_others_do_not_read_meetings(user: str, signed_in: Page) -> None:
    address = called(signed_in("super1"))
    for page in ("/desk/meetings/", address, f"{address}paper/", f"{address}numbers/?path=parked"):
        assert signed_in(user).get(page).status_code == 403
    assert signed_in("leader1").get(address).status_code == 200
    assert signed_in("leader1").post(f"{address}close/", {"words": "散会", "seen": "1"}).status_code == 403


def test_pages_cost_the_same_however_much_was_decided_and_speak_english(signed_in: Page) -> None:
    client = signed_in("super1")
    address = called(client)
    number = int(address.strip("/").rpartition("/")[2])
    wanted = Wanted(unit="heating", due=clock.now().date(), words="检修")
    commands.decide(number, wanted, by=world.SUPERVISOR)
    few = {page: cost(client, page) for page in ("/desk/meetings/", address)}
    for _ in range(5):
        commands.decide(number, wanted, by=world.SUPERVISOR)
    assert {page: cost(client, page) for page in few} == few
    assert max(few.values()) <= 15
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Decisions" in html and "Write down a decision" in html
