"""The desk's people: the same codes, roles and units as the actors of tests/world.py, as accounts that can sign in."""

from dataclasses import dataclass

from yousu.org import accounts
from yousu.org.models import Account

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Person:
    """One account."""

    role: str
    unit: str = "centre"


STAFF = {
    "call1": Person("call_taker"),
    "call2": Person("call_taker"),
    "desk1": Person("dispatcher"),
    "east1": Person("second_level", "east"),
    "eastlead1": Person("unit_leader", "east"),
    "west1": Person("second_level", "west"),
    "heat1": Person("handler", "heating"),
    "water1": Person("handler", "water"),
    "back1": Person("call_back_officer"),
    "super1": Person("supervisor"),
    "leader1": Person("leader"),
    "publish1": Person("publisher"),
    "review1": Person("bulletin_reviewer"),
    "sign1": Person("bulletin_signer"),
    "admin1": Person("administrator"),
    "secure1": Person("security_administrator"),
    "audit1": Person("auditor"),
    "quality1": Person("quality_inspector"),
    "quality2": Person("quality_inspector"),
}


def make(user: str) -> Account:
    """The account of a name."""
    person = STAFF[user]
    return accounts.create(
        user, None, roles=[person.role], unit=person.unit, name_zh=f"{user}号", name_en=f"Staff {user}"
    )
