"""The rows of commands that put cases together."""

from typing import Any

from tests.api.callers import ANOTHER

_DISPATCHER: dict[str, Any] = {"by": "dispatcher", "stranger": "supervisor"}

MERGE_ROWS: tuple[dict[str, Any], ...] = (
    {
        **_DISPATCHER,
        "command": "merge",
        "start": "signed",
        "body": {"head": ANOTHER, "note": "同一件事"},
        "to": "merged",
        "never": "closed",
        "bad": {"head": "0000000000"},
        "field": "head",
    },
    {
        **_DISPATCHER,
        "command": "unmerge",
        "start": "merged",
        "body": {},
        "to": "recorded",
        "never": "signed",
        "bad": {"head": ANOTHER},
        "field": "head",
    },
    {
        **_DISPATCHER,
        "command": "link",
        "start": "closed",
        "body": {"other": ANOTHER, "how": "follow_up"},
        "to": "closed",
        "never": None,
        "bad": {"other": ANOTHER, "how": "enemy"},
        "field": "how",
    },
)
