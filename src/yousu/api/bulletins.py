"""通报接口: bulletins, the sets behind their numbers, and the steps by which they go out; seals."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AwareDatetime, Field

from yousu.api.auth import actor
from yousu.api.fields import Body
from yousu.api.openapi import refusals
from yousu.api.problems import Refusal
from yousu.api.shapes import BulletinStep, Numbers, SealList
from yousu.bulletins import commands, queries
from yousu.bulletins.queries import BulletinMissing, FigureMissing
from yousu.bulletins.rules import NotReady, PeriodWrong
from yousu.bulletins.state import BulletinState
from yousu.cases.transitions import NotPossible
from yousu.ledger import log
from yousu.ledger.models import Seal
from yousu.org import capabilities

router = Router(tags=["bulletins"])
seals = Router(tags=["seals"])
BulletinId = Annotated[str, Path(max_length=40)]


class Compose(Body):
    """As-of of the figures; the end of the period unless given, never later than now."""

    as_of: AwareDatetime | None = None


class Shown(Body):
    """As known then, whatever is frozen."""

    as_of: AwareDatetime | None = None


class At(Body):
    """JSON path of a printed number: `accepted.by_channel.hotline`."""

    figure: Annotated[str, Field(min_length=1, max_length=120)]


@router.get("/{bulletin_id}", response={200: dict[str, Any], **refusals(403, 404, 422)})
def get_bulletin(request: HttpRequest, bulletin_id: BulletinId, asked: Query[Shown]) -> Any:
    """通报: frozen, or the figures as they stand."""
    capabilities.require(actor(request), "figures")
    try:
        return queries.show(bulletin_id, as_of=asked.as_of).json
    except BulletinMissing as error:
        raise Refusal("bulletin_missing") from error


@router.get("/{bulletin_id}/numbers", response={200: Numbers, **refusals(403, 404, 422)})
def drill(request: HttpRequest, bulletin_id: BulletinId, asked: Query[At]) -> Any:
    """数字背后: the case numbers that a printed number counts."""
    capabilities.require(actor(request), "figures")
    try:
        return {"figure": asked.figure, "numbers": queries.numbers_behind(bulletin_id, asked.figure)}
    except BulletinMissing as error:
        raise Refusal("bulletin_missing") from error
    except FigureMissing as error:
        raise Refusal("figure_missing") from error


_STEP = {200: BulletinStep, **refusals(400, 403, 404, 409, 413, 415, 422)}


@router.post("/{bulletin_id}/compose", response=_STEP)
def compose(request: HttpRequest, bulletin_id: BulletinId, body: Compose) -> Any:
    """编制."""
    by = actor(request)
    return _taken(lambda: commands.compose(bulletin_id, as_of=body.as_of, by=by))


@router.post("/{bulletin_id}/review", response=_STEP)
def review_bulletin(request: HttpRequest, bulletin_id: BulletinId) -> Any:
    """审核."""
    by = actor(request)
    return _taken(lambda: commands.review(bulletin_id, by=by))


@router.post("/{bulletin_id}/sign", response=_STEP)
def sign_bulletin(request: HttpRequest, bulletin_id: BulletinId) -> Any:
    """签发."""
    by = actor(request)
    return _taken(lambda: commands.sign(bulletin_id, by=by))


@router.post("/{bulletin_id}/freeze", response=_STEP)
def freeze(request: HttpRequest, bulletin_id: BulletinId) -> Any:
    """冻结."""
    by = actor(request)
    return _taken(lambda: commands.freeze(bulletin_id, by=by))


@router.post("/{bulletin_id}/publish", response=_STEP)
def publish(request: HttpRequest, bulletin_id: BulletinId) -> Any:
    """发布."""
    by = actor(request)
    return _taken(lambda: commands.publish(bulletin_id, by=by))


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


def _taken(step: Any) -> Any:
    try:
        state: BulletinState = step()
    except PeriodWrong as error:
        raise Refusal("bulletin_missing") from error
    except NotReady as error:
        raise NotPossible(error.step, stage=error.step, possible=error.missing, why=error.why) from error
    return {
        "id": state.id,
        "stage": state.stage,
        "version": state.version,
        "issue_number": state.issue_number,
        "as_of": state.as_of,
        "holds": state.holds,
        "frozen_at": state.frozen_at,
        "published_at": state.published_at,
    }
