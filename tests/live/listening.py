"""A page of the desk as the live process sees it: a stream of events, and what the page says of itself."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from yousu.desk import navigation
from yousu.org import accounts
from yousu.org.models import Account

HOST = "127.0.0.1"
PATIENCE_S = 30.0


def ticket_of(account: Account) -> str:
    """As a page of this account carries it."""
    return navigation.ticket(account, accounts.actor_of(account))


def refused(port: int, ticket: str, **headers: str) -> int:
    """The status with which a ticket's stream is answered."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", f"/events?{urlencode({'ticket': ticket})}", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


class Stream:
    """The open stream of one page."""

    def __init__(self, port: int, ticket: str, *, case: str = "", after: int | None = None) -> None:
        self.port, self.ticket, self.case = port, ticket, case
        asked = {"ticket": ticket, "case": case, **({} if after is None else {"after": str(after)})}
        self.connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
        self.connection.request("GET", f"/events?{urlencode(asked)}")
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.status
        self.position = 0
        self.name = self.next("hello")["stream"]

    def events(self) -> Iterator[tuple[str, Any]]:
        """What is told, as long as the stream lasts."""
        while block := self._block():
            if "id" in block:
                self.position = int(block["id"])
            if "data" in block:
                yield block["event"], json.loads(block["data"])

    def _block(self) -> dict[str, str]:
        """The lines up to an empty one; none at the end of the stream. A comment has an empty name."""
        block: dict[str, str] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(":")
            block[name] = value.strip()
        return block

    def next(self, wanted: str) -> Any:
        """The next event of a name."""
        return next(data for name, data in self.events() if name == wanted)

    def present(self) -> list[tuple[str, str]]:
        """Who is told to be at the open case, and with which form."""
        return [(person["zh"], person["form"]) for person in self.next("present")["people"]]

    def is_quiet(self, for_s: float) -> bool:
        """Whether nothing is told for a while."""
        assert self.connection.sock is not None
        self.connection.sock.settimeout(for_s)
        try:
            return not self.answer.readline()
        except TimeoutError:
            return True
        finally:
            self.connection.sock.settimeout(PATIENCE_S)

    def says(self, *, form: str = "", ticket: str = "") -> int:
        """Tells what the page does; the status of the answer."""
        told = {"ticket": ticket or self.ticket, "stream": self.name, "case": self.case, "form": form}
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_S)
        try:
            connection.request("POST", "/presence", urlencode(told))
            return connection.getresponse().status
        finally:
            connection.close()

    def close(self) -> None:
        """The page is closed."""
        self.answer.close()
        self.connection.close()


@contextmanager
def listening(port: int, ticket: str, *, case: str = "", after: int | None = None) -> Iterator[Stream]:
    """A page that is open as long as the block runs."""
    stream = Stream(port, ticket, case=case, after=after)
    try:
        yield stream
    finally:
        stream.close()
