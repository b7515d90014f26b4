"""跟踪: what a resident with a receipt sees of a case, in plain words; and the look-up by phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import rules
from yousu.appeals.groups import MERGED
from yousu.appeals.state import AppealState
from yousu.cases import attaching, numbers, queries
from yousu.cases.attaching import Attachment
from yousu.cases.models import CaseNow
from yousu.cases.state import Due
from yousu.cases.transitions import NotPossible
from yousu.intake.arrivals import number_by_receipt
from yousu.ledger import persons, texts
from yousu.org.actors import Actor, resident
from yousu.platform import clock
from yousu.portal import promised
from yousu.portal.promised import Promised

_MOST_LISTED = 50

# 环节: what is so now, and what happens next, by stage.
NOW_AND_NEXT: dict[str, tuple[Promise, Promise]] = {
    "recorded": (_("已经收到您反映的事。"), _("热线会直接答复，或转给负责的单位办理。")),
    "forwarded": (_("已经转给负责的单位。"), _("单位签收后会办理；留了电话的，会先联系您。")),
    "signed": (_("负责的单位正在办理。"), _("办完后热线会审核单位的答复。")),
    "sent_back": (_("正在确定由哪个单位办理。"), _("确定后会继续办理，不需要您再反映一次。")),
    "handled": (_("单位已经办理，热线正在审核。"), _("审核通过后，您在这里能看到答复。")),
    "closed": (_("已经办结。"), _("留了电话的，热线会打电话问您问题是否解决。")),
    "unsolved": (_("您说问题没有解决，正在研判。"), _("会决定再次办理，或向您说明理由。")),
    "settled": (_("已经办结。"), _("不需要再做什么。情况有变化时可以再次反映。")),
    "finalised": (_("已经依法办理并说明，办理终结。"), _("有新的事实时可以再次反映。")),
    "declined": (_("这件事不属于热线受理的范围。"), _("请看下面告知的途径。")),
    "withdrawn": (_("您已经撤回。"), _("不会再办理。需要时可以再次反映。")),
    "transferred": (_("已经紧急转接。"), _("由接警的部门直接处理。")),
    "merged": (_("与同一件事合并办理。"), _("办结后，您在这里能看到答复；留了电话的，热线会打电话问您问题是否解决。")),
}
# Once the answer is final for the resident to read; while it is being reviewed it is not.
_ANSWERED = frozenset({"closed", "unsolved", "settled", "finalised", "declined"})


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A case as its resident sees it."""

    number: str
    stage: str
    version: int
    received_at: datetime
    matter: str | None
    place: str | None
    unit: str | None
    now: Promise
    following: Promise
    due: Promised | None
    closed_at: datetime | None
    answer: str | None
    is_outside: bool
    people: int
    calls: int
    files: Sequence[Attachment]
    may: frozenset[str]
    may_attach: bool
    # 更正: the words as they were written, as long as they may be put right.
    words: str | None
    correct_until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a look-up by phone tells of a case: nothing but where it stands."""

    number: str
    stage: str
    received_at: datetime


def is_receipt(number: str, secret: str) -> bool:
    """Whether number and secret are of one receipt."""
    return numbers.is_number(number) and number_by_receipt(number, secret)


def numbers_of_phone(number: str, phone: str) -> list[str]:
    """The numbers of a phone's cases, newest first, to whom names one of them; else none. Raises PhoneWrong."""
    person_id = persons.by_phone(persons.normalised_phone(phone))
    if person_id is None or not numbers.is_number(number):
        return []
    found = CaseNow.objects.filter(person_id=person_id, kind="appeal").order_by("-received_at")
    listed = list(found.values_list("number", flat=True)[:_MOST_LISTED])
    return listed if number in listed else []


def standings(wanted: list[str]) -> list[Standing]:
    """Where cases stand, newest first."""
    found = CaseNow.objects.filter(number__in=wanted).order_by("-received_at")
    return [Standing(number=row.number, stage=row.stage, received_at=row.received_at) for row in found]


def followed(number: str) -> Followed:
    """The case behind a receipt that was shown. Raises CaseNow.DoesNotExist."""
    row = queries.now(number)
    state: AppealState = queries.state_of(row)
    by = resident(number)
    now, following = NOW_AND_NEXT[row.stage]
    until = _correct_until(state, by)
    return Followed(
        number=number,
        stage=row.stage,
        version=row.version,
        received_at=row.received_at,
        matter=row.matter,
        place=row.place,
        unit=row.lead_unit if row.stage != "sent_back" else None,
        now=now,
        following=following,
        due=promised.of(_due(row, state)) if row.closed_at is None else None,
        closed_at=row.closed_at,
        answer=_answer(row, state),
        is_outside=state.where.outside,
        people=state.people,
        calls=state.calls,
        files=attaching.of(state, by),
        may=frozenset(queries.allowed(row, state, by)),
        may_attach=attaching.may_attach(state, by),
        words=_text(state, "original") if until is not None else None,
        correct_until=until,
    )


def _due(row: CaseNow, state: AppealState) -> Due | None:
    # 并单: the head's deadline is everybody's; which case that is, and whose, stays untold.
    if row.stage != MERGED or row.head is None:
        return state.due
    head: AppealState = queries.state_of(queries.now(row.head))
    return head.due


def _answer(row: CaseNow, state: AppealState) -> str | None:
    return _text(state, "reply") if row.stage in _ANSWERED else None


def _text(state: AppealState, kind: str) -> str | None:
    ref = state.texts.get(kind)
    return None if ref is None else texts.read([ref.id]).get(ref.id)


def _correct_until(state: AppealState, by: Actor) -> datetime | None:
    try:
        rules.own_words(state, field="text", by=by.code, at=clock.now())
    except NotPossible:
        return None
    return state.recorded_at + rules.OWN_WORDS_WINDOW
