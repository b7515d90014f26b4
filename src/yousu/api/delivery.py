"""来件: the body of `POST /appeals`, and the delivery it becomes."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from yousu.api.fields import Body, Code, Latitude, Longitude, Moment, Short, Truth, Words
from yousu.appeals.events import Call as CallFact
from yousu.appeals.recording import Said
from yousu.cases.rules import FieldWrong
from yousu.intake.arrivals import Delivery
from yousu.ledger.persons import PhoneWrong, normalised_phone

Number = Annotated[str, Field(max_length=40)]


class Place(Body):
    """Words, a pin (WGS-84), or both."""

    text: Annotated[str, Field(max_length=2000)] = ""
    lon: Longitude | None = None
    lat: Latitude | None = None

    @model_validator(mode="after")
    def _is_a_pair(self) -> "Place":
        if (self.lon is None) != (self.lat is None):
            raise PydanticCustomError("pair_missing", "lon and lat come together")
        return self


class Appellant(Body):
    """Who appeals. Without a phone nobody can be called back."""

    kind: Literal["person", "enterprise"] = "person"
    name: Short | None = None
    phone: Number | None = None
    confidential: Truth = False


class Call(Body):
    """The telephone system's call."""

    id: Code
    caller_number: Number | None = None
    started_at: Moment | None = None


class NewAppeal(Body):
    """An appeal as a channel delivers it. Codes from GET /channels and /categories."""

    channel: Code
    external_id: Code | None = None
    text: Words
    title: Short | None = None
    type: Code | None = None
    category: Code | None = None
    place: Place | None = None
    appellant: Appellant | None = None
    call: Call | None = None
    occurred_at: Moment | None = None


def delivery(body: NewAppeal, *, idempotency_key: str | None) -> Delivery:
    """The delivery behind a body. Raises PhoneWrong, FieldWrong."""
    return Delivery(said=_said(body), external_id=body.external_id, idempotency_key=idempotency_key)


def _said(body: NewAppeal) -> Said:
    who, how = _who(body.appellant or Appellant()), {} if body.call is None else _how(body.call)
    # Whoever calls without saying another number is found, called back and forgotten by the one they called from.
    who["phone"] = who["phone"] or how.get("caller_number")
    return Said(
        channel=body.channel,
        text=body.text,
        title=body.title or "",
        type=body.type,
        category=body.category,
        occurred_at=body.occurred_at,
        **_where(body.place or Place()),
        **who,
        **how,
    )


def _where(place: Place) -> dict[str, Any]:
    return {"place": place.text, "lon": place.lon, "lat": place.lat}


def _who(appellant: Appellant) -> dict[str, Any]:
    return {
        "appellant_kind": appellant.kind,
        "name": (appellant.name or "").strip(),
        "phone": normalised_phone(appellant.phone) if appellant.phone else None,
        "confidential": appellant.confidential,
    }


def _how(call: Call) -> dict[str, Any]:
    try:
        caller_number = normalised_phone(call.caller_number) if call.caller_number else None
    except PhoneWrong as wrong:
        raise FieldWrong("call.caller_number", "not_a_phone") from wrong
    return {"call": CallFact(id=call.id, started_at=call.started_at), "caller_number": caller_number}
