"""本周数字: what the last published weekly bulletin prints, each number with the address of its cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yousu.bulletins import queries


@dataclass(frozen=True, kw_only=True)
class Week:
    """The figures of a published week, as printed."""

    id: str
    first: date
    last: date
    accepted: int
    accepted_at: str
    calls: int
    completed: int
    completed_at: str
    percent: str
    topics: Sequence[str]


def last() -> Week | None:
    """The newest published weekly; None before there is one."""
    row = queries.published().filter(kind="weekly").first()
    content: Mapping[str, Any] | None = queries.state_of(row).content if row is not None else None
    if row is None or content is None:
        return None
    numbers = reverse("portal:bulletin_numbers", args=[row.id])
    return Week(
        id=row.id,
        first=row.period_start,
        last=row.period_end,
        accepted=content["accepted"]["total"],
        accepted_at=f"{numbers}?{urlencode({'figure': 'accepted.total'})}",
        calls=content["calls"],
        completed=content["completion"]["numerator"],
        completed_at=f"{numbers}?{urlencode({'figure': 'completion.numerator'})}",
        percent=content["completion"]["percent"],
        topics=[topic["code"] for topic in content["topics"]],
    )
