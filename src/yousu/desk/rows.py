"""列表行: a case in one line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals import marks
from yousu.appeals.groups import REPEAT
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.desk import labels
from yousu.desk.chips import Chip, chip
from yousu.org.city import city
from yousu.understanding import bigrams

# What a row has room for, and how much of it may stand before a word that was looked for.
_SHOWN, _BEFORE = 36, 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a list shows of a case; nothing personal."""

    number: str
    version: int
    stage: str
    stage_name: str
    place: str
    matter: str
    category: str
    unit: str
    channel: str
    received_at: datetime
    chip: Chip
    badges: tuple[str, ...]
    # What was looked for, to be marked.
    terms: tuple[str, ...] = ()


def lines(rows: Iterable[CaseNow], *, more: Callable[[AppealState], Sequence[str]] = lambda _: ()) -> list[Line]:
    """The lines of a page, with more badges before the usual ones; no statement of their own."""
    return [_with_more(line(row, state := queries.state_of(row)), more(state)) for row in rows]


def _with_more(shown: Line, badges: Sequence[str]) -> Line:
    return replace(shown, badges=(*badges, *shown.badges)) if badges else shown


def line(row: CaseNow, case: AppealState) -> Line:
    """One case."""
    return Line(
        number=row.number,
        version=row.version,
        stage=row.stage,
        stage_name=labels.named(city().stages, row.stage),
        place=row.place or labels.district(row.district),
        matter=row.title or row.matter or _("（内容已删除）"),
        category=labels.category(row.category),
        unit=labels.unit(row.lead_unit),
        channel=labels.named(city().channels, row.channel),
        received_at=row.received_at,
        chip=chip(case),
        badges=badges(case),
    )


def with_words(row: CaseNow, shown: Line, terms: tuple[str, ...]) -> Line:
    """The line with its words marked, and with the part of the matter in which they stand if its beginning has none."""
    whole = "　".join(text for text in (row.title, row.matter) if text)
    hidden = [term for term in terms if not bigrams.spans(shown.matter[:_SHOWN], [term])]
    found = bigrams.spans(whole, hidden)
    if not found:
        return replace(shown, terms=terms)
    begins = max(0, found[0][0] - _BEFORE)
    return replace(shown, terms=terms, matter=f"…{whole[begins:]}" if begins else whole)


def badges(case: AppealState) -> tuple[str, ...]:
    """What stands out: merged ones, sent back, handled again, urged, confidential, and what stands beside the stage."""
    repeats = sum(each.how == REPEAT for each in case.followers)
    others = len(case.followers) - repeats
    found = [
        (repeats, ngettext("重复 %(n)s 件", "重复 %(n)s 件", repeats)),
        (others, ngettext("并案 %(n)s 件", "并案 %(n)s 件", others)),
        (case.sent_back, ngettext("退单 %(n)s 次", "退单 %(n)s 次", case.sent_back)),
        (case.second_handling, ngettext("二次办理 %(n)s 次", "二次办理 %(n)s 次", case.second_handling)),
        (case.urged, ngettext("催办 %(n)s 次", "催办 %(n)s 次", case.urged)),
        (case.tries if case.stage == "closed" else 0, ngettext("未接通 %(n)s 次", "未接通 %(n)s 次", case.tries)),
    ]
    counted = [words % {"n": times} for times, words in found if times]
    marked = [labels.word(labels.MARKS, mark) for mark in marks.of(case)]
    kept = ([_("保密")] if case.confidential else []) + ([_("指定")] if case.designated else [])
    return tuple(counted + kept + marked)
