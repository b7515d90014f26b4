"""诉求接口: recording, the case, its history, the list."""

import re
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from yousu.api import delivery, listing, rendering, versions
from yousu.api.auth import actor
from yousu.api.delivery import NewAppeal
from yousu.api.listing import Filters
from yousu.api.openapi import ETAG, IDEMPOTENCY_KEY, refusals
from yousu.api.problems import Refusal
from yousu.api.shapes import Case, Cases, Event, History, Recorded
from yousu.cases import numbers, queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import CaseMissing, Standing
from yousu.cases.rules import FieldWrong
from yousu.intake import arrivals
from yousu.ledger import chain, log
from yousu.ledger.models import Event as EventRow
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden

router = Router(tags=["appeals"])
_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


@router.post(
    "",
    response={201: Recorded, 200: Case, **refusals(400, 403, 409, 413, 415, 422)},
    openapi_extra={"parameters": [IDEMPOTENCY_KEY], "responses": {200: ETAG, 201: ETAG}},
)
def record(request: HttpRequest, response: HttpResponse, body: NewAppeal) -> Status[Case]:
    """受理, safe to repeat: 201 the first time, 200 when the same came before, 409 when other content did."""
    by = actor(request)
    capabilities.require(by, "record")
    accepted = arrivals.accept(delivery.delivery(body, idempotency_key=_key(request, body)), by=by)
    row = _repeated(accepted.number, by) if accepted.repeated else queries.now(accepted.number)
    versions.tag(response, row.version)
    response["Location"] = f"{request.path.rstrip('/')}/{row.number}"
    if accepted.receipt_secret is None:
        return Status(200, rendering.case(row, by=by))
    return Status(201, Recorded(**rendering.fields(row, by=by), receipt_secret=accepted.receipt_secret))


@router.get("", response={200: Cases, **refusals(403, 422)})
def appeals(request: HttpRequest, filters: Annotated[Filters, Query()]) -> Cases:
    """诉求列表, newest first; `next` goes into `after`."""
    unknown = sorted(request.GET.keys() - Filters.model_fields.keys())
    if unknown:
        raise FieldWrong(unknown[0][:200], "unknown_parameter")
    by = actor(request)
    capabilities.require(by, "see")
    rows, following = listing.page(filters, by=by)
    return Cases(appeals=[rendering.case(row, by=by) for row in rows], next=following)


@router.get("/{number}", response={200: Case, **refusals(404)}, openapi_extra={"responses": {200: ETAG}})
def appeal(request: HttpRequest, response: HttpResponse, number: str) -> Case:
    """一件诉求."""
    row = visible(number, actor(request))
    versions.tag(response, row.version)
    return rendering.case(row, by=actor(request))


@router.get("/{number}/events", response={200: History, **refusals(403, 404)})
def events(request: HttpRequest, number: str) -> History:
    """全部经过: every event with the text that was hashed; not for who must not learn who raised the case."""
    by = actor(request)
    row = visible(number, by)
    # The texts name the person and the call: nothing can be taken out of what was hashed.
    if not capabilities.learns_who(by, Standing(queries.state_of(row))):
        raise Forbidden(by, "see")
    stream = queries.stream_of(row)
    return History(
        stream=stream,
        first_previous=chain.first_previous(log.installation(), stream).hex(),
        events=[_event(row) for row in EventRow.objects.filter(stream=stream).order_by("seq")],
    )


def visible(number: str, by: Actor) -> CaseNow:
    """The case, if the actor may see it. Raises CaseMissing, for a malformed number too."""
    if not numbers.is_number(number):
        raise CaseMissing(number)
    return queries.get(number, by)


def check_visible(number: str, by: Actor) -> None:
    """`visible` before a command. Whoever sees all learns from the log whether there is the case: a statement less."""
    if not numbers.is_number(number):
        raise CaseMissing(number)
    if not queries.sees_all(by):
        queries.get(number, by)


def _event(row: EventRow) -> Event:
    return Event(
        seq=row.seq,
        kind=row.kind,
        shape=row.shape,
        occurred_at=chain.moment(row.occurred_at),
        recorded_at=chain.moment(row.recorded_at),
        actor=row.actor,
        data=row.data,
        hash=bytes(row.hash).hex(),
    )


def _key(request: HttpRequest, body: NewAppeal) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None and body.external_id is None:
        raise FieldWrong("external_id", "this_or_idempotency_key")
    if key is not None and not _KEY.fullmatch(key):
        raise FieldWrong("Idempotency-Key", "malformed")
    return key


def _repeated(number: str, by: Actor) -> CaseNow:
    try:
        return queries.get(number, by)
    except CaseMissing as missing:
        raise Refusal("recorded_by_another") from missing
