"""`yousu config`: what is in force goes out as files and comes in again, byte for byte, all or nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.org.configuring import ADMIN, PARK

from yousu.cli.main import main
from yousu.ledger import log
from yousu.org.city import city, forget
from yousu.org.configuration import commands, laying
from yousu.org.models import ConfigurationFile

pytestmark = pytest.mark.django_db(transaction=True)


def exported(folder: Path) -> dict[str, bytes]:
    assert main(["config", "export", str(folder)]) == 0
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def taken(folder: Path) -> int:
    return main(["config", "import", str(folder), "--note", "年度调整"])


def changed(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_importing_what_was_exported_changes_nothing(tmp_path: Path, capsys: Any) -> None:
    commands.put_row("units", PARK, note="新设", by=ADMIN)
    first = exported(tmp_path / "one")
    assert {"units.csv", "city.toml", "calendar.csv", "districts.geojson"} <= set(first)
    assert first["units.csv"].endswith("park,园林局,Parks,,bureau,\n".encode())
    assert first["topics.csv"] == (city().folder / "topics.csv").read_bytes()
    events = len(list(log.rows_of("config/units.csv")))
    assert taken(tmp_path / "one") == 0
    assert "没有改动" in capsys.readouterr().out
    assert len(list(log.rows_of("config/units.csv"))) == events and ConfigurationFile.objects.count() == 1
    assert exported(tmp_path / "two") == first


def test_a_folder_is_put_in_force_with_one_event_for_each_file_that_changed(tmp_path: Path) -> None:
    exported(tmp_path)
    changed(tmp_path, "units.csv", "heating,", "heating,新")
    changed(tmp_path, "grades.csv", "紧急", "特急")
    assert taken(tmp_path) == 0
    forget()
    laying.refresh()
    assert city().units["heating"].name_zh.startswith("新") and city().grades["g1"].name_zh == "特急"
    assert sorted(ConfigurationFile.objects.values_list("name", "version")) == [("grades.csv", 1), ("units.csv", 1)]


def test_one_wrong_file_refuses_all_with_file_and_row(tmp_path: Path, capsys: Any) -> None:
    exported(tmp_path)
    changed(tmp_path, "grades.csv", "紧急", "特急")
    changed(tmp_path, "categories.csv", ",heating,", ",heeting,")
    assert taken(tmp_path) == 2
    assert "categories.csv row 3: the unknown topic heeting" in capsys.readouterr().err
    assert not ConfigurationFile.objects.exists()


def test_a_folder_of_the_sample_city_does_not_fall_over_what_is_no_configuration(tmp_path: Path, capsys: Any) -> None:
    shutil.copytree(city().folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "schedule.csv").write_text("day\n", encoding="utf-8")
    assert taken(tmp_path) == 0
    assert main(["config", "import", str(tmp_path / "nothing"), "--note", "x"]) == 2
    assert "holds no file of a city" in capsys.readouterr().err


def test_a_trial_checks_and_changes_nothing(tmp_path: Path, capsys: Any) -> None:
    exported(tmp_path)
    changed(tmp_path, "grades.csv", "紧急", "特急")
    assert main(["config", "import", str(tmp_path), "--note", "x", "--dry-run", "--json"]) == 0
    assert '{"changed": ["grades.csv"]}' in capsys.readouterr().out
    assert not ConfigurationFile.objects.exists()
