"""并单 at the desk: what the head's page, a follower's page, the lists and the portal say of it."""

import re
from typing import Any

import pytest
from tests import world
from tests.desk.conftest import Page

from yousu.appeals import commands, merge_commands
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.portal import following

WORDS = "香格里拉小区3号楼暖气不热"


def now(number: str) -> AppealState:
    state: AppealState = queries.state_of(queries.now(number))
    return state


def merged(case: AppealState, head: AppealState) -> AppealState:
    return merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=now(case.number).version)


def page(client: Any, number: str) -> str:
    answer = client.get(f"/desk/cases/{number}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_heads_page_lists_who_follows_and_counts_cases_calls_and_people(signed_in: Page) -> None:
    head = world.forwarded()
    again = merged(world.recorded("又不热了", phone=world.LI), head)
    other = merged(world.recorded("邻居家也不热", phone=world.ZHANG), head)
    html = page(signed_in("desk1"), head.number)
    section = html[html.index('class="group"') :]
    assert "3 件 · 3 件次 · 2 人" in section
    for case, how, words in ((again, "重复", "又不热了"), (other, "并案", "邻居家也不热")):
        row = re.search(rf"<li><a [^>]*>{case.number}</a>.*?</li>", section, re.DOTALL)
        assert row is not None and how in row[0] and words in row[0]
    assert "重复 1 件" in html and "并案 1 件" in html


def test_a_followers_page_says_which_case_it_goes_with(signed_in: Page) -> None:
    head = world.forwarded()
    case = merged(world.recorded(phone=world.ZHANG), head)
    html = page(signed_in("desk1"), case.number)
    assert f'已并入 <a href="/desk/cases/{head.number}/">{head.number}</a>' in html
    assert f"并入 {head.number}（并案）" in html


def test_linked_cases_stand_on_each_others_page(signed_in: Page) -> None:
    one, two = world.forwarded(), world.closed()
    merge_commands.link(one.number, other=two.number, how="follow_up", by=world.DISPATCHER)
    assert "后续诉求" in page(signed_in("desk1"), one.number)
    assert f"/desk/cases/{one.number}/" in page(signed_in("desk1"), two.number)


def test_an_open_case_that_looks_the_same_is_proposed_with_a_key_of_its_own(signed_in: Page) -> None:
    head = world.forwarded(text=WORDS)
    case = world.recorded(WORDS, phone=world.ZHANG)
    client = signed_in("desk1")
    html = page(client, case.number)
    assert f'name="head" value="{head.number}"' in html and 'data-key="7"' in html
    assert 'data-key="m"' in html
    data = {"head": head.number, "seen": str(case.version)}
    assert client.post(f"/desk/cases/{case.number}/merge/", data).status_code == 302
    assert now(case.number).head == head.number


def test_merging_is_taken_back_from_the_bar_within_ten_seconds(signed_in: Page) -> None:
    head, case, client = world.forwarded(), world.recorded(phone=world.ZHANG), signed_in("desk1")
    client.post(f"/desk/cases/{case.number}/merge/", {"head": head.number, "seen": "1"})
    assert "撤销" in page(client, case.number)
    client.post(f"/desk/cases/{case.number}/undo/", {"seen": "2"})
    assert (now(case.number).stage, now(head.number).followers) == ("recorded", ())


def test_every_page_of_a_group_costs_the_same_however_many_follow(
    signed_in: Page, django_assert_max_num_queries: Any
) -> None:
    head = world.forwarded()
    for _ in range(30):
        merged(world.recorded(phone=None), head)
    client = signed_in("desk1")
    page(client, head.number)
    with django_assert_max_num_queries(12):
        page(client, head.number)


def test_a_unit_sees_those_that_follow_its_case_and_not_who_is_confidential(signed_in: Page) -> None:
    head = world.forwarded()
    case = merged(world.recorded("要求保密的话", phone=world.ZHANG, name="张某某", confidential=True), head)
    html = page(signed_in("heat1"), head.number)
    assert case.number in html and "张" not in html[html.index('class="group"') :]
    theirs = page(signed_in("heat1"), case.number)
    assert "张**" not in theirs and "2222" not in theirs


def test_merged_cases_are_found_by_words(signed_in: Page) -> None:
    case = merged(world.recorded("香格里拉小区暖气不热", phone=world.ZHANG), world.forwarded())
    html = signed_in("desk1").get("/desk/cases/", {"q": "香格里拉"}).content.decode()
    assert case.number in html


def test_the_resident_reads_the_answer_under_the_own_number(signed_in: Page) -> None:
    head = world.handled()
    case = merged(world.recorded(phone=world.ZHANG), head)
    before = following.followed(case.number)
    assert before.answer is None and before.due is not None
    commands.review(head.number, accept=True, by=world.DISPATCHER, seen=now(head.number).version)
    after = following.followed(case.number)
    assert (after.answer, after.stage) == ("已上门维修", "closed")


@pytest.mark.parametrize("word", ["merge", "unmerge", "link"])
def test_nobody_else_is_offered_to_put_cases_together(word: str, signed_in: Page) -> None:
    case = world.forwarded()
    for user in ("heat1", "super1", "back1"):
        assert f"/{word}/" not in page(signed_in(user), case.number)
