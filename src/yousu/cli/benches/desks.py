"""工作台的页: open pages that listen or ask, as browsers would, all in one thread; each notes when it was told what."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from yousu.cli.benches import BenchFailed
from yousu.cli.benches.load import HOST

# As static/desk/line.js does.
_ASK_S, _STILL_HERE_S = 15.0, 12.0
_PATIENCE_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """An open page: whose, and which case it shows."""

    ticket: str
    cookie: str
    case: str


@dataclass
class Heard:
    """When pages were told of which case's change: (number, moment of time.perf_counter)."""

    told: list[tuple[bytes, float]] = field(default_factory=list)
    ready: int = 0
    failed: str = ""

    def of(self, number: str) -> list[float]:
        """The moments at which pages heard of a case."""
        return [at for line, at in list(self.told) if number.encode() in line]


@contextmanager
def listening(pages: Sequence[Page], *, port: int) -> Iterator[Heard]:
    """Pages with an open stream, which also say every 12 seconds that they are still there."""
    with _running([_Listener(page, port) for page in pages]) as heard:
        yield heard


@contextmanager
def asking(pages: Sequence[Page], *, port: int) -> Iterator[Heard]:
    """Pages that ask every 15 seconds, not all at the same moment."""
    with _running([_Asker(page, port, _ASK_S * at / len(pages)) for at, page in enumerate(pages)]) as heard:
        yield heard


class _Act:
    """What one page does; `heard` is set before it begins."""

    heard: Heard

    async def do(self) -> None:
        """Until it is cancelled."""


class _Listener(_Act):
    def __init__(self, page: Page, port: int) -> None:
        self._page, self._port = page, port
        self._stream = ""

    async def do(self) -> None:
        asked = urlencode({"ticket": self._page.ticket, "case": self._page.case})
        reader, writer = await asyncio.open_connection(HOST, self._port)
        writer.write(f"GET /events?{asked} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        still_here = asyncio.create_task(self._still_here())
        try:
            while line := await reader.readline():
                if b'"stream":"' in line and not self._stream:
                    self._stream = line.split(b'"stream":"')[1].split(b'"')[0].decode()
                    self.heard.ready += 1
                if b'"moved":' in line:
                    self.heard.told.append((line, time.perf_counter()))
            self.heard.failed = "the live process closed a stream"
        finally:
            still_here.cancel()
            writer.close()

    async def _still_here(self) -> None:
        while True:
            await asyncio.sleep(_STILL_HERE_S)
            told = {"ticket": self._page.ticket, "stream": self._stream, "case": self._page.case, "form": ""}
            status = await _asked("POST", "/presence", port=self._port, body=urlencode(told).encode())
            if status != 204:
                self.heard.failed = f"presence: {status}"


class _Asker(_Act):
    def __init__(self, page: Page, port: int, after_s: float) -> None:
        self._page, self._port, self._after_s = page, port, after_s

    async def do(self) -> None:
        self.heard.ready += 1
        await asyncio.sleep(self._after_s)
        while True:
            path = f"/desk/live/?case={self._page.case}"
            status = await _asked("GET", path, port=self._port, cookie=self._page.cookie)
            if status != 200:
                self.heard.failed = f"{path}: {status}"
            await asyncio.sleep(_ASK_S)


async def _asked(method: str, path: str, *, port: int, body: bytes = b"", cookie: str = "") -> int:
    reader, writer = await asyncio.open_connection(HOST, port)
    head = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close", f"Content-Length: {len(body)}"]
    head += [f"Cookie: {cookie}"] if cookie else []
    head += ["Content-Type: application/x-www-form-urlencoded"] if body else []
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    answer = await reader.read()
    writer.close()
    return int(answer[9:12])


@contextmanager
def _running(acts: Sequence[_Act]) -> Iterator[Heard]:
    heard, loop = Heard(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    for act in acts:
        act.heard = heard
    doing = asyncio.run_coroutine_threadsafe(_together(acts), loop)
    try:
        until = time.monotonic() + _PATIENCE_S
        while heard.ready < len(acts):
            if time.monotonic() > until or doing.done():
                raise BenchFailed(heard.failed or "the pages are not answered")
            time.sleep(0.05)
        yield heard
        if heard.failed:
            raise BenchFailed(heard.failed)
    finally:
        asyncio.run_coroutine_threadsafe(_ended(), loop).result(_PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _together(acts: Sequence[_Act]) -> None:
    await asyncio.gather(*(act.do() for act in acts))


async def _ended() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
