"""超期: the rule of `unfinished_overdue` as a condition on cases as they are now, for every list of late ones."""

from datetime import datetime

from django.db.models import F, Q

from yousu.appeals.state import OPEN_STAGES


def overdue(now: datetime) -> Q:
    """超期未办结: not complete, and past its limit when it was closed or, not closed, by now."""
    # What was closed in time and is said to be unsolved waits for a judgement; it is not late.
    never_in_time = Q(closed_at=None) | Q(closed_at__gt=F("due_at"))
    return Q(stage__in=sorted(OPEN_STAGES), due_at__lt=now) & never_in_time
