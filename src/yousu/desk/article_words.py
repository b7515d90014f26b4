"""知识库的用语: what its forms ask, how an article stands, and its history as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals.articles.events import ArticleRevised, ArticleWritten
from yousu.appeals.articles.queries import Article
from yousu.cases.rules import FieldWrong
from yousu.desk import labels
from yousu.desk.forms import Field
from yousu.desk.timeline import names_of
from yousu.ledger import log, texts
from yousu.ledger.events import TextRef, decode
from yousu.org.city import city

STANDINGS: labels.Words = {
    "in_force": _("有效"),
    "expiring": _("即将到期"),
    "expired": _("已到期"),
    "not_yet": _("尚未生效"),
    "withdrawn": _("已撤下"),
}
SORTS: labels.Words = {"law": _("法律法规"), "document": _("文件"), "link": _("网址")}
CATEGORY_FIELDS = ("category", "category_2", "category_3")
_EACH_LINE = _("一行一条")

FIELDS = (
    Field(name="title_zh", label=_("标题")),
    Field(name="title_en", label=_("英文标题"), is_required=False),
    Field(name="text", label=_("答复正文"), kind="area", hint=_("写成可以照着念给来电人听的话")),
    Field(name="category", label=_("分类"), kind="category", is_required=False, hint=_("输入几个字，从提示中选")),
    Field(name="category_2", label=_("分类二"), kind="category", is_required=False),
    Field(name="category_3", label=_("分类三"), kind="category", is_required=False),
    Field(name="law", label=_("法律法规依据"), kind="area", is_required=False, hint=_EACH_LINE),
    Field(name="document", label=_("文件依据"), kind="area", is_required=False, hint=_EACH_LINE),
    Field(name="link", label=_("网址"), kind="area", is_required=False, hint=_EACH_LINE),
    Field(name="unit", label=_("负责单位"), kind="unit", is_required=False),
    Field(name="valid_from", label=_("从哪天起有效"), kind="day", is_required=False),
    Field(
        name="valid_until", label=_("有效到哪天"), kind="day", is_required=False, hint=_("当天仍有效；不填则一直有效")
    ),
    Field(name="is_public", label=_("群众也能看到"), kind="tick", is_required=False),
)
REVISED_FIELDS = (*FIELDS, Field(name="why", label=_("为什么修订"), is_required=False))


@dataclass(frozen=True, kw_only=True)
class Act:
    """What may be done with an article beside revising it."""

    label: Promise
    fields: tuple[Field, ...]


ACTS: Mapping[str, Act] = {
    "confirm": Act(
        label=_("确认仍然有效"),
        fields=(
            Field(
                name="valid_until",
                label=_("有效到哪天"),
                kind="day",
                is_required=False,
                hint=_("当天仍有效；不填则一直有效"),
            ),
            Field(name="note", label=_("备注"), is_required=False),
        ),
    ),
    "withdraw": Act(label=_("撤下"), fields=(Field(name="reason", label=_("为什么撤下")),)),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One step of an article's history; `text` is what it said from then on, where that changed."""

    label: str
    who: str
    at: datetime
    quote: str
    title: str
    text: str


def history(code: str) -> list[Entry]:
    """An article's history, the latest first. Three statements, however long it is."""
    rows = list(log.rows_of(f"article/{code}", newest_first=True))
    facts = [decode(row.kind, row.shape, row.data) for row in rows]
    opened = texts.read([ref.id for fact in facts for ref in _refs(fact)])
    names = names_of(row.actor for row in rows)
    return [
        Entry(
            label=labels.named(city().events, row.kind),
            who=names[row.actor],
            at=row.occurred_at,
            quote=_said(fact, opened, "why", "note", "reason"),
            title=_kept(fact, opened, "title_zh"),
            text=_kept(fact, opened, "text"),
        )
        for row, fact in zip(rows, facts, strict=True)
    ]


def proposed(article: Article) -> dict[str, tuple[str, str]]:
    """An article as its form shows it."""
    categories = [*article.categories, "", "", ""]
    said = {
        "title_zh": article.title_zh,
        "title_en": article.title_en,
        "text": article.text,
        **dict(zip(CATEGORY_FIELDS, categories, strict=False)),
        **{sort: "\n".join(words for kind, words in article.sources if kind == sort) for sort in SORTS},
        "unit": labels.unit(article.unit),
        "valid_from": article.valid_from.isoformat() if article.valid_from else "",
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
        "is_public": "yes" if article.is_public else "",
    }
    return {name: (value, "") for name, value in said.items()}


def at_field(wrong: FieldWrong) -> FieldWrong:
    """The refusal at the field by which the form asks."""
    return FieldWrong("category", wrong.why) if wrong.field == "categories" else wrong


def _refs(fact: Any) -> list[TextRef]:
    named = [getattr(fact, name, None) for name in ("why", "note", "reason")]
    kept = fact.texts.values() if isinstance(fact, ArticleWritten | ArticleRevised) else ()
    return [*(ref for ref in named if isinstance(ref, TextRef)), *kept]


def _said(fact: Any, opened: Mapping[Any, str], *names: str) -> str:
    refs = (getattr(fact, name, None) for name in names)
    return next((opened.get(ref.id, "") for ref in refs if isinstance(ref, TextRef)), "")


def _kept(fact: Any, opened: Mapping[Any, str], kind: str) -> str:
    if not isinstance(fact, ArticleWritten | ArticleRevised):
        return ""
    return opened.get(fact.texts[kind].id, "")
