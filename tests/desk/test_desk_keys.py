"""Single keys of commands: each stands on the sheet of keys, and no two that may be pressed at once are the same."""

import re
from pathlib import Path

from yousu.desk.commands import COMMANDS

SHEET = Path(__file__).resolve().parents[2] / "src" / "yousu" / "desk" / "templates" / "desk" / "parts" / "keys.html"
# Of these pairs only one is ever possible: a case is parked or not, its exclusion is asked for or not, its answer waits
# for the unit's leader or for the desk.
EITHER_OR = ({"park", "unpark"}, {"exclude", "judge-exclusion"}, {"approve", "review"})


def test_every_key_of_a_command_stands_on_the_sheet() -> None:
    shown = set(re.findall(r"<kbd>(.)</kbd>", SHEET.read_text(encoding="utf-8")))
    assert {command.key for command in COMMANDS.values() if command.key} | set("123789") <= shown


def test_no_two_commands_have_the_same_key_unless_only_one_is_ever_possible() -> None:
    by_key: dict[str, set[str]] = {}
    for word, command in COMMANDS.items():
        if command.key:
            by_key.setdefault(command.key, set()).add(word)
    twice = [words for words in by_key.values() if len(words) > 1]
    assert sorted(map(sorted, twice)) == sorted(map(sorted, EITHER_OR))
