"""专报的文稿: a special report as a document: numbers by their paths, cases in words without personal data."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yousu.desk import governance_words as words
from yousu.desk import labels, moments
from yousu.desk.orders import hotline
from yousu.desk.timeline import names_of
from yousu.documents.model import (
    Block,
    Document,
    Figure,
    Head,
    Heading,
    Lang,
    Paragraph,
    Run,
    Seal,
    Signature,
    Table,
)
from yousu.governance.specials import queries
from yousu.governance.specials.state import SpecialState
from yousu.org.actors import Actor

Said = Mapping[Any, str]


def document(state: SpecialState, *, actor: Actor, lang: Lang) -> Document:
    """The report; a draft says so on every page until it is issued."""
    said = words.opened(state.words)
    heading = said.get(state.heading.id) or _("（内容已删除）")
    sealed = state.digest is not None and state.issued_at is not None
    return Document(
        head=Head(sign=_("%(hotline)s专报") % {"hotline": hotline()}, issuer=hotline()),
        title=heading,
        number_line=number_line(state),
        date_line=moments.written_day(state.issued_at or state.as_of),
        moment=state.as_of.replace(microsecond=0),
        blocks=tuple(_blocks(state, said, actor)),
        signature=_signature(state, said),
        notes=(
            _("统计截至%(moment)s；件数按受理日计，集中反映地址为多件诉求写明的地点。")
            % {"moment": moments.written(state.as_of)},
        ),
        seal=Seal(state.digest or "", moments.written(state.issued_at)) if sealed and state.issued_at else None,
        lang=lang,
    )


def number_line(state: SpecialState) -> str:
    """〔2024〕第 1 期, or that it has no number yet."""
    if state.issue is None:
        return _("未编期号")
    return _("〔%(year)s〕第%(issue)s期") % {"year": state.year, "issue": state.issue}


def _signature(state: SpecialState, said: Said) -> Signature:
    names = names_of(code for code in (state.composed_by, state.reviewed_by, state.issued_by) if code)
    return Signature(
        compiled_by=names.get(state.composed_by),
        reviewed_by=names.get(state.reviewed_by or ""),
        signed_by=names.get(state.issued_by or ""),
        distribution=(said[state.addressee.id],) if state.addressee.id in said else (),
    )


def _blocks(state: SpecialState, said: Said, actor: Actor) -> Iterator[Block]:
    yield Heading(1, _("基本情况"))
    yield Paragraph(tuple(_numbers(state)))
    yield from _tables(state)
    quoted = queries.quoted(state, actor)
    if quoted:
        yield Heading(1, _("典型诉求"))
        yield Table(
            head=(_("编号"), _("诉求内容")),
            rows=tuple((number, text or _("（内容已删除）")) for number, text in quoted),
        )
    yield Heading(1, _("已做的工作"))
    yield Paragraph((said.get(state.done.id) or _("（内容已删除）"),))
    yield Heading(1, _("建议"))
    yield Paragraph((said.get(state.suggestions.id) or _("（内容已删除）"),))


def _numbers(state: SpecialState) -> Iterator[Run]:
    found = state.content
    completion = found["completion"]
    yield _("%(first)s至%(last)s（%(subject)s），受理诉求") % {
        "first": moments.plain_day(state.first),
        "last": moments.plain_day(state.last),
        "subject": words.subject(state.subject),
    }
    yield Figure("total", str(found["total"]))
    yield _("件；此前同样天数") + " "
    yield Figure("before", str(found["before"]))
    yield _("件。已办结") + " "
    yield Figure("completion.numerator", str(completion["numerator"]))
    yield " / "
    yield Figure("completion.denominator", str(completion["denominator"]))
    yield _("件（%(percent)s）；未办结且超期") % {"percent": _percent(completion["percent"])} + " "
    yield Figure("overdue", str(found["overdue"]))
    yield _("件。")


def _percent(value: str | None) -> str:
    return "–" if value is None else f"{value}%"


def _tables(state: SpecialState) -> Iterator[Block]:
    found, count = state.content, _("件数")
    yield Heading(2, _("主要诉求"))
    yield _table(found["categories"], "categories", (_("分类"), count))
    yield Heading(2, _("区县分布"))
    yield _table(found["districts"], "districts", (_("区县"), count))
    if found["places"]:
        yield Heading(2, _("集中反映地址"))
        rows = tuple(
            (one["text"], Figure(f"places.{at}.count", str(one["count"]))) for at, one in enumerate(found["places"])
        )
        yield Table(head=(_("地点"), count), rows=rows, align=("left", "right"))


def _table(found: list[dict[str, Any]], path: str, head: tuple[str, str]) -> Block:
    if not found:
        return Paragraph((_("这一期没有。"),))
    name = "zh" if labels.language().startswith("zh") else "en"
    rows = tuple(
        (one[name] or _("没有写明"), Figure(f"{path}.{at}.count", str(one["count"]))) for at, one in enumerate(found)
    )
    return Table(head=head, rows=rows, align=("left", "right"))
