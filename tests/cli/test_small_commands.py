"""yousu token, yousu drill: thin doors, and an empty or absent database."""

import json
from pathlib import Path

import pytest

from yousu.cli.main import main
from yousu.org import accounts


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    return error


@pytest.mark.django_db
def test_a_token_is_shown_once_and_works(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.create("desk1", None, roles=["dispatcher"], name_zh="派单", name_en="Dispatcher")
    answer = told(capsys, "token", "create", "--user", "desk1")
    actor = accounts.by_token(str(answer["token"]))
    assert actor is not None and (actor.code, answer["user"]) == ("account:desk1", "desk1")


@pytest.mark.django_db
def test_a_token_for_nobody_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--user: there is no active account 'ghost'" in refused(capsys, "token", "create", "--user", "ghost")


@pytest.mark.django_db
def test_the_cases_behind_a_number_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "drill", "daily-2024-01-31", "accepted.total")
    assert answer == {"bulletin": "daily-2024-01-31", "figure": "accepted.total", "numbers": []}


@pytest.mark.django_db
def test_a_bulletin_or_number_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "BULLETIN" in refused(capsys, "drill", "monthly-2024-01", "accepted.total")
    assert "FIGURE" in refused(capsys, "drill", "daily-2024-01-31", "accepted.moons")


def test_a_port_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for port in ("0", "65536", "http", "-1"):
        assert "--port" in refused(capsys, "serve", f"--port={port}")


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, db: None) -> None:
    assert "b.csv: there is no such file" in refused(capsys, "import", str(tmp_path / "b.csv"), "--channel", "wechat")
