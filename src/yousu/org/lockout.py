"""锁定: failures in a row lock an account, and many from one address that address, for some time.

Counted in PostgreSQL, so that every server process counts the same; an attempt is counted before it is tried, so that
many at once get no further than one after the other. Unknown names are counted like known ones: the answer tells nobody
which exist.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from yousu.org.models import SignInAttempt
from yousu.platform import addresses, clock, environment, keys

# A whole office may sit behind one address.
_ADDRESS_FACTOR = 10
_FORGOTTEN_AFTER = timedelta(days=1)


class Locked(PermissionError):
    """Too many failures; nothing is tried before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until.isoformat()}")
        self.until = until


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try that was counted, until it is known to have succeeded."""

    subject: bytes
    address: bytes
    failures: int
    locked_until: datetime | None

    def succeeded(self) -> None:
        """Takes it back, and the account's earlier failures with it; the address keeps its others."""
        SignInAttempt.objects.filter(pk=self.subject).delete()
        SignInAttempt.objects.filter(pk=self.address, failures__gt=0).update(failures=F("failures") - 1)


def begin(step: str, subject: str, *, address: str) -> Attempt:
    """Counts a try of a step (`password`, `code`) for a user name or account. Raises Locked."""
    most = environment.integer("YOUSU_LOGIN_FAILURES", least=1)
    sender = keys.lookup("attempt address", addresses.network_of(address))
    _counted(sender, most * _ADDRESS_FACTOR)
    key = _key(step, subject)
    failures, locked_until = _counted(key, most)
    return Attempt(subject=key, address=sender, failures=failures, locked_until=locked_until)


def forgive(user: str, *, account_id: int) -> None:
    """Lifts the locks of an account, those of addresses stay."""
    wanted = [_key("password", user), _key("code", str(account_id))]
    SignInAttempt.objects.filter(pk__in=wanted).delete()


def forget_old() -> None:
    """Removes counts that nobody asks for any more."""
    before = clock.now() - _FORGOTTEN_AFTER
    SignInAttempt.objects.filter(since__lt=before).exclude(locked_until__gt=clock.now()).delete()


_COUNT = """
INSERT INTO sign_in_attempt AS a (key, failures, since, locked_until)
VALUES (%(key)s, 1, %(now)s, CASE WHEN %(most)s <= 1 THEN %(until)s::timestamptz END)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN coalesce(a.locked_until <= %(now)s, a.since <= %(before)s) THEN 1 ELSE a.failures + 1 END,
    since = CASE WHEN coalesce(a.locked_until <= %(now)s, a.since <= %(before)s) THEN %(now)s ELSE a.since END,
    locked_until = CASE
        WHEN coalesce(a.locked_until <= %(now)s, a.since <= %(before)s)
            THEN CASE WHEN %(most)s <= 1 THEN %(until)s::timestamptz END
        WHEN a.locked_until IS NULL AND a.failures + 1 >= %(most)s THEN %(until)s::timestamptz
        ELSE a.locked_until END
RETURNING failures, locked_until
"""


def _key(step: str, subject: str) -> bytes:
    return keys.lookup(f"attempt {step}", subject.casefold())


def _counted(key: bytes, most: int) -> tuple[int, datetime | None]:
    """Failures with this try, and until when it is locked if it fails, too. Raises Locked when it already was."""
    now, window = clock.now(), timedelta(minutes=environment.integer("YOUSU_LOGIN_LOCK_MINUTES", least=1))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "most": most, "until": now + window, "before": now - window})
        failures, locked_until = cursor.fetchone()
    if failures > most:
        raise Locked(locked_until)
    return failures, locked_until
