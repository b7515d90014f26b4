"""指标接口: definitions and figures."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from yousu.api.auth import actor
from yousu.api.fields import Body
from yousu.api.openapi import refusals
from yousu.api.problems import Refusal
from yousu.api.shapes import FigureAnswer, FigureList
from yousu.cases.rules import FieldWrong
from yousu.figures import answers
from yousu.figures.facts import DIMENSIONS
from yousu.figures.queries import FigureMissing, Period
from yousu.ledger import log
from yousu.org import capabilities
from yousu.platform import clock

router = Router(tags=["figures"])


class Asked(Body):
    """The period (local days, both in; today unless given), the as-of (now unless given), the breakdown."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    as_of: AwareDatetime | None = None
    by: Annotated[list[str], Field(max_length=3, default_factory=list)]


@router.get("", response={200: FigureList, **refusals(403)})
def list_figures(request: HttpRequest) -> Any:
    """指标目录: every definition."""
    capabilities.require(actor(request), "figures")
    return answers.listing()


@router.get("/{figure}", response={200: FigureAnswer, **refusals(403, 404, 422)}, by_alias=True, exclude_unset=True)
def get_figure(request: HttpRequest, figure: str, asked: Query[Asked]) -> Any:
    """指标: a figure for a period, as known at a moment, by up to three dimensions."""
    capabilities.require(actor(request), "figures")
    try:
        return answers.answer(figure, _period(asked), by=_dimensions(asked.by))
    except FigureMissing as error:
        raise Refusal("figure_missing") from error


def _dimensions(by: list[str]) -> list[str]:
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise FieldWrong("by", "unknown_code")
    return list(dict.fromkeys(by))


def _period(asked: Asked) -> Period:
    now: datetime = clock.now()
    today = log.local_day_of(now)
    first = asked.from_ or asked.to or today
    last = asked.to or asked.from_ or today
    if last < first:
        raise FieldWrong("to", "before_from")
    return Period(first=first, last=last, as_of=min(asked.as_of or now, now))
