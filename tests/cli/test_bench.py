"""yousu bench: every measurement runs, says what the contract says, and leaves nothing behind. No time is judged."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from yousu.cli.benches import BENCHES, Measured
from yousu.cli.main import main

YOUSU = Path(sys.executable).with_name("yousu")
FIGURES = {"name", "value", "unit", "ratio_to", "ratio"}
QUICK = ("sequencer",)

Bench = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Runs one measurement, briefly and small, in a temporary folder of the test's own."""

    def measured(name: str) -> list[dict[str, object]]:
        done = subprocess.run(
            [YOUSU, "bench", name, "--seconds", "1", "--cases", "100"],
            env={**os.environ, "TMPDIR": str(tmp_path), "YOUSU_HOME": str(tmp_path / "own")},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return [json.loads(line) for line in done.stdout.splitlines()]

    return measured


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in BENCHES]
)
def test_a_measurement_prints_its_figures_and_leaves_nothing(bench: Bench, tmp_path: Path, name: str) -> None:
    disk, *lines = bench(name)
    assert (disk["name"], disk["unit"]) == ("fsync_ms", "ms")
    # `skipped` would stand beside the members of the contract.
    assert lines and all(line.keys() == FIGURES for line in lines), lines
    assert all(isinstance(line["value"], int | float) for line in lines)
    assert name in {line["name"] for line in lines} or name == "pages"
    ratios = {line["ratio_to"] for line in lines if line["ratio"] is not None}
    assert ratios <= {line["name"] for line in lines}
    # Neither scratch homes nor the home the caller has for his data.
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["swiftness"], "invalid choice"),
        (["record", "--seconds", "0"], "must be a number from 0.5 to 3600"),
        (["record", "--seconds", "nan"], "must be a number"),
        (["pages", "--cases", "3"], "must be a whole number from 100"),
    ],
)
def test_bad_usage_ends_with_two(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(["bench", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == "" and message in written.err


def test_what_was_not_measured_says_why() -> None:
    line = Measured(name="start", value=None, unit="s", skipped="yousu serve does not answer").line()
    assert line.keys() == FIGURES | {"skipped"} and line["value"] is None


@pytest.mark.parametrize(("value", "told"), [(1234.56, 1235), (12.345, 12.3), (0.0012345, 0.00123), (0.0, 0.0)])
def test_figures_are_told_with_the_digits_that_count(value: float, told: float) -> None:
    assert Measured(name="x", value=value, unit="s").line()["value"] == told
