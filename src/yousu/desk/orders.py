"""工单: a case on paper, to be handled with: its facts and way without personal data, and room for the result."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import chips, labels, moments, rows, timeline
from yousu.desk.rows import Line
from yousu.desk.timeline import Entry
from yousu.documents.model import Block, Cell, Document, Facts, Head, Lang, Room, Table
from yousu.org.city import city

_RESULT_LINES, _REVIEW_LINES = 8, 4
_NOTHING = "–"


def document(row: CaseNow, *, lang: Lang) -> Document:
    """The sheet as the case stands; equal until something happens to it."""
    state: AppealState = queries.state_of(row)
    # What was undone counts nowhere, on paper neither.
    history = [entry for entry in timeline.of(row, with_words=False) if not entry.is_undone and entry.kind != "undone"]
    as_of = history[-1].at
    return Document(
        kind="sheet",
        head=Head(sign=hotline()),
        title=_("诉求工单"),
        number_line=_("编号：%(number)s") % {"number": row.number},
        date_line=_("截至%(moment)s") % {"moment": moments.written(as_of)},
        moment=as_of.replace(microsecond=0),
        blocks=tuple(_blocks(row, state, history)),
        lang=lang,
    )


def hotline() -> str:
    """What the hotline calls itself."""
    suffix = "zh" if labels.language().startswith("zh") else "en"
    return str(city().settings[f"hotline_name_{suffix}"])


def _blocks(row: CaseNow, state: AppealState, history: list[Entry]) -> Iterator[Block]:
    yield Facts(tuple(facts(row, state)))
    signed, day = _("承办人："), _("日期：")
    yield Room(label=_("办理结果"), lines=_RESULT_LINES, signs=(signed, day))
    yield Room(label=_("审核意见"), lines=_REVIEW_LINES, signs=(_("负责人："), day))
    yield Table(
        caption=_("办理经过"),
        head=(_("时间"), _("环节"), _("经过")),
        rows=tuple((moments.written(entry.at), entry.label, entry.sentence) for entry in history),
    )
    steps = chips.steps(state.due)
    if steps:
        yield Table(
            caption=_("期限推算"),
            head=(_("日期"), _("第几天"), _("为什么")),
            align=("left", "right", "left"),
            rows=tuple((step.day, _NOTHING if step.counted is None else str(step.counted), step.why) for step in steps),
        )


def facts(row: CaseNow, state: AppealState) -> Iterator[tuple[tuple[str, Cell], ...]]:
    """The case in rows of labels and values; nobody's data."""
    line = rows.line(row, state)
    kind = labels.named(city().types, state.type)
    yield _of(_("受理时间"), moments.written(line.received_at)), _of(_("渠道"), line.channel)
    yield _of(_("类型"), kind), _of(_("分类"), labels.category(state.category, whole=True))
    yield (_of(_("地点"), line.place),)
    yield (_of(_("承办单位"), line.unit),)
    if state.co_units:
        yield (_of(_("协办单位"), _("、").join(labels.unit(code) for code in state.co_units)),)
    yield (_of(_("办理期限"), _due(state, line)),)
    if row.title:
        yield (_of(_("标题"), row.title),)
    yield (_of(_("诉求内容"), row.matter or _("（内容已删除）")),)


def _of(label: str, value: str) -> tuple[str, Cell]:
    return label, value or _NOTHING


def _due(state: AppealState, line: Line) -> str:
    if state.due is None:
        return line.chip.words
    at: datetime = state.due.at
    provisional = _("（暂定）") if state.due.provisional else ""
    return f"{moments.written(at)}{provisional} · {line.chip.grade}"
