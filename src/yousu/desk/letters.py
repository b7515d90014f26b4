"""答复函: the reply as a letter to whoever appealed; it bears a name only where one was opened for a purpose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yousu.appeals.events import Declined
from yousu.appeals.state import AppealState
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.desk import labels, moments
from yousu.desk.orders import hotline
from yousu.documents.model import Block, Closing, Document, Head, Lang, Paragraph
from yousu.ledger import log, texts
from yousu.ledger.events import TextRef, decode
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city

# A reply that was refused, or of an earlier handling, is no answer.
_ANSWERED = frozenset({"handled", "closed", "settled", "unsolved", "finalised", "declined"})


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The answer that stands: its words, who gave it and when."""

    words: str
    unit: str
    at: datetime
    fact: Any


def may_write(actor: Actor, state: AppealState) -> bool:
    """Whether the actor is one of those who answer: who handles the case or reviews replies."""
    return any(capabilities.may(actor, word, Standing(state)) for word in ("handle", "review"))


def is_answered(state: AppealState) -> bool:
    """Whether there is an answer to write of."""
    return state.stage in _ANSWERED and "reply" in state.texts


def reply_of(row: CaseNow, state: AppealState) -> Reply | None:
    """The answer that stands; None where there is none, or where its words were erased."""
    if not is_answered(state):
        return None
    ref = state.texts["reply"]
    words = texts.read([ref.id]).get(ref.id)
    for each in log.rows_of(queries.stream_of(row), newest_first=True):
        fact = decode(each.kind, each.shape, each.data)
        given = getattr(fact, "reply", None)
        if words is not None and isinstance(given, TextRef) and given.id == ref.id:
            return Reply(words=words, unit=getattr(fact, "unit", ""), at=each.occurred_at, fact=fact)
    return None


def document(row: CaseNow, reply: Reply, *, name: str | None, lang: Lang) -> Document:
    """The letter of the answer that stands."""
    state: AppealState = queries.state_of(row)
    sender = labels.unit(reply.unit) if reply.unit else hotline()
    day = moments.written_day(reply.at)
    return Document(
        kind="letter",
        head=Head(sign=sender, issuer=sender),
        title=_title(state),
        number_line=_("诉求编号：%(number)s") % {"number": row.number},
        date_line=day,
        moment=reply.at.replace(microsecond=0),
        blocks=(*_blocks(row, state, reply, name=name), Closing((sender, day))),
        lang=lang,
        is_unreviewed=state.stage == "handled",
    )


def _title(state: AppealState) -> str:
    if not state.category:
        return _("关于您反映事项的答复函")
    return _("关于%(category)s事项的答复函") % {"category": labels.category(state.category)}


def _blocks(row: CaseNow, state: AppealState, reply: Reply, *, name: str | None) -> Iterator[Block]:
    yield Paragraph((_("%(name)s：") % {"name": name or _("诉求人")},), is_indented=False)
    about = {
        "day": moments.written_day(row.received_at),
        "channel": labels.named(city().channels, row.channel),
        "number": row.number,
    }
    yield Paragraph((_("您于%(day)s通过%(channel)s反映的事项（编号%(number)s）收悉。现答复如下：") % about,))
    if isinstance(reply.fact, Declined):
        yield Paragraph((_declined(reply.fact),))
    yield from (Paragraph((line.strip(),)) for line in reply.words.splitlines() if line.strip())
    called = {"hotline": city().settings["hotline_number"]}
    yield Paragraph((_("对以上答复有疑问或者有新的情况，请拨打%(hotline)s，说明诉求编号。") % called,))
    yield Paragraph((_("特此函复。"),))


def _declined(fact: Declined) -> str:
    reason = labels.named(city().reasons.get("decline", {}), fact.reason)
    lawful = labels.named(city().lawful_channels, fact.lawful_channel)
    return _("您反映的事项不予受理：%(reason)s。请通过以下途径反映：%(lawful)s。") % {
        "reason": reason,
        "lawful": lawful,
    }
