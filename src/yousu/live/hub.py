"""集散: every open page, what has changed since, and who is told what. One round of questions serves all pages."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg

from yousu.appeals import waiting
from yousu.appeals.waiting import Statement
from yousu.cases import queries
from yousu.live.database import MOST_MOVED, Database
from yousu.live.desks import Desk
from yousu.live.messages import event
from yousu.org import presence
from yousu.org.actors import Actor
from yousu.org.city import CityWrong
from yousu.org.presence import Page
from yousu.org.tickets import Ticket
from yousu.platform import clock

# Nobody reads faster, and a busy city would otherwise ask without end.
_PUSH_EVERY_S = 1.0
# A page that is loaded again should not be seen to leave and come.
_TELL_AFTER_S = 0.5
_SWEEP_EVERY_S = 5.0
_log = logging.getLogger("yousu.live")


class Full(RuntimeError):
    """There are as many open pages as one process takes."""


@dataclass(frozen=True)
class Plan:
    """What is asked for a page: its lists and what it may see. Equal plans are told the same, with the same bytes."""

    lists: tuple[tuple[str, Statement], ...]
    sight: Statement


def plan_of(ticket: Ticket) -> Plan:
    """The plan of a ticket. Lists that depend on the time of day are written anew each minute."""
    return _plan(ticket.actor, ticket.waiting, clock.now().replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _plan(actor: Actor, codes: tuple[str, ...], _minute: datetime) -> Plan:
    lists = tuple((code, waiting.statement(waiting.on(code, actor))) for code in codes if code in waiting.QUEUES)
    return Plan(lists, waiting.statement(queries.visible_to(actor)))


class Hub:
    """The open pages. `position` is that up to which they have been told; None while nobody is there to tell."""

    MOST_DESKS = 2000

    def __init__(self, database: Database) -> None:
        self._database = database
        self._desks: dict[str, Desk] = {}
        self._numbered = asyncio.Event()
        self._to_tell: set[str] = set()
        # At cases that are open here, too: pages that ask, as of the last sweep.
        self._asking: dict[str, list[Page]] = {}
        self.position: int | None = None

    async def run(self) -> None:
        """Listens, pushes and sweeps until it is cancelled."""
        await asyncio.gather(self._listen(), self._push(), self._sweep())

    async def join(self, desk: Desk, *, case: str, after: int | None) -> None:
        """Takes a page in and tells it what happened since the position it knows. Raises Full."""
        if len(self._desks) >= self.MOST_DESKS:
            raise Full
        if self.position is None:
            self.position = await self._database.last()
        self._desks[desk.stream] = desk
        position = self.position
        is_behind = after is not None and after < position
        # Until it knows what it missed it goes on from where it was.
        desk.tell(event("hello", {"stream": desk.stream}, position=None if is_behind else position))
        if after is not None and is_behind:
            await self._tell_moved([desk], after=after, upto=position)
        await self.place(desk, case, form="")

    def leave(self, desk: Desk) -> None:
        """The page is gone."""
        if self._desks.pop(desk.stream, None) is not None and desk.case:
            self._tell_soon(desk.case)

    def desk(self, stream: str) -> Desk | None:
        """The page behind a stream."""
        return self._desks.get(stream)

    async def place(self, desk: Desk, case: str, *, form: str) -> None:
        """The page shows a case (none: empty), and fills in a form there. A case it may not see is none."""
        if case and case != desk.case and not await self._database.sees(plan_of(desk.ticket).sight, case):
            case = form = ""
        left = desk.case
        if desk.goes_to(case, form=form):
            for each in {left, case} - {""}:
                self._tell_soon(each)

    def end(self) -> None:
        """Ends every stream."""
        for desk in self._desks.values():
            desk.end()

    async def _listen(self) -> None:
        async for _ in self._database.batches():
            self._numbered.set()

    async def _push(self) -> None:
        while True:
            await self._numbered.wait()
            self._numbered.clear()
            try:
                await self._push_once()
            except psycopg.OperationalError as error:
                # Listening comes back with the database, and what was missed is told then.
                _log.error("the database does not answer", exc_info=error)
            await asyncio.sleep(_PUSH_EVERY_S)

    async def _push_once(self) -> None:
        if not self._desks or self.position is None:
            # Nobody there: whoever comes next says from where to go on.
            self.position = None
            return
        upto = await self._database.last()
        after, self.position = self.position, upto
        if after < upto:
            await self._tell_moved(list(self._desks.values()), after=after, upto=upto)

    async def _tell_moved(self, desks: Iterable[Desk], *, after: int, upto: int) -> None:
        moved = await self._database.moved(after, upto)
        if not moved:
            return
        by_plan: dict[Plan, list[Desk]] = defaultdict(list)
        for desk in desks:
            by_plan[plan_of(desk.ticket)].append(desk)
        much = upto - after > MOST_MOVED
        # Among so many an open case may have moved without being named.
        maybe_moved = {*moved, *(desk.case for desk in self._desks.values() if much and desk.case)}
        found = await self._database.found(
            lists=[statement for plan in by_plan for _, statement in plan.lists],
            sights=[plan.sight for plan in by_plan],
            numbers=list(maybe_moved),
        )
        for plan, those in by_plan.items():
            news = {
                "counts": {code: found.lengths[statement].shown for code, statement in plan.lists},
                "moved": _seen(moved, plan, found.numbers),
                "much": much,
            }
            message = event("changed", news, position=upto)
            for desk in those:
                desk.tell(message)
                if desk.case in maybe_moved - found.numbers[plan.sight]:
                    await self._shut_out(desk)

    async def _shut_out(self, desk: Desk) -> None:
        """The case is kept from the page that shows it, since it moved: nobody is told of the other any more."""
        left = desk.case
        desk.goes_to("", form="")
        desk.tell(event("present", {"case": left, "people": []}))
        self._tell_soon(left)
        await self._database.forget(desk.stream)

    def _tell_soon(self, case: str) -> None:
        if case not in self._to_tell:
            self._to_tell.add(case)
            asyncio.get_running_loop().call_later(_TELL_AFTER_S, self._tell_present, case)

    def _tell_present(self, case: str) -> None:
        self._to_tell.discard(case)
        there = [desk for desk in self._desks.values() if desk.case == case]
        everybody = [*(desk.page() for desk in there), *self._asking.get(case, [])]
        message = event("present", {"case": case, "people": presence.told(everybody)})
        for desk in there:
            desk.tell(message)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_EVERY_S)
            for desk in [desk for desk in self._desks.values() if desk.case and desk.is_silent()]:
                left = desk.case
                desk.goes_to("", form="")
                self._tell_soon(left)
            try:
                await self._database.take_up_configuration()
                await self._meet()
            except psycopg.OperationalError as error:
                _log.error("the database does not answer", exc_info=error)
            except CityWrong as wrong:
                _log.error("the configuration cannot be put in force: %s", wrong)

    async def _meet(self) -> None:
        """Pages that listen and pages that ask learn of each other where they are at the same case."""
        here = [desk.page() for desk in self._desks.values() if desk.case]
        asking: dict[str, list[Page]] = defaultdict(list)
        for page in await self._database.asking([page.number for page in here]) if here else []:
            asking[page.number].append(page)
        # Who was shut out or left while we asked is not written down again.
        await self._database.keep([desk.page() for desk in self._desks.values() if desk.case in asking])
        before, self._asking = self._asking, dict(asking)
        for case in {case for case in {*before, *asking} if before.get(case) != asking.get(case)}:
            self._tell_soon(case)


def _seen(moved: Mapping[str, int], plan: Plan, has: Mapping[Statement, frozenset[str]]) -> list[list[Any]]:
    """Number, version and lists of each moved case that the plan may see."""
    lists = [(code, has[statement]) for code, statement in plan.lists]
    return [
        [number, moved[number], [code for code, numbers in lists if number in numbers]]
        for number in sorted(has[plan.sight] & moved.keys())
    ]
