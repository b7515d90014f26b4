"""会商材料: a meeting's pack as a document: agenda, cases by part, governance tasks, special reports, decisions."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yousu.cases import queries as cases
from yousu.cases.models import CaseNow
from yousu.desk import governance_words as words
from yousu.desk import labels, moments, rows, special_papers
from yousu.desk.orders import hotline
from yousu.documents.model import Block, Document, Facts, Head, Heading, Lang, Paragraph, Table
from yousu.governance.meetings import queries
from yousu.governance.meetings.state import PARTS, MeetingState
from yousu.governance.tasks import queries as tasks
from yousu.org.actors import Actor

# More than this nobody talks through; the page lists them all.
_MOST_CASES = 40


def document(state: MeetingState, *, actor: Actor, lang: Lang) -> Document:
    """The pack as it stands; cases as their redacted matter."""
    said = words.opened(ref for ref in (state.title, state.words) if ref is not None)
    return Document(
        kind="sheet",
        head=Head(sign=hotline()),
        title=said.get(state.title.id) or _("（内容已删除）"),
        number_line=words.origin("meeting", state.number),
        date_line=moments.plain_day(state.on),
        moment=state.as_of.replace(microsecond=0),
        blocks=tuple(_blocks(state, said.get(state.words.id, "") if state.words else "", actor)),
        lang=lang,
    )


def _blocks(state: MeetingState, minutes: str, actor: Actor) -> Iterator[Block]:
    days = _("%(first)s至%(last)s") % {
        "first": moments.plain_day(state.first),
        "last": moments.plain_day(state.last),
    }
    yield Facts(
        (
            ((_("时段"), days), (_("截至"), moments.written(state.as_of))),
            *(((str(words.PARTS[part]), str(state.counts[part])),) for part in PARTS),
        )
    )
    yield from _decisions(state, actor)
    if minutes:
        yield Heading(1, _("会议情况"))
        yield Paragraph((minutes,))
    yield from _governance(state)
    yield from _specials(state)
    for part in PARTS:
        yield from _cases(state, part, actor)


def _decisions(state: MeetingState, actor: Actor) -> Iterator[Block]:
    for heading, found in (
        (_("议定事项"), tasks.of(f"meeting/{state.number}")),
        (_("此前未落实的事项"), queries.states("task", state.owed)),
    ):
        if found:
            yield Heading(1, heading)
            yield Table(
                head=(_("做什么"), _("责任单位"), _("到期日"), _("情况")),
                rows=tuple(
                    (line.words, line.unit, moments.plain_day(line.due), line.chip.words)
                    for line in words.lines(found, actor)
                ),
            )


def _governance(state: MeetingState) -> Iterator[Block]:
    found = words.titled(queries.states("governance", state.governance))
    if found:
        yield Heading(1, _("治理任务"))
        yield Table(
            head=(_("标题"), _("牵头单位"), _("目标"), _("此前（件）"), _("到期日")),
            align=("left", "left", "left", "right", "left"),
            rows=tuple(
                (
                    title,
                    labels.unit(one.lead_unit),
                    words.target(one.target),
                    str(one.before),
                    moments.plain_day(one.due),
                )
                for one, title in found
            ),
        )


def _specials(state: MeetingState) -> Iterator[Block]:
    found = specials_of(state)
    if found:
        yield Heading(1, _("专报"))
        yield Table(head=(_("期号"), _("标题")), rows=tuple((line, heading) for _number, line, heading in found))


def specials_of(state: MeetingState) -> list[tuple[int, str, str]]:
    """Special reports before a meeting: number, issue, heading."""
    found: Sequence[Any] = queries.states("special", state.specials)
    said = words.opened(one.heading for one in found)
    return [
        (one.number, special_papers.number_line(one), said.get(one.heading.id) or _("（内容已删除）")) for one in found
    ]


def _cases(state: MeetingState, part: str, actor: Actor) -> Iterator[Block]:
    found = list(visible(state, part, actor)[:_MOST_CASES])
    if found:
        yield Heading(1, str(words.PARTS[part]))
        yield Table(
            head=(_("编号"), _("诉求内容"), _("承办单位"), _("期限")),
            rows=tuple(
                (line.number, line.matter[:120] or _("（内容已删除）"), line.unit or "–", line.chip.words)
                for line in rows.lines(found)
            ),
        )


def visible(state: MeetingState, part: str, actor: Actor) -> Any:
    """The cases of a part that the reader may see, by number."""
    numbers = queries.numbers_behind(state, part)
    seen = cases.visible_to(actor).filter(number__in=numbers)
    return seen.order_by("number") if numbers else CaseNow.objects.none()
