"""The city's tables of notices: both cities' are sound, and one that is not is refused with file and row."""

import re
import shutil
from pathlib import Path

import pytest

from yousu.notices import catalogue
from yousu.org.city import CityWrong, city, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(city().folder, tmp_path / "city"))


def changed(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / f"{name}.csv"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new, 1), encoding="utf-8")


def test_the_sample_citys_tables_are_sound_and_use_every_text() -> None:
    rules, texts = catalogue.load(load("xining"))
    used = {rule.text for each in rules.values() for rule in each}
    assert set(texts) == used | set(catalogue.NEEDED)


def test_texts_say_the_same_in_both_languages() -> None:
    for text in catalogue.load(load("xining"))[1].values():
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), text.code
        assert text.en.isascii(), text.code


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("notices", "urged,,unit,desk,urged", "urgd,,unit,desk,urged", "row 22: the unknown event urgd"),
        ("notices", "urged,,unit,desk,urged", "urged,,mayor,desk,urged", "the unknown to mayor"),
        ("notices", "urged,,unit,desk,urged", "urged,,unit,pigeon,urged", "the unknown way pigeon"),
        ("notices", "urged,,unit,desk,urged", "urged,,unit,desk,urgent", "the unknown text urgent"),
        ("notices", "urged,,unit,desk,urged", "urged,often,unit,desk,urged", "field=value"),
        ("notices", "urged,,unit,desk,urged", "urged,,unit,sms,urged", "sms does not reach unit"),
        ("notices", "urged,,unit,desk,urged", "urged,,appellant,email,urged", "email does not reach appellant"),
        ("notice_texts", "诉求{number}有催办", "{name}的诉求有催办", "row 13: zh has the unknown placeholder name"),
        ("notice_texts", "no_limit,", "no_limits,", "no_limit is missing"),
    ],
)
def test_a_table_that_is_not_sound_is_refused_with_its_place(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    changed(folder, name, old, new)
    with pytest.raises(CityWrong, match=rf"{name}\.csv.*{said}"):
        catalogue.load(load(str(folder)))
