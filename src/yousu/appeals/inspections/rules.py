"""Rules of quality inspection: who may score, object and judge, and within which days. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yousu.appeals.inspections import events
from yousu.appeals.inspections.events import Mark
from yousu.appeals.inspections.state import InspectedState
from yousu.cases.rules import FieldWrong
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import TextRef

SORTS = ("call", "order")
MOST_CASES, LONGEST_DAYS = 500, 366


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a score sheet: its code and its points."""

    code: str
    points: int


def check_period(first: date, last: date, *, today: date) -> None:
    """Raises FieldWrong for a period that has not begun, is turned round or too long."""
    if last < first:
        raise FieldWrong("last", "ends_before_it_begins")
    if first > today:
        raise FieldWrong("first", "in_the_future")
    if (last - first).days >= LONGEST_DAYS:
        raise FieldWrong("last", "too_long_a_period")


def size(eligible: int, *, count: int | None, percent: int | None) -> int:
    """How many are drawn: a number, or a share rounded up. Raises FieldWrong unless exactly one of them is given."""
    if (count is None) == (percent is None):
        raise FieldWrong("count", "number_or_share")
    if count is not None and not 1 <= count <= MOST_CASES:
        raise FieldWrong("count", "not_1_to_500")
    if percent is not None and not 1 <= percent <= 100:
        raise FieldWrong("percent", "not_1_to_100")
    wanted = count if count is not None else -(-eligible * (percent or 0) // 100)
    if min(wanted, eligible) > MOST_CASES:
        raise FieldWrong("percent", "more_than_500")
    return min(wanted, eligible)


def marks(
    sheet: Sequence[Item], given: Mapping[str, int | None], remarks: Mapping[str, TextRef]
) -> tuple[Mark, ...]:  # fmt: skip
    """The marks of every item of the sheet. Raises FieldWrong naming the item."""
    made = []
    for item in sheet:
        points = given.get(item.code)
        if points is None:
            raise FieldWrong(item.code, "required")
        if not 0 <= points <= item.points:
            raise FieldWrong(item.code, "not_within_points")
        if points < item.points and item.code not in remarks:
            # What is taken off is said why: it is what somebody may object to.
            raise FieldWrong(f"{item.code}_remark", "required")
        made.append(Mark(item=item.code, points=points, of=item.points, remark=remarks.get(item.code)))
    return tuple(made)


def may_score(state: InspectedState | None, *, person: str, by: str) -> None:
    """Once, and nobody the own work."""
    if state is not None:
        raise _refused("score-work", state, "scored_already")
    if by == person:
        raise NotPossible("score-work", stage="waiting", why="own_work")


def object(state: InspectedState, *, reason: TextRef, today: date, scored_on: date, days: int) -> events.ScoreObjected:
    """申诉: once, until so many days after the score."""
    if state.stage != "scored":
        raise _refused("object-to-score", state, "objected_already")
    if today > scored_on + timedelta(days=days):
        raise _refused("object-to-score", state, "too_late_to_object")
    return events.ScoreObjected(reason=reason)


def judge(
    state: InspectedState, *, upheld: bool, reason: TextRef, given: tuple[Mark, ...], by: str
) -> events.ScoreJudged:  # fmt: skip
    """申诉审定: neither by who scored nor by who was scored."""
    if state.stage != "objected":
        raise _refused("judge-score", state, "nobody_objected")
    if by == state.scored_by:
        raise _refused("judge-score", state, "own_score")
    if by == state.person:
        raise _refused("judge-score", state, "own_work")
    return events.ScoreJudged(upheld=upheld, reason=reason, marks=given if upheld else ())


def _refused(command: str, state: InspectedState, why: str) -> NotPossible:
    return NotPossible(command, stage=state.stage, why=why)
