"""What a resident does in a browser."""

import re
from dataclasses import dataclass

from django.test import Client

WORDS = "五四大街路灯不亮，晚上看不清路"
PHONE = "15400004444"


@dataclass(frozen=True)
class Receipt:
    """What a resident writes down."""

    number: str
    secret: str


def form_of(client: Client, **typed: str) -> dict[str, str]:
    """The form as opened, filled in."""
    html = client.get("/report/").content.decode()
    key = re.search(r'name="form" value="([0-9a-f]{32})"', html)
    assert key is not None
    return {"form": key[1], "text": WORDS, "place": "五四大街", "call_back": "no", **typed}


def report(client: Client, **typed: str) -> Receipt:
    """Reports, and reads the receipt."""
    answer = client.post("/report/", form_of(client, **typed), follow=True)
    found = re.findall(r"<dd>(\w{10})</dd>", answer.content.decode())
    assert len(found) == 2, answer.content.decode()
    return Receipt(*found)
