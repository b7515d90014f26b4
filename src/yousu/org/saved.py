"""常用条件: kept for the account, so that every browser shows them. An address and a name, nothing of any case."""

from dataclasses import dataclass

from yousu.org.actors import Actor
from yousu.org.models import SavedSearch

# As many as fit above a list.
MOST = 30
_LONGEST_NAME = 40


class NotSaved(ValueError):
    """Why it was not kept: `required` (no name, no filter) or `too_many`."""


@dataclass(frozen=True)
class Saved:
    """One saved address."""

    id: int
    name: str
    address: str


def of(actor: Actor) -> list[Saved]:
    """An account's own, by name."""
    if actor.account_id is None:
        return []
    rows = SavedSearch.objects.filter(account_id=actor.account_id).order_by("name")
    return [Saved(*row) for row in rows.values_list("id", "name", "address")]


def save(actor: Actor, *, name: str, address: str) -> None:
    """Keeps an address under a name; the same name again is another address. Raises NotSaved."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name or not address or actor.account_id is None:
        raise NotSaved("required")
    own = SavedSearch.objects.filter(account_id=actor.account_id)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise NotSaved("too_many")
    SavedSearch.objects.update_or_create(account_id=actor.account_id, name=name, defaults={"address": address})


def remove(actor: Actor, saved_id: int) -> None:
    """Forgets one of the account's own."""
    if actor.account_id is not None:
        SavedSearch.objects.filter(account_id=actor.account_id, id=saved_id).delete()
