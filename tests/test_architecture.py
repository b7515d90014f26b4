"""The page that describes the tree says what the tree is: stages, commands, packages."""

import re
from pathlib import Path

from yousu.appeals.state import TABLE
from yousu.cases.transitions import ANY, ANY_OPEN, NONE, STAYS, Transition

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
BEFORE_RECORDING = "-"


def diagram() -> list[str]:
    """Every arrow of the table, in its order, as Mermaid writes it; an outcome stands in brackets."""
    return [_arrow(start, row) for row in TABLE.rows if row.to != STAYS for start in _starts(row)]


def staying() -> dict[str, set[str]]:
    """The commands that leave a case where it is, by when they are possible."""
    kept: dict[str, set[str]] = {ANY_OPEN: set(), ANY: set()}
    for row in TABLE.rows:
        if row.to == STAYS:
            kept.setdefault(row.start, set()).add(row.command)
    return kept


def test_the_diagram_has_exactly_the_arrows_of_the_table() -> None:
    drawn = re.findall(r"^ +(\S+ --> \S+ : .+)$", PAGE, flags=re.MULTILINE)
    wanted = diagram()
    assert drawn == wanted, "the diagram of ARCHITECTURE.md should read:\n" + "\n".join(
        f"    {line}" for line in wanted
    )


def test_commands_that_move_no_case_are_named_below_the_diagram() -> None:
    for when, commands in staying().items():
        said = next(line for line in PAGE.splitlines() if line.startswith(f"- {when}: "))
        assert set(re.findall(r"`([a-z-]+)`", said)) == commands


def test_every_package_is_in_the_tree_and_every_name_in_the_tree_exists() -> None:
    packages = {file.parent.name for file in (ROOT / "src" / "yousu").glob("*/__init__.py")}
    listed = set(re.findall(r"^  ([a-z_]+)/ ", PAGE, flags=re.MULTILINE))
    assert listed == packages


def test_every_package_has_its_layer() -> None:
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8").partition("layers =")[2].partition("exhaustive")[0]
    layered = set(re.findall(r"[a-z]+", contract))
    packages = {file.parent.name for file in (ROOT / "src" / "yousu").glob("*/__init__.py")}
    assert packages <= layered


def _starts(row: Transition) -> list[str]:
    return sorted(TABLE.open_stages) if row.start == ANY_OPEN else [row.start]


def _arrow(start: str, row: Transition) -> str:
    outcome = "" if row.outcome == NONE else f" ({row.outcome})"
    return f"{'[*]' if start == BEFORE_RECORDING else start} --> {row.to} : {row.command}{outcome}"
