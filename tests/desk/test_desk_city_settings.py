"""城市设置页: a value is changed with why; its comment and everything beside it stay; what does not fit is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import Page

from yousu.desk import setting_words
from yousu.org import city as cities
from yousu.org.configuration import settings
from yousu.org.configuration.projection import version_of
from yousu.org.models import SettingRow

ROOT = "/desk/configuration/settings/"
XINING = (Path(cities.__file__).parents[1] / "cities/xining/city.toml").read_text(encoding="utf-8")


def changed(client: Client, name: str, value: str, **more: str) -> Any:
    given = {"value": value, "note": "领导批示", "seen": str(version_of("city.toml")), **more}
    return client.post(f"{ROOT}change/?name={name}", given)


def test_a_setting_is_changed_with_why_and_counts_from_now_on(signed_in: Page) -> None:
    client = signed_in("admin1")
    assert changed(client, "contact.hours", "48").status_code == 302
    assert cities.current().settings["contact"]["hours"] == 48
    assert SettingRow.objects.get(code="contact_hours", known_to=None).value == 48
    told = client.get("/desk/configuration/settings/history/").content.decode()
    assert "领导批示" in told and "<ins>48</ins>" in told
    assert "48" in client.get(ROOT).content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact.hours", "two"),
        ("contact.hours", ""),
        ("due.from", "tomorrow"),
        ("percent.rounding", "up"),
        ("grades.default", "g99"),
        ("extension.cutoff", "25:00"),
        ("satisfaction.satisfied", "lots"),
        ("rates.ranking", "perhaps"),
        ("contact.hours", "\x00"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_what_was_typed_stays(signed_in: Page, name: str, value: str) -> None:
    before = version_of("city.toml")
    answer = changed(signed_in("admin1"), name, value)
    assert answer.status_code == 422 and version_of("city.toml") == before


def test_a_change_needs_a_reason_a_fresh_page_and_a_setting_that_may_change(signed_in: Page) -> None:
    client = signed_in("admin1")
    assert changed(client, "contact.hours", "12", note="").status_code == 422
    assert changed(client, "contact.hours", "12", seen="999").status_code == 409
    for name in ("code", "no.such", ""):
        assert changed(client, name, "x").status_code == 404


def test_one_value_is_replaced_and_every_other_sign_of_the_file_stays() -> None:
    text = settings.with_value(XINING, "extension.cutoff", "16:30")
    (old,), (new,) = (
        [line for line in one.split("\n") if line not in other.split("\n")]
        for one, other in [(XINING, text), (text, XINING)]
    )
    assert new == old.replace('"17:00"', '"16:30"') and "CONFIRMED" in new
    text = settings.with_value(text, "call_back.parts_of_day", "11:00、17:00")
    assert settings.read(text)["call_back.parts_of_day"].value == ["11:00", "17:00"]
    assert settings.read(settings.with_value(text, "rates.ranking", "yes"))["rates.ranking"].value is True


def test_every_setting_of_the_sample_city_has_its_name_and_kind() -> None:
    known = settings.read(XINING)
    assert set(known) == set(setting_words.NAMES)
    assert [name for name, one in known.items() if one.kind == "other"] == ["second_level.inner_grade"]
