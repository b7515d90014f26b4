"""Commands of the knowledge base: write → revise, confirm … → withdraw.

Each raises Forbidden (rights), FieldWrong (a code or value), NotPossible (withdrawn already), StreamMissing,
StreamMoved (`seen` is the version shown). Each returns the new state.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import connection

from yousu.appeals.articles import rules
from yousu.appeals.articles.events import Source
from yousu.appeals.articles.rules import Content
from yousu.appeals.articles.state import ArticleState
from yousu.cases.commands import noted, tidy
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, texts
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city
from yousu.platform import clock
from yousu.understanding import redaction

_LONGEST_TITLE, _LONGEST_TEXT = 100, 4000
# Telephones, addresses and mail boxes of offices belong into an answer; what is somebody's own does not.
_NOBODYS = frozenset({"id_card", "bank_card", "plate", "wechat", "name"})
_LINK = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An article as its writer gives it; `sources` are pairs of sort and words."""

    title_zh: str
    text: str
    title_en: str = ""
    categories: Sequence[str] = ()
    sources: Sequence[tuple[str, str]] = ()
    unit: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    is_public: bool = False


def write_article(draft: Draft, *, by: Actor) -> ArticleState:
    """新增条目."""
    capabilities.require(by, "write-article", Belonging(draft.unit))
    content, new = _checked(draft)
    rules.check_days(content.valid_from, content.valid_until, today=_today())
    return begin(str(number := next_number()), number, content, new=new, by=by)


def revise_article(code: str, draft: Draft, *, why: str = "", by: Actor, seen: int) -> ArticleState:
    """修订条目. Whoever gives it to another unit must be allowed to on both sides."""
    capabilities.require(by, "revise-article", Belonging(draft.unit))
    content, new = _checked(draft)
    said = noted(why)
    decide = partial(rules.revise, content=content, why=said.ref if said else None, today=_today())
    return _act(code, "revise-article", decide, new=[*new, said] if said else new, by=by, seen=seen)


def confirm_article(code: str, *, valid_until: date | None, note: str = "", by: Actor, seen: int) -> ArticleState:
    """确认条目: it holds, until the day named or without end."""
    said = noted(note)
    decide = partial(rules.confirm, valid_until=valid_until, note=said.ref if said else None, today=_today())
    return _act(code, "confirm-article", decide, new=[said] if said else [], by=by, seen=seen)


def withdraw_article(code: str, *, reason: str, by: Actor, seen: int) -> ArticleState:
    """撤下条目."""
    words = noted(reason)
    if words is None:
        raise FieldWrong("reason", "required")
    return _act(
        code, "withdraw-article", partial(rules.withdraw, reason=words.ref), new=[words], by=by, seen=seen
    )  # fmt: skip


def begin(code: str, number: int, content: Content, *, new: Sequence[NewText], by: Actor) -> ArticleState:
    """The first fact of an article's stream. IntegrityError when there is one already."""
    fact = rules.write(number, content)
    written: ArticleState = log.begin(f"article/{code}", fact, by=by, at=clock.now(), texts=new)
    return written


def next_number() -> int:
    """The number of the next article: from one sequence, gaps allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('article_number')")
        return int(cursor.fetchone()[0])


def content_of(draft: Draft) -> tuple[Content, list[NewText]]:
    """A draft's words kept in clear, and what refers to them."""
    words = {"title_zh": draft.title_zh, "title_en": draft.title_en, "text": draft.text}
    kept = {kind: texts.clear(kind, said) for kind, said in words.items() if said}
    sources = [(sort, texts.clear("source", said)) for sort, said in draft.sources]
    content = Content(
        texts={kind: text.ref for kind, text in kept.items()},
        categories=tuple(draft.categories),
        sources=tuple(Source(sort=sort, words=text.ref) for sort, text in sources),
        unit=draft.unit,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        is_public=draft.is_public,
    )
    return content, [*kept.values(), *(text for _, text in sources)]


def _act(
    code: str, command: str, decide: Any, *, new: Sequence[NewText], by: Actor, seen: int | None
) -> ArticleState:  # fmt: skip
    def checked(article: ArticleState) -> Any:
        capabilities.require(by, command, Belonging(article.unit))
        return decide(article)

    done: ArticleState = log.record(f"article/{code}", checked, by=by, at=clock.now(), seen=seen, texts=new)
    return done


def _checked(draft: Draft) -> tuple[Content, list[NewText]]:
    known = city()
    for category in draft.categories:
        if category not in known.categories:
            raise FieldWrong("categories", "unknown_category")
    if draft.unit is not None and draft.unit not in known.units:
        raise FieldWrong("unit", "unknown_code")
    tidied = Draft(
        **{
            **vars(draft),
            "title_zh": _public("title_zh", draft.title_zh, most=_LONGEST_TITLE),
            "title_en": _public("title_en", draft.title_en, most=_LONGEST_TITLE, is_required=False),
            "text": _public("text", draft.text, most=_LONGEST_TEXT),
            "categories": tuple(dict.fromkeys(draft.categories)),
            "sources": tuple(_source(sort, words) for sort, words in draft.sources),
        }
    )
    return content_of(tidied)


def _public(field: str, words: str, *, most: int, is_required: bool = True) -> str:
    said = tidy(words)
    if is_required and not said:
        raise FieldWrong(field, "required")
    if len(said) > most:
        raise FieldWrong(field, "too_long")
    kinds = dict.fromkeys(found.kind for found in redaction.redact(said) if found.kind in _NOBODYS)
    if kinds:
        raise FieldWrong(field, "personal_data", kinds=tuple(kinds))
    return said


def _source(sort: str, words: str) -> tuple[str, str]:
    said = _public(sort, words, most=_LONGEST_TITLE * 3)
    if sort not in rules.SORTS:
        raise FieldWrong("sources", "unknown_code")
    if sort == "link" and not _LINK.fullmatch(said):
        raise FieldWrong("link", "not_a_link")
    return sort, said


def _today() -> date:
    return log.local_day_of(clock.now())
