"""附议的进展: what somebody sees of a case they joined: its public part, never the appellant's own words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import publishing
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.portal import promised
from yousu.portal.following import NOW_AND_NEXT
from yousu.portal.promised import Promised

_AGAIN = _("还需要办理的，请自己反映一次。")
# 环节: where the words for the appellant are not those for a stranger. What the appellant said stays between both.
_TOLD_TO_OTHERS: dict[str, tuple[Promise, Promise]] = {
    "forwarded": (_("已经转给负责的单位。"), _("单位签收后会办理。")),
    "handled": (_("单位已经办理，热线正在审核。"), _("审核通过就办结了。")),
    "closed": (_("已经办结。"), _("留了电话的，热线会打电话告诉您结果。")),
    "unsolved": (_("正在研判是否再办一次。"), _("决定后，您在这里能看到。")),
    "settled": (_("已经办结。"), _AGAIN),
    "finalised": (_("已经依法办理并说明，办理终结。"), _AGAIN),
    "declined": (_("这件事不属于热线受理的范围。"), _AGAIN),
    "withdrawn": (_("这件事不再办理。"), _AGAIN),
    "merged": (_("与同一件事合并办理。"), _("办结后，您在这里能看到。")),
}


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A case as somebody sees it who joined it. `matter` and `place` only while strangers may learn of it."""

    now: Promise
    following: Promise
    is_over: bool
    matter: str | None
    place: str | None
    unit: str | None
    due: Promised | None
    closed_at: datetime | None
    answer: str | None
    people: int
    calls: int


def joined(number: str) -> Joined:
    """The public part of a case. Raises CaseMissing."""
    row = queries.now(number)
    state: AppealState = queries.state_of(row)
    now, following = _TOLD_TO_OTHERS.get(row.stage) or NOW_AND_NEXT[row.stage]
    return Joined(
        now=now,
        following=following,
        is_over=row.closed_at is not None,
        matter=row.matter if state.is_public else None,
        place=row.place if state.is_public else None,
        unit=row.lead_unit if row.stage != "sent_back" else None,
        due=promised.of(state.due) if row.closed_at is None else None,
        closed_at=row.closed_at,
        answer=publishing.answer_to(state),
        people=state.people,
        calls=state.calls,
    )
