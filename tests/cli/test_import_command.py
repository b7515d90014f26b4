"""yousu import and yousu figures, as other programs call them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yousu.cases.models import CaseNow
from yousu.cli.main import main

pytestmark = pytest.mark.django_db(transaction=True)
YOUSU = Path(sys.executable).with_name("yousu")
SHARED = Path(os.environ.get("YOUSU_SHARED", "../shared"))
TOPICS = SHARED / "data/messages/topics.jsonl"


def yousu(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(YOUSU), *map(str, arguments)]
    # The tests' settings are their own business; the database they point at is in the environment, too.
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(command, env=own, capture_output=True, encoding="utf-8", timeout=120, check=False)


Told = Callable[..., Any]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command in this process: its one JSON object, when it ends with `code` and says nothing else."""

    def run(*arguments: object, code: int = 0) -> Any:
        assert main([*map(str, arguments), "--json"]) == code
        out, error = capsys.readouterr()
        assert (error, out.count("\n")) == ("", 1)
        return json.loads(out)

    return run


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on stderr of a command that must end with 2."""
    assert main(arguments) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    return error


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_good_file_ends_with_zero_and_a_second_run_repeats_it(tmp_path: Path, told: Told) -> None:
    file = written(tmp_path, "id,text,time\n1,路灯不亮,2024-01-31 10:00\n2,供暖不热,2024/1/31 9:05\n")
    done = yousu("import", file, "--channel", "people_cn", "--json", "--dry-run")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert json.loads(done.stdout) == {"rows": 2, "recorded": 2, "repeated": 0, "rejected": []}
    assert told("import", file, "--channel", "people_cn") == {"rows": 2, "recorded": 2, "repeated": 0, "rejected": []}
    assert told("import", file, "--channel", "people_cn") == {"rows": 2, "recorded": 0, "repeated": 2, "rejected": []}


def test_rejected_rows_end_with_one(tmp_path: Path, told: Told) -> None:
    file = written(tmp_path, "id,text,type\n1,路灯,投诉\n2,,投诉\n3,供暖,怒骂\n4,供暖\n")
    assert told("import", file, "--channel", "wechat", code=1) == {
        "rows": 4,
        "recorded": 1,
        "repeated": 0,
        "rejected": [
            {"row": 3, "field": "text", "why": "required"},
            {"row": 4, "field": "type", "why": "unknown_type"},
            {"row": 5, "field": None, "why": "too_few_columns"},
        ],
    }


def test_without_json_people_read_what_happened_and_notes_stand_apart(tmp_path: Path) -> None:
    file = written(tmp_path, "编号,内容,密级\n1,路灯,无\n2,,无\n")
    names = written(tmp_path, '[fields]\n编号 = "id"\n', "bad.toml")
    done = yousu("import", file, "--channel", "wechat", "--map", names)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{names}: fields.编号: 'id' is none of" in done.stderr
    names = written(tmp_path, '[fields]\n编号 = "external_id"\n内容 = "text"\n', "map.toml")
    done = yousu("import", file, "--channel", "wechat", "--map", names, "--dry-run")
    assert done.returncode == 1
    assert done.stdout == "共2行：可登记1，先前已登记0，退回1\n  第3行 text：缺少\n"
    assert done.stderr == f"yousu: {file}: columns not read: 密级\n"
    assert CaseNow.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (
            b"id,text\n1,\xe8\xb7\xaf\xe7\x81\xaf\n2,\xe8\xb7\n",
            ["--channel", "wechat"],
            "line 3: byte 0xE8 is broken UTF-8",
        ),
        (b"id,words\n1,a\n", ["--channel", "wechat"], "row 1: no column is `text`"),
        (b"id,text\n1,a\n", ["--channel", "telepathy"], "--channel: 'telepathy' is none of hotline"),
        (b"id,text\n1,a\n", [], "the following arguments are required: --channel"),
        (b"PK\x03\x04broken", ["--channel", "wechat"], "the workbook is broken"),
    ],
)
def test_an_unusable_file_ends_with_two_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, arguments: list[str], said: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    assert said in refused(capsys, "import", str(file), *arguments)
    assert CaseNow.objects.count() == 0


def test_figures_are_listed_and_counted_by_month(tmp_path: Path, told: Told) -> None:
    lines = "".join(f"{i},路灯{i},2024-0{1 + i % 3}-15 10:00\n" for i in range(10))
    told("import", written(tmp_path, "id,text,time\n" + lines), "--channel", "people_cn")
    assert "accepted" in [figure["figure"] for figure in told("figures")["figures"]]
    answer = told(
        "figures", "accepted", "--from", "2024-01-01", "--to", "2024-02-29", "--by", "month", "--by", "district"
    )
    assert (answer["numerator"], answer["denominator"], answer["excluded"], answer["value"]) == (7, None, 0, 7)
    rows = {(row["month"], row["district"]): row["numerator"] for row in answer["by"]}
    assert rows == {("2024-01", None): 4, ("2024-02", None): 3}
    assert told("figures", "accepted")["numerator"] == 10
    assert told("figures", "accepted", "--as-of", "2020-01-01T00:00+08:00", "--from", "2019-01-01")["numerator"] == 0


def test_figures_in_words_are_an_aligned_table_with_unknown_values(
    tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "id,text,time,closed_at\n1,a,2024-01-15 10:00,2024-01-16 10:00\n2,b,2024-01-15 11:00,\n")
    told("import", file, "--channel", "people_cn")
    assert main(["figures", "completion", "--from", "2024-01-01", "--to", "2024-01-31", "--by", "district"]) == 0
    lines = capsys.readouterr().out
    assert lines.splitlines()[2:] == [
        "区县    比率  分子  分母  剔除",
        "未知  50.00%     1     2     0",
        "合计  50.00%     1     2     0",
    ]
    assert main(["figures", "completion", "--from", "2023-01-01", "--to", "2023-01-31"]) == 0
    empty = capsys.readouterr().out
    assert empty.splitlines()[-1].split() == ["—", "0", "0", "0"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["completeness"], "NAME: there is no figure 'completeness'"),
        (["accepted", "--from", "January"], "--from: 'January' is no day"),
        (["accepted", "--from", "2024-02-01", "--to", "2024-01-01"], "--to: 2024-01-01 is before --from 2024-02-01"),
        (["accepted", "--as-of", "2024-02-01T00:00"], "--as-of: '2024-02-01T00:00' has no offset"),
        (["accepted", "--by", "caller"], "argument --by: invalid choice"),
        (["accepted", "--engine", "abacus"], "argument --engine: invalid choice"),
    ],
)
def test_a_figure_that_cannot_be_asked_for_ends_with_two(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert said in refused(capsys, "figures", *arguments)


@pytest.mark.skipif(not TOPICS.exists(), reason="the shared messages are not here")
def test_real_messages_are_imported_and_counted_by_month(tmp_path: Path, told: Told) -> None:
    lines = TOPICS.read_text(encoding="utf-8").splitlines(keepends=True)[:300]
    file = written(tmp_path, "".join(lines), "topics.jsonl")
    assert told("import", file, "--channel", "people_cn") == {
        "rows": 300,
        "recorded": 300,
        "repeated": 0,
        "rejected": [],
    }
    months: dict[str, int] = {}
    for line in lines:
        month = json.loads(line)["time"][:7]
        months[month] = months.get(month, 0) + 1
    answer = told("figures", "accepted", "--by", "month", "--by", "channel")
    assert {row["month"]: row["numerator"] for row in answer["by"]} == months
    assert {row["channel"] for row in answer["by"]} == {"people_cn"}
