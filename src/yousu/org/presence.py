"""在场: who has which case open, of pages that cannot listen and ask instead. Accounts and numbers, nothing of persons.

Pages that listen are known to the live process alone; only where both kinds meet at a case does it write them here.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yousu.org.models import Presence

# Two rounds of asking and a late one; a page that fell silent has left.
SILENT_AFTER_S = 40
_FORGET_AFTER_S = 3600

_COLUMNS = "page, actor, name_zh, name_en, number, form, extract(epoch FROM since)"
_HERE = f"heard_at > now() - interval '{SILENT_AFTER_S} seconds'"
KEEP = """
INSERT INTO presence (page, actor, name_zh, name_en, number, form, is_listening, since, heard_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, to_timestamp(%s), now())
ON CONFLICT (page) DO UPDATE SET number = EXCLUDED.number, form = EXCLUDED.form, heard_at = EXCLUDED.heard_at,
    since = CASE WHEN (presence.number, presence.form) = (EXCLUDED.number, EXCLUDED.form)
                 THEN presence.since ELSE EXCLUDED.since END
WHERE presence.actor = EXCLUDED.actor
"""
_AT = f"SELECT {_COLUMNS} FROM presence WHERE number = %s AND {_HERE} ORDER BY since, page"
# What the live process asks and writes, over a connection of its own.
FORGET = "DELETE FROM presence WHERE page = %s"
ASKING = f"SELECT {_COLUMNS} FROM presence WHERE number = ANY(%s) AND NOT is_listening AND {_HERE} ORDER BY since, page"


@dataclass(frozen=True)
class Page:
    """One open page; `form` is the command whose form is being filled in, `since` in seconds of the epoch."""

    page: str
    actor: str
    name_zh: str
    name_en: str
    number: str
    form: str
    since: float

    def kept(self, *, is_listening: bool) -> list[Any]:
        """The parameters of KEEP."""
        whose = [self.page, self.actor, self.name_zh, self.name_en]
        return [*whose, self.number, self.form, is_listening, self.since]


def is_page(name: str) -> bool:
    """Whether a page may call itself so."""
    return 8 <= len(name) <= 40 and name.isascii() and name.isalnum()


def is_form(word: str) -> bool:
    """Whether it may be a command's word; a page tells what it likes."""
    return word.replace("-", "").isalpha() and len(word) <= 40 and word.isascii()


def ask(page: Page) -> list[Page]:
    """Notes that a page is there and returns who is at its case, in the order in which they began. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, page.kept(is_listening=False))
        cursor.execute(_AT, [page.number])
        return pages(cursor.fetchall())


def leave(page: str, *, actor: str) -> None:
    """The page shows no case any more."""
    Presence.objects.filter(page=page, actor=actor).delete()


def forget_silent() -> None:
    """Drops what has long been no page any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM presence WHERE heard_at < now() - make_interval(secs => %s)", [_FORGET_AFTER_S])


def pages(rows: Iterable[Sequence[Any]]) -> list[Page]:
    """Rows of these columns as pages."""
    return [Page(page, who, zh, en, number, form, float(since)) for page, who, zh, en, number, form, since in rows]


def told(there: Iterable[Page]) -> list[dict[str, Any]]:
    """Who is at a case as pages are told: names of accounts, nothing of persons."""
    return [
        {"stream": each.page, "who": each.actor, "zh": each.name_zh, "en": each.name_en, "form": each.form}
        for each in sorted(there, key=lambda each: each.since)
    ]


def now() -> float:
    """Not the clock of a demonstration: who is there is there in the world."""
    return time.time()
