"""重建: what cases are and were is written anew from their events, and nothing else changes."""

import pytest
from tests import world

from yousu.appeals import commands
from yousu.cases.models import CaseNow, CaseVersion
from yousu.cases.rebuilding import rebuild
from yousu.cases.verification import whole

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_an_earlier_build_did_not_know_is_written_from_the_events() -> None:
    case = world.called_back()
    commands.undo(case.number, by=world.CALLER_BACK, seen=case.version)
    world.recorded("水压低", category=world.DRY)
    CaseNow.objects.filter(number=case.number).update(state={"number": case.number}, stage="recorded", marks=["x"])
    CaseVersion.objects.filter(number=case.number, seq__gt=2).delete()
    before = CaseNow.objects.get(number=case.number)
    assert not whole.run().is_clean
    assert rebuild() == 2
    assert whole.run().is_clean
    after = CaseNow.objects.get(number=case.number)
    assert (after.stage, after.matter, after.place) == ("closed", before.matter, before.place)


def test_rebuilding_twice_changes_nothing() -> None:
    world.closed()
    rows = list(CaseVersion.objects.order_by("number", "seq").values())
    rebuild()
    assert list(CaseVersion.objects.order_by("number", "seq").values()) == rows
