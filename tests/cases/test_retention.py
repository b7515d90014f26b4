"""保存期限: contacts go when their time is over, counts stay, and an open dispute keeps everything."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests import world
from tests.cases.under_way import slowly

from yousu.appeals import commands, state
from yousu.cases import commands as cases
from yousu.cases import queries, retention
from yousu.cases.models import CaseNow
from yousu.cases.retention import retain
from yousu.cases.verification import whole
from yousu.figures import queries as figures
from yousu.figures.queries import Period
from yousu.ledger import persons
from yousu.org.actors import cli
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("Asia/Shanghai")
CLI = cli("root")
THEN, LATER = datetime(2024, 3, 5, 10, tzinfo=ZONE), datetime(2026, 3, 6, 10, tzinfo=ZONE)


def test_contact_data_go_after_two_years_and_counts_stay_equal() -> None:
    with clock.held(THEN):
        case = world.called_back()
    before = _counted()
    with clock.held(LATER):
        found = retain(by=CLI)
        assert (found.persons, found.texts) == (1, 1)
        assert retain(by=CLI).persons == 0
    assert case.person_id is not None and persons.phones_of([case.person_id]) == {}
    assert persons.by_phone(world.LI) is None and persons.by_last_four(world.LI[-4:]) == []
    row = CaseNow.objects.get(number=case.number)
    # What was said and answered is the work order's, and stays with it.
    assert (row.matter, row.person_id) == ("家里暖气不热", case.person_id)
    shown = cases.unmask(case.number, fields=["words", "name", "phone"], purpose="核对", by=world.DISPATCHER)
    assert shown == {"words": "家里暖气不热", "name": None, "phone": None}
    assert _counted() == before
    assert whole.run().is_clean


def _counted() -> list[tuple[int, int, int]]:
    period = Period(first=date(2024, 3, 1), last=date(2024, 3, 31), as_of=LATER)
    found = [figures.total(name, period) for name in ("accepted", "completion", "solution")]
    return [(each.numerator, each.denominator or 0, each.excluded) for each in found]


@pytest.mark.parametrize("is_parked", [False, True])
def test_an_open_dispute_keeps_everything(is_parked: bool) -> None:
    with clock.held(THEN):
        case = world.called_back(solved=False)
        if is_parked:
            commands.judge_unsolved(case.number, decision="park", by=world.SUPERVISOR, seen=case.version)
        world.called_back()
    with clock.held(LATER):
        assert retain(by=CLI).persons == 0


def test_a_day_before_its_time_nothing_goes_and_a_dry_run_only_counts() -> None:
    with clock.held(THEN):
        world.called_back()
    with clock.held(datetime(2026, 3, 5, 9, tzinfo=ZONE)):
        assert retain(by=CLI).persons == 0
    with clock.held(LATER):
        assert retain(by=CLI, dry_run=True).persons == 1
        assert persons.by_phone(world.LI) is not None


def test_who_calls_again_is_a_new_person_and_may_be_erased_as_ever() -> None:
    with clock.held(THEN):
        old = world.called_back()
    with clock.held(LATER):
        retain(by=CLI)
        new = world.recorded()
        assert new.person_id not in (None, old.person_id)
        assert old.person_id is not None
        cases.erase(old.person_id, reason="本人申请", by=world.SECURITY)
    assert queries.now(old.number).matter is None
    assert whole.run().is_clean


def test_only_the_command_line_retains() -> None:
    with pytest.raises(Forbidden):
        retain(by=world.SECURITY)


def test_a_case_that_arrives_while_contacts_are_removed_keeps_them() -> None:
    with clock.held(THEN):
        world.called_back()
    with clock.held(LATER):
        with slowly(lambda: world.recorded("又不热了")):
            assert retain(by=CLI).persons == 0
        assert persons.by_phone(world.LI) is not None


def test_a_case_that_is_reopened_while_contacts_are_removed_keeps_them() -> None:
    with clock.held(THEN):
        case = world.called_back()
    again = {"reason": "回访后又坏", "by": world.SUPERVISOR, "seen": case.version}
    with clock.held(LATER):
        with slowly(lambda: commands.reopen(case.number, **again)):
            assert retain(by=CLI).persons == 0
        assert persons.by_phone(world.LI) is not None


def test_who_supported_a_case_keeps_the_phone_until_that_case_is_over_for_long_enough() -> None:
    with clock.held(THEN):
        number = world.recorded().number
        commands.support(number, phone=world.ZHANG, by=world.CALL_TAKER)
    with clock.held(LATER):
        assert retain(by=CLI).persons == 0
        assert persons.by_phone(world.ZHANG) is not None
        commands.answer(number, reply="已处理", by=world.CALL_TAKER, seen=queries.now(number).version)
    with clock.held(LATER + (LATER - THEN)):
        assert retain(by=CLI).persons == 2
        assert persons.by_phone(world.ZHANG) is None
        assert whole.run().is_clean


def test_own_cases_long_over_keep_the_phone_of_who_supports_an_open_one() -> None:
    with clock.held(THEN):
        world.called_back(phone=world.ZHANG)
    with clock.held(LATER):
        commands.support(world.recorded().number, phone=world.ZHANG, by=world.CALL_TAKER)
        assert retain(by=CLI).persons == 0


def test_whom_a_crowded_case_no_longer_names_is_kept_as_long_as_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "SUPPORTERS_KEPT", 1)
    with clock.held(THEN):
        number = world.recorded().number
        for phone in (world.ZHANG, world.WANG):
            commands.support(number, phone=phone, by=world.CALL_TAKER)
    with clock.held(LATER):
        assert retain(by=CLI).persons == 0
        assert persons.by_phone(world.WANG) is not None


def test_own_and_supported_cases_are_found_by_their_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + retention.DUE, retention.asked(THEN, after=UUID(int=0), most=1))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "case_person" in plan and "case_supporters" in plan
