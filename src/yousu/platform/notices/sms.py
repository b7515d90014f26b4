"""短信: a gateway over HTTP, each request signed and named by the notice's id, so that it may be repeated."""

import hmac
import http.client
import json
import re
import secrets
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from yousu.platform import environment
from yousu.platform.environment import SettingWrong
from yousu.platform.notices import Reply, accepted, again, limits, refused

_URL, _KEY_FILE = "YOUSU_SMS_URL", "YOUSU_SMS_KEY_FILE"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LEAST_KEY_BYTES = 16
_MOST_READ = 64 * 1024
# These are about us or the moment, not about this message: another attempt may fare better.
_NOT_THE_MESSAGE = frozenset({401, 403, 404, 405, 407, 408, 425, 429})
_LONGEST_WAIT_S = 3600
# A reason is a word of the gateway's. Digits are not taken over: they might be somebody's number.
_REASON = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One message to one number: as a template with parameters, and as words, for gateways that take either."""

    id: UUID
    to: str = field(repr=False)
    template: str
    parameters: Mapping[str, str]
    text: str


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """Where messages go, and the key both sides know."""

    url: str
    key: bytes = field(repr=False)
    timeout_s: float = 10.0


def configured() -> Gateway | None:
    """The gateway of the settings; None when none is named. Raises SettingWrong."""
    if not environment.text(_URL):
        return None
    url = environment.url(_URL)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise SettingWrong(f"{_URL} must begin with https://: telephone numbers go there")
    return Gateway(url=url, key=_key(), timeout_s=environment.integer("YOUSU_NOTICE_TIMEOUT_S", least=1))


class Texter:
    """Hands messages to the gateway, one connection for many."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._parts = urlsplit(gateway.url)
        self._connection: http.client.HTTPConnection | None = None

    def send(self, sms: Sms) -> Reply:
        """One attempt. Nothing is raised for what the other side does."""
        try:
            status, headers, body = self._asked(sms)
        except TimeoutError:
            self.close()
            return again("timeout", is_down=True)
        except http.client.HTTPException:
            self.close()
            return again("nonsense", is_down=True)
        except OSError as error:
            self.close()
            return again("no_tls" if isinstance(error, ssl.SSLError) else "unreachable", is_down=True)
        return _understood(status, headers, body)

    def close(self) -> None:
        """Hangs up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _asked(self, sms: Sms) -> tuple[int, Mapping[str, str], bytes]:
        path = self._parts.path or "/"
        path = f"{path}?{self._parts.query}" if self._parts.query else path
        body = json.dumps(
            {
                "id": str(sms.id),
                "to": sms.to,
                "template": sms.template,
                "parameters": dict(sms.parameters),
                "text": sms.text,
            },
            ensure_ascii=False,
        ).encode()
        headers = signed(self._gateway.key, path=path, body=body) | {
            "Content-Type": "application/json",
            "Idempotency-Key": str(sms.id),
        }
        connection = self._connected()
        with limits.no_longer_than(2 * self._gateway.timeout_s, connection.sock):
            connection.request("POST", path, body=body, headers=headers)
            response = connection.getresponse()
            said = response.read(_MOST_READ + 1)
        if response.will_close or len(said) > _MOST_READ:
            self.close()
        if not said and response.length is None and response.status != 204:
            # Neither words nor a word on how many: it may have been cut off.
            raise http.client.IncompleteRead(said)
        return response.status, dict(response.headers.items()), said

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port = self._parts.hostname or "", self._parts.port
            timeout_s = self._gateway.timeout_s
            self._connection = (
                http.client.HTTPSConnection(host, port, timeout=timeout_s, context=ssl.create_default_context())
                if self._parts.scheme == "https"
                else http.client.HTTPConnection(host, port, timeout=timeout_s)
            )
            self._connection.connect()
        return self._connection


def signed(key: bytes, *, path: str, body: bytes) -> dict[str, str]:
    """Headers by which the gateway knows who asks, that nothing was changed, and that it is not an old request."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    return {
        "Yousu-Timestamp": timestamp,
        "Yousu-Nonce": nonce,
        "Yousu-Signature": signature(key, path=path, timestamp=timestamp, nonce=nonce, body=body),
    }


def signature(key: bytes, *, path: str, timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA256 (hex) over method, path with query, timestamp, nonce and the body's SHA-256, a line each."""
    lines = ["POST", path, timestamp, nonce, sha256(body).hexdigest()]
    return hmac.new(key, "\n".join(lines).encode(), sha256).hexdigest()


def _understood(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    if status == 409:
        return accepted("duplicate")
    said = _json(body)
    if 200 <= status < 300:
        if said is None:
            # A page of somebody in between is no receipt.
            return again("nonsense", is_down=True)
        if said.get("accepted") is False:
            return refused(_reason(said) or "refused")
        return accepted("duplicate" if said.get("duplicate") is True else "")
    if 400 <= status < 500 and status not in _NOT_THE_MESSAGE:
        return refused(f"http_{status} {_reason(said or {})}".strip())
    return again(f"http_{status}", after_s=_after(headers), is_down=True)


def _json(body: bytes) -> dict[str, Any] | None:
    """What the gateway said, if it is an object; nothing at all is an empty one."""
    if not body.strip():
        return {}
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _reason(said: Mapping[str, Any]) -> str:
    reason = said.get("reason")
    return reason if isinstance(reason, str) and _REASON.fullmatch(reason) else ""


def _after(headers: Mapping[str, str]) -> int | None:
    wanted = headers.get("Retry-After") or ""
    return min(int(wanted), _LONGEST_WAIT_S) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else None


def _key() -> bytes:
    name = environment.text(_KEY_FILE)
    try:
        key = Path(name).expanduser().read_bytes().strip() if name else b""
    except OSError as error:
        raise SettingWrong(f"{_KEY_FILE}: {name} cannot be read") from error
    if len(key) < _LEAST_KEY_BYTES:
        raise SettingWrong(f"{_KEY_FILE} must name a file with at least {_LEAST_KEY_BYTES} bytes of key")
    return key
