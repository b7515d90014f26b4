"""yousu due, as other programs call it; and what it shares with every subcommand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yousu.cli import main as command
from yousu.cli.main import main

YOUSU = Path(sys.executable).with_name("yousu")


def yousu(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [YOUSU, *arguments], env=os.environ | environment, capture_output=True, encoding="utf-8", timeout=60
    )


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on stderr of a command that must end with 2."""
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.endswith("\n") and written.err.count("\n") == 1
    return written.err


def due(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["due", *arguments, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_the_command_prints_one_json_object() -> None:
    done = yousu("due", "2024-02-09T23:30", "--working-days", "1", "--json")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    answer = json.loads(done.stdout)
    assert (answer["due"], answer["provisional"]) == ("2024-02-18T23:59:59+08:00", False)
    assert answer["steps"][0] == {"date": "2024-02-10", "counted": False, "why": "holiday"}
    assert answer["steps"][-1] == {"date": "2024-02-18", "counted": True, "why": "makeup"}
    assert set(answer) == {"due", "provisional", "steps"}


def test_without_json_it_prints_the_due_time_and_each_step_in_any_locale() -> None:
    done = yousu("due", "2024-02-09T23:30", "--working-days", "1", LC_ALL="C", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "办理期限 2024-02-18 23:59:59+08:00"
    assert done.stdout.splitlines()[-1] == "  2024-02-18 周日 计入 调休上班"


def test_bad_input_ends_with_two_and_one_line() -> None:
    done = yousu("due", "yesterday", "--hours", "2", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "yousu: START: 'yesterday' is not a moment in ISO 8601, such as 2024-01-31T10:00+08:00\n"


def test_it_starts_without_django() -> None:
    script = (
        "import sys; from yousu.cli.main import main; main(['due', '2024-01-31', '--hours', '2']);"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "moment"),
    [
        (["2024-03-04T20:00", "--hours", "24"], "2024-03-05T20:00:00+08:00"),
        (["2024-03-04T12:00Z", "--hours", "24"], "2024-03-05T20:00:00+08:00"),
        (["2024-02-05T09:00", "--calendar-days", "7"], "2024-02-12T23:59:59+08:00"),
        (["2024-02-05T09:00", "--calendar-days", "7", "--roll"], "2024-02-18T23:59:59+08:00"),
        (["2024-08-31T09:00", "--months", "6", "--roll"], "2025-02-28T23:59:59+08:00"),
        (["2024-02-08", "--working-days=5", "--roll"], "2024-02-21T23:59:59+08:00"),
        (
            ["2024-03-04T09:00", "--working-days", "7", "--suspend", "2024-03-06T10:00/2024-03-08T09:00"],
            "2024-03-15T23:59:59+08:00",
        ),
        (
            [
                *("2024-03-04T09:00", "--hours", "2"),
                *("--suspend", "2024-03-04T12:00+08:00/2024-03-04T13:00"),
                *("--suspend", "2024-03-04T10:00/2024-03-04T11:30"),
            ],
            "2024-03-04T13:30:00+08:00",
        ),
    ],
)
def test_every_way_of_counting_is_there(capsys: pytest.CaptureFixture[str], arguments: list[str], moment: str) -> None:
    assert due(capsys, *arguments)["due"] == moment


def test_an_extension_is_due_later_and_names_the_old_due_time(capsys: pytest.CaptureFixture[str]) -> None:
    answer = due(capsys, "2024-01-15T09:00", "--calendar-days", "60", "--extend", "30", "--roll")
    assert answer["due"] == "2024-04-15T23:59:59+08:00"
    assert answer["due_before_extension"] == "2024-03-15T23:59:59+08:00"
    assert main(["due", "2024-03-04T09:00", "--working-days", "7", "--extend", "5"]) == 0
    assert "延期前 2024-03-13 23:59:59+08:00" in capsys.readouterr().out


def test_a_count_into_an_unpublished_year_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert due(capsys, "2027-04-30T09:00", "--working-days", "1")["provisional"] is True
    assert main(["due", "2027-04-30T09:00", "--working-days", "1"]) == 0
    assert "暂定" in capsys.readouterr().out


def test_a_start_without_offset_is_local_to_the_citys_zone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUSU_TIME_ZONE", "Asia/Urumqi")
    assert due(capsys, "2024-03-04T20:00", "--hours", "2")["due"] == "2024-03-04T22:00:00+06:00"


@pytest.mark.parametrize("name", ["Asia/Xining", "../etc/passwd", "Asia"])
def test_a_zone_that_does_not_exist_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("YOUSU_TIME_ZONE", name)
    assert "YOUSU_TIME_ZONE" in refused(capsys, "due", "2024-03-04T20:00", "--hours", "2")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2024-13-01T10:00", "--hours", "2"], "START: '2024-13-01T10:00' is not a moment"),
        (["2024-01-01\n10:00", "--hours", "2"], "START: '2024-01-01\\n10:00' is not a moment"),
        (["2024-01-31+08:00", "--hours", "2"], "START: '2024-01-31+08:00' is not a moment"),
        (["2024-01-01", "--hours", "-3"], "--hours: must be a whole number from 1 to 10000, not '-3'"),
        (["2024-01-01", "--working-days", "0"], "--working-days: must be a whole number"),
        (["2024-01-01", "--months", "1.5"], "--months: must be a whole number"),
        (["2024-01-01", "--calendar-days", "9" * 5000], "--calendar-days: must be a whole number"),
        (["2024-01-01", "--hours", "2", "--extend", "0"], "--extend: must be a whole number"),
        (["2024-01-01", "--hours", "2", "--months", "1"], "not allowed with argument"),
        (["2024-01-01"], "--working-days --hours --calendar-days --months is required"),
        (["--hours", "2"], "START"),
        (["2024-01-01", "--hours", "2", "--roll"], "--roll: hours"),
        (["2024-01-01", "--hours", "2", "--suspend", "2024-01-01"], "--suspend: '2024-01-01' is not two moments"),
        (["2024-01-01", "--hours", "2", "--suspend", "2024-01-01/soon"], "--suspend: 'soon' is not a moment"),
        (["2024-01-01", "--hours", "2", "--suspend", "2024-01-02/2024-01-01"], "--suspend: a pause ends"),
        (
            [
                *("2024-01-01", "--hours", "2"),
                *("--suspend", "2024-01-01/2024-01-03"),
                *("--suspend", "2024-01-02/2024-01-04"),
            ],
            "--suspend: pauses overlap",
        ),
        (["2019-05-01", "--working-days", "3"], "START 2019-05-01: the working calendar begins with 2023"),
        (["9999-12-31", "--working-days", "3"], "outside the years 1 to 9999"),
        (["9999-12-31", "--months", "3"], "outside the years 1 to 9999"),
        (["0001-01-01T00:00+14:00", "--hours", "3"], "outside the years 1 to 9999"),
        (["2024-01-01", "--hours", "2", "--days", "3"], "--days"),
    ],
)
def test_bad_input_is_refused_in_one_line_that_names_it(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert message in refused(capsys, "due", *arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "a command is missing"),
        (["deu"], "no command 'deu'"),
        (["--json"], "a command is missing"),
        (["due", "--home"], "--home"),
        (["--home", "", "due"], "--home: needs a folder"),
    ],
)
def test_a_command_line_without_sense_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert message in refused(capsys, *arguments)


def test_json_and_home_may_stand_before_the_subcommand_or_after_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUSU_HOME", "before")
    assert main(["--json", "--home", "first", "due", "2024-01-31", "--hours", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["due"]
    assert os.environ["YOUSU_HOME"] == "first"
    assert main(["due", "--home=second", "--hours", "2", "--json", "--", "2024-01-31"]) == 0
    assert json.loads(capsys.readouterr().out)["due"]
    assert os.environ["YOUSU_HOME"] == "second"


def test_help_lists_the_commands_and_explains_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    assert all(f"  {name} " in overview for name in command.COMMANDS)
    assert main(["due", "--help"]) == 0
    assert "--working-days N" in capsys.readouterr().out


@pytest.fixture
def rows_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subcommand of two kinds of answer, added as any other: a module and a row."""
    module = """
import os
from yousu.cli import Answer
HOME = os.environ["YOUSU_HOME"]
def arguments(parser):
    parser.add_argument("kind")
def run(options):
    if options.kind == "lines":
        return Answer(lines=({"id": n, "text": "供暖\\udc80"} for n in range(2)))
    return Answer(text="一行有误", data={"home": HOME, "json": options.json}, found_wrong=True)
"""
    (tmp_path / "rows_command.py").write_text(module)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "rows_command", raising=False)
    monkeypatch.setattr(command, "COMMANDS", {"rows": command.Command("rows_command", "rows")})


@pytest.mark.usefixtures("rows_command")
@pytest.mark.parametrize("json_option", [[], ["--json"]])
def test_json_lines_are_written_with_and_without_json(
    capsys: pytest.CaptureFixture[str], json_option: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUSU_HOME", "kept")
    assert main(["rows", "lines", *json_option]) == 0
    # A lone surrogate cannot be written in UTF-8; it comes out as JSON's own escape.
    assert capsys.readouterr().out == '{"id": 0, "text": "供暖\\udc80"}\n{"id": 1, "text": "供暖\\udc80"}\n'


@pytest.mark.usefixtures("rows_command")
def test_something_found_wrong_ends_with_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUSU_HOME", "before")
    assert main(["rows", "data", "--home", "chosen"]) == 1
    assert capsys.readouterr().out == "一行有误\n"
    assert main(["rows", "data", "--json"]) == 1
    # The home was set before the module was imported.
    assert json.loads(capsys.readouterr().out) == {"home": "chosen", "json": True}


def test_a_reader_that_stops_early_is_no_failure() -> None:
    line = f"{YOUSU} due 2024-01-15 --calendar-days 9000 | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("办理期限 2048")
