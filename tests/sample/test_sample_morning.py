"""When the demonstration begins, every role finds work; the hours before it change nothing that was counted."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.sample.conftest import Demo

pytestmark = pytest.mark.timeout(600)

_QUEUES = """
import django; django.setup()
import json
from yousu.cases import queries
from yousu.desk import navigation
from yousu.desk.queues import BY_PATH
from yousu.org.accounts import actor_of
from yousu.org.models import AccountRole
found = {}
for row in AccountRole.objects.select_related("account").order_by("id"):
    actor = actor_of(row.account)
    places = [place.path for place in navigation.places_of(actor)]
    visible = queries.visible_to(actor)
    counts = {path: BY_PATH[path].cases(actor).count() for path in places if path in BY_PATH}
    seen = visible.count()
    found[row.account.user] = {"role": row.role, "queues": counts, "seen": seen, "pages": places}
print(json.dumps(found))
"""
# What each role works through; the rest look at cases or bulletins, or have no page of the desk yet.
WORK = {
    "call_taker": ["/desk/mine/"],
    "dispatcher": ["/desk/inbox/", "/desk/returns/", "/desk/reviews/"],
    "second_level": ["/desk/unit/"],
    "call_back_officer": ["/desk/calls/"],
    "supervisor": ["/desk/unsolved/"],
}


@pytest.fixture(scope="module", params=[1, 2])
def desks(request: pytest.FixtureRequest, demo_of: Callable[[int], Demo]) -> Any:
    return demo_of(request.param).python(_QUEUES)


def test_every_role_finds_work_when_the_demonstration_begins(desks: Any) -> None:
    for user, desk in desks.items():
        for path in WORK.get(desk["role"], []):
            assert desk["queues"][path] > 0, (user, path)
        if "/desk/cases/" in desk["pages"] and desk["role"] not in ("handler", "unit_leader"):
            assert desk["seen"] > 0, user
    handlers = [desk["queues"]["/desk/unit/"] for desk in desks.values() if desk["role"] == "handler"]
    assert handlers[0] > 0
    assert sum(1 for count in handlers if count) > len(handlers) / 2


def test_what_waits_is_little_enough_to_be_gone_through(desks: Any) -> None:
    dispatcher, supervisor = desks["dispatch1"]["queues"], desks["supervise1"]["queues"]
    assert (dispatcher["/desk/inbox/"], dispatcher["/desk/returns/"]) == (10, 2)
    assert 3 <= dispatcher["/desk/reviews/"] <= 40
    assert supervisor["/desk/unsolved/"] == 2


def test_the_morning_has_no_bulletin_and_counts_for_its_own_day_alone(demo: Demo) -> None:
    accepted = demo.yousu("figures", "accepted", "--from", "2024-01-22", "--to", "2024-02-01", "--by", "day")
    by_day = {row["day"]: row["numerator"] for row in accepted["by"]}
    assert by_day["2024-02-01"] == 24
    assert sum(by_day.values()) == 6736 + 1012 + 982 + 992 + 24
    assert demo.told["as_of"].startswith("2024-02-01T00:30:00")
    listed = demo.python(
        "import django; django.setup()\nimport json\nfrom yousu.bulletins.models import BulletinNow\n"
        "print(json.dumps(sorted(BulletinNow.objects.values_list('id', flat=True))))"
    )
    assert listed[-1] == "weekly-2024-01-28" and listed[-2] == "daily-2024-01-31"
