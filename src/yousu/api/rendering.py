"""案件呈现: a case's row as the JSON that the contract names."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest
from ninja.renderers import BaseRenderer

from yousu.api.shapes import Case, CoUnit, Counts, Due, Spot
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases import state as cases
from yousu.cases.models import CaseNow
from yousu.org.actors import Actor
from yousu.platform import environment

_E6 = 1_000_000


class Json(BaseRenderer):
    """UTF-8 JSON."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """The body."""
        return msgspec.json.encode(data)


def case(row: CaseNow, *, by: Actor) -> Case:
    """What an actor who may see the case is shown of it."""
    return Case(**fields(row, by=by))


def fields(row: CaseNow, *, by: Actor) -> dict[str, Any]:
    """The members of a case's JSON."""
    state: AppealState = queries.state_of(row)
    return {
        "number": row.number,
        "version": row.version,
        "kind": "appeal",
        "stage": row.stage,
        "type": row.type,
        "category": row.category,
        "channel": row.channel,
        "matter": row.matter,
        "place": _spot(row, state),
        "received_at": local(row.received_at),
        "due": _due(state.due),
        "lead_unit": row.lead_unit,
        "co_units": [CoUnit(unit=part.unit, stage=part.stage, due=_due(part.due)) for part in state.parts],
        "head": row.head,
        "counts": Counts(
            calls=state.calls,
            people=state.people,
            sent_back=state.sent_back,
            second_handling=state.second_handling,
        ),
        "allowed": queries.allowed(row, state, by),
    }


def _due(due: cases.Due | None) -> Due | None:
    if due is None:
        return None
    return Due(at=local(due.at), provisional=due.provisional, grade=due.grade)


def _spot(row: CaseNow, state: AppealState) -> Spot | None:
    where = state.where
    if row.place is None and where.lon_e6 is None:
        return None
    return Spot(
        text=row.place,
        district=where.district,
        lon=None if where.lon_e6 is None else where.lon_e6 / _E6,
        lat=None if where.lat_e6 is None else where.lat_e6 / _E6,
        outside_city=where.outside,
    )


def local(at: datetime) -> datetime:
    """A moment in the city's zone."""
    return at.astimezone(_zone())


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
