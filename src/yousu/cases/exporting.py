"""导出: a list of cases leaves as a file: recorded before the first row goes, read in pieces."""

from collections.abc import Iterator
from dataclasses import fields

from yousu.cases import searching
from yousu.cases.events import Exported
from yousu.cases.models import CaseNow
from yousu.cases.searching import Wanted
from yousu.ledger import log, texts
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.platform import clock

MOST = 100_000
_AT_ONCE = 1_000
# The state is large, and holds more than a list shows.
_COLUMNS = (
    "number",
    "stage",
    "channel",
    "type",
    "category",
    "district",
    "lead_unit",
    "received_at",
    "due_at",
    "closed_at",
    "title",
    "matter",
    "place",
)


class TooMany(ValueError):
    """More cases than one file takes."""


def export(wanted: Wanted, *, file: str, by: Actor) -> Iterator[list[CaseNow]]:
    """The cases that meet the filters, newest first, in pieces. Raises Forbidden, NothingToFind, TooMany."""
    capabilities.require(by, "export")
    numbers = searching.numbers_of(wanted, by=by, limit=MOST + 1)
    if len(numbers) > MOST:
        raise TooMany(len(numbers))
    said = texts.sealed("words", wanted.words) if wanted.words else None
    fact = Exported(file=file, filters=_told(wanted), words=said.ref if said else None, rows=len(numbers))
    log.append(f"export/{by.code}", fact, by=by, at=clock.now(), texts=[said] if said else [])
    return _pieces(numbers)


def _pieces(numbers: list[str]) -> Iterator[list[CaseNow]]:
    for first in range(0, len(numbers), _AT_ONCE):
        wanted = numbers[first : first + _AT_ONCE]
        found = CaseNow.objects.only(*_COLUMNS).in_bulk(wanted)
        yield [found[number] for number in wanted]


def _told(wanted: Wanted) -> tuple[str, ...]:
    given = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name != "words"}
    return tuple(f"{name}={value}" for name, value in sorted(given.items()) if value is not None)
