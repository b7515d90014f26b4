"""入场券: what a page of the desk shows to the live process instead of its session: who it is, until when.

Signed and short-lived. It names an account and its lists, nobody's own data, and opens nothing but news of changes.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from yousu.org import accounts
from yousu.org.actors import Actor

# What an account lost meanwhile it is told of for no longer than this.
LASTS_S = 600
# Keeps a ticket from being anything else that the same key signs, and the other way round.
_SALT = "yousu.live.ticket"


class TicketRefused(PermissionError):
    """The ticket is none of ours, was changed, or has expired."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Whose page it is; `waiting` are the codes of the lists in its navigation, `until` is in seconds of the epoch."""

    actor: Actor
    name_zh: str
    name_en: str
    waiting: tuple[str, ...]
    until: float


def issue(actor: Actor, *, name_zh: str, name_en: str, waiting: Sequence[str]) -> str:
    """A ticket for a page that is answered now."""
    told = {
        "actor": actor.code,
        "roles": sorted(actor.roles),
        "unit": actor.unit,
        "names": [name_zh, name_en],
        "waiting": list(waiting),
        # Not the clock of a demonstration: what expires here expires in the world.
        "until": int(time.time()) + LASTS_S,
    }
    return Signer(salt=_SALT).sign_object(told)


def read(written: str) -> Ticket:
    """What a ticket says. Raises TicketRefused."""
    try:
        told: dict[str, Any] = Signer(salt=_SALT).unsign_object(written)
    except BadSignature as wrong:
        raise TicketRefused("not signed by us") from wrong
    if told["until"] <= time.time():
        raise TicketRefused("expired")
    name_zh, name_en = told["names"]
    return Ticket(
        actor=accounts.known_as(told["actor"], roles=told["roles"], unit=told["unit"]),
        name_zh=name_zh,
        name_en=name_en,
        waiting=tuple(told["waiting"]),
        until=told["until"],
    )
