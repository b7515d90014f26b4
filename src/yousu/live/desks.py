"""在场: open pages of the desk, and who of them is at which case: in memory alone, gone when the page is."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field

from yousu.org.presence import Page
from yousu.org.tickets import Ticket

# A page tells again within this; one that fell silent (its machine lost the network) is taken to have left.
SILENT_AFTER_S = 30.0
# What a page may leave unread before it is asked to come again.
_MOST_UNREAD = 100


@dataclass(eq=False)
class Desk:
    """一页: one open page. `form` is the command whose form is being filled in; None in `news` ends the stream."""

    ticket: Ticket
    case: str = ""
    form: str = ""
    stream: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    news: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(_MOST_UNREAD))
    since: float = field(default_factory=time.monotonic)
    heard_at: float = field(default_factory=time.monotonic)

    def tell(self, message: bytes) -> None:
        """Puts a message into the stream; a page that reads nothing is cut off and starts anew."""
        try:
            self.news.put_nowait(message)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Ends the stream, whatever is still unread."""
        while not self.news.empty():
            self.news.get_nowait()
        self.news.put_nowait(None)

    def goes_to(self, case: str, *, form: str) -> bool:
        """Notes where the page is and that it was heard; whether anything is different now."""
        self.heard_at = time.monotonic()
        if (self.case, self.form) == (case, form):
            return False
        self.case, self.form, self.since = case, form, self.heard_at
        return True

    def page(self) -> Page:
        """What others are told of it."""
        ticket, began = self.ticket, time.time() - (time.monotonic() - self.since)
        return Page(self.stream, ticket.actor.code, ticket.name_zh, ticket.name_en, self.case, self.form, since=began)

    def is_silent(self) -> bool:
        """Whether nothing was heard for too long."""
        return time.monotonic() - self.heard_at > SILENT_AFTER_S
