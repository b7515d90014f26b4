"""超期: the rule of `unfinished_overdue` as a condition on cases as they are now, for every list of late ones."""

from datetime import datetime

from django.db.models import Q

from yousu.appeals.state import APPEAL
from yousu.cases import queries


def overdue(now: datetime) -> Q:
    """超期未办结: not complete, and past its limit when it was closed or, not closed, by now."""
    return queries.overdue(APPEAL.code, now)
