"""Who calls the API in these tests, and how a case is brought to a stage by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.test import Client

from yousu.org import accounts
from yousu.org.models import Account

# user: roles and unit.
PEOPLE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "taker": (("call_taker",), "centre"),
    "other_taker": (("call_taker",), "centre"),
    "dispatcher": (("dispatcher",), "centre"),
    "heating": (("handler",), "heating"),
    "water": (("handler",), "water"),
    "east": (("second_level",), "east"),
    "east_leader": (("unit_leader",), "east"),
    "street": (("handler",), "east_street"),
    "caller_back": (("call_back_officer",), "centre"),
    "supervisor": (("supervisor",), "centre"),
    "other_supervisor": (("supervisor",), "centre"),
    "leader": (("leader",), ""),
    "guard": (("security_administrator",), "centre"),
    "app": (("channel",), ""),
    "other_app": (("channel",), ""),
    "publisher": (("publisher",), "centre"),
    "reviewer": (("bulletin_reviewer",), "centre"),
    "signer": (("bulletin_signer",), "centre"),
    "nobody": ((), ""),
}
WORDS = "家里暖气不热，请尽快处理"
# Stands in a body for the number of a case that is recorded for it.
ANOTHER = "<another case>"
_keys = count(1)

Step = tuple[str, str, dict[str, Any]]
FORWARD: Step = ("dispatcher", "forward", {"lead_unit": "heating"})
SIGN: Step = ("heating", "sign", {})
CONTACT: Step = ("heating", "contact", {"how": "phone", "reached": True})
HANDLE: Step = ("heating", "handle", {"reply": "已上门维修", "outcome": "solved"})
REVIEW: Step = ("dispatcher", "review", {"accept": True})
COMPLAINT: Step = ("dispatcher", "classify", {"category": "城乡建设/供热保障", "type": "complaint"})
STEPS: Mapping[str, tuple[Step, ...]] = {
    "recorded": (),
    "declined": (
        ("dispatcher", "decline", {"reason": "litigation", "lawful_channel": "court", "reply": "请向法院起诉"}),
    ),
    "forwarded": (FORWARD,),
    "sent_back": (FORWARD, ("heating", "send-back", {"reason": "not_ours"})),
    "signed": (FORWARD, SIGN),
    "contacted": (FORWARD, SIGN, CONTACT),
    "asked": (FORWARD, SIGN, ("heating", "request-extension", {"working_days": 1, "reason": "complex"})),
    "suspended": (FORWARD, SIGN, ("heating", "suspend", {"reason": "documents"})),
    "instructed": (
        *(FORWARD, SIGN),
        ("leader", "instruct", {"text": "请尽快解决", "by": "某副市长", "on": "2024-01-31"}),
    ),
    "parked": (
        *(FORWARD, SIGN),
        ("supervisor", "park", {"plan": "开春再修", "review_on": "2999-01-01", "leader": "某副区长"}),
    ),
    "exclusion_asked": (
        *(FORWARD, SIGN, CONTACT, HANDLE, REVIEW),
        ("supervisor", "exclude", {"reason": "recorded_by_mistake"}),
    ),
    "approving": (
        ("dispatcher", "forward", {"lead_unit": "east"}),
        ("east", "forward", {"lead_unit": "east_street"}),
        ("street", "sign", {}),
        ("street", "contact", {"how": "phone", "reached": True}),
        ("street", "handle", {"reply": "已修好", "outcome": "solved"}),
    ),
    "complaint": (COMPLAINT,),
    "accusing": (COMPLAINT, ("dispatcher", "name-reported", {"unit": "water"})),
    "lift_asked": (
        COMPLAINT,
        ("dispatcher", "name-reported", {"unit": "water"}),
        ("dispatcher", "request-lift", {"reason": "书面同意"}),
    ),
    "merged": (("dispatcher", "merge", {"head": ANOTHER}),),
    "handled": (FORWARD, SIGN, CONTACT, HANDLE),
    "closed": (FORWARD, SIGN, CONTACT, HANDLE, REVIEW),
    "unsolved": (
        *(FORWARD, SIGN, CONTACT, HANDLE, REVIEW),
        ("caller_back", "call-back", {"reached": "reached", "solved": False}),
    ),
    "settled": (
        *(FORWARD, SIGN, CONTACT, HANDLE, REVIEW),
        ("caller_back", "call-back", {"reached": "reached", "solved": True, "satisfied": "satisfied"}),
    ),
}


@dataclass(frozen=True)
class Caller:
    """One account with its token."""

    user: str
    token: str

    def get(self, path: str, **headers: str) -> Any:
        """GET under /api/v1."""
        return Client().get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any = None, *, seen: int | str | None = None, **headers: str) -> Any:
        """POST of JSON (or of bytes as they are) under /api/v1; `seen` becomes If-Match."""
        if seen is not None:
            headers["If-Match"] = f'"{seen}"' if isinstance(seen, int) else seen
        kind = headers.pop("content_type", "application/json")
        # An absent body is no body, not the JSON null.
        data = b"" if body is None else body
        return Client().post(f"/api/v1{path}", data, content_type=kind, headers=self._headers(headers))

    def record(self, **fields: Any) -> Any:
        """Records an appeal under a fresh idempotency key."""
        body = {"channel": "hotline", "text": WORDS, "appellant": {"phone": "15400000001"}, **fields}
        return self.post("/appeals", body, **{"Idempotency-Key": fresh_key()})

    def do(self, case: Mapping[str, Any], command: str, body: Any = None) -> Any:
        """A command on a case as its JSON shows it."""
        return self.post(f"/appeals/{case['number']}/{command}", _filled(body), seen=case["version"])

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **more}


def _filled(body: Any) -> Any:
    """The body with a new case's number where it names another case."""
    if not isinstance(body, dict) or ANOTHER not in body.values():
        return body
    number = caller("taker").record().json()["number"]
    return {key: number if value == ANOTHER else value for key, value in body.items()}


def fresh_key() -> str:
    """An idempotency key nobody used."""
    return f"key-{next(_keys)}"


def caller(user: str) -> Caller:
    """The caller of PEOPLE by name; the account is made when it is not there."""
    roles, unit = PEOPLE[user]
    if not Account.objects.filter(user=user).exists():
        accounts.create(user, None, roles=roles, unit=unit, name_zh=user, name_en=user)
    return Caller(user, accounts.create_token(user))


def bring(callers: Mapping[str, Caller], stage: str) -> dict[str, Any]:
    """A new case in a stage, as its JSON; `contacted` is signed with a contact tried."""
    case = callers["taker"].record().json()
    for user, command, body in STEPS[stage]:
        answer = callers[user].do(case, command, body)
        assert answer.status_code == 200, answer.content.decode()
        case = answer.json()
    return dict(case)
