"""Settings of a city: what would do harm is refused, by page and by import alike."""

import tomllib

import pytest

from yousu.org import city_files
from yousu.org.city import city
from yousu.org.city_data import CityWrong
from yousu.org.configuration import settings


def changed(name: str, typed: str) -> None:
    before = city().texts["city.toml"]
    after = settings.with_value(before, name, typed)
    settings.check(tomllib.loads(before), tomllib.loads(after))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("retention.contact_days", "0"),
        ("retention.contact_days", "999999999"),
        ("call_back.percent", "0"),
        ("call_back.percent", "101"),
        ("call_back.parts_of_day", "foo"),
        ("extension.longest", "foo"),
        ("percent.digits", "999999999"),
        ("contact.hours", "0"),
    ],
)
def test_a_value_that_would_do_harm_is_refused(name: str, typed: str) -> None:
    with pytest.raises(CityWrong) as wrong:
        changed(name, typed)
    assert (wrong.value.field, wrong.value.why) == (name, "wrong_setting")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("retention.contact_days", "365"),
        ("call_back.percent", "30"),
        ("call_back.parts_of_day", "11:30、17:00"),
        ("extension.longest", "3"),
        ("hotline_number", "0971-12345"),
    ],
)
def test_a_sound_value_is_taken_and_can_be_taken_back(name: str, typed: str) -> None:
    before = city().texts["city.toml"]
    after = settings.with_value(before, name, typed)
    settings.check(tomllib.loads(before), tomllib.loads(after))
    settings.check(tomllib.loads(after), tomllib.loads(before))


def test_every_range_is_of_a_setting_and_every_city_keeps_to_it() -> None:
    known = settings.read(city().texts["city.toml"])
    assert set(settings.RANGES) | set(settings.SHAPES) <= set(known)
    settings.check(city().settings, city().settings)


def test_what_a_newer_version_brings_stands_beside_what_a_city_has_changed() -> None:
    older = '# ours\ncode = "x"\n\n[contact]\nhours = 48   # changed\n'
    newer = 'code = "x"\nname = "y" # new\n\n[contact]\nhours = 24\ndays = 3 # new\n\n[draw]\npercent = 100 # new\n'
    merged = settings.with_missing(older, newer)
    assert tomllib.loads(merged) == {
        "code": "x",
        "name": "y",
        "contact": {"hours": 48, "days": 3},
        "draw": {"percent": 100},
    }
    assert settings.with_missing(merged, newer) == merged
    assert "hours = 48   # changed" in merged


def test_reasons_and_texts_of_a_newer_version_are_there_though_the_city_changed_those_files() -> None:
    texts = {"reasons.csv": "command,code\ndecline,a\nlift,b\n", "notice_texts.csv": "code,zh\nx,1\ny,2\n"}
    laid = {"reasons.csv": "command,code\ndecline,ours\n", "notice_texts.csv": "code,zh\nx,9\n"}
    over = city_files.laid_over(texts, laid)
    assert over["reasons.csv"].splitlines() == ["command,code", "decline,ours", "lift,b"]
    assert over["notice_texts.csv"].splitlines() == ["code,zh", "x,9", "y,2"]
