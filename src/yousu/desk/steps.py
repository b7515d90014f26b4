"""步骤: what may be done on the page of a governance task, a task, a report or a meeting: offered, read, taken."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from yousu.cases.rules import FieldWrong
from yousu.desk import labels
from yousu.desk.access import StaffRequest
from yousu.desk.forms import Asked, Field, Refused, asked, read, version_seen
from yousu.desk.governance_words import REFUSALS
from yousu.governance.refusals import NotReady
from yousu.governance.streams import GovernedMissing
from yousu.ledger.log import StreamMoved
from yousu.org import capabilities


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its button, the right it needs, what it asks, and the command that takes the answers."""

    word: str
    label: Promise
    action: str
    run: Callable[..., Any]
    fields: tuple[Field, ...] = ()
    proposed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A step that was not taken, with what was typed."""

    word: str
    data: QueryDict
    refused: Refused
    status: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A step as a page offers it."""

    word: str
    label: Promise
    asked: list[Asked]
    is_open: bool

    @property
    def has_buttons(self) -> bool:
        """Whether an answer is given by the button itself."""
        return any(each.field.kind == "buttons" for each in self.asked)


def taken(request: StaffRequest, number: int, step: Step) -> Tried | None:
    """Takes a step with what was posted; None if it was taken, else why not. Raises Forbidden, Http404."""
    capabilities.require(request.actor, step.action)
    answers, refused = read(step.fields, request.POST)
    status = 422
    try:
        seen = version_seen(request.POST)
        if not refused.errors:
            step.run(number, **answers, by=request.actor, seen=seen)
            return None
    except FieldWrong as wrong:
        refused.add(wrong)
        if wrong.field == "seen":
            refused.banner = _("这一页不完整，请核对后再提交一次。")
    except NotReady as refusal:
        refused.banner, status = labels.word(REFUSALS, refusal.why), 409
    except StreamMoved:
        refused.banner, status = _("您打开这一页后，这里有了变化。填写的内容还在，请核对后再提交。"), 409
    except GovernedMissing as missing:
        raise Http404 from missing
    return Tried(word=step.word, data=request.POST, refused=refused, status=status)


def offers(steps: Iterable[Step], tried: Tried | None) -> list[Offer]:
    """Steps as the page offers them; the one that was refused is open, with what was typed."""
    return [_offer(step, tried if tried and tried.word == step.word else None) for step in steps]


def _offer(step: Step, tried: Tried | None) -> Offer:
    data, refused = (tried.data, tried.refused) if tried else (None, None)
    return Offer(
        word=step.word,
        label=step.label,
        asked=asked(step.fields, data=data, refused=refused, proposed=step.proposed),
        is_open=tried is not None,
    )
