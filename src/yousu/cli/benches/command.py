"""办理: how many commands a second appeals take on their way from forwarding to the call-back, by the API."""

import json
from collections.abc import Iterator

from django.test import Client

from yousu.cli.benches import Asked, BenchFailed, Measured, load, said, server
from yousu.cli.benches.load import Visitor
from yousu.cli.benches.statements import counted
from yousu.intake.arrivals import Delivery, accept_many
from yousu.org.actors import cli

CONNECTIONS = 8
UNIT = "heating_company"
# Far more than any machine of two cores takes in a second, so that cases do not run out.
_CASES_A_SECOND, _AT_ONCE = 300, 500
_STEPS = (
    ("forward", "dispatcher", {"lead_unit": UNIT}),
    ("sign", "handler", {}),
    ("contact", "handler", {"how": "phone", "reached": True}),
    ("handle", "handler", {"reply": "已上门维修，室温恢复正常，诉求人表示认可。", "outcome": "solved"}),
    ("review", "dispatcher", {"accept": True}),
    ("call-back", "call_back_officer", {"reached": "reached", "responded": True, "solved": True}),
)


def measure(asked: Asked) -> Iterator[Measured]:
    """Per second, p95 and statements of six commands in turn on prepared cases."""
    tokens = {
        role: said.token_of(f"bench_{role}", role, unit=UNIT if role == "handler" else "centre")
        for role in sorted({role for _, role, _ in _STEPS})
    }
    numbers = iter(_prepared(round(asked.seconds * 1.3 * _CASES_A_SECOND) + CONNECTIONS))
    statements = _statements(next(numbers), tokens)
    with server.yousu_serve() as port:
        visitors = [_office(numbers, tokens) for _ in range(CONNECTIONS)]
        acted = load.put(visitors, port=port, seconds=asked.seconds)
    yield Measured(name="command", value=acted.per_second, unit="/s")
    yield Measured(name="command.p95", value=acted.p95_ms, unit="ms")
    yield Measured(name="command.statements", value=max(statements), unit="statements")


def _prepared(count: int) -> list[str]:
    by = cli("bench")
    numbers: list[str] = []
    for begin in range(0, count, _AT_ONCE):
        batch = range(begin, min(begin + _AT_ONCE, count))
        deliveries = [Delivery(said=said.appeal(i), external_id=f"bench-{i}") for i in batch]
        numbers += [accepted.number for accepted in accept_many(deliveries, by=by)]
    return numbers


def _office(numbers: Iterator[str], tokens: dict[str, str]) -> Visitor:
    for number in numbers:
        version = "1"
        for command, role, answers in _STEPS:
            reply = yield load.request(
                "POST",
                f"/api/v1/appeals/{number}/{command}",
                headers=_headers(tokens[role], version),
                body=json.dumps(answers).encode(),
            )
            version = reply.header("etag").strip('"')


def _headers(token: str, version: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "If-Match": f'"{version}"'}


def _statements(number: str, tokens: dict[str, str]) -> list[int]:
    client = Client(SERVER_NAME=load.HOST)
    counts: list[int] = []
    for version, (command, role, answers) in enumerate(_STEPS, start=1):
        with counted() as seen:
            answer = client.post(
                f"/api/v1/appeals/{number}/{command}",
                answers,
                content_type="application/json",
                headers=_headers(tokens[role], str(version)),
            )
        if answer.status_code != 200:
            raise BenchFailed(f"{command}: {answer.content.decode()[:300]}")
        counts.append(len(seen))
    return counts
