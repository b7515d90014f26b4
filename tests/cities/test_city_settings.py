"""Whatever stands in a city's settings is read: a value that changes nothing would only mislead."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from yousu.figures import weighted
from yousu.figures.definitions import catalogue

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yousu"
CITIES = [*(SOURCE / "cities").glob("*/city.toml"), ROOT / "tests" / "city" / "city.toml"]
# These tables are chosen by the bulletin's kind.
BY_KIND = {"daily", "weekly"}
# Promises are by the figure's name.
BY_FIGURE = set(catalogue()) | set(weighted.catalogue())
# The grade inside a tree is chosen by the case's own.
BY_GRADE = {"g1", "g3", "g7", "g11"}
LANGUAGES = ("zh", "en")


def keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Every key of a table and of the tables in it."""
    for key, value in table.items():
        yield key
        if isinstance(value, dict):
            yield from keys(value)


def read(module: ast.Module) -> Iterator[str]:
    """The keys by which a module looks something up: `x["key"]`, `x.get("key")`; a page's language follows a prefix."""
    for node in ast.walk(module):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Subscript):
            asked = [node.slice]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            asked = node.args[:1]
        for key in asked:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value
            if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                yield from (f"{key.values[0].value}{language}" for language in LANGUAGES)


def read_anywhere() -> set[str]:
    """What the modules that ask for a city's settings look up."""
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    asking = (text for text in texts if ".settings[" in text or "city().settings" in text)
    return {key for text in asking for key in read(ast.parse(text))}


@pytest.mark.parametrize("file", CITIES, ids=lambda file: file.parent.name)
def test_every_setting_of_a_city_is_read_by_the_code(file: Path) -> None:
    written = set(keys(tomllib.loads(file.read_text(encoding="utf-8"))))
    assert {"code", "due", "rounding"} <= written
    assert not written - read_anywhere() - BY_KIND - BY_FIGURE - BY_GRADE
