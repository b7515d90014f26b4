"""通报接口: bulletins, the sets behind their numbers, and the steps by which they go out; seals."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from yousu.api import versions
from yousu.api.auth import actor
from yousu.api.fields import Body, Moment
from yousu.api.openapi import IF_MATCH, refusals
from yousu.api.problems import Refusal
from yousu.api.shapes import BulletinStep, Numbers, SealList
from yousu.bulletins import commands, queries, rules
from yousu.bulletins.queries import BulletinMissing
from yousu.bulletins.rules import NotReady, PeriodWrong
from yousu.bulletins.state import BulletinState
from yousu.cases.transitions import NotPossible
from yousu.figures.kept import ListMissing
from yousu.ledger import log
from yousu.ledger.models import Seal
from yousu.ledger.sequencer import TransactionsOpen
from yousu.org import capabilities
from yousu.org.actors import Actor

router = Router(tags=["bulletins"])
seals = Router(tags=["seals"])
TRANSACTIONS_OPEN = "transactions_open"
BulletinId = Annotated[str, Path(max_length=40)]
_ETAG = {"responses": {200: {"headers": {"ETag": {"description": "Its version.", "schema": {"type": "string"}}}}}}
_SEEN = {"parameters": [{**IF_MATCH, "required": False}], **_ETAG}
_STEP = {200: BulletinStep, **refusals(400, 403, 404, 409, 412, 413, 415, 422)}


def _within(moment: datetime) -> datetime:
    if not rules.FIRST_YEAR <= moment.year <= rules.LAST_YEAR:
        raise PydanticCustomError("out_of_range", "an as-of lies between 2000 and 2100")
    return moment


AsOf = Annotated[Moment, AfterValidator(_within)]


class Compose(Body):
    """As-of of the figures; the end of the period unless given, never later than now."""

    as_of: AsOf | None = None


class Shown(Body):
    """As known then, whatever is frozen."""

    as_of: AsOf | None = None


class At(Body):
    """JSON path of a printed number: `accepted.by_channel.hotline`."""

    figure: Annotated[str, Field(min_length=1, max_length=120)]


@router.get("/{bulletin_id}", response={200: dict[str, Any], **refusals(403, 404, 422)}, openapi_extra=_ETAG)
def get_bulletin(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId, asked: Query[Shown]) -> Any:
    """通报: frozen, or the figures as they stand. The ETag is the version for a step's If-Match."""
    capabilities.require(actor(request), "figures")
    try:
        bulletin = queries.show(bulletin_id, as_of=asked.as_of)
    except BulletinMissing as error:
        raise Refusal("bulletin_missing") from error
    versions.tag(response, bulletin.state.version if bulletin.state else 0)
    return bulletin.json


@router.get("/{bulletin_id}/numbers", response={200: Numbers, **refusals(403, 404, 409, 422)})
def drill(request: HttpRequest, bulletin_id: BulletinId, asked: Query[At]) -> Any:
    """数字背后: the case numbers that a printed number counts."""
    capabilities.require(actor(request), "figures")
    try:
        return {"figure": asked.figure, "numbers": queries.numbers_behind(bulletin_id, asked.figure)}
    except BulletinMissing as error:
        raise Refusal("bulletin_missing") from error
    except ListMissing as error:
        raise Refusal("figure_missing") from error


@router.post("/{bulletin_id}/compose", response=_STEP, openapi_extra=_SEEN)
def compose(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId, body: Compose) -> Any:
    """编制."""
    return _taken(request, response, bulletin_id, partial(commands.compose, as_of=body.as_of))


@router.post("/{bulletin_id}/review", response=_STEP, openapi_extra=_SEEN)
def review_bulletin(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId) -> Any:
    """审核."""
    return _taken(request, response, bulletin_id, commands.review)


@router.post("/{bulletin_id}/sign", response=_STEP, openapi_extra=_SEEN)
def sign_bulletin(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId) -> Any:
    """签发."""
    return _taken(request, response, bulletin_id, commands.sign)


@router.post("/{bulletin_id}/freeze", response=_STEP, openapi_extra=_SEEN)
def freeze(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId) -> Any:
    """冻结."""
    return _taken(request, response, bulletin_id, commands.freeze)


@router.post("/{bulletin_id}/publish", response=_STEP, openapi_extra=_SEEN)
def publish(request: HttpRequest, response: HttpResponse, bulletin_id: BulletinId) -> Any:
    """发布."""
    return _taken(request, response, bulletin_id, commands.publish)


@seals.get("", response={200: SealList, **refusals(403)})
def list_seals(request: HttpRequest) -> Any:
    """封存: every seal, oldest first."""
    capabilities.require(actor(request), "figures")
    return {
        "installation": log.installation(),
        "seals": [
            {
                "number": seal.number,
                "position": seal.position,
                "merkle": bytes(seal.merkle).hex(),
                "root": bytes(seal.root).hex(),
                "sealed_at": seal.sealed_at,
            }
            for seal in Seal.objects.order_by("number")
        ],
    }


def _taken(request: HttpRequest, response: HttpResponse, bulletin_id: str, step: Callable[..., BulletinState]) -> Any:
    by = actor(request)
    # Scripts that take one step after the other need not say what they saw.
    seen = versions.seen(request) if "If-Match" in request.headers else None
    try:
        state = step(bulletin_id, by=by, seen=seen)
    except PeriodWrong as error:
        raise Refusal("bulletin_missing") from error
    except NotReady as error:
        raise _not_possible(bulletin_id, error.step, error.why, by=by) from error
    except TransactionsOpen as error:
        raise _not_possible(bulletin_id, "freeze", TRANSACTIONS_OPEN, by=by) from error
    versions.tag(response, state.version)
    seal = queries.seal_of(bulletin_id)
    return {
        "id": state.id,
        "stage": state.stage,
        "version": state.version,
        "issue_number": state.issue_number,
        "as_of": state.as_of,
        "holds": state.holds,
        "frozen_at": state.frozen_at,
        "published_at": state.published_at,
        "seal": seal.number if seal else None,
    }


def _not_possible(bulletin_id: str, step: str, why: str, *, by: Actor) -> NotPossible:
    state = queries.state(bulletin_id)
    possible = queries.possible(bulletin_id, by=by.code)
    if why != TRANSACTIONS_OPEN:
        possible = tuple(other for other in possible if other != step)
    return NotPossible(step, stage=state.stage if state else "not_composed", possible=possible, why=why)
