"""经过: a case's events as sentences with actor and moment. Masked: words that may hold personal data only for some."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import labels
from yousu.desk.sentences import sentence
from yousu.ledger import log, texts
from yousu.ledger.events import TextRef, Undone, decode
from yousu.org.city import city
from yousu.org.models import Account


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event as shown; `quotes` are the words that came with it, if the reader may see them."""

    seq: int
    kind: str
    label: str
    sentence: str
    who: str
    at: datetime
    quotes: tuple[str, ...]
    is_undone: bool


def of(row: CaseNow, *, with_words: bool) -> list[Entry]:
    """The history of a case, oldest first. Three statements, however long it is."""
    return of_stream(queries.stream_of(row), with_words=with_words)


def of_stream(stream: str, *, with_words: bool = True) -> list[Entry]:
    """The history of any stream."""
    rows = list(log.rows_of(stream))
    facts = [decode(each.kind, each.shape, each.data) for each in rows]
    undone = {fact.undone_seq for fact in facts if isinstance(fact, Undone)}
    opened = texts.read([ref.id for fact in facts for ref in _refs(fact)]) if with_words else {}
    names = names_of(each.actor for each in rows)
    return [
        Entry(
            seq=each.seq,
            kind=each.kind,
            label=labels.named(city().events, each.kind),
            sentence=sentence(fact),
            who=names[each.actor],
            at=each.occurred_at,
            quotes=tuple(opened[ref.id] for ref in _refs(fact) if ref.id in opened),
            is_undone=each.seq in undone,
        )
        for each, fact in zip(rows, facts, strict=True)
    ]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Those who acted, by the codes that stand in events."""
    wanted = set(codes)
    users = {code.partition(":")[2] for code in wanted if code.startswith("account:")}
    column = "name_zh" if labels.language().startswith("zh") else "name_en"
    named = dict(Account.objects.filter(user__in=users).values_list("user", column))
    return {code: _name(code, named) for code in wanted}


def since(entries: Sequence[Entry], seen: int) -> list[Entry]:
    """What happened after a version."""
    return [entry for entry in entries if entry.seq > seen]


def _refs(fact: Any) -> list[TextRef]:
    # The words of the record itself (a mapping) are shown in their own place.
    values = (getattr(fact, each.name) for each in fields(fact))
    return [value for value in values if isinstance(value, TextRef)]


def _name(code: str, accounts: dict[str, str]) -> str:
    kind, _colon, name = code.partition(":")
    if kind == "account":
        return accounts.get(name, name)
    return {"resident": _("诉求人"), "system": _("系统"), "cli": _("命令行")}.get(kind, code)
