"""yousu bulletin, yousu drill: printed in every format, frozen once it is signed, and what is refused."""

import getpass
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.bulletins.press import DAY, MIDNIGHT, NOON, PUBLISHER, answered, frozen, signed

from yousu.bulletins import commands, queries
from yousu.cli.main import main
from yousu.cli.running_as import account
from yousu.ledger.log import rows_of
from yousu.ledger.sequencer import TransactionsOpen
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hands() -> Iterator[Any]:
    with clock.held(NOON) as hands:
        answered()
        hands.move_to(MIDNIGHT)
        yield hands


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    out, error = capsys.readouterr()
    assert error.count("\n") == (1 if code == 2 else 0), error
    return error if code == 2 else out


def test_freezing_says_who_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("bulletin", "daily", "2024-03-05", "--freeze")
    assert "missing: compose, review, sign" in run(capsys, *arguments, code=1)
    commands.compose(DAY, by=PUBLISHER)
    assert "missing: review, sign" in run(capsys, *arguments, code=1)
    told = json.loads(run(capsys, *arguments, "--json", code=1))
    assert told == {"frozen": False, "why": "steps_missing", "missing": ["review", "sign"]}


def test_what_is_signed_is_frozen_under_the_systems_own_account(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody_else")
    signed()
    assert json.loads(run(capsys, "bulletin", "daily", "2024-03-05", "--freeze", "--json"))["frozen"]
    last = next(rows_of(f"bulletin/{DAY}", newest_first=True))
    assert (last.kind, last.actor) == ("frozen", f"cli:{account()}")
    assert getpass.getuser() == "somebody_else" != account()
    assert "frozen already" in run(capsys, "bulletin", "daily", "2024-03-05", "--freeze", code=1)


def test_a_period_that_is_not_over_is_not_frozen(capsys: pytest.CaptureFixture[str], hands: Any) -> None:
    hands.move_to(NOON)
    signed()
    assert "before its period was over" in run(capsys, "bulletin", "daily", "2024-03-05", "--freeze", code=1)


def test_while_something_is_being_recorded_freezing_can_be_tried_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from yousu.ledger import sequencer

    def still_open(moment: Any) -> None:
        raise TransactionsOpen("still open")

    signed()
    monkeypatch.setattr(sequencer, "settle", still_open)
    out = run(capsys, "bulletin", "daily", "2024-03-05", "--freeze", code=1)
    assert out == f"{DAY} cannot be frozen: appeals are just being recorded; try again\n"


def test_freezing_takes_no_as_of(capsys: pytest.CaptureFixture[str]) -> None:
    signed()
    moment = "2024-03-06T00:00+08:00"
    assert "--as-of" in run(capsys, "bulletin", "daily", "2024-03-05", "--freeze", "--as-of", moment, code=2)
    state = queries.state(DAY)
    assert state is not None and state.stage == "signed"


def test_a_bulletin_is_printed_in_every_format(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    frozen()
    arguments = ("bulletin", "daily", "2024-03-05")
    assert "共受理群众诉求1件" in run(capsys, *arguments)
    assert json.loads(run(capsys, *arguments, "--format", "json"))["accepted"]["total"] == 1
    assert run(capsys, *arguments, "--format", "html").startswith('<article class="bulletin bulletin-frozen"')
    file = tmp_path / "day.pdf"
    assert run(capsys, *arguments, "--format", "pdf", "--out", str(file)).strip() == str(file)
    assert file.read_bytes().startswith(b"%PDF-")
    word = tmp_path / "day.docx"
    assert run(capsys, *arguments, "--format", "docx", "--out", str(word)).strip() == str(word)
    assert word.read_bytes().startswith(b"PK")
    assert "cannot be written" in run(capsys, *arguments, "--out", str(tmp_path / "no" / "day.txt"), code=2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("daily", "20240131"), "DAY"),
        (("daily", "2024-W05-3"), "DAY"),
        (("daily", "9999-12-31"), "DAY"),
        (("weekly", "0001-01-01"), "DAY"),
        (("weekly", "2024-01-27"), "Saturday"),
        (("daily", "2024-01-31", "--as-of", "0001-01-01T00:00:00+14:00"), "--as-of"),
        (("daily", "2024-01-31", "--as-of", "2024-01-31"), "--as-of"),
        (("hourly", "2024-01-31"), "kind"),
    ],
)
def test_a_day_or_moment_that_cannot_be_is_named(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in run(capsys, "bulletin", *arguments, code=2)


def test_what_is_excluded_opens(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in ("live", "frozen"):
        assert run(capsys, "drill", DAY, "completion.excluded") == ""
        assert len(run(capsys, "drill", DAY, "completion.denominator").split()) == 1
        if queries.show(DAY).state is None:
            frozen()


@pytest.mark.parametrize("wrong", ["daily-20240131", "weekly-2024-01-27", "daily-2024-01-31\x00", "daily-9999-12-31"])
def test_an_id_that_is_none_is_no_bulletin(capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    assert "BULLETIN" in run(capsys, "drill", wrong, "accepted.total", code=2)


def test_a_list_that_was_changed_is_named_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    frozen()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bulletin_figure SET numbers = numbers || '[\"2400000018\"]' WHERE path = 'calls'")
    out = run(capsys, "drill", DAY, "calls", code=1)
    assert out == f"{DAY}: the list behind calls is not the one that was counted\n"
