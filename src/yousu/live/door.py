"""门: the addresses of the live process. A ticket opens them, never a session; only our own pages may ask."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import psycopg

from yousu.cases import numbers
from yousu.live.desks import Desk
from yousu.live.hub import Full, Hub
from yousu.live.messages import AGAIN, BEAT
from yousu.org import presence, tickets
from yousu.org.tickets import Ticket, TicketRefused
from yousu.platform import parents

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_BEAT_EVERY_S = 20.0
_MOST_BYTES = 4096
_LAST_WORDS_S = 0.1


class Door:
    """The ASGI application: `…/events` is a page's stream, `…/presence` is where a page says what it does."""

    def __init__(self, hub: Hub, *, origin: str) -> None:
        self._hub, self._origin = hub, origin.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        working = asyncio.create_task(self._hub.run())
        # The server would wait for streams that never end by themselves.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._end)
        parents.end_with(os.getppid())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        working.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    def _end(self) -> None:
        self._hub.end()
        # Everything here is in memory; pages come again by themselves.
        asyncio.get_running_loop().call_later(_LAST_WORDS_S, os._exit, 0)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whatever a proxy puts before it.
        asked = (scope["method"], scope["path"].rpartition("/")[2])
        headers = dict(scope["headers"])
        answers = {("GET", "events"): self._events, ("POST", "presence"): self._presence}
        if asked == ("GET", "healthz"):
            await _plain(send, 200)
        elif asked not in answers:
            await _plain(send, 404)
        elif headers.get(b"origin", self._origin) != self._origin:
            await _plain(send, 403)
        else:
            try:
                await answers[asked](scope, receive, send)
            except TicketRefused:
                await self._empty(send, 403)
            except (psycopg.OperationalError, Full):
                await self._empty(send, 503)

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _fields(scope["query_string"])
        ticket = tickets.read(asked.get("ticket", ""))
        desk = Desk(ticket)
        after = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1") or asked.get("after", "")
        try:
            await self._hub.join(desk, case=_case(asked), after=int(after) if _is_position(after) else None)
            await receive()
            await send(self._start(200, [(b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]))
            await _write(send, AGAIN)
            await _stream(desk, ticket, receive, send)
        finally:
            self._hub.leave(desk)

    async def _presence(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _fields(await _body(receive))
        ticket = tickets.read(asked.get("ticket", ""))
        desk = self._hub.desk(asked.get("stream", ""))
        if desk is None:
            return await self._empty(send, 404)
        if desk.ticket.actor != ticket.actor:
            raise TicketRefused("another's page")
        form = asked.get("form", "")
        await self._hub.place(desk, _case(asked), form=form if presence.is_form(form) else "")
        return await self._empty(send, 204)

    async def _empty(self, send: Send, status: int) -> None:
        await send(self._start(status, []))
        await send({"type": "http.response.body", "body": b""})

    def _start(self, status: int, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        ours = [(b"access-control-allow-origin", self._origin), (b"vary", b"Origin"), (b"cache-control", b"no-store")]
        return {"type": "http.response.start", "status": status, "headers": [*ours, *headers]}


async def _stream(desk: Desk, ticket: Ticket, receive: Receive, send: Send) -> None:
    """Writes what the page is told until it leaves, is told to come again, or its ticket expires."""
    gone = asyncio.ensure_future(receive())
    news = asyncio.ensure_future(desk.news.get())
    try:
        while (left_s := ticket.until - time.time()) > 0:
            done, _ = await asyncio.wait(
                {gone, news}, timeout=min(_BEAT_EVERY_S, left_s), return_when=asyncio.FIRST_COMPLETED
            )
            if gone in done:
                return
            if news not in done:
                await _write(send, BEAT)
                continue
            if (message := news.result()) is None:
                break
            await _write(send, message)
            news = asyncio.ensure_future(desk.news.get())
        await send({"type": "http.response.body", "body": b""})
    finally:
        for task in (gone, news):
            task.cancel()


async def _write(send: Send, message: bytes) -> None:
    await send({"type": "http.response.body", "body": message, "more_body": True})


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


async def _body(receive: Receive) -> bytes:
    read = bytearray()
    while True:
        part = await receive()
        read += part.get("body", b"")
        if len(read) > _MOST_BYTES or not part.get("more_body"):
            return bytes(read[:_MOST_BYTES])


def _fields(written: bytes) -> dict[str, str]:
    """Each field once; what is not written as a form has none."""
    with suppress(ValueError):
        asked = parse_qs(written.decode("latin-1"), max_num_fields=10)
        return {name: values[0] for name, values in asked.items()}
    return {}


def _case(asked: dict[str, str]) -> str:
    case = asked.get("case", "")
    return case if numbers.is_number(case) else ""


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
