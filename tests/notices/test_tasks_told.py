"""Tasks and governance tasks are told to their units, what is reported to supervisors; nobody else hears of them."""

from datetime import timedelta

import pytest
from tests import world
from tests.notices import staff

from yousu.governance.tasks import commands as tasks
from yousu.governance.tasks.commands import Wanted
from yousu.governance.topics import commands as topics
from yousu.governance.topics.commands import Plan
from yousu.governance.topics.events import Subject, Target
from yousu.ledger import log
from yousu.notices import wording
from yousu.notices.models import Notice
from yousu.platform import clock

pytestmark = pytest.mark.django_db


def test_a_task_is_told_to_its_unit_and_what_it_reports_to_supervisors() -> None:
    for user, role, unit in (("heat1", "handler", "heating"), ("water1", "handler", "water")):
        staff.make(user, role, unit)
    staff.make("super1", "supervisor", "centre")
    staff.make("super9", "supervisor", "centre")
    today = log.local_day_of(clock.now())
    plan = Plan(
        title="供暖反复不热",
        subject=Subject(dimension="topic", code="heating"),
        lead_unit=world.HEATING,
        leader="王经理",
        target=Target(kind="at_most", number=3),
        due=today + timedelta(days=27),
    )
    number = topics.open_task(plan, by=world.SUPERVISOR).number
    task = topics.add_measure(number, Wanted(unit="water", due=today, words="检修"), by=world.SUPERVISOR).number
    staff.told()
    assert staff.notices() == [
        ("desk", "heat1", "governance_opened", "sent"),
        ("desk", "water1", "task_set", "sent"),
    ]
    tasks.report(task, words="已检修", by=world.WATER_HANDLER)
    tasks.judge(task, accept=True, by=world.SUPERVISOR)
    staff.told()
    later = [row for row in staff.notices() if row[2] in ("task_reported", "task_accepted")]
    assert later == [
        ("desk", "super1", "task_reported", "sent"),
        ("desk", "super9", "task_reported", "sent"),
        ("desk", "water1", "task_accepted", "sent"),
    ]
    notice = Notice.objects.get(text="task_set")
    assert wording.path_of(notice) == f"/desk/tasks/{task}/"
    said = wording.sentence(notice, "zh")
    assert f"第{task}号" in said and f"{today.month}月{today.day}日" in said and "检修" not in said
