"""并单的群: who follows a case and whom it follows, what is linked, and into which open case it might go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yousu.appeals import similar
from yousu.appeals.groups import MERGED
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import labels
from yousu.desk.suggesting import Suggested
from yousu.org.actors import Actor
from yousu.org.city import city

MOST_SHOWN = 50
_PROPOSED, _SHOWN = 3, 40
# 1 and 2 take a proposed unit.
_FIRST_KEY = 7


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Another case in one line; `how`: repeat or parallel, or in which way it is linked."""

    number: str
    how: str
    stage: str
    received_at: datetime
    place: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """The cases merged with one, as a reader of it may see them; `more`: beyond those shown."""

    head: str | None
    is_merged: bool
    how: str
    followers: Sequence[Beside]
    linked: Sequence[Beside]
    more: int
    cases: int
    calls: int
    people: int


def of(state: AppealState, actor: Actor) -> Group | None:
    """What a case has to do with others; None for one that stands alone. One statement."""
    if not (state.followers or state.links or state.head):
        return None
    joined = {each.number: labels.word(labels.JOINED, each.how) for each in state.followers}
    links = {each.other: labels.named(city().reasons.get("link", {}), each.how) for each in state.links}
    rows = _rows([*list(joined)[:MOST_SHOWN], *list(links)[:MOST_SHOWN]], actor)
    return Group(
        head=state.head,
        is_merged=state.stage == MERGED,
        how=labels.word(labels.JOINED, state.joined),
        followers=[_beside(row, joined[row.number]) for row in rows if row.number in joined],
        linked=[_beside(row, links[row.number]) for row in rows if row.number in links],
        more=max(len(joined) - MOST_SHOWN, 0),
        cases=1 + len(joined),
        calls=state.calls,
        people=state.people,
    )


def heads(row: CaseNow, state: AppealState, actor: Actor) -> list[Suggested]:
    """建议主单: open cases that look the same, the most alike first, each with a key. One statement."""
    if not state.is_public or row.matter is None:
        return []
    found = similar.similar_open(
        row.matter, row.place or "", state.category, limit=_PROPOSED, besides=row.number, reader=actor
    )
    return [
        Suggested(
            code=each.number,
            value=each.number,
            confidence=labels.named(city().stages, each.stage),
            reason=f"{each.matter[:_SHOWN]}　{each.reason}",
            key=str(_FIRST_KEY + at),
        )
        for at, each in enumerate(found)
    ]


def _rows(numbers: Sequence[str], actor: Actor) -> list[CaseNow]:
    seen = queries.visible_to(actor).filter(number__in=numbers).defer("state")
    return list(seen.order_by("received_at", "number")) if numbers else []


def _beside(row: CaseNow, how: str) -> Beside:
    return Beside(
        number=row.number,
        how=how,
        stage=labels.named(city().stages, row.stage),
        received_at=row.received_at,
        place=row.place or labels.district(row.district),
        matter=(row.title or row.matter or "")[:_SHOWN],
    )
