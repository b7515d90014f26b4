"""人手: who does what in measurements, and the way of a case from forwarding to the call-back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yousu.appeals import commands
from yousu.org.accounts import create, create_token
from yousu.org.actors import Actor

CENTRE, UNIT = "centre", "heating_company"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command on the way: who gives it, with which answers."""

    command: str
    role: str
    answers: Mapping[str, Any]


WAY = (
    Step(command="forward", role="dispatcher", answers={"lead_unit": UNIT}),
    Step(command="sign", role="handler", answers={}),
    Step(command="contact", role="handler", answers={"how": "phone", "reached": True}),
    Step(
        command="handle",
        role="handler",
        answers={"reply": "已上门维修，室温恢复正常，诉求人表示认可。", "outcome": "solved"},
    ),
    Step(command="review", role="dispatcher", answers={"accept": True}),
    Step(
        command="call-back",
        role="call_back_officer",
        answers={"reached": "reached", "responded": True, "solved": True, "satisfied": "satisfied"},
    ),
)


def actor(role: str) -> Actor:
    """Somebody of a role."""
    unit = unit_of(role)
    return Actor(code=f"account:{user_of(role)}", roles=frozenset({role}), unit=unit, tree=frozenset({unit}))


def token(role: str) -> str:
    """A token of a new account of a role."""
    create(user_of(role), None, roles=[role], unit=unit_of(role), name_zh=role, name_en=role)
    return create_token(user_of(role))


def act(step: Step, number: str, *, version: int) -> None:
    """Gives one command of the way."""
    command = getattr(commands, step.command.replace("-", "_"))
    command(number, **step.answers, by=actor(step.role), seen=version)


def user_of(role: str) -> str:
    """The account's name."""
    return f"bench_{role}"


def unit_of(role: str) -> str:
    """The unit the account belongs to."""
    return UNIT if role == "handler" else CENTRE
