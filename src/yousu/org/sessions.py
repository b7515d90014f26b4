"""会话: browsers' sessions as rows, so that the server can end each of them. Django's engine, with limits of our own.

SESSION_ENGINE names this module. Rows hold the SHA-256 of a key, never the key: a copy of the database signs nobody in.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from yousu.org import policy
from yousu.org.models import Account, BrowserSession
from yousu.platform import clock

# Where a session's sender stands in its data.
ADDRESS = "address"
# Being seen is written once a minute, not with every request.
_SEEN_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """One browser's session."""

    _row: BrowserSession | None = None
    has_lapsed = False

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        """The table."""
        return BrowserSession

    def _get_session_from_db(self) -> BrowserSession | None:
        row = BrowserSession.objects.filter(pk=digest(self.session_key or "")).first()
        if row is not None and _is_alive(row, clock.wall()):
            self._row = row
            return row
        self._session_key, self.has_lapsed = None, True
        return None

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return BrowserSession.objects.filter(pk=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        """The row as it should be."""
        usual = super().create_model_instance(data)
        key, now = digest(usual.session_key), clock.wall()
        known = self._row if self._row is not None and self._row.pk == key else None
        self._row = BrowserSession(
            session_key=key,
            session_data=usual.session_data,
            expire_date=(known.began_at if known else now) + policy.longest(),
            account_id=int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None,
            began_at=known.began_at if known else now,
            seen_at=known.seen_at if known else now,
            address=str(data.get(ADDRESS, "")),
        )
        return self._row

    def delete(self, session_key: str | None = None) -> None:
        """Ends it."""
        key = session_key or self.session_key
        if key is not None:
            BrowserSession.objects.filter(pk=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Removes what nobody can use any more."""
        remove_lapsed()

    def is_seen(self) -> None:
        """Somebody does something in it."""
        now = clock.wall()
        if self._row is not None and now - self._row.seen_at >= _SEEN_EVERY:
            self._row.seen_at = now
            BrowserSession.objects.filter(pk=self._row.pk).update(seen_at=now)


def digest(key: str) -> str:
    """What the table knows of a session's key."""
    return sha256(key.encode()).hexdigest()


def of(account: Account) -> list[BrowserSession]:
    """An account's living sessions, the one used last first."""
    now = clock.wall()
    rows = BrowserSession.objects.filter(account=account).order_by("-seen_at")
    return [row for row in rows if _is_alive(row, now)]


def end(account: Account, which: str) -> int:
    """Ends one session of an account, by its digest; returns how many that were."""
    return BrowserSession.objects.filter(account=account, pk=which).delete()[0]


def end_others(account: Account, *, keep: str | None) -> int:
    """Ends all sessions of an account but the one with this key; None: all."""
    return BrowserSession.objects.filter(account=account).exclude(pk=digest(keep or "")).delete()[0]


def remove_lapsed() -> None:
    """Removes what nobody can use any more."""
    now = clock.wall()
    BrowserSession.objects.filter(expire_date__lte=now).delete()
    BrowserSession.objects.filter(account__isnull=False, seen_at__lte=now - policy.idle()).delete()


def _is_alive(row: BrowserSession, now: datetime) -> bool:
    return now < row.expire_date and (row.account_id is None or now - row.seen_at < policy.idle())
