"""通知查询: one's own, how many are unread, what went out in all, and what was told of one case. And: read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yousu.notices.catalogue import DESK
from yousu.notices.models import Notice
from yousu.platform import clock

PAGE = 50
# Beyond what anybody reads it is no longer counted.
MOST_COUNTED = 99
_OF_A_CASE = 30


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page, newest first; `after` is the cursor of the next one, if there is any."""

    rows: Sequence[Notice]
    after: str


def unread(account_id: int | None) -> int:
    """How many of the account's reminders nobody has read; MOST_COUNTED + 1 stands for more."""
    return _reminders(account_id).filter(read_at=None).values("pk")[: MOST_COUNTED + 1].count()


def own(account_id: int | None, *, after: str = "") -> Page:
    """提醒 of an account."""
    return _page(_reminders(account_id).select_related("account"), after)


def everything(*, way: str = "", state: str = "", after: str = "") -> Page:
    """What went to whom, of every case."""
    conditions = {name: value for name, value in (("way", way), ("state", state)) if value}
    return _page(Notice.objects.filter(**conditions).select_related("account"), after)


def of_case(stream: str) -> list[Notice]:
    """What was told of a case, oldest first; of a very long story the latest."""
    rows = Notice.objects.filter(stream=stream).select_related("account")
    return list(reversed(rows.order_by("-seq", "-id")[:_OF_A_CASE]))


def mark_read(account_id: int | None, *, notice: UUID | None = None, until: datetime | None = None) -> None:
    """已读: one of the account's own reminders, or all that it had at a moment, whenever what they tell happened."""
    which = Q(pk=notice) if notice is not None else Q(queued_at__lte=until)
    _reminders(account_id).filter(which, read_at=None).update(read_at=clock.now())


def _reminders(account_id: int | None) -> QuerySet[Notice]:
    if account_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(account_id=account_id, way=DESK)


def _page(notices: QuerySet[Notice], after: str) -> Page:
    if cursor := _read(after):
        at, last = cursor
        notices = notices.filter(Q(happened_at__lt=at) | Q(happened_at=at, id__lt=last))
    rows = list(notices.order_by("-happened_at", "-id")[: PAGE + 1])
    more, shown = len(rows) > PAGE, rows[:PAGE]
    return Page(rows=shown, after=f"{shown[-1].happened_at.isoformat()}_{shown[-1].id}" if more else "")


def _read(after: str) -> tuple[datetime, UUID] | None:
    """The row after which a page begins; None for an empty or broken cursor."""
    at, _, last = after.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(last)) if moment.tzinfo is not None else None
    except ValueError:
        return None
