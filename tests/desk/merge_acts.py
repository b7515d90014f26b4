"""How the desk's commands that put cases together are tried."""

from collections.abc import Mapping
from typing import Any

from tests import world

from yousu.appeals import merge_commands
from yousu.appeals.state import AppealState

# Stands in a form for the number of a case that is recorded for it.
ANOTHER = "<another case>"


def merged() -> AppealState:
    case, head = world.recorded(phone=world.ZHANG), world.forwarded()
    return merge_commands.merge(case.number, head=head.number, by=world.DISPATCHER, seen=case.version)


def filled(data: Mapping[str, str]) -> dict[str, str]:
    """The answers, with a number where they speak of another case."""
    if ANOTHER not in data.values():
        return dict(data)
    number = world.recorded(phone=world.WANG).number
    return {name: number if value == ANOTHER else value for name, value in data.items()}


_DISPATCHER: dict[str, Any] = {"by": "desk1", "not_by": "super1"}
MERGE_ACTS: Mapping[str, dict[str, Any]] = {
    "merge": {
        **_DISPATCHER,
        "before": world.signed,
        "data": {"head": ANOTHER, "note": "同一件事"},
        "to": "merged",
        "wrong": {"head": "0000000000"},
        "impossible": world.closed,
    },
    "unmerge": {
        **_DISPATCHER,
        "before": merged,
        "data": {"note": "不是同一件事"},
        "to": "forwarded",
        "impossible": world.recorded,
    },
    "link": {
        **_DISPATCHER,
        "before": world.closed,
        "data": {"other": ANOTHER, "how": "same_matter"},
        "to": "closed",
        "wrong": {"how": ""},
        "impossible": None,
    },
}
