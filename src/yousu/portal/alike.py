"""相似的诉求: open appeals that look the same, as a resident may see them: the matter in short, never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yousu.appeals.recording import Said

MOST = 3


@dataclass(frozen=True, kw_only=True)
class Alike:
    """One of them."""

    number: str
    matter: str
    place: str | None
    since: datetime
    people: int


def found(said: Said, *, matter: str, place: str) -> Sequence[Alike]:
    """The most alike first."""
    return ()
