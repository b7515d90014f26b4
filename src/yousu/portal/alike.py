"""相似的诉求: open appeals that look the same, as a resident may see them: the matter in short, never who."""

from collections.abc import Sequence
from dataclasses import dataclass

from yousu.appeals.similar import similar_open

MOST = 3
_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Alike:
    """One of them; the number is only for supporting it."""

    number: str
    matter: str
    place: str | None
    people: int
    reason: str


def found(words: str, place: str) -> Sequence[Alike]:
    """The most alike first; neither 保密 nor 举报."""
    return [
        Alike(
            number=one.number,
            matter=one.matter,
            place=one.place,
            people=one.people,
            reason=one.reason,
        )
        for one in similar_open(words, place, limit=MOST, days=_DAYS)
    ]
