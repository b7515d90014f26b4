"""评分表: the city's dated score sheets as rules read them; and the days within which one may object."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from yousu.appeals.inspections.models import InspectedNow
from yousu.appeals.inspections.rules import Item
from yousu.appeals.inspections.state import InspectedState
from yousu.cases.rules import FieldWrong
from yousu.org.city import ScoreItem, city

# Where the city says nothing of it.
_DAYS = 5


def in_force(sort: str, on: date) -> date:
    """The first day of the sheet that holds on a day. Raises FieldWrong where none does yet."""
    begun = [item.valid_from for item in city().score_items if item.sort == sort and item.valid_from <= on]
    if not begun:
        raise FieldWrong("last", "no_score_sheet")
    return max(begun)


def lines(sort: str, sheet: date) -> Sequence[ScoreItem]:
    """The sheet's lines with their names, in the file's order."""
    return [item for item in city().score_items if item.sort == sort and item.valid_from == sheet]


def items(sort: str, sheet: date) -> Sequence[Item]:
    """The sheet's lines as rules read them."""
    return [Item(code=item.code, points=item.points) for item in lines(sort, sheet)]


def name_of(code: str, language: str) -> str:
    """An item's name as the latest sheet has it; a code that no sheet knows stands for itself."""
    known = [item for item in city().score_items if item.code == code]
    return max(known, key=lambda item: item.valid_from).name(language) if known else code


def objection_days() -> int:
    """申诉期限: how many days after the score."""
    known: Any = city().settings.get("inspection", {})
    return int(known.get("objection_days", _DAYS))


def state_of(row: InspectedNow) -> InspectedState:
    """The whole state in a row of a case that was scored."""
    return msgspec.convert(row.state, InspectedState)
