"""Words: the English catalogue is complete and compiled, and every code a refusal can bear has its words."""

import gettext
import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest

from yousu.desk import configuration_words, labels
from yousu.org import city_files, tables
from yousu.worktime import reasons

ROOT = Path(__file__).resolve().parents[2]
# Reasons of file imports are told by the command line.
LAYERS = ("cases", "appeals", "ledger", "org")
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The script that compiles the catalogue."""
    spec = importlib.util.spec_from_file_location("compile_messages", ROOT / "scripts" / "compile_messages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Frozen dataclasses look their module up by its name.
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_compiled_catalogue_is_that_of_the_source(messages: ModuleType) -> None:
    catalogue = messages.read_po(messages.CATALOGUE.read_text(encoding="utf-8"))
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(catalogue), (
        "run scripts/compile_messages.py"
    )


def test_every_string_of_the_pages_has_its_english(messages: ModuleType) -> None:
    catalogue = messages.read_po(messages.CATALOGUE.read_text(encoding="utf-8"))
    known = {message for message, translations in catalogue.items() if all(translations)}
    assert not {message.text for message in messages.messages_in_source() - known}


def test_what_is_filled_in_is_the_same_in_both_languages(messages: ModuleType) -> None:
    catalogue = messages.read_po(messages.CATALOGUE.read_text(encoding="utf-8"))
    differing = [
        message.text
        for message, translations in catalogue.items()
        if any(set(PLACEHOLDER.findall(message.text)) != set(PLACEHOLDER.findall(one)) for one in translations)
    ]
    assert not differing


def test_the_standard_library_reads_what_the_script_writes(messages: ModuleType) -> None:
    catalogue = {
        messages.Message(""): (
            "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        ),
        messages.Message("转交"): ("Forward",),
        messages.Message("%(n)s 件", "%(n)s 件"): ("%(n)s case", "%(n)s cases"),
    }
    read = gettext.GNUTranslations(io.BytesIO(messages.compiled(catalogue)))
    assert read.gettext("转交") == "Forward"
    assert [read.ngettext("%(n)s 件", "%(n)s 件", n) for n in (1, 2)] == ["%(n)s case", "%(n)s cases"]


@pytest.mark.parametrize(
    "text", ['msgid "一"\nmsgstr "one"\n\nmsgid "一"\nmsgstr "again"\n', 'msgid "一"\nmsgstr one\n']
)
def test_a_broken_catalogue_is_refused_with_its_place(text: str, messages: ModuleType) -> None:
    with pytest.raises(messages.CatalogueWrong, match="block"):
        messages.read_po(text)


def test_every_reason_for_refusing_a_field_has_its_words() -> None:
    codes = found(r'FieldWrong\(\s*[\w."]+,\s*"(\w+)"')
    assert codes
    assert not codes - set(labels.FIELD_REASONS)


def test_every_reason_why_a_command_is_not_possible_has_its_words() -> None:
    codes = found(r'why="(\w+)"') | {"stage"}
    # What a change of the configuration is refused for has words of its own.
    assert not codes - set(labels.REFUSALS) - set(configuration_words.WRONG)


def test_every_reason_why_the_city_may_not_be_so_has_its_words() -> None:
    codes = set(city_files.REASONS) | found(r'ConditionWrong\([^)]*"(\w+)"\)') | found(r'_wrong\(\w+, "(\w+)"\)')
    assert {"unknown_value", "twice"} <= codes
    assert not codes - set(configuration_words.WRONG)


def test_every_column_of_every_table_and_every_choice_has_its_words() -> None:
    shown = [table for name, table in tables.tables().items() if name not in configuration_words.WITHOUT_PAGE]
    assert {table.name for table in shown} == set(configuration_words.TABLES)
    columns = [column for table in shown for column in table.columns]
    assert not {column.name for column in columns} - set(configuration_words.COLUMNS)
    choices = {code for column in columns if column.kind == "choice" for code in column.of if not code.isdecimal()}
    assert not choices - set(configuration_words.CODES)


def test_every_reason_for_counting_a_day_has_its_words() -> None:
    assert set(reasons.LABELS) <= set(labels.DAYS)
    assert {code: str(labels.DAYS[code]) for code in reasons.LABELS} == dict(reasons.LABELS)


def found(pattern: str) -> set[str]:
    """What a pattern finds in the source of the layers below the doors, and of the doors themselves."""
    files = [file for layer in (*LAYERS, "desk") for file in (ROOT / "src" / "yousu" / layer).rglob("*.py")]
    return {code for file in files for code in re.findall(pattern, file.read_text(encoding="utf-8"))}
