"""邮件: SMTP with TLS, time limits, and an id by which a repeated delivery is recognised."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from yousu.platform import clock, environment
from yousu.platform.environment import SettingWrong
from yousu.platform.notices import Reply, accepted, again, limits, refused

_URL, _FROM, _PASSWORD_FILE = "YOUSU_SMTP_URL", "YOUSU_MAIL_FROM", "YOUSU_SMTP_PASSWORD_FILE"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Without TLS only by explicit wish, or where nothing leaves the machine.
_TLS = ("starttls", "none")
# Everything a message says together: greeting, TLS, sign-in, envelope, words.
_CONVERSATIONS = 6


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message to one address."""

    id: UUID
    to: str
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    tls: str
    sender: str
    domain: str
    user: str = ""
    password: str = ""
    timeout_s: float = 10.0


def configured() -> MailServer | None:
    """The server of the settings; None when none is named. Raises SettingWrong."""
    url = environment.text(_URL)
    if not url:
        return None
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("smtp", "smtps") or not host or parts.password:
        raise SettingWrong(f"{_URL} must look like smtp://user@host:587 or smtps://host; the password has its own file")
    sender = environment.text(_FROM)
    if not sender.isascii() or sender.count("@") != 1:
        raise SettingWrong(f"{_FROM} must be the address that mail comes from")
    usual = "none" if host in _LOOPBACK else "starttls"
    tls = "all" if parts.scheme == "smtps" else parse_qs(parts.query).get("tls", [usual])[0]
    if tls not in ("all", *_TLS):
        raise SettingWrong(f"{_URL}: tls is one of {', '.join(_TLS)}")
    return MailServer(
        host=host,
        port=parts.port or (465 if tls == "all" else 587),
        tls=tls,
        sender=sender,
        domain=urlsplit(environment.url("YOUSU_BASE_URL")).hostname or "localhost",
        user=unquote(parts.username or ""),
        password=_password(),
        timeout_s=environment.integer("YOUSU_NOTICE_TIMEOUT_S", least=1),
    )


class Mailer:
    """Hands messages over, one connection for many."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> Reply:
        """One attempt. Nothing is raised for what the other side does."""
        try:
            connection = self._connected()
            with limits.no_longer_than(_CONVERSATIONS * self._server.timeout_s, connection.sock):
                connection.send_message(_written(mail, self._server))
        except smtplib.SMTPRecipientsRefused as error:
            return _by_code(next(iter(error.recipients.values()))[0])
        except smtplib.SMTPDataError as error:
            return _by_code(error.smtp_code)
        except smtplib.SMTPResponseException as error:
            # Greeting, sign-in or sender: they are about us, not about this message.
            self.close()
            return again(f"smtp_{max(error.smtp_code, 0)}", is_down=True)
        except TimeoutError:
            self.close()
            return again("timeout", is_down=True)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return again(_said(error), is_down=True)
        return accepted()

    def close(self) -> None:
        """Ends the conversation, as politely as the other side lets us."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is not None:
            # An idle server hangs up: found out now, and not when the message is half over.
            with suppress(smtplib.SMTPException, OSError):
                if self._connection.noop()[0] == 250:
                    return self._connection
            self.close()
        server = self._server
        if server.tls == "all":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_s, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
        self._connection = connection
        with limits.no_longer_than(_CONVERSATIONS * server.timeout_s, connection.sock):
            if server.tls == "starttls":
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
        return connection


def message_id(notice: UUID, domain: str) -> str:
    """The same for every delivery of a notice: a mailbox that has it knows the second one."""
    return f"<{notice}@{domain}>"


def _written(mail: Mail, server: MailServer) -> EmailMessage:
    written = EmailMessage()
    written["Message-ID"] = message_id(mail.id, server.domain)
    written["Date"] = format_datetime(clock.wall())
    user, _, domain = server.sender.partition("@")
    written["From"] = Address(username=user, domain=domain)
    written["To"] = mail.to
    written["Subject"] = mail.subject
    # RFC 3834: nobody's holiday answers it.
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(mail.text, cte="base64")
    return written


def _by_code(code: int) -> Reply:
    return refused(f"smtp_{code}") if 500 <= code < 600 else again(f"smtp_{max(code, 0)}")


def _said(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "no_tls"
    if isinstance(error.__context__, TimeoutError):
        return "timeout"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "not_supported"
    return "hung_up" if isinstance(error, smtplib.SMTPServerDisconnected) else "unreachable"


def _password() -> str:
    name = environment.text(_PASSWORD_FILE)
    if not name:
        return ""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingWrong(f"{_PASSWORD_FILE}: {name} cannot be read") from error
