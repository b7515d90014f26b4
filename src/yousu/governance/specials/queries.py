"""专报查询: special reports as they stand, their words, and the list behind each number. Reads only."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yousu.cases import queries as cases
from yousu.governance import kept, streams
from yousu.governance.models import GovernedNow
from yousu.governance.specials.state import SpecialState
from yousu.ledger import texts
from yousu.org.actors import Actor
from yousu.understanding import redaction


def everything() -> QuerySet[GovernedNow]:
    """Every special report, newest first."""
    return GovernedNow.objects.filter(kind="special").order_by("-number")


def get(number: int) -> SpecialState:
    """A special report. Raises GovernedMissing."""
    found: SpecialState = streams.state("special", number)
    return found


def issued_in(year: int) -> int:
    """How many were issued in a year."""
    return GovernedNow.objects.filter(kind="special", stage="issued", state__year=year).count()


def issued_between(first: date, last: date) -> list[SpecialState]:
    """Those issued on days of a period, first ones first."""
    rows = GovernedNow.objects.filter(kind="special", stage="issued").order_by("number")
    every: list[SpecialState] = [streams.state_of(row) for row in rows]
    return [one for one in every if one.issued_at and first <= streams.day_of(one.issued_at) <= last]


def numbers_behind(state: SpecialState, path: str) -> Sequence[str]:
    """The cases behind a number. Raises ListMissing, ListBroken."""
    return kept.list_behind(f"special/{state.number}", state.lists, path)


def quoted(state: SpecialState, actor: Actor | None) -> list[tuple[str, str | None]]:
    """Chosen cases with their redacted words, None once erased; those that the reader may not see are left out."""
    numbers = [one.number for one in state.cases]
    seen = set(numbers)
    if actor is not None:
        seen &= set(cases.visible_to(actor).filter(number__in=numbers).values_list("number", flat=True))
    found = texts.read([UUID(one.text) for one in state.cases])
    words = {one.number: found.get(UUID(one.text)) for one in state.cases}
    return [
        (number, redaction.taken_out(said) if (said := words[number]) else None) for number in numbers if number in seen
    ]
