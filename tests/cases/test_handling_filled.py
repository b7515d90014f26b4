"""Cases that were recorded before figures asked for it get what their events tell: given, contacted, parked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from tests import world

from yousu.appeals import commands, merge_commands
from yousu.appeals import mark_commands as marks
from yousu.appeals.state import AppealState
from yousu.cases.verification import whole
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2024, 3, 5, 4, tzinfo=UTC)


@pytest.fixture
def hands() -> Iterator[Any]:
    """A clock that can be moved."""
    with clock.held(BEGAN) as held:
        yield held


def played(hands: Any) -> None:
    """Cases that were given, contacted, sent back, merged, parked, cleared, and what was undone of it."""
    head, again = world.handled(), world.recorded()
    merge_commands.merge(again.number, head=head.number, by=world.DISPATCHER, seen=1)
    alone = world.recorded()
    merge_commands.merge(alone.number, head=head.number, by=world.DISPATCHER, seen=1)
    hands.move_to(BEGAN + timedelta(hours=1))
    merge_commands.unmerge(alone.number, by=world.DISPATCHER, seen=2)
    for uphold, unit in ((True, world.WATER), (True, None), (False, None)):
        case = world.signed()
        case = commands.send_back(case.number, reason="not_ours", by=world.HEATING_HANDLER, seen=case.version)
        commands.judge_send_back(case.number, uphold=uphold, lead_unit=unit, by=world.DISPATCHER, seen=case.version)
    unsolved = world.called_back(solved=False)
    hands.move_to(BEGAN + timedelta(days=1, microseconds=5))
    commands.judge_unsolved(unsolved.number, decision="park", by=world.SUPERVISOR, seen=unsolved.version)
    again = world.called_back(solved=False)
    commands.judge_unsolved(again.number, decision="reopen", by=world.SUPERVISOR, seen=again.version)
    case = parked(parked_and_cleared(hands))
    undone = commands.contact(world.signed().number, how="phone", reached=False, by=world.HEATING_HANDLER, seen=3)
    commands.undo(undone.number, by=world.HEATING_HANDLER, seen=undone.version)


def parked(case: AppealState) -> AppealState:
    return marks.park(
        case.number, plan="等", leader="某某", review_on=date(2024, 5, 1), by=world.SUPERVISOR, seen=case.version
    )


def parked_and_cleared(hands: Any) -> AppealState:
    case = parked(world.signed())
    hands.move_to(BEGAN + timedelta(days=3))
    return marks.unpark(case.number, result="好了", by=world.SUPERVISOR, seen=case.version)


def test_what_is_filled_in_is_what_the_events_give(hands: Any) -> None:
    played(hands)
    migration: Any = import_module("yousu.cases.migrations.0013_handling")
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE case_version SET given_at = NULL, given_day = NULL, contacted_at = NULL, sent_back_by = NULL,
               repeats = false, parked_day = NULL, cleared_day = NULL"""
        )
        cursor.execute("UPDATE case_now SET state = state - 'handling'")
    assert not whole.run().is_clean
    with transaction.atomic(), connection.schema_editor() as editor:
        migration.fill(None, editor)
    report = whole.run()
    assert report.is_clean, report
