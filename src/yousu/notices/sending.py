"""发送: takes one queued notice, sends it outside any transaction, writes down what came of it."""

import logging
from datetime import datetime, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection

from yousu.ledger import persons
from yousu.notices import wording
from yousu.notices.catalogue import EMAIL
from yousu.notices.models import Notice
from yousu.notices.telling import STALE
from yousu.org.models import Account
from yousu.platform import clock, environment
from yousu.platform.notices import ACCEPTED, REFUSED, Reply, mail, refused, sms

# Longer than any attempt takes: whoever began it and was killed has not written down what came of it.
LEASE = timedelta(minutes=10)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
# A mobile number in mainland China: others cannot take a short message.
_MOBILE_DIGITS, _MOBILE_SECOND = 11, "3456789"
_log = logging.getLogger("yousu.notices")

_TAKE = """
UPDATE notice SET tries = tries + 1, next_at = %s WHERE id = (
    SELECT id FROM notice WHERE way = %s AND state = 'queued' AND next_at <= %s
    ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


class Sender(Protocol):
    """Whoever hands a notice to the outside."""

    def send(self, notice: Notice) -> Reply: ...

    def close(self) -> None: ...


class ByMail:
    """To an account's address, as it stands at this moment."""

    def __init__(self, server: mail.MailServer) -> None:
        self._mailer = mail.Mailer(server)

    def send(self, notice: Notice) -> Reply:
        """One attempt."""
        account = Account.objects.filter(notices=notice, is_active=True).first()
        if account is None or not account.email:
            return refused("no_address")
        try:
            validate_email(account.email)
            account.email.encode("ascii")
        except (ValidationError, UnicodeEncodeError):
            return refused("bad_address")
        subject, text = wording.mail(notice, wording.language())
        return self._mailer.send(mail.Mail(id=notice.id, to=account.email, subject=subject, text=text))

    def close(self) -> None:
        """Ends the conversation."""
        self._mailer.close()


class BySms:
    """To a person's number, opened for this one attempt and never logged."""

    def __init__(self, gateway: sms.Gateway) -> None:
        self._texter = sms.Texter(gateway)

    def send(self, notice: Notice) -> Reply:
        """One attempt."""
        assert notice.person_id is not None
        phone = persons.phones_of([notice.person_id]).get(notice.person_id)
        if phone is None:
            return refused("erased")
        if len(phone) != _MOBILE_DIGITS or phone[0] != "1" or phone[1] not in _MOBILE_SECOND:
            return refused("not_mobile")
        language = wording.language()
        return self._texter.send(
            sms.Sms(
                id=notice.id,
                to=phone,
                template=notice.text,
                parameters=wording.parameters(notice, language),
                text=wording.message(notice, language),
            )
        )

    def close(self) -> None:
        """Hangs up."""
        self._texter.close()


def sender(way: str) -> Sender | None:
    """The sender of a way, by the settings; None where none is named. Raises SettingWrong."""
    if way == EMAIL:
        server = mail.configured()
        return ByMail(server) if server else None
    gateway = sms.configured()
    return BySms(gateway) if gateway else None


def send_next(way: str, by: Sender) -> Reply | None:
    """Sends the notice that has waited longest; None when none is due.

    Taken, sent, written down: three steps and no transaction around them. Whoever is killed between the second and the
    third leaves a notice that is sent once more after the lease, under the same id.
    """
    notice = _take(way)
    if notice is None:
        return None
    reply = _barred(notice) or by.send(notice)
    _write_down(notice, reply)
    return reply


def _take(way: str) -> Notice | None:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [now + LEASE, way, now])
        row = cursor.fetchone()
    return None if row is None else Notice.objects.get(pk=row[0])


def _barred(notice: Notice) -> Reply | None:
    if clock.now() - notice.queued_at > STALE:
        return refused("too_late")
    # More attempts were begun than may be: each of them was cut short.
    return refused("cut_short") if notice.tries > _most_tries() else None


def _write_down(notice: Notice, reply: Reply) -> None:
    now = clock.now()
    taken = Notice.objects.filter(pk=notice.pk, state="queued")
    if reply.outcome == ACCEPTED:
        taken.update(state="sent", last_error="", done_at=now)
    elif reply.outcome == REFUSED or notice.tries >= _most_tries():
        taken.update(state="given_up", last_error=reply.code, done_at=now)
    else:
        taken.update(last_error=reply.code, next_at=_next_at(now, notice.tries, reply.after_s))
    if reply.outcome != ACCEPTED:
        _log.warning("a notice was not taken: %s %s %s", notice.way, notice.id, reply.code)


def _next_at(now: datetime, tries: int, after_s: int | None) -> datetime:
    """One minute, two, four … four hours; later where the other side asks for it."""
    pause = min(_FIRST_PAUSE * (1 << min(tries - 1, 20)), _LONGEST_PAUSE)
    return now + max(pause, timedelta(seconds=after_s or 0))


def _most_tries() -> int:
    return environment.integer("YOUSU_NOTICE_TRIES", least=1)
