"""Whatever can be set, done, recorded or counted has a line in both handbooks; files and functions stay short."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from yousu.appeals.state import TABLE
from yousu.cli.main import COMMANDS
from yousu.figures import weighted
from yousu.figures.definitions import catalogue
from yousu.ledger import events
from yousu.org import capabilities
from yousu.platform.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_FUNCTION = 400, 120, 40
# Possible in every stage or asked by version alone, so no row of the table names them.
BESIDE_THE_TABLE = ("undo", "unmask")


def lines_of(language: str, page: str) -> list[str]:
    """The lines of one page of a handbook."""
    return (ROOT / "docs" / "handbook" / language / f"{page}.md").read_text(encoding="utf-8").splitlines()


def unwritten(names: Iterable[str], lines: list[str]) -> list[str]:
    """The names that begin no row of a table."""
    return [name for name in names if not any(line.startswith(f"| `{name}` |") for line in lines)]


both = pytest.mark.parametrize("language", ["zh", "en"])


@both
def test_every_setting_has_a_line_with_its_default(language: str) -> None:
    lines = lines_of(language, "settings")
    assert not unwritten([setting.name for setting in SETTINGS], lines)
    for setting in SETTINGS:
        line = next(line for line in lines if line.startswith(f"| `{setting.name}` |"))
        assert not setting.default or f"| `{setting.default}` |" in line, line


@both
def test_every_command_on_an_appeal_has_a_line(language: str) -> None:
    from yousu.api.commands import DOORS

    commands = {row.command for row in TABLE.rows} | {door.command for door in DOORS} | set(BESIDE_THE_TABLE)
    assert not unwritten(sorted(commands), lines_of(language, "appeals"))


@both
def test_every_kind_of_event_has_a_line(language: str) -> None:
    kinds = {kind for kind, _ in registered_events()}
    assert not unwritten(sorted(kinds), lines_of(language, "events"))


@both
def test_every_figure_has_a_line_with_its_own_sentence(language: str) -> None:
    lines = lines_of(language, "counting")
    every = {**catalogue(), **weighted.catalogue()}
    assert not unwritten(every, lines)
    for figure in every.values():
        line = next(line for line in lines if line.startswith(f"| `{figure.figure}` |"))
        assert (figure.sentence_zh if language == "zh" else figure.sentence_en) in line


@both
def test_every_subcommand_has_a_line(language: str) -> None:
    assert not unwritten([f"yousu {name}" for name in COMMANDS], lines_of(language, "commands"))


@both
def test_every_right_of_every_role_is_written(language: str) -> None:
    lines = lines_of(language, "rights")
    missing = [
        (role, action)
        for role, action in capabilities.table()
        if not any(line.startswith(f"| `{role}` |") and f"`{action}`" in line for line in lines)
    ]
    assert not missing


def test_both_handbooks_have_the_same_pages_and_each_is_in_the_contents() -> None:
    folders = {language: ROOT / "docs/handbook" / language for language in ("zh", "en")}
    pages = {
        language: {file.relative_to(folder).as_posix() for file in folder.rglob("*.md")}
        for language, folder in folders.items()
    }
    assert pages["zh"] == pages["en"]
    for language, names in pages.items():
        contents = "\n".join(lines_of(language, "README"))
        assert not [name for name in names - {"README.md"} if f"({name})" not in contents]


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_no_file_passes_400_lines_and_no_template_120() -> None:
    longest = {".py": LONGEST_FILE, ".css": LONGEST_FILE, ".js": LONGEST_FILE, ".html": LONGEST_TEMPLATE}
    own = [file for file in SOURCE.rglob("*") if file.suffix in longest and "vendor" not in file.parts]
    lengths = {str(file.relative_to(SOURCE)): (length(file), longest[file.suffix]) for file in own}
    assert not {name: lines for name, (lines, limit) in lengths.items() if lines > limit}


def test_no_function_passes_40_lines() -> None:
    lengths = {name: lines for file in modules() for name, lines in functions(file)}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def test_every_module_says_what_it_is() -> None:
    # Migrations bear their purpose in their names.
    silent = [file for file in modules() if file.parent.name != "migrations" and not ast.get_docstring(parsed(file))]
    assert not silent


def registered_events() -> Iterable[tuple[str, int]]:
    """Every event after importing every module that registers one."""
    for file in modules():
        if "@event(" in file.read_text(encoding="utf-8"):
            importlib.import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts))
    # Tests may have registered some of their own in this process.
    return [key for key, fact in events.registered().items() if fact.__module__.startswith("yousu.")]


def modules() -> list[Path]:
    """Every module of ours."""
    return sorted(SOURCE.rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def length(file: Path) -> int:
    """Lines of a text file."""
    return len(file.read_text(encoding="utf-8").splitlines())


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Every function with its number of lines, decorators aside."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{file.relative_to(SOURCE)}: {node.name}", node.end_lineno - node.lineno + 1
