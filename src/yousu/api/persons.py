"""人员接口: erasure."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from yousu.api import bodies
from yousu.api.auth import actor
from yousu.api.openapi import refusals
from yousu.api.shapes import Erased
from yousu.cases import commands

router = Router(tags=["persons"])


@router.post("/{person_id}/erase", response={200: Erased, **refusals(400, 403, 404, 413, 415, 422)})
def erase(request: HttpRequest, person_id: UUID, body: bodies.Erase) -> Erased:
    """删除个人信息: the person and all texts of the person's cases are gone; counts hold."""
    gone = commands.erase(person_id, reason=body.reason, by=actor(request))
    return Erased(person_id=str(person_id), texts=gone)
