"""办理: how many commands a second appeals take on their way from forwarding to the call-back, by the API."""

import json
from collections.abc import Iterator

from django.test import Client

from yousu.cli.benches import Asked, BenchFailed, Measured, load, prepared, server, staff
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted

CONNECTIONS = 8
# Far more than any machine of two cores takes in a second, so that cases do not run out.
_CASES_A_SECOND = 300


def measure(asked: Asked) -> Iterator[Measured]:
    """Per second, p95 and statements of six commands in turn on prepared cases."""
    tokens = {role: staff.token(role) for role in sorted({step.role for step in staff.WAY})}
    numbers = iter(prepared.cases(round(asked.seconds * 1.3 * _CASES_A_SECOND) + CONNECTIONS))
    statements = _statements(next(numbers), tokens)
    with server.yousu_serve() as served:
        visitors = [_office(numbers, tokens) for _ in range(CONNECTIONS)]
        acted = load.put(visitors, port=served.port, seconds=asked.seconds, pid=served.pid)
    yield Measured(name="command", value=acted.per_second, unit="/s")
    yield Measured(name="command.p95", value=acted.p95_ms, unit="ms")
    yield Measured(name="command.cpu", value=acted.cpu_ms, unit="ms")
    yield Measured(name="command.statements", value=max(statements), unit="statements")


def _office(numbers: Iterator[str], tokens: dict[str, str]) -> Visitor:
    for number in numbers:
        version = "1"
        for step in staff.WAY:
            path, headers = _address(number, step), _headers(tokens[step.role], version)
            reply = yield load.request("POST", path, headers=headers, body=json.dumps(step.answers).encode())
            version = reply.header("etag").strip('"')


def _address(number: str, step: staff.Step) -> str:
    return f"/api/v1/appeals/{number}/{step.command}"


def _headers(token: str, version: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "If-Match": f'"{version}"'}


def _statements(number: str, tokens: dict[str, str]) -> list[int]:
    client = Client(SERVER_NAME=load.HOST)
    counts: list[int] = []
    for version, step in enumerate(staff.WAY, start=1):
        path, headers = _address(number, step), _headers(tokens[step.role], str(version))
        with counted() as seen:
            answer = client.post(path, dict(step.answers), content_type="application/json", headers=headers)
        if answer.status_code != 200:
            raise BenchFailed(f"{step.command}: {answer.content.decode()[:300]}")
        counts.append(len(seen))
    return counts
