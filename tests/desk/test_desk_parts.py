"""The page of parts: every part that pages are made of can be looked at there, whoever added it."""

from pathlib import Path

import pytest
from django.test import Client
from tests.desk.conftest import Page

from yousu.desk import sample_case

PARTS = Path(__file__).resolve().parents[2] / "src" / "yousu" / "desk" / "templates" / "desk" / "parts"
# What is no part to look at by itself, and where it is looked at instead.
BOUND = {
    "asked.html": "hidden fields: nothing to see",
    "case.html": "the whole page of a case",
    "inspected_rows.html": "the table of one inspection",
    "person_refused.html": "why an account was not changed, on its page",
    "roles.html": "the roles of an account, on its page",
    "panes.html": "the whole page of a list with a case beside it",
}
SEEN = (
    "section.group",
    "div.quick",
    "details.notices",
    "details.act",
    "dl.shown",
    "form.undo",
    "table.rows",
    "li.undone",
)


@pytest.fixture
def shown(signed_in: Page) -> Client:
    return signed_in("desk1")


def test_every_part_of_the_desk_is_shown_or_belongs_to_one_page(shown: Client) -> None:
    answer = shown.get("/desk/parts/")
    there = {template.name.rpartition("/")[2] for template in answer.templates if template.name}
    parts = {path.name for path in PARTS.glob("*.html")}
    assert parts - there - set(BOUND) == set()
    assert set(BOUND) <= parts - there


def test_parts_are_shown_with_contents_in_every_mode(shown: Client) -> None:
    html = shown.get("/desk/parts/").content.decode()
    for selector in SEEN:
        tag, _, name = selector.partition(".")
        assert html.count(f'<{tag} class="{name}"') >= 3, selector


def test_no_id_stands_twice_and_no_case_has_the_number_of_the_made_up_one(shown: Client) -> None:
    html = shown.get("/desk/parts/").content.decode()
    ids = [each.partition('"')[0] for each in html.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))
    assert shown.get(f"/desk/cases/{sample_case.NUMBER}/").status_code == 404
