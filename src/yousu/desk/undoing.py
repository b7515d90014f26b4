"""撤销条: for ten seconds after an act the page offers to take it back."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from yousu.cases.rules import UNDO_WINDOW
from yousu.desk.commands import COMMANDS
from yousu.platform import clock

_KEY = "last_act"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The act that may be undone now."""

    number: str
    version: int
    done: str


def offer(request: HttpRequest, *, number: str, version: int, word: str) -> None:
    """Remembers an act in the session."""
    until = clock.now() + UNDO_WINDOW
    request.session[_KEY] = {"number": number, "version": version, "word": word, "until": until.isoformat()}


def withdraw(request: HttpRequest) -> None:
    """Forgets the act."""
    request.session.pop(_KEY, None)


def offered(request: HttpRequest) -> Offer | None:
    """The act, as long as it may be undone."""
    kept = request.session.get(_KEY)
    if kept is None or clock.now() >= datetime.fromisoformat(kept["until"]):
        return None
    return Offer(number=kept["number"], version=kept["version"], done=str(COMMANDS[kept["word"]].done))
