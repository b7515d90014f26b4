"""居民的请求: where it comes from, and what this browser may see: in the signed session, never in an address."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest

from yousu.org.actors import Actor
from yousu.platform import addresses, clock

_OPENED, _RECEIPT, _LISTED, _SUPPORT, _JOINED = "opened", "receipt", "listed", "support", "joined"
_MOST_OPENED = 20
# A receipt stays on the page long enough to be written down and no longer: the browser may be shared.
_RECEIPT_SHOWN = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """回执: number and secret of what was just reported."""

    number: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class Support:
    """附议: how many there are with it, whether the supporter is counted as a person, and the code to follow it by."""

    people: int
    calls: int
    is_counted: bool
    secret: str


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware says."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]  # set by the middleware


def address_of(request: HttpRequest) -> str:
    """The sender's address."""
    return addresses.address_of(request.META)


def open_case(request: HttpRequest, number: str) -> None:
    """This browser has shown the receipt of a case."""
    opened = [other for other in request.session.get(_OPENED, []) if other != number]
    request.session[_OPENED] = [*opened, number][-_MOST_OPENED:]


def is_open(request: HttpRequest, number: str) -> bool:
    """Whether this browser may see the case."""
    return number in request.session.get(_OPENED, [])


def keep_receipt(request: HttpRequest, receipt: Receipt) -> None:
    """Keeps a receipt for the page that shows it."""
    until = clock.now() + _RECEIPT_SHOWN
    request.session[_RECEIPT] = {"number": receipt.number, "secret": receipt.secret, "until": until.isoformat()}


def kept_receipt(request: HttpRequest) -> Receipt | None:
    """The receipt, as long as it is shown."""
    kept = request.session.get(_RECEIPT)
    if kept is None:
        return None
    if clock.now() >= datetime.fromisoformat(kept["until"]):
        del request.session[_RECEIPT]
        return None
    return Receipt(number=kept["number"], secret=kept["secret"])


def keep_support(request: HttpRequest, support: Support) -> None:
    """Keeps what the page after a support shows; the case's number is another person's."""
    until = clock.now() + _RECEIPT_SHOWN
    request.session[_SUPPORT] = {**asdict(support), "until": until.isoformat()}


def kept_support(request: HttpRequest) -> Support | None:
    """The support that was just given, as long as it is shown."""
    kept = dict(request.session.get(_SUPPORT, {}))
    if not kept or "secret" not in kept:
        return None
    if clock.now() >= datetime.fromisoformat(kept.pop("until")):
        del request.session[_SUPPORT]
        return None
    return Support(**kept)


def open_joined(request: HttpRequest, number: str) -> None:
    """This browser has shown the code of a support."""
    request.session[_JOINED] = number


def joined(request: HttpRequest) -> str | None:
    """The case whose support this browser has shown last."""
    number: str | None = request.session.get(_JOINED)
    return number


def keep_listed(request: HttpRequest, numbers: list[str]) -> None:
    """Keeps the numbers that a look-up by phone found; numbers alone, never the phone."""
    request.session[_LISTED] = numbers


def listed(request: HttpRequest) -> list[str]:
    """The numbers of the last look-up by phone."""
    return list(request.session.get(_LISTED, []))
