"""A frozen bulletin is printed with the names it was frozen with, whatever the city's data say later."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.bulletins.press import DAY, MIDNIGHT, called_back, published, taken

from yousu.bulletins import queries, rendering
from yousu.org import accounts
from yousu.org.city import city, forget
from yousu.org.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
Change = Callable[[list[dict[str, str]]], list[dict[str, str]]]


@pytest.fixture
def other_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts another version of the test city in force: a file's rows changed as told."""
    folder = tmp_path / "city"
    shutil.copytree(city().folder, folder)

    def put(file: str, change: Change) -> None:
        rows = list(csv.DictReader((folder / file).read_text(encoding="utf-8").splitlines()))
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0].keys())
            writer.writeheader()
            writer.writerows(change(rows))
        monkeypatch.setenv("YOUSU_CITY", str(folder))
        forget()

    yield put
    monkeypatch.undo()
    forget()


def printed() -> list[Any]:
    """Everything that comes out of a published bulletin."""
    bulletin = queries.published_one(DAY)
    return [
        rendering.as_json(bulletin),
        *(rendering.as_text(bulletin, lang=lang) for lang in ("zh", "en")),
        *(rendering.as_html(bulletin, lang=lang, link=lambda path: f"?{path}") for lang in ("zh", "en")),
        *(rendering.as_pdf(bulletin, lang=lang) for lang in ("zh", "en")),
    ]


def without(code: str) -> Change:
    return lambda rows: [row for row in rows if row["code"] != code]


def renamed(code: str) -> Change:
    return lambda rows: [
        {**row, **{column: "改名" for column in row if column.startswith(("name_", "main_")) and row["code"] == code}}
        for row in rows
    ]


def people() -> None:
    for user in ("publisher", "reviewer", "signer"):
        accounts.create(user, None, roles=[], name_zh=f"{user}甲", name_en=f"{user} One")


def test_what_is_published_is_printed_the_same_after_names_and_codes_changed(hands: Any, other_city: Any) -> None:
    people()
    called_back()
    for _ in range(3):
        taken(channel="wechat", place="人民公园")
    hands.move_to(MIDNIGHT)
    published()
    before = printed()
    assert "供暖" in before[1] and "signer甲" in before[1] and "signer One" in before[2]
    for file, code in (("units.csv", "heating"), ("topics.csv", "heating"), ("channels.csv", "wechat")):
        other_city(file, renamed(code))
        assert printed() == before, f"{code} was renamed"
    other_city("categories.csv", lambda rows: [{**row, "topic": "", "routing": "district"} for row in rows])
    for file, code in (("units.csv", "heating"), ("topics.csv", "heating"), ("channels.csv", "wechat")):
        other_city(file, without(code))
        assert printed() == before, f"{code} is gone"
    Account.objects.filter(user="signer").update(name_zh="别人", name_en="Somebody Else")
    assert printed() == before


def test_a_code_that_the_city_no_longer_knows_stands_for_itself_in_a_live_bulletin(hands: Any, other_city: Any) -> None:
    called_back()
    taken(channel="wechat")
    other_city("categories.csv", lambda rows: [{**row, "topic": "", "routing": "district"} for row in rows])
    for file, code in (("units.csv", "heating"), ("topics.csv", "heating"), ("channels.csv", "wechat")):
        other_city(file, without(code))
    text = rendering.as_text(queries.show(DAY))
    assert "wechat1件" in text and "heating" in text


def test_the_names_are_covered_by_the_digest(hands: Any) -> None:
    from yousu.bulletins import content

    people()
    called_back()
    hands.move_to(MIDNIGHT)
    published()
    shown = queries.published_one(DAY).json
    assert shown["labels"]["signers"]["signed_by"] == {"zh": "signer甲", "en": "signer One"}
    assert content.digested(shown)["digest"] == shown["digest"]
    shown["labels"]["city"]["zh"] = "别的市"
    assert content.digested(shown)["digest"] != shown["digest"]
