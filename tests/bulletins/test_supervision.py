"""A bulletin's part on supervision: each case once, every number opens, nothing where nothing was."""

from datetime import timedelta
from typing import Any

import pytest
from tests import world
from tests.bulletins.press import DAY, MIDNIGHT, NOON, taken

from yousu.appeals import commands
from yousu.appeals import mark_commands as marks
from yousu.bulletins import content, queries, rendering, rules

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_urged_supervised_sent_back_extended_and_parked_is_told_each_case_once(hands: Any) -> None:
    case = world.signed()
    for _ in range(2):
        commands.urge(case.number, by=world.SUPERVISOR)
    by = {"by": world.SUPERVISOR, "seen": case.version + 2}
    marks.supervise(case.number, due=NOON + timedelta(days=2), **by)
    back = world.signed()
    commands.send_back(back.number, reason="not_ours", by=world.HEATING_HANDLER, seen=back.version)
    hands.move_to(MIDNIGHT)
    told = content.compiled(rules.spell_of(DAY), as_of=MIDNIGHT)
    assert told.json["supervision"] == {
        "urged": 1,
        "supervised": 1,
        "sent_back": 1,
        "extensions_asked": 0,
        "parked": 0,
    }
    assert told.sets["supervision.urged"] == told.sets["supervision.supervised"] == [case.number]
    assert told.sets["supervision.sent_back"] == [back.number]
    text = rendering.as_text(queries.show(DAY))
    assert "督办情况" in text and "本期催办1件，督办1件，单位退单1件，申请延期0件，挂账0件。" in text
    assert "supervised: 1" in rendering.as_text(queries.show(DAY), lang="en")


def test_a_day_without_any_of_it_has_no_such_part(hands: Any) -> None:
    taken()
    hands.move_to(MIDNIGHT)
    assert "supervision" not in content.compiled(rules.spell_of(DAY), as_of=MIDNIGHT).json
    assert "督办情况" not in rendering.as_text(queries.show(DAY))
