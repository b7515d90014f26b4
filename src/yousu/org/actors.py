"""行为人: whoever acts, with roles and place in the tree of units."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account, a machine, the command line or a resident. `code` stands in events; it names no person."""

    code: str
    roles: frozenset[str] = frozenset()
    unit: str | None = None
    account_id: int | None = None
    # 二级平台: the units below, the own one included.
    tree: frozenset[str] = field(default=frozenset(), repr=False)
    # 回执: the numbers of the cases whose receipt was shown.
    receipts: frozenset[str] = field(default=frozenset(), repr=False)

    def has(self, role: str) -> bool:
        """Whether the actor holds a role."""
        return role in self.roles


def cli(account: str) -> Actor:
    """The command line, run by an account of the operating system. It records, imports, exports, freezes."""
    return Actor(code=f"cli:{account}", roles=frozenset({"cli"}))


def resident(number: str) -> Actor:
    """Whoever showed a case's receipt: whichever channel recorded it, the receipt is the right."""
    return Actor(code="resident", roles=frozenset({"resident"}), receipts=frozenset({number}))


RESIDENT = Actor(code="resident", roles=frozenset({"resident"}))
SYSTEM = Actor(code="system", roles=frozenset({"system"}))
