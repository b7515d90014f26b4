"""Facts for tests of the ledger alone: they belong to no kind of case."""

from dataclasses import dataclass

from yousu.ledger.events import event


@event("noted")
@dataclass(frozen=True, kw_only=True)
class Noted:
    """Something was noted."""

    words: str = "备注"
    count: int = 0


@dataclass(frozen=True)
class Somebody:
    """An author."""

    code: str = "account:somebody"


NOBODY_SPECIAL = Somebody()
