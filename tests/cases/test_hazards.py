"""A second kind lives on the same engine: stages, rights, versions, undo, numbers, verification; no appeal in sight."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import world
from tests.cases import hazards

from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow, CaseVersion
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import seals, sequencer
from yousu.ledger.log import StreamMoved, rows_of
from yousu.org import capabilities
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)
INSPECTOR = world.actor("inspect1", "inspector")
OFFICER = world.actor("fire1", "fire_officer")
UNTIL = datetime(2024, 3, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rights(monkeypatch: pytest.MonkeyPatch) -> None:
    for right, scope in hazards.RIGHTS.items():
        monkeypatch.setitem(capabilities.table(), right, scope)  # type: ignore[arg-type]  # a dict behind the Mapping


def found() -> hazards.HazardState:
    return hazards.find("安全出口上锁", premises="青陵宾馆", by=INSPECTOR)


def ordered() -> hazards.HazardState:
    return hazards.order(found().number, lead_unit=world.EAST, until=UNTIL, by=OFFICER, seen=1)


def test_a_hazard_is_found_ordered_re_inspected_and_written_off() -> None:
    case = ordered()
    assert (case.stage, case.lead_unit, case.due and case.due.at) == ("ordered", world.EAST, UNTIL)
    case = hazards.re_inspect(case.number, passed=False, by=INSPECTOR, seen=2, note="仍上锁")
    assert (case.stage, case.inspections) == ("ordered", 1)
    case = hazards.re_inspect(case.number, passed=True, by=INSPECTOR, seen=3)
    case = hazards.write_off(case.number, by=OFFICER, seen=4)
    assert (case.stage, case.version) == ("written_off", 5)
    row = CaseNow.objects.get(number=case.number)
    assert (row.kind, row.stage, row.matter, row.due_at) == ("hazard", "written_off", "安全出口上锁", UNTIL)
    versions = CaseVersion.objects.filter(number=case.number).order_by("seq")
    assert [version.stage for version in versions] == ["found", "ordered", "ordered", "re_inspected", "written_off"]
    assert [version.second_handling for version in versions] == [0, 0, 0, 1, 1]
    assert [version.known_to is None for version in versions] == [False] * 4 + [True]


def test_the_wrong_stage_is_refused_with_what_is_possible() -> None:
    case = found()
    with pytest.raises(NotPossible) as refused:
        hazards.write_off(case.number, by=OFFICER, seen=1)
    assert refused.value.possible == ("order", "urge")
    assert len(list(rows_of(f"hazard/{case.number}"))) == 1


def test_the_wrong_role_and_an_old_version_are_refused() -> None:
    case = ordered()
    with pytest.raises(Forbidden):
        hazards.write_off(case.number, by=world.DISPATCHER, seen=2)
    with pytest.raises(StreamMoved):
        hazards.re_inspect(case.number, passed=True, by=INSPECTOR, seen=1)
    assert CaseNow.objects.get(number=case.number).version == 2


def test_what_every_kind_has_works_for_this_one() -> None:
    case = ordered()
    assert hazards.urge(case.number, by=OFFICER).urged == 1
    hazards.re_inspect(case.number, passed=True, by=INSPECTOR, seen=3)
    assert hazards.undo(case.number, by=INSPECTOR, seen=4).stage == "ordered"
    row = queries.get(case.number, INSPECTOR)
    assert queries.stream_of(row) == f"hazard/{case.number}"
    assert queries.allowed(row, queries.state_of(row), INSPECTOR) == ["re-inspect"]


def test_numbers_come_from_the_sequence_of_all_cases() -> None:
    hazard, appeal = found(), world.recorded()
    assert numbers.is_number(hazard.number)
    assert int(appeal.number[2:9]) == int(hazard.number[2:9]) + 1


def test_hazards_and_appeals_are_verified_together() -> None:
    hazards.re_inspect(ordered().number, passed=True, by=INSPECTOR, seen=2, note="已整改")
    world.called_back()
    sequencer.drain()
    seals.seal()
    report = whole.run()
    assert report.is_clean, report.as_json()


def test_a_hazard_that_differs_from_its_events_is_found() -> None:
    case = ordered()
    CaseNow.objects.filter(number=case.number).update(stage="written_off")
    (difference,) = whole.run().findings.differences
    assert (difference.stream, difference.table, difference.column) == (f"hazard/{case.number}", "case_now", "stage")
    assert (difference.stored, difference.rebuilt) == ("written_off", "ordered")


def test_the_engine_of_cases_imports_no_kind() -> None:
    for file in (Path(queries.__file__).parent).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            assert not any((name or "").startswith("yousu.appeals") for name in names), file
