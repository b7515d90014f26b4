"""像是同一件: open appeals at the same place or of the same branch that say the same, with the reason for each.

Neither 保密 nor 举报 is ever among them. The matter shown had personal data taken out by a machine; nobody read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals import groups
from yousu.appeals.state import OPEN_STAGES, AppealState
from yousu.cases import places, queries
from yousu.ledger import log
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.platform import clock
from yousu.understanding import overlap, redaction

# In two texts about the same thing this much of the shorter one's pairs is shared; about other things hardly any.
_ALIKE, _VERY_ALIKE, _HINT = 0.35, 0.6, 0.2
_DECODE = msgspec.json.Decoder(AppealState).decode


@dataclass(frozen=True, kw_only=True)
class Similar:
    """An open appeal that may be the same, and why: in codes for rules, in words for people."""

    number: str
    matter: str
    place: str | None
    category: str | None
    stage: str
    received_at: datetime
    people: int
    same_place: bool
    same_category: bool
    same_branch: bool
    alike: float
    days_ago: int

    @property
    def reason(self) -> str:
        """「同一地点、同一类，3 天前」."""
        same = [_("同一地点")] if self.same_place else []
        if self.same_category or self.same_branch:
            same.append(_("同一类") if self.same_category else _("同一大类"))
        if self.alike >= _ALIKE:
            same.append(_("说法相近"))
        return _("%(same)s，%(when)s") % {"same": _("、").join(same), "when": _when(self.days_ago)}

    @property
    def score(self) -> float:
        """For the order among them; nothing else."""
        category = 0.3 if self.same_category else 0.2 if self.same_branch else 0.0
        return 0.8 * self.same_place + category + 0.7 * self.alike - 0.003 * self.days_ago


# As in the indexes' own condition, letter by letter, or the planner would not use them.
_STAGES = ", ".join(f"'{stage}'" for stage in sorted(OPEN_STAGES))
_OPEN = f"kind = 'appeal' AND stage IN ({_STAGES})"
_CANDIDATES = f"""
WITH near AS (
    (SELECT number FROM case_now WHERE {_OPEN} AND place_key = %(key)s AND received_at >= %(since)s
     ORDER BY received_at DESC LIMIT 100)
    UNION
    SELECT n.number FROM unnest(%(categories)s::text[]) AS c (path) CROSS JOIN LATERAL (
        SELECT number FROM case_now WHERE {_OPEN} AND category = c.path AND received_at >= %(since)s
        ORDER BY received_at DESC LIMIT 40
    ) n
)
SELECT number, matter, place, category, stage, received_at, coalesce(place_key = %(key)s, false),
    1 + (state->>'supporting_people')::int, CASE WHEN state->'followers' <> '[]' THEN state::text END
FROM near JOIN case_now c USING (number)
WHERE matter IS NOT NULL AND NOT (state->>'confidential')::boolean AND type IS DISTINCT FROM 'tip_off'
    AND number IS DISTINCT FROM %(besides)s AND NOT marks @> ARRAY[%(kept_from)s]
ORDER BY 7 DESC, received_at DESC LIMIT 200
"""


def similar_open(
    words: str,
    place: str = "",
    category: str | None = None,
    *,
    limit: int = 5,
    days: int = 30,
    besides: str | None = None,
    reader: Actor | None = None,
) -> list[Similar]:
    """What looks the same, the most alike first: one statement, at most 200 candidates.

    `besides`: the case itself. `reader`: who sees every case but those with a stake of the own; None: everybody.
    """
    asked: dict[str, Any] = {
        "key": _key(place, words),
        "categories": _branch(category),
        "since": clock.now() - timedelta(days=days),
        "besides": besides,
        "kept_from": queries.stays_out(reader) if reader is not None else "",
    }
    if asked["key"] is None and not asked["categories"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        found = [_judged(row, words, category, asked["categories"]) for row in cursor.fetchall()]
    return sorted(filter(_may_be_the_same, found), key=lambda each: -each.score)[:limit]


def _key(place: str, words: str) -> str | None:
    known = city()
    if place.strip():
        return places.locate(redaction.taken_out(place), lon=None, lat=None, city=known).key
    return next((mark.name for mark in known.landmarks if mark.name in words), None)


def _branch(category: str | None) -> list[str]:
    """The category with all that stands beside and below it; of a top class itself alone: the rest is too much."""
    if not category:
        return []
    second = "/".join(category.split("/")[:2])
    if "/" not in second:
        return [category]
    return [path for path in city().categories if path == second or path.startswith(f"{second}/")]


def _judged(row: tuple[Any, ...], words: str, category: str | None, branch: Sequence[str]) -> Similar:
    number, matter, place, its_category, stage, received_at, same_place, people, merged = row
    return Similar(
        number=number,
        matter=matter,
        place=place,
        category=its_category,
        stage=stage,
        received_at=received_at,
        # A person counts once, however many of the merged cases are theirs.
        people=people if merged is None else groups.people(_DECODE(merged)),
        same_place=same_place,
        same_category=category is not None and its_category == category,
        same_branch=its_category in branch,
        # Whoever is still typing has said less than what is recorded.
        alike=max(overlap.shared(words, matter), overlap.covered(words, matter)),
        days_ago=max((log.local_day_of(clock.now()) - log.local_day_of(received_at)).days, 0),
    )


def _may_be_the_same(each: Similar) -> bool:
    if each.same_place:
        return each.same_branch or each.alike >= _HINT
    return each.alike >= (_ALIKE if each.same_branch else _VERY_ALIKE)


def _when(days_ago: int) -> str:
    if days_ago < 2:
        return _("昨天") if days_ago else _("今天")
    return ngettext("%(days)s 天前", "%(days)s 天前", days_ago) % {"days": days_ago}
