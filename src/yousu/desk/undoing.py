"""撤销条: for ten seconds after an act the page offers to take it back."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from yousu.cases.rules import UNDO_WINDOW
from yousu.desk.commands import COMMANDS
from yousu.platform import clock

_KEY, _TAKEN_BACK = "last_act", "taken_back"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The act that may be undone now."""

    number: str
    version: int
    word: str
    done: str


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """The act that was just taken back."""

    number: str
    word: str
    name: str


def offer(request: HttpRequest, *, number: str, version: int, word: str) -> None:
    """Remembers an act in the session."""
    until = clock.now() + UNDO_WINDOW
    request.session[_KEY] = {"number": number, "version": version, "word": word, "until": until.isoformat()}


def withdraw(request: HttpRequest) -> None:
    """Forgets the act; the next page says that it was taken back."""
    kept = request.session.pop(_KEY, None)
    if kept is not None:
        request.session[_TAKEN_BACK] = {"number": kept["number"], "word": kept["word"]}


def taken_back(request: HttpRequest) -> TakenBack | None:
    """The act just taken back, told once."""
    kept = request.session.pop(_TAKEN_BACK, None)
    if kept is None:
        return None
    return TakenBack(number=kept["number"], word=kept["word"], name=str(COMMANDS[kept["word"]].label))


def offered(request: HttpRequest) -> Offer | None:
    """The act, as long as it may be undone."""
    kept = request.session.get(_KEY)
    if kept is None or clock.now() >= datetime.fromisoformat(kept["until"]):
        return None
    return Offer(
        number=kept["number"], version=kept["version"], word=kept["word"], done=str(COMMANDS[kept["word"]].done)
    )
