"""负载: keep-alive HTTP connections in one process, each driven by a visitor that reads what it was answered."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from yousu.cli.benches import BenchFailed, processes

HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Reply:
    """An answer: status, head in lower case, body."""

    status: int
    head: bytes
    body: bytes

    @property
    def is_complete(self) -> bool:
        """Whether the whole body is there."""
        if self.header("transfer-encoding") == "chunked":
            return self.body.endswith(_LAST_CHUNK)
        return len(self.body) >= int(self.header("content-length") or 0)

    def header(self, name: str) -> str:
        """The value of a header; empty when it is missing."""
        for line in self.head.split(b"\r\n")[1:]:
            found, _, value = line.partition(b":")
            if found.strip() == name.encode():
                return value.strip().decode()
        return ""


# Yields requests, is sent their answers; its end ends its connection.
Visitor = Generator[bytes, Reply, None]


@dataclass
class Load:
    """What a load showed: every counted answer's time, how long it lasted, what was answered with an error."""

    took_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    complaint: str = ""
    cpu_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second, all connections together."""
        return len(self.took_ms) / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server's own processes for one answer; the database's is not in it."""
        return self.cpu_s * 1000 / len(self.took_ms)

    @property
    def p95_ms(self) -> float:
        """The time within which 95 of 100 answers were there."""
        ordered = sorted(self.took_ms)
        return ordered[math.ceil(len(ordered) * 0.95) - 1]


def request(method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """A request of HTTP/1.1."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    lines += [f"Content-Length: {len(body)}"] if body or method == "POST" else []
    return "\r\n".join(lines).encode() + _END + body


def put(visitors: Sequence[Visitor], *, port: int, seconds: float, pid: int | None = None) -> Load:
    """Lets visitors ask for some seconds once each was answered and all are warm. Raises BenchFailed on an error.

    With `pid` the processor time of that process and its children is counted, too.
    """
    load = Load()
    span = _Span(waiting=len(visitors), warm_s=min(2.0, seconds / 4), counted_s=seconds)
    span.pid = pid
    asyncio.run(_together(load, visitors, port=port, span=span))
    load.seconds = min(span.ended, span.ends) - span.begins
    load.cpu_s = span.cpu_s
    if load.complaint or not load.took_ms:
        raise BenchFailed(f"answers {dict(load.statuses)}: {load.complaint}")
    return load


@dataclass
class _Span:
    """When counting begins and ends: after the first answer of every connection, for which a server may still load."""

    waiting: int
    warm_s: float
    counted_s: float
    begins: float = math.inf
    ends: float = math.inf
    ended: float = math.inf
    pid: int | None = None
    cpu_s: float = 0.0

    def answered_first(self) -> None:
        self.waiting -= 1
        if not self.waiting:
            self.begins = time.perf_counter() + self.warm_s
            self.ends = self.begins + self.counted_s
            asyncio.get_running_loop().call_later(self.warm_s, self._clock_in)

    def end(self) -> None:
        self.ended = time.perf_counter()
        if self.pid is not None:
            self.cpu_s += processes.cpu_s(self.pid)

    def _clock_in(self) -> None:
        if self.pid is not None:
            self.cpu_s -= processes.cpu_s(self.pid)


async def _together(load: Load, visitors: Sequence[Visitor], *, port: int, span: _Span) -> None:
    loop = asyncio.get_running_loop()
    finished: list[asyncio.Future[None]] = []
    for visitor in visitors:
        done: asyncio.Future[None] = loop.create_future()
        finished.append(done)
        await loop.create_connection(_making(visitor, load, span, done), HOST, port)
    await asyncio.wait_for(asyncio.gather(*finished), span.warm_s + span.counted_s + _PATIENCE_S)
    span.end()


def _making(visitor: Visitor, load: Load, span: _Span, done: "asyncio.Future[None]") -> Callable[[], "_Connection"]:
    return lambda: _Connection(visitor, load, span, done)


class _Connection(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last one is complete."""

    def __init__(self, visitor: Visitor, load: Load, span: _Span, done: "asyncio.Future[None]") -> None:
        self._visitor, self._load, self._span, self._done = visitor, load, span, done
        self._received = b""
        self._asked_at = 0.0
        self._is_new = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask(next(self._visitor, None))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(_END)
        if not end:
            return
        reply = Reply(int(head[9:12]), head.lower(), body)
        if reply.is_complete:
            self._received = b""
            self._note(reply)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(BenchFailed("the server closed a connection"))

    def _note(self, reply: Reply) -> None:
        now = time.perf_counter()
        if self._is_new:
            self._is_new = False
            self._span.answered_first()
        self._load.statuses[reply.status] += 1
        if reply.status >= 400:
            self._load.complaint = reply.body[:300].decode(errors="replace") or str(reply.status)
        elif self._span.begins <= self._asked_at and now <= self._span.ends:
            self._load.took_ms.append((now - self._asked_at) * 1000)
        self._ask(self._following(reply) if now < self._span.ends and not self._load.complaint else None)

    def _following(self, reply: Reply) -> bytes | None:
        try:
            return self._visitor.send(reply)
        except StopIteration:
            return None

    def _ask(self, request: bytes | None) -> None:
        if request is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._asked_at = time.perf_counter()
        self._transport.write(request)
