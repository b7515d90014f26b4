"""受理: turns what somebody said into the texts and the fact that a recording consists of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yousu.appeals.events import AppealRecorded, Call
from yousu.cases import places
from yousu.cases.commands import tidy
from yousu.cases.rules import FieldWrong
from yousu.cases.serials import next_numbers as next_numbers
from yousu.cases.state import Where
from yousu.ledger import texts
from yousu.ledger.texts import NewText
from yousu.org.city import City, city
from yousu.org.offering import is_offered
from yousu.understanding import redaction

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Clocks of other systems run ahead of ours by a little.
_AHEAD = timedelta(minutes=5)
_OLD = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a channel delivers of one appeal, already well-formed; codes are not yet checked."""

    channel: str
    text: str
    title: str = ""
    type: str | None = None
    category: str | None = None
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    appellant_kind: str = "person"
    name: str = ""
    phone: str | None = None
    confidential: bool = False
    call: Call | None = None
    caller_number: str | None = None
    occurred_at: datetime | None = None
    closed_at: datetime | None = None
    # An import of old appeals: those without an end get no deadline.
    from_file: bool = False


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recording ready for the log."""

    fact: AppealRecorded
    texts: tuple[NewText, ...]

    @property
    def stream(self) -> str:
        """The stream it begins."""
        return f"appeal/{self.fact.number}"


def _check_codes(said: Said, known: City) -> None:
    """What is recorded now is recorded under what stands; an old file keeps the words of its time."""
    for field, labels in (("channel", known.channels), ("type", known.types), ("category", known.categories)):
        code = getattr(said, field)
        if code is not None and code not in labels:
            raise FieldWrong(field, f"unknown_{field}")
        if code is not None and not said.from_file and not is_offered(labels[code]):
            raise FieldWrong(field, "ended_code")


def check(said: Said, *, now: datetime) -> None:
    """Raises FieldWrong for an unknown code or an impossible moment."""
    known = city()
    _check_codes(said, known)
    if not tidy(said.text):
        raise FieldWrong("text", "required")
    began = said.call.started_at if said.call is not None else None
    moments = {"occurred_at": said.occurred_at, "closed_at": said.closed_at, "call.started_at": began}
    for name, moment in moments.items():
        if moment is not None:
            _check_moment(name, moment, now=now)
    if said.closed_at is not None and said.occurred_at is not None and said.closed_at < said.occurred_at:
        raise FieldWrong("closed_at", "before_occurred_at")


def prepare(said: Said, *, number: str, person_id: UUID | None, now: datetime) -> Recording:
    """The fact and the texts of one recording; `said` was checked."""
    known = city()
    new_texts = _texts_of(said, person_id)
    received_at = said.occurred_at or now
    public_place = next((text.plain or "" for text in new_texts if text.kind == "place"), "")
    where = _where(said, public_place, known)
    fact = AppealRecorded(
        number=number,
        channel=said.channel,
        received_at=received_at,
        texts={text.kind: text.ref for text in new_texts},
        type=said.type or "other",
        category=said.category,
        where=where,
        appellant_kind=said.appellant_kind,
        person_id=person_id,
        confidential=said.confidential,
        call=said.call,
        grade="none" if said.from_file and said.closed_at is None and now - received_at > _OLD else None,
        closed_at=said.closed_at,
        flags=("outside_city",) if where.outside else (),
    )
    return Recording(fact=fact, texts=tuple(new_texts))


def _check_moment(name: str, moment: datetime, *, now: datetime) -> None:
    if moment > now + _AHEAD:
        raise FieldWrong(name, "in_the_future")
    if moment < _EARLIEST:
        raise FieldWrong(name, "before_2000")


def _where(said: Said, public_place: str, known: City) -> Where:
    if not public_place and said.lon is None:
        return Where()
    return places.locate(public_place, lon=said.lon, lat=said.lat, city=known)


def _texts_of(said: Said, person_id: UUID | None) -> list[NewText]:
    words = tidy(said.text)
    made = [
        texts.sealed("original", words, person_id=person_id),
        texts.clear("matter", redaction.taken_out(words), person_id=person_id),
    ]
    for kind, free in (("title", tidy(said.title)), ("place", tidy(said.place))):
        if not free:
            continue
        public = redaction.taken_out(free)
        made.append(texts.clear(kind, public, person_id=person_id))
        if public != free:
            made.append(texts.sealed(f"{kind}_original", free, person_id=person_id))
    if said.name:
        made.append(texts.sealed("name", tidy(said.name), person_id=person_id, findable=True))
    if said.caller_number:
        made.append(texts.sealed("caller_number", said.caller_number, person_id=person_id))
    return made
