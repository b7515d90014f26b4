"""请求查询: requests as lists, those of a case's appellant, and how many were answered in time. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, F, Q, QuerySet

from yousu.appeals.data_requests.models import DataRequestNow
from yousu.appeals.data_requests.state import DataRequestState
from yousu.platform import clock

# 近一年: over what the share of answers in time is counted.
_YEAR = timedelta(days=365)
SHOWN = ("open", "decided", "on-time", "late")


class DataRequestMissing(LookupError):
    """There is no such request."""


@dataclass(frozen=True, kw_only=True)
class Timeliness:
    """按期答复: of those decided within the last year, how many in time."""

    on_time: int
    decided: int


def state(number: int) -> DataRequestState:
    """A request. Raises DataRequestMissing."""
    found = DataRequestNow.objects.filter(number=number).values_list("state", flat=True).first()
    if found is None:
        raise DataRequestMissing(str(number))
    return msgspec.convert(found, DataRequestState)


def shown_by(case: str) -> list[DataRequestState]:
    """The requests for which a case's receipt was shown, the latest first."""
    rows = DataRequestNow.objects.filter(case_number=case).order_by("-number").values_list("state", flat=True)
    return [msgspec.convert(row, DataRequestState) for row in rows]


def listed(shown: str) -> QuerySet[DataRequestNow]:
    """One of SHOWN: open ones by their deadline, decided ones of the last year with the latest first."""
    if shown == "open":
        return DataRequestNow.objects.filter(decided_at=None).order_by("due_at", "number")
    decided = _of_last_year().order_by("-decided_at", "-number")
    return {"on-time": decided.filter(_IN_TIME), "late": decided.exclude(_IN_TIME)}.get(shown, decided)


def timeliness() -> Timeliness:
    """How many of the last year's were answered in time."""
    counted = _of_last_year().aggregate(on_time=Count("number", filter=_IN_TIME), decided=Count("number"))
    return Timeliness(**counted)


def cases_of(numbers: Collection[int]) -> dict[int, str]:
    """The cases whose receipts were shown for requests."""
    return dict(DataRequestNow.objects.filter(number__in=numbers).values_list("number", "case_number"))


def persons_with_open(persons: Sequence[UUID]) -> set[UUID]:
    """Those of the persons who wait for an answer."""
    return set(
        DataRequestNow.objects.filter(person_id__in=persons, decided_at=None).values_list("person_id", flat=True)
    )


_IN_TIME = Q(decided_at__lte=F("due_at"))


def _of_last_year() -> QuerySet[DataRequestNow]:
    return DataRequestNow.objects.filter(decided_at__gt=clock.now() - _YEAR)
