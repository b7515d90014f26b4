"""Clients that report appeals over HTTP and never give one up: a channel in the field repeats until it is told."""

import http.client
import json
import threading
import time

_PAUSE_S = 0.05
_TIMEOUT_S = 20.0


class Client(threading.Thread):
    """Posts appeal after appeal, each with a key of its own, each until it is acknowledged."""

    def __init__(self, name: str, *, port: int, token: str) -> None:
        super().__init__(name=name, daemon=True)
        self.acknowledged: dict[str, str] = {}
        self.statuses: set[int] = set()
        self.broken = 0
        self._port, self._token = port, token
        self._ends = threading.Event()
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Goes on until told to end; what was begun is brought to its end."""
        while not self._ends.is_set():
            key = f"{self.name}-{len(self.acknowledged)}"
            self.acknowledged[key] = self._delivered(key)
        self._hang_up()

    def end(self) -> None:
        """Asks it to end after the appeal it is at."""
        self._ends.set()

    def _delivered(self, key: str) -> str:
        while True:
            answer = self._posted(key)
            if answer is not None and answer[0] in (200, 201):
                return str(answer[1]["number"])
            time.sleep(_PAUSE_S)

    def _posted(self, key: str) -> tuple[int, dict[str, object]] | None:
        body = json.dumps({"channel": "hotline", "type": "complaint", "text": f"路灯不亮，第 {key} 次来电"})
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_S)
            self._connection.request("POST", "/api/v1/appeals", body.encode(), headers)
            answer = self._connection.getresponse()
            told = answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            # Nobody knows whether it was recorded: the key makes it safe to ask again.
            self.broken += 1
            self._hang_up()
            return None
        self.statuses.add(told[0])
        return told

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
