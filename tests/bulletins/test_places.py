"""集中反映 is said in the words of those who appealed, never by the key under which a place is known."""

from typing import Any

import pytest
from django.db import connection
from tests.bulletins.press import DAY, answered, taken

from yousu.bulletins import queries, rendering
from yousu.cases.models import CaseNow

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "h:3f0a9c527d1e4b86"


def under_one_key(*places: str) -> None:
    """Appeals whose places have one key, which tells nothing."""
    numbers = [taken(place=place).number for place in places]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE case_version SET place_key = %s WHERE number = ANY(%s)", [KEY, numbers])


def test_a_place_that_is_no_landmark_is_called_as_most_call_it(hands: Any) -> None:
    under_one_key("葵岸雅苑", "葵岸雅苑", "葵岸 雅苑")
    answered(place="北门")
    place = queries.show(DAY).json["topics"][0]["place"]
    assert (place["text"], place["is_named"], place["count"]) == ("葵岸雅苑", True, 3)
    assert KEY not in rendering.as_text(queries.show(DAY))


def test_a_place_whose_words_are_erased_is_still_one_place(hands: Any) -> None:
    under_one_key("葵岸雅苑", "葵岸雅苑", "葵岸雅苑")
    CaseNow.objects.update(place=None)
    shown = queries.show(DAY)
    assert shown.json["topics"][0]["place"] == {"text": "同一地点", "is_named": False, "count": 3}
    assert "同一地点 3件" in rendering.as_text(shown)
    assert "the same place 3" in rendering.as_text(shown, lang="en")
