"""集中反映 is said in the words of those who appealed, never by the key under which a place is known."""

from typing import Any

import pytest
from tests.bulletins.press import DAY, MIDNIGHT, SECURITY, answered, published, taken

from yousu.bulletins import queries, rendering
from yousu.cases.commands import erase

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_place_that_is_no_landmark_is_named_in_words(hands: Any) -> None:
    for place in ("葵岸雅苑", "葵岸雅苑", "葵岸 雅苑", "北门"):
        taken(place=place)
    shown = queries.show(DAY)
    assert shown.json["topics"][0]["place"] == {"text": "葵岸雅苑", "is_named": True, "count": 3}
    assert "h:" not in rendering.as_json(shown)


def test_a_place_whose_words_were_all_erased_is_still_one_place(hands: Any) -> None:
    person_ids = {taken(place="无名巷7号", phone="15400000041").person_id for _ in range(3)}
    assert queries.show(DAY).json["topics"][0]["place"]["text"] == "无名巷7号"
    for person_id in person_ids:
        assert person_id is not None
        erase(person_id, reason="本人申请", by=SECURITY)
    shown = queries.show(DAY)
    assert shown.json["topics"][0]["place"] == {"text": "同一地点", "is_named": False, "count": 3}
    assert "同一地点 3件" in rendering.as_text(shown)
    assert "the same place 3" in rendering.as_text(shown, lang="en")


def test_what_came_neither_by_call_nor_by_message_is_said_apart(hands: Any) -> None:
    answered()
    answered(channel="walk_in")
    answered(channel="wechat")
    hands.move_to(MIDNIGHT)
    published()
    shown = queries.published_one(DAY)
    assert (shown.json["calls"], shown.json["messages"]["total"]) == (1, 1)
    assert shown.json["others"] == {"total": 1, "by_channel": {"walk_in": 1}}
    assert "网民留言1件（随手拍1件）、其他渠道1件（来访1件）。" in rendering.as_text(shown)
    assert ", and 1 by other channels (Walk-in 1)." in rendering.as_text(shown, lang="en")
    assert all(check["holds"] for check in shown.json["checks"])
