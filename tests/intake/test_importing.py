"""Importing a file: each row exactly once, wrong ones alone rejected, nothing half-recorded."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yousu.appeals.state import AppealState
from yousu.cases.models import CaseNow
from yousu.cases.rules import FieldWrong
from yousu.intake import imports
from yousu.intake.files.fields import Columns
from yousu.intake.files.rows import FileUnusable
from yousu.intake.imports import Outcome
from yousu.intake.models import Arrival
from yousu.ledger.models import Event, Person, Text
from yousu.org.actors import RESIDENT, cli
from yousu.org.capabilities import Forbidden
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
BY = cli("tester")


def written(folder: Path, *rows: dict[str, object], name: str = "a.jsonl") -> Path:
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / name


def imported(file: Path, *, channel: str = "people_cn", dry_run: bool = False) -> Outcome:
    return imports.run(file, channel=channel, columns=Columns(), by=BY, dry_run=dry_run)


def counted(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.rows, outcome.recorded, outcome.repeated, len(outcome.rejected)


def rejected(outcome: Outcome) -> Sequence[tuple[int, str | None, str]]:
    return [(one.row, one.field, one.why) for one in outcome.rejected]


def state(external_id: str) -> AppealState:
    from yousu.appeals.state import APPEAL
    from yousu.cases.projection import CaseProjection

    number = Arrival.objects.get(external_id=external_id).number
    stored = CaseProjection(APPEAL).states([f"appeal/{number}"])
    found = stored[f"appeal/{number}"]
    assert isinstance(found, AppealState)
    return found


def test_a_row_is_recorded_with_all_it_says(tmp_path: Path) -> None:
    row = {
        "id": "A-7",
        "title": "供暖",
        "text": "家里不热，电话13812345678",
        "time": "2024-01-05 08:00",
        "type": "投诉",
        "category": "供热保障",
        "place": "五四大街",
        "name": "张三",
        "phone": "154 1234 5678",
    }
    assert counted(imported(written(tmp_path, row))) == (1, 1, 0, 0)
    case = state("A-7")
    assert (case.type, case.category, case.channel) == ("complaint", "城乡建设/供热保障", "people_cn")
    assert case.received_at == datetime(2024, 1, 5, 0, 0, tzinfo=UTC)
    assert case.recorded_by == "cli:tester"
    assert "13812345678" not in (CaseNow.objects.get().matter or "")
    assert Person.objects.count() == 1


def test_old_rows_get_no_deadline_new_ones_do_and_ended_ones_are_closed(tmp_path: Path) -> None:
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    file = written(
        tmp_path,
        {"id": "old", "text": "a", "time": "2019-05-01 10:00"},
        {"id": "new", "text": "b", "time": yesterday},
        {"id": "ended", "text": "c", "time": "2019-05-01 10:00", "closed_at": "2019-05-03 10:00"},
    )
    assert counted(imported(file)) == (3, 3, 0, 0)
    assert (state("old").grade, state("new").grade) == ("none", None)
    assert (state("old").stage, state("ended").stage) == ("recorded", "closed")
    assert state("ended").closed_at == datetime(2019, 5, 3, 2, 0, tzinfo=UTC)


def test_a_second_run_records_nothing_with_ids_or_without(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "1", "text": "a"}, {"text": "没有编号"}, {"text": "没有编号"})
    assert counted(imported(file)) == (3, 3, 0, 0)
    events = Event.objects.count()
    assert counted(imported(file)) == (3, 0, 3, 0)
    assert Event.objects.count() == events


def test_the_same_id_with_other_content_is_rejected(tmp_path: Path) -> None:
    imported(written(tmp_path, {"id": "1", "text": "a"}))
    outcome = imported(written(tmp_path, {"id": "1", "text": "b"}, {"id": "2", "text": "c"}))
    assert counted(outcome) == (2, 1, 0, 1)
    assert rejected(outcome) == [(1, "external_id", "content_differs")]


def test_the_same_id_by_another_channel_is_another_appeal(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "1", "text": "a"})
    assert counted(imported(file)) == counted(imported(file, channel="wechat")) == (1, 1, 0, 0)


def test_within_a_file_the_first_of_an_id_counts(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "1", "text": "a"}, {"id": "1", "text": "a"}, {"id": "1", "text": "b"})
    outcome = imported(file)
    assert counted(outcome) == (3, 1, 1, 1)
    assert rejected(outcome) == [(3, "external_id", "content_differs")]


def test_ids_repeated_far_apart_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "_ROWS", 7)
    rows = [{"id": str(i % 40), "text": f"诉求{i % 40}"} for i in range(100)]
    rows[95] = {"id": "15", "text": "别的"}
    expected = (100, 40, 59, 1)
    assert counted(imported(written(tmp_path, *rows), dry_run=True)) == expected
    outcome = imported(written(tmp_path, *rows))
    assert counted(outcome) == expected
    assert rejected(outcome) == [(96, "external_id", "content_differs")]
    assert CaseNow.objects.count() == 40


def test_wrong_rows_are_named_and_the_others_recorded(tmp_path: Path) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    file = written(
        tmp_path,
        {"id": "1", "text": "good"},
        {"id": "2", "text": "  "},
        {"id": "3"},
        {"id": "4", "text": "a", "time": tomorrow},
        {"id": "5", "text": "a", "time": "1999-12-31 23:59"},
        {"id": "6", "text": "a", "time": "0001-01-01 00:00"},
        {"id": "7", "text": "a\u0000"},
        {"id": "8", "text": "a\ud800"},
        {"id": "9", "text": "a", "type": "怒骂"},
        {"id": "10", "text": "a", "closed_at": "2020-01-01 00:00"},
        {"id": "11", "text": "a", "time": "2020-01-02 00:00", "closed_at": "2020-01-01 00:00"},
        {"id": "x" * 201, "text": "a"},
        {"id": "13", "text": "good too"},
    )
    expected = [
        (2, "text", "required"),
        (3, "text", "required"),
        (4, "occurred_at", "in_the_future"),
        (5, "occurred_at", "before_2000"),
        (6, "occurred_at", "before_2000"),
        (7, "text", "nul_character"),
        (8, "text", "lone_surrogate"),
        (9, "type", "unknown_type"),
        (10, "occurred_at", "required"),
        (11, "closed_at", "before_occurred_at"),
        (12, "external_id", "too_long"),
    ]
    assert rejected(imported(file, dry_run=True)) == expected
    outcome = imported(file)
    assert rejected(outcome) == expected
    assert outcome.recorded == CaseNow.objects.count() == Arrival.objects.count() == 2
    kept = Text.objects.filter(stream__startswith="appeal/")
    assert {text.stream for text in kept} == {f"appeal/{case.number}" for case in CaseNow.objects.all()}


def test_a_dry_run_checks_everything_and_writes_nothing(tmp_path: Path) -> None:
    imported(written(tmp_path, {"id": "1", "text": "a"}))
    before = Event.objects.count(), Arrival.objects.count(), Person.objects.count(), Text.objects.count()
    file = written(
        tmp_path,
        {"id": "1", "text": "a"},
        {"id": "1", "text": "b"},
        {"id": "2", "text": "c", "phone": "15400000001"},
        {"id": "2", "text": "c", "phone": "15400000001"},
        {"id": "3", "text": ""},
    )
    for _ in range(2):
        outcome = imported(file, dry_run=True)
        assert counted(outcome) == (5, 1, 2, 2)
    assert before == (Event.objects.count(), Arrival.objects.count(), Person.objects.count(), Text.objects.count())


def test_a_table_without_text_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,内容\n1,a\n", encoding="utf-8")
    with pytest.raises(FileUnusable, match=r"row 1: no column is `text`; the columns are id, 内容"):
        imported(tmp_path / "a.csv")


def test_rows_of_a_table_are_numbered_with_its_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;text;likes\n1;a;0\n2;\n3;;0\n4;d;0\n", encoding="gb18030")
    outcome = imported(tmp_path / "a.csv")
    assert rejected(outcome) == [(3, None, "too_few_columns"), (4, "text", "required")]
    assert outcome.notes == ["columns not read: likes"]


def test_without_ids_rejected_rows_come_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,type\n路灯,怒骂\n", encoding="utf-8")
    assert "a file of their own" in imported(tmp_path / "a.csv").notes[0]


def test_an_unknown_channel_and_a_stranger_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, {"text": "a"})
    with pytest.raises(FieldWrong, match="unknown_channel"):
        imported(file, channel="telepathy")
    with pytest.raises(Forbidden):
        imports.run(file, channel="wechat", columns=Columns(), by=RESIDENT)


def test_two_imports_of_one_file_at_once_record_each_row_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    monkeypatch.setattr(imports, "_ROWS", 20)
    file = written(tmp_path, *({"id": str(i), "text": f"诉求{i}"} for i in range(200)))

    def once(_: int) -> Outcome:
        try:
            return imported(file)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(once, range(2))
    assert first.recorded + second.recorded == CaseNow.objects.count() == 200
    assert first.repeated + second.repeated == 200
    assert not first.rejected and not second.rejected
