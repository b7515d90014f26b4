"""Definitions and the SQL compiled from them."""

import pytest

from yousu.figures import compiler
from yousu.figures.definitions import Definition, catalogue


@pytest.mark.parametrize("definition", catalogue().values(), ids=lambda found: found.figure)
def test_the_checked_in_sql_is_what_the_definition_compiles_to(definition: Definition) -> None:
    assert (compiler.SQL / f"{definition.figure}.sql").read_text() == compiler.compiled(definition, "postgres")


def test_no_sql_is_left_of_a_figure_that_is_gone() -> None:
    assert {file.stem for file in compiler.SQL.glob("*.sql")} == set(catalogue())


@pytest.mark.parametrize("definition", catalogue().values(), ids=lambda found: found.figure)
def test_every_figure_says_in_both_languages_what_it_counts(definition: Definition) -> None:
    assert definition.sentence_zh.endswith("。")
    assert definition.sentence_en.endswith(".")
    assert definition.unit
