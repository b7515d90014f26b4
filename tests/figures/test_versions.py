"""A version of a figure names one SQL for good."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from yousu.figures import compiler, versions
from yousu.figures.definitions import Definition, catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what is checked in."""
    return Path(shutil.copytree(versions.SQL, tmp_path / "sql"))


def files(folder: Path) -> Mapping[str, bytes]:
    """Everything in a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def counting_otherwise(*, version: int) -> list[Definition]:
    """The catalogue with calls counted as messages are."""
    known = dict(catalogue())
    known["calls"] = replace(known["calls"], build=known["messages"].build, version=version)
    return list(known.values())


@pytest.mark.parametrize("definition", catalogue().values(), ids=lambda found: found.figure)
def test_the_sql_is_the_one_that_is_recorded_for_its_version(definition: Definition) -> None:
    now = versions.Recorded(
        figure=definition.figure,
        version=definition.version,
        digest=versions.digest_of(compiler.compiled(definition, "postgres")),
    )
    before = versions.recorded().get(definition.figure)
    why = versions.why_not(now, before)
    assert why is None, why
    assert now == before, "run `python -m yousu.figures.compiler`"


def test_what_is_recorded_is_the_catalogue_in_its_order() -> None:
    assert list(versions.recorded()) == list(catalogue())


def test_another_sql_under_the_same_version_is_refused_with_what_to_do_and_nothing_is_written(folder: Path) -> None:
    before = files(folder)
    with pytest.raises(compiler.VersionNotRaised, match=r"calls: version 1 .* Raise its `version` in figures/"):
        compiler.write(counting_otherwise(version=catalogue()["calls"].version), folder)
    assert files(folder) == before


def test_a_lower_version_is_refused(folder: Path) -> None:
    compiler.write(counting_otherwise(version=5), folder)
    with pytest.raises(compiler.VersionNotRaised, match="calls: version 5"):
        compiler.write(catalogue().values(), folder)


def test_with_its_version_raised_another_sql_is_written_and_recorded(folder: Path) -> None:
    compiler.write(counting_otherwise(version=2), folder)
    recorded, others = versions.recorded(folder), versions.recorded()
    assert recorded["calls"].version == 2
    assert recorded["calls"].digest == versions.digest_of((folder / "calls.sql").read_text())
    assert {**recorded, "calls": None} == {**others, "calls": None}


def test_compiling_again_changes_nothing(folder: Path) -> None:
    before = files(folder)
    compiler.write(catalogue().values(), folder)
    assert files(folder) == before


def test_the_digest_of_definitions_is_another_one_with_another_sql_or_version(folder: Path) -> None:
    today = versions.definitions_digest()
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", today)
    compiler.write([replace(one, version=one.version + 1) for one in catalogue().values()], folder)
    raised = versions.definitions_digest(folder)
    compiler.write(counting_otherwise(version=9), folder / "other")
    assert len({today, raised, versions.definitions_digest(folder / "other")}) == 3
