"""Every path that is neither API, desk nor account × every role: the portal is everybody's, a receipt opens one case to
whoever shows it, and staff roles open nothing there.
"""

from datetime import UTC, datetime

import pytest
from django.test import Client
from tests import world
from tests.test_rights_matrix import ROLES, routes, signed_in

from yousu.appeals import call_back_links
from yousu.appeals.recording import Said
from yousu.bulletins import commands as bulletins
from yousu.intake.arrivals import Delivery, accept
from yousu.ledger import heartbeats
from yousu.org.actors import RESIDENT, Actor
from yousu.platform import clock
from yousu.portal import limits

EVERYBODY = [*sorted(ROLES), "nobody"]
EACH = pytest.mark.parametrize("role", EVERYBODY)
_HANDS = ("publisher", "bulletin_reviewer", "bulletin_signer")
DAY, DRAFT = "daily-2024-03-05", "daily-2024-03-06"

# Open to everybody alike.
OPEN = [
    "",
    "report/",
    "report/places/",
    "follow/",
    "answers/",
    "privacy/",
    "bulletins/",
    "overview/",
    "healthz",
    "readyz",
    "metrics",
]
POSTS = ["language/", "looks/"]
# What this browser has not shown the receipt (or found by phone) of leads back to the question for it.
BY_RECEIPT = ["report/received/", "follow/listed/", "follow/joined/", "follow/{number}/", "follow/{number}/data/"]
BULLETIN = [f"b/{{bulletin}}{path}" for path in ("", "/numbers?figure=accepted.total", "/pdf", "/docx", "/json")]
# There as soon as a bulletin is published.
TOLD = ["overview/trend.csv"]
# Only POST, and only for the browser that has shown the receipt; others are led to the question for it.
BY_RECEIPT_POSTS = ["call-back/", "attach/", "correct/", "withdraw/", "data/", "data/1/file/"]
_FILE = "files/00000000-0000-0000-0000-000000000000/"


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of its own: these tests ask more often than a resident."""
    monkeypatch.setattr(limits, "LIMIT", limits.Limit(rate=1000))


def browser(role: str) -> Client:
    return Client() if role == "nobody" else signed_in(role)


def received() -> tuple[str, str]:
    """A resident's appeal: number and secret."""
    accepted = accept(Delivery(said=Said(channel="city_portal", text="路灯不亮"), idempotency_key="one"), by=RESIDENT)
    assert accepted.receipt_secret is not None
    return accepted.number, accepted.receipt_secret


@EACH
@pytest.mark.django_db
def test_the_portal_and_health_are_everybodys(role: str) -> None:
    client = browser(role)
    heartbeats.beat(heartbeats.WORKER)
    assert {route: client.get(f"/{route}").status_code for route in OPEN} == dict.fromkeys(OPEN, 200)
    assert {route: client.post(f"/{route}", {"language": "en"}).status_code for route in POSTS} == dict.fromkeys(
        POSTS, 302
    )
    assert client.post("/report/", {"text": "路灯不亮"})["Location"] == "/report/received/"


@EACH
@pytest.mark.django_db
def test_a_case_is_followed_by_its_receipt_and_by_no_role(role: str) -> None:
    client, (number, secret) = browser(role), received()
    for route in BY_RECEIPT:
        assert client.get("/" + route.format(number=number))["Location"] == "/follow/", route
    for word in BY_RECEIPT_POSTS:
        assert client.post(f"/follow/{number}/{word}")["Location"] == "/follow/", word
    assert client.get(f"/follow/{number}/{_FILE}").status_code in (302, 404)
    withdraw = f"/follow/{number}/withdraw/"
    assert client.post(withdraw, {"reason": "不用了", "seen": "1"})["Location"] == "/follow/"
    client.post("/follow/", {"number": number, "secret": secret})
    assert client.get(f"/follow/{number}/").status_code == 200
    assert client.post(withdraw, {"reason": "不用了", "seen": "1"})["Location"] == f"/follow/{number}/"
    assert "您已经撤回" in client.get(f"/follow/{number}/").content.decode()


@EACH
@pytest.mark.django_db(transaction=True)
def test_a_link_that_asks_whether_it_was_solved_is_whoevers_who_has_it_and_no_roles(role: str) -> None:
    case, client = world.closed(), browser(role)
    address = call_back_links.path(case.number, case.version)
    guessed = address[:-4] + "AAA/"
    assert (client.get(guessed).status_code, client.post(guessed, {"solved": "yes"}).status_code) == (404, 404)
    assert client.get(address).status_code == 200
    assert client.post(address, {"solved": "yes"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_bulletin_is_everybodys_once_it_is_published_and_nobodys_on_the_portal_before() -> None:
    with clock.held(datetime(2024, 3, 7, 4, 0, tzinfo=UTC)):
        hands = [Actor(code=f"account:{role}", roles=frozenset({role})) for role in _HANDS]
        for bulletin in (DRAFT, DAY):
            bulletins.compose(bulletin, by=hands[0])
        assert [Client().get(f"/{route}").status_code for route in TOLD] == [404]
        bulletins.review(DAY, by=hands[1])
        bulletins.sign(DAY, by=hands[2])
        bulletins.freeze(DAY, by=hands[0])
        bulletins.publish(DAY, by=hands[0])
    for role in EVERYBODY:
        client = browser(role)
        assert [client.get(f"/{route}").status_code for route in TOLD] == [200], role
        for route in BULLETIN:
            assert client.get("/" + route.format(bulletin=DAY)).status_code == 200, (role, route)
            assert client.get("/" + route.format(bulletin=DRAFT)).status_code == 404, (role, route)


def test_every_other_address_is_in_a_table() -> None:
    known = {
        "overview/trend.csv": "overview/<slug:chart>.csv",
        "follow/{number}/": r"^follow/(?P<number>[0-9]{10})/$",
        "follow/{number}/data/": r"^follow/(?P<number>[0-9]{10})/data/$",
    }
    listed = [*OPEN, *TOLD, *POSTS, *BY_RECEIPT, *BULLETIN]
    table = {known.get(route, route.partition("?")[0].replace("{bulletin}", "<slug:bulletin_id>")) for route in listed}
    table |= {rf"^follow/(?P<number>[0-9]{{10}})/{word}$" for word in BY_RECEIPT_POSTS}
    table.add(r"^solved/(?P<number>[0-9]{10})/(?P<token>[A-Za-z0-9]{1,20})/$")
    table |= {r"^follow/(?P<number>[0-9]{10})/data/(?P<which>[0-9]{1,9})/file/$"}
    table |= {r"^follow/(?P<number>[0-9]{10})/files/(?P<file_id>[0-9a-f-]{36})/$", "report/supported/", r"^api/"}
    assert {route for route in routes() if not route.startswith(("api/", "desk/", "accounts/"))} - table == set()
