"""集合: the case numbers behind each number that stays, by its path, and their digests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass
class Sets:
    """The sets behind the numbers of one paper."""

    sets: dict[str, list[str]] = field(default_factory=dict, kw_only=True)

    def count(self, path: str, numbers: Sequence[str]) -> int:
        """Keeps the set behind a path and gives its size."""
        self.sets[path] = list(numbers)
        return len(numbers)

    def lists(self) -> dict[str, str]:
        """Digest of the list behind every path."""
        return {path: list_digest(numbers) for path, numbers in sorted(self.sets.items())}


def list_digest(numbers: Sequence[str]) -> str:
    """SHA-256 over the case numbers in order, a line each (docs/chain.md)."""
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()
