"""The pages of governance tasks and tasks: opened from a topic, cause, measures, closed; every number opens."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import shield_commands as shields
from yousu.governance.models import GovernedNow
from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks.commands import Wanted
from yousu.governance.topics import commands
from yousu.governance.topics.commands import Plan
from yousu.governance.topics.events import Subject, Target
from yousu.platform import clock

# Each test has a season of its own: what was recorded stays.
SEASONS = iter(datetime(2023, 4, 3, 4, tzinfo=UTC) + timedelta(days=100 * n) for n in range(12))


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    # One subject is governed once at a time.
    GovernedNow.objects.filter(kind="governance").update(stage="closed")
    with clock.held(next(SEASONS)) as held:
        now = clock.now()
        held.move_to(now - timedelta(days=10))
        for _ in range(3):
            world.forwarded()
        held.move_to(now)
        yield held


def governed(code: str = "heating", **more: Any) -> int:
    """A governance task as a supervisor opens it; of another unit each time, for one subject is governed once."""
    usual: dict[str, Any] = {
        "title": "供暖反复不热",
        "subject": Subject(dimension="category", code=world.COLD),
        "lead_unit": world.HEATING,
        "leader": "王经理",
        "target": Target(kind="at_most", number=1),
        "due": (clock.now() + timedelta(days=27)).date(),
    }
    state = commands.open_task(Plan(**{**usual, **more}), by=world.SUPERVISOR)
    return state.number


def form(**more: str) -> dict[str, str]:
    usual = {
        "title": "供暖反复不热",
        "topic": "heating",
        "days": "28",
        "lead_unit": "青陵热力公司",
        "leader": "王经理",
        "target": "percent_less",
        "target_number": "50",
        "due": (clock.now() + timedelta(days=27)).date().isoformat(),
    }
    return usual | more


def post(client: Client, address: str, **fields: str) -> Any:
    return client.post(address, fields)


def test_words_about_a_case_that_turns_out_to_accuse_the_unit_are_shown_there_no_more(signed_in: Page) -> None:
    case = world.recorded("热力公司有人吃拿卡要", type="complaint", phone="15400077001")
    about = Wanted(unit=world.HEATING, due=clock.now().date() + timedelta(days=9), words="约谈后整改", case=case.number)
    number = commands.add_measure(governed(), about, by=world.SUPERVISOR).number
    heating, pages = signed_in("heat1"), ("/desk/tasks/", f"/desk/tasks/{number}/")
    assert all("约谈后整改" in signed_in("super1").get(page).content.decode() for page in pages)
    shields.name_reported(case.number, unit=world.HEATING, by=world.DISPATCHER, seen=case.version)
    assert not any("约谈后整改" in heating.get(page).content.decode() for page in pages)
    assert all("约谈后整改" in signed_in("super1").get(page).content.decode() for page in pages)


def test_a_supervisor_opens_a_task_from_the_figure_of_a_topic(signed_in: Page) -> None:
    client = signed_in("super1")
    today = clock.now().date()
    figure = f"/desk/figures/accepted/?topic=heating&from={today - timedelta(days=28)}&to={today}"
    found = re.search(r'href="(/desk/governance/new/\?topic=heating)"', opened(client, figure))
    assert found is not None
    assert '<option value="heating" selected>' in opened(client, found[1])
    assert "/governance/new/" not in opened(signed_in("quality1"), figure)
    answer = post(client, "/desk/governance/new/", **form())
    assert answer.status_code == 302
    html = opened(client, answer["Location"])
    assert "供暖反复不热" in html and "下降 50%" in html and "≤ 1" in html
    again = post(client, "/desk/governance/new/", **form())
    assert again.status_code == 409 and "同一范围" in again.content.decode()


def test_what_was_typed_stays_when_it_is_refused(signed_in: Page) -> None:
    answer = post(signed_in("super1"), "/desk/governance/new/", **form(target_number="200", category=world.COLD))
    html = answer.content.decode()
    assert answer.status_code == 422 and "供暖反复不热" in html and 'href="#open-topic"' in html


def test_it_goes_from_cause_to_close_by_its_people(signed_in: Page, hands: Any) -> None:
    number = governed()
    address = f"/desk/governance/{number}/"
    unit = signed_in("heat1")
    assert post(unit, f"{address}find-cause/", words="循环泵老化", seen="1").status_code == 302
    assert "循环泵老化" in opened(unit, address) and "结项</summary>" not in opened(unit, address)
    supervisor = signed_in("super1")
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    post(supervisor, f"{address}add-task/", words="更换循环泵", unit="heating", due=day, seen="2")
    task = re.search(r'href="(/desk/tasks/\d+/)"', opened(unit, address))
    assert task is not None
    assert post(unit, f"{task[1]}report/", words="已更换", seen="1").status_code == 302
    refused = post(supervisor, f"{task[1]}judge/", decision="return", note="", seen="2")
    assert refused.status_code == 422
    assert post(supervisor, f"{task[1]}judge/", decision="accept", note="", seen="2").status_code == 302
    assert "已验收" in opened(unit, task[1])
    early = post(supervisor, f"{address}close/", words="好", seen="3")
    assert early.status_code == 409 and "对比期还没有过完" in early.content.decode()
    hands.move_to(clock.now() + timedelta(days=28))
    assert post(signed_in("heat1"), f"{address}close/", words="好", seen="3").status_code == 403
    assert post(signed_in("super1"), f"{address}close/", words="成效明显", seen="3").status_code == 302
    assert "达到目标" in opened(signed_in("super1"), "/desk/governance/?group=closed")


def test_every_number_opens_its_cases_and_a_unit_sees_its_own_alone(signed_in: Page) -> None:
    accusing = world.recorded("热力公司的人收钱", type="tip_off")
    shields.name_reported(accusing.number, unit=world.HEATING, by=world.DISPATCHER, seen=accusing.version)
    today = clock.now()
    with clock.held(today + timedelta(days=1)):
        number = governed()
        address = f"/desk/governance/{number}/numbers/?path=before"
        html = opened(signed_in("super1"), address)
        assert "共 4 件" in html and accusing.number in numbers(html)
        html = opened(signed_in("heat1"), address)
        assert "共 4 件" in html and "全市口径" in html
        assert accusing.number not in html and len(numbers(html)) == 3
        assert signed_in("super1").get(f"/desk/governance/{number}/numbers/?path=other").status_code == 404


def test_others_see_neither_task_nor_page(signed_in: Page) -> None:
    number = governed()
    assert signed_in("water1").get(f"/desk/governance/{number}/").status_code == 404
    assert signed_in("call1").get("/desk/governance/").status_code == 403
    task = commands.add_measure(
        number, Wanted(unit="water", due=clock.now().date(), words="配合"), by=world.SUPERVISOR
    ).number
    html = opened(signed_in("water1"), f"/desk/tasks/{task}/")
    assert "配合" in html and "供暖反复不热" not in html and f"/desk/governance/{number}/" not in html
    # The lead unit reads the measure; the other unit's page of it is not the lead unit's.
    assert "配合" in opened(signed_in("heat1"), f"/desk/governance/{number}/")
    assert signed_in("heat1").get(f"/desk/tasks/{task}/").status_code == 404


def test_what_is_late_stands_red_and_an_older_page_changes_nothing(signed_in: Page, hands: Any) -> None:
    number = governed()
    day = clock.now().date()
    task = commands.add_measure(number, Wanted(unit="heating", due=day, words="检修"), by=world.SUPERVISOR).number
    hands.move_to(clock.now() + timedelta(days=3))
    assert 'class="chip late"' in opened(signed_in("heat1"), "/desk/tasks/") and "逾期 3 天" in opened(
        signed_in("heat1"), f"/desk/governance/{number}/"
    )
    moved = post(signed_in("heat1"), f"/desk/tasks/{task}/report/", words="已检修", seen="9")
    assert moved.status_code == 409 and "已检修" in moved.content.decode()
    tasks.cancel(task, why="并入另一项", by=world.SUPERVISOR)
    assert "并入另一项" in opened(signed_in("heat1"), f"/desk/tasks/{task}/")
    assert "检修" in opened(signed_in("super1"), "/desk/tasks/?group=over")


def test_lists_and_pages_cost_the_same_however_many_there_are(signed_in: Page) -> None:
    client = signed_in("super1")
    number = governed()
    first = Wanted(unit="heating", due=clock.now().date(), words="先行措施")
    commands.add_measure(number, first, by=world.SUPERVISOR)
    few = {page: cost(client, page) for page in ("/desk/governance/", "/desk/tasks/", f"/desk/governance/{number}/")}
    for place in range(8):
        commands.add_measure(
            number, Wanted(unit="heating", due=clock.now().date(), words=f"措施{place}"), by=world.SUPERVISOR
        )
    assert {page: cost(client, page) for page in few} == few
    assert max(few.values()) <= 12


def test_the_pages_speak_english(signed_in: Page) -> None:
    client = signed_in("super1")
    number = governed()
    for page in ("/desk/governance/", "/desk/governance/new/", f"/desk/governance/{number}/", "/desk/tasks/"):
        html = client.get(page, headers={"accept-language": "en"}).content.decode()
        assert "Governance" in html
        assert not re.search(r">\s*(主动治理|交办事项|措施|此前)\s*<", html)
