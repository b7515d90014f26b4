"""负载: keep-alive HTTP connections in one process, each driven by a visitor that reads what it was answered."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from yousu.cli.benches import BenchFailed

HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_PATIENCE_S = 30.0


@dataclass(frozen=True)
class Reply:
    """An answer: status, head in lower case, body."""

    status: int
    head: bytes
    body: bytes

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

    @property
    def per_second(self) -> float:
        """Answers a second, all connections together."""
        return len(self.took_ms) / self.seconds

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


def put(visitors: Sequence[Visitor], *, port: int, seconds: float, warm_s: float | None = None) -> Load:
    """Lets visitors ask for some seconds, after a while that is not counted. Raises BenchFailed on an error's answer."""
    load = Load()
    warm_s = min(2.0, seconds / 4) if warm_s is None else warm_s
    asyncio.run(_together(load, visitors, port=port, span=(warm_s, seconds)))
    wrong = {status: times for status, times in load.statuses.items() if status >= 400}
    if wrong or not load.took_ms:
        raise BenchFailed(f"answers {dict(load.statuses)}: {load.complaint}")
    return load


async def _together(load: Load, visitors: Sequence[Visitor], *, port: int, span: tuple[float, float]) -> None:
    loop = asyncio.get_running_loop()
    begins = time.perf_counter() + span[0]
    ends = begins + span[1]
    finished: list[asyncio.Future[None]] = []
    for visitor in visitors:
        done: asyncio.Future[None] = loop.create_future()
        finished.append(done)
        make = _connection(visitor, load, begins=begins, ends=ends, done=done)
        await loop.create_connection(make, HOST, port)
    await asyncio.wait_for(asyncio.gather(*finished), sum(span) + _PATIENCE_S)
    load.seconds = min(time.perf_counter(), ends) - begins


def _connection(
    visitor: Visitor, load: Load, *, begins: float, ends: float, done: "asyncio.Future[None]"
) -> Callable[[], "_Connection"]:
    return lambda: _Connection(visitor, load, begins=begins, ends=ends, done=done)


class _Connection(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last one is complete."""

    def __init__(
        self, visitor: Visitor, load: Load, *, begins: float, ends: float, done: "asyncio.Future[None]"
    ) -> None:
        self._visitor, self._load, self._done = visitor, load, done
        self._begins, self._ends = begins, ends
        self._received = b""
        self._asked_at = 0.0

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
        if len(body) >= int(reply.header("content-length") or 0):
            self._received = b""
            self._note(reply)

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(BenchFailed("the server closed a connection"))

    def _note(self, reply: Reply) -> None:
        now = time.perf_counter()
        self._load.statuses[reply.status] += 1
        if reply.status >= 400:
            self._load.complaint = reply.body[:300].decode(errors="replace")
        if self._begins <= self._asked_at and now <= self._ends:
            self._load.took_ms.append((now - self._asked_at) * 1000)
        try:
            following = self._visitor.send(reply) if now < self._ends and reply.status < 400 else None
        except StopIteration:
            following = None
        self._ask(following)

    def _ask(self, request: bytes | None) -> None:
        if request is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._asked_at = time.perf_counter()
        self._transport.write(request)
