"""个人信息副本: all that is kept of a person, row by row: cases, words, replies, who looked at them and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yousu.appeals.dispatching import grades
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.events import Unmasked
from yousu.cases.models import CaseNow
from yousu.ledger import history, persons, texts
from yousu.ledger.events import decode

# What stands in the file and in which order, by kinds of texts: the first that is there. Where words had nothing
# personal in them, they are kept once.
TEXTS = {
    "words": ("original",),
    "title": ("title_original", "title"),
    "place": ("place_original", "place"),
    "name": ("name",),
    "caller_number": ("caller_number",),
    "reply": ("reply",),
}
FIELDS = ("phone", *TEXTS)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One thing that is kept: in which case, what it is (a code), and what it says."""

    case: str
    what: str
    words: str


def cases_of(person_id: UUID, *, until: datetime) -> list[CaseNow]:
    """The person's own cases recorded until a moment, the oldest first."""
    own = CaseNow.objects.filter(person_id=person_id, kind="appeal", recorded_at__lte=until)
    return list(own.order_by("received_at", "number"))


def kept(person_id: UUID, cases: Sequence[CaseNow]) -> list[Kept]:
    """All that is kept of a person; `cases` are their own."""
    phone = persons.phones_of([person_id]).get(person_id)
    found = [Kept(case="", what="phone", words=phone)] if phone else []
    states: list[AppealState] = [queries.state_of(row) for row in cases]
    kinds = {kind for each in TEXTS.values() for kind in each}
    opened = texts.read([ref.id for state in states for kind, ref in state.texts.items() if kind in kinds])
    looks = _looks(states)
    for state in states:
        found += _of_case(state, {kind: opened.get(ref.id, "") for kind, ref in state.texts.items()})
        found += [Kept(case=state.number, what="looked_at", words=words) for words in looks[state.number]]
    return found + [Kept(case=number, what="supported", words="") for number in _supported(person_id)]


def _of_case(state: AppealState, words: Mapping[str, str]) -> Iterator[Kept]:
    yield Kept(case=state.number, what="received_at", words=_moment(state.received_at))
    for what, kinds in TEXTS.items():
        if said := next((words[kind] for kind in kinds if words.get(kind)), ""):
            yield Kept(case=state.number, what=what, words=said)
    for each in state.attachments:
        yield Kept(case=state.number, what="file", words=f"{each.file.media_type}, {each.file.size} B")


def _looks(states: Sequence[AppealState]) -> Mapping[str, list[str]]:
    """When whose fields were opened; who it was, and for what, is the log's."""
    found: dict[str, list[str]] = {state.number: [] for state in states}
    for row in history.rows_of_many([f"access/{number}" for number in found]):
        fact = decode(row.kind, row.shape, row.data)
        if isinstance(fact, Unmasked):
            number = row.stream.partition("/")[2]
            found[number].append(f"{_moment(row.occurred_at)} {', '.join(fact.fields)}")
    return found


def _supported(person_id: UUID) -> list[str]:
    # As the index of supporters is written.
    ours = "state -> 'supporters' <> '[]' AND state -> 'supporters' @> to_jsonb(%s::text)"
    found = CaseNow.objects.extra(where=[ours], params=[str(person_id)]).order_by("number")
    return list(found.values_list("number", flat=True))


def _moment(at: datetime) -> str:
    return at.astimezone(grades().zone).isoformat(sep=" ", timespec="minutes")
