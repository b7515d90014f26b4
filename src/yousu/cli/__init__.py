"""命令行: what a subcommand gives back to the command `yousu`, and how it refuses.

A subcommand is a row in `main.COMMANDS` and a module with `arguments(parser)` and `run(options) -> Answer`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a subcommand found: `text` for people, `data` as the one JSON object of --json.

    `lines` makes the answer JSON Lines, with --json or without; each line is written as soon as it is there.
    `found_wrong` ends the command with 1: it did its work and something was found wrong.
    """

    text: str = ""
    data: Mapping[str, object] | None = None
    lines: Iterable[Mapping[str, object]] | None = None
    found_wrong: bool = False


class UsageError(Exception):
    """Bad usage or input: the message, one line naming file, row and field, goes to stderr and the exit code is 2."""
