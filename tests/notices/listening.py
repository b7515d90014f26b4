"""The other side: a mail server that speaks SMTP, and a gateway that speaks HTTP, both real, each behaving as told."""

import json
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEY = b"a key of sixteen bytes or more"


@dataclass
class Mailbox:
    """What a mail server took; `answers` are said instead of 250, one a message, at RCPT or after the words."""

    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    pause_s: float = 0.0
    hangs_up: bool = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        import asyncio

        await asyncio.sleep(self.pause_s)
        if self.data:
            return self.data.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        if self.hangs_up and server.transport is not None:
            server.transport.close()
        return "250 taken"


@contextmanager
def mail_server(mailbox: Mailbox, **more: Any) -> Iterator[int]:
    """Its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass
class Gateway:
    """What a gateway was asked; `answers` are (status, body) in turn, then 200 and {}."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    signed: list[dict[str, str]] = field(default_factory=list)
    pause_s: float = 0.0
    raw: bytes | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/send?app=yousu"

    @property
    def ids(self) -> list[str]:
        """The ids of what was asked, in order."""
        return [each["id"] for each in self.asked]


@contextmanager
def gateway(**behaviour: Any) -> Iterator[Gateway]:
    """A gateway that listens."""
    told = Gateway(**behaviour)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without it Nagle and delayed acknowledgements cost 40 ms a message.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append(json.loads(body))
            told.signed.append({**dict(self.headers.items()), "path": self.path, "body": body.decode()})
            time.sleep(told.pause_s)
            if told.raw is not None:
                self.wfile.write(told.raw)
                self.close_connection = True
                return
            status, answer = told.answers.pop(0) if told.answers else (200, b"{}")
            self.send_response(status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def talker(*lines: bytes, pause_s: float = 0.0) -> Iterator[int]:
    """Something that listens, says these bytes to whoever comes, a pause before each, and keeps silent after them."""
    ended = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                for line in lines:
                    ended.wait(pause_s)
                    self.request.sendall(line)
                ended.wait(30)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server.server_address[1]
        ended.set()
        server.shutdown()
        thread.join()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
