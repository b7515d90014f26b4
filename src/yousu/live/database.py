"""听库: one connection that listens to the sequencer, one that asks what has changed. No page waits for either."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from yousu.appeals.waiting import MOST_COUNTED, Length, Statement
from yousu.ledger.sequencer import CHANNEL
from yousu.org import presence
from yousu.org.configuration import laying
from yousu.org.presence import Page
from yousu.platform import database

# Beyond this a page is told that much has changed, not what.
MOST_MOVED = 500
_AGAIN_S = 2.0
_COLUMNS_AT_ONCE = 80
_log = logging.getLogger("yousu.live")

_LAST = "SELECT coalesce(max(position), 0) FROM event_position"
# Streams beside a case's own (accesses, bulletins) join nothing.
_MOVED = """
SELECT DISTINCT c.number, c.version
FROM (SELECT stream FROM event_position WHERE position > %s AND position <= %s ORDER BY position DESC LIMIT %s) AS p
JOIN case_now AS c ON c.number = split_part(p.stream, '/', 2) AND p.stream = c.kind || '/' || c.number
"""
_HAS = "ARRAY(SELECT q.number FROM ({}) AS q WHERE q.number = ANY(%s))"


@dataclass(frozen=True)
class Found:
    """What statements found: how long each list is, and which of the numbers asked for each of them has."""

    lengths: Mapping[Statement, Length]
    numbers: Mapping[Statement, frozenset[str]]


class Database:
    """What the live process asks. Raises psycopg.OperationalError while the database is away."""

    def __init__(self) -> None:
        self._asking: psycopg.AsyncConnection[tuple[Any, ...]] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def batches(self) -> AsyncIterator[None]:
        """Yields once for each batch the sequencer numbered, and whenever the connection was made (again)."""
        while True:
            try:
                async with await _connect() as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    yield
                    async for _ in listening.notifies():
                        yield
            except psycopg.OperationalError as error:
                _log.error("the database does not answer", exc_info=error)
            await asyncio.sleep(_AGAIN_S)

    async def last(self) -> int:
        """The last position."""
        ((position,),) = await self._ask(_LAST, [])
        return int(position)

    async def moved(self, after: int, upto: int) -> dict[str, int]:
        """Cases whose version moved between two positions, with the version they are at now."""
        return dict(await self._ask(_MOVED, [after, upto, MOST_MOVED]))

    async def found(self, *, lists: Iterable[Statement], sights: Iterable[Statement], numbers: Sequence[str]) -> Found:
        """Asks each statement once, however many pages wait for it. Only lists are counted: a sight has no end."""
        lengths: dict[Statement, Length] = {}
        has: dict[Statement, frozenset[str]] = {}
        counted = list(dict.fromkeys(lists))
        columns = [(f"(SELECT count(*) FROM ({each.sql} LIMIT {MOST_COUNTED + 1}) AS q)", each) for each in counted]
        for some in _parts(columns):
            row = await self._columns(some, [])
            lengths |= {each: Length(n) for (_, each), n in zip(some, row, strict=True)}
        looked_into = [(_HAS.format(each.sql), each) for each in dict.fromkeys([*counted, *sights])] if numbers else []
        for some in _parts(looked_into):
            row = await self._columns(some, [list(numbers)])
            has |= {each: frozenset(found) for (_, each), found in zip(some, row, strict=True)}
        return Found(lengths, has)

    async def sees(self, sight: Statement, number: str) -> bool:
        """Whether a case is among those of a statement."""
        sql = f"SELECT q.number FROM ({sight.sql}) AS q WHERE q.number = %s"
        return bool(await self._ask(sql, [*sight.arguments(), number]))

    async def asking(self, cases: Sequence[str]) -> list[Page]:
        """Who is at these cases with a page that asks instead of listening."""
        return presence.pages(await self._ask(presence.ASKING, [list(cases)]))

    async def take_up_configuration(self) -> None:
        """What was changed in the city's data is in force here, too."""
        if laying.is_new(await self._ask(laying.STANDING, [])):
            laying.take(await self._ask(laying.TEXTS, []))

    async def keep(self, listening: Iterable[Page]) -> None:
        """Writes down pages that listen, for those that ask."""
        for page in listening:
            await self._ask(f"{presence.KEEP} RETURNING page", page.kept(is_listening=True))

    async def forget(self, page: str) -> None:
        """Those that ask are no longer told of a page that listens."""
        await self._ask(f"{presence.FORGET} RETURNING page", [page])

    async def _columns(self, some: Sequence[tuple[str, Statement]], more: list[Any]) -> tuple[Any, ...]:
        arguments = [value for _, statement in some for value in [*statement.arguments(), *more]]
        (row,) = await self._ask(f"SELECT {', '.join(column for column, _ in some)}", arguments)
        return row

    async def _ask(self, sql: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        async with self._one_at_a_time:
            asking, self._asking = self._asking or await _connect(), None
            try:
                rows = await (await asking.execute(sql, arguments)).fetchall()
            except psycopg.Error:
                await asking.close()
                raise
            # Only after an answer: a connection that was interrupted is never asked again.
            self._asking = asking
            return rows


def _parts(columns: Sequence[tuple[str, Statement]]) -> Iterable[Sequence[tuple[str, Statement]]]:
    return (columns[begin : begin + _COLUMNS_AT_ONCE] for begin in range(0, len(columns), _COLUMNS_AT_ONCE))


async def _connect() -> "psycopg.AsyncConnection[tuple[Any, ...]]":
    # As the role of the pages: it reads, and can change no event.
    at = database.serving_conninfo(name="yousu-live")
    return await psycopg.AsyncConnection.connect(at, autocommit=True)
