"""期限标签: what is left of a deadline, in words, with the steps by which it was reached."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.appeals.dispatching import grades
from yousu.appeals.groups import MERGED
from yousu.appeals.marks import Standstill
from yousu.appeals.parts import Part
from yousu.appeals.state import AppealState
from yousu.cases.state import Due
from yousu.desk import labels, moments
from yousu.org.city import city
from yousu.platform import clock
from yousu.worktime.deadlines import is_overdue, working_days_left


@dataclass(frozen=True, kw_only=True)
class Chip:
    """`state`: none, fine, soon, late, paused, done, done_late; word and icon say the same as the colour."""

    state: str
    words: str
    exact: str = ""
    provisional: bool = False
    grade: str = ""

    @property
    def icon(self) -> str:
        """A sign that stands beside the word."""
        return {"fine": "○", "soon": "◐", "late": "●", "paused": "‖", "done": "✓", "done_late": "✓"}.get(
            self.state, "–"
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One day on the way, as shown."""

    day: str
    counted: int | None
    why: str


def chip(case: AppealState) -> Chip:
    """The chip of a case: against now, or against its end once it is closed."""
    due, still = owed(case), case.clock.standstill
    if still is not None:
        return _paused(still)
    if due is None:
        return Chip(state="none", words=_without(case))
    state, words = _ended(case.closed_at, due.at) if case.closed_at is not None else _left(due.at)
    grade = labels.named(city().grades, due.grade)
    return Chip(state=state, words=words, exact=moments.exact(due.at), provisional=due.provisional, grade=grade)


def owed(case: AppealState) -> Due | None:
    """The deadline that presses now: the inner one while the case lies inside a tree."""
    return case.inner_due if case.inner_due is not None and case.stage in ("forwarded", "signed") else case.due


def outer(case: AppealState) -> str:
    """The whole case's deadline where an inner one stands before it; empty where there is no other."""
    return "" if case.due is None or owed(case) is case.due else _day_of(case.due)


def _day_of(due: Due) -> str:
    return moments.plain_day(due.at.astimezone(moments.zone()).date())


def of_part(part: Part) -> Chip:
    """The chip of a helping unit's part."""
    if part.due is None:
        return Chip(state="none", words=_("不计时限"))
    state, words = _ended(part.handled_at, part.due.at) if part.handled_at is not None else _left(part.due.at)
    grade = labels.named(city().grades, part.due.grade)
    return Chip(
        state=state, words=words, exact=moments.exact(part.due.at), provisional=part.due.provisional, grade=grade
    )


def of_task(due_at: datetime, done_at: datetime | None) -> Chip:
    """The chip of something that is to be reported on."""
    if done_at is None:
        state, words = _left(due_at)
    else:
        state, words = ("done_late", _("逾期反馈")) if is_overdue(done_at, due_at) else ("done", _("按期反馈"))
    return Chip(state=state, words=words, exact=moments.exact(due_at))


def of_request(due_at: datetime, decided_at: datetime | None, *, provisional: bool = False) -> Chip:
    """The chip of something that is to be answered."""
    if decided_at is None:
        state, words = _left(due_at)
    else:
        state, words = ("done_late", _("逾期答复")) if is_overdue(decided_at, due_at) else ("done", _("按期答复"))
    return Chip(state=state, words=words, exact=moments.exact(due_at), provisional=provisional)


def steps(due: Due | None) -> list[Step]:
    """The counted steps; those that count bear their number."""
    counted = 0
    shown: list[Step] = []
    for step in due.steps if due else ():
        counted += step.counted
        number = counted if step.counted else None
        shown.append(Step(day=moments.plain_day(step.date), counted=number, why=labels.word(labels.DAYS, step.why)))
    return shown


def _without(case: AppealState) -> str:
    if case.closed_at is not None:
        return ""
    if case.stage == MERGED:
        return _("随主单")
    return _("转交后起算") if case.lead_unit is None else _("不计时限")


def _paused(still: Standstill) -> Chip:
    grade = labels.named(city().grades, still.due.grade)
    words = (
        _("暂停计时") if still.until is None else _("暂停到%(day)s") % {"day": moments.day(still.until, is_within=True)}
    )
    return Chip(state="paused", words=words, exact=moments.exact(still.due.at), grade=grade)


def _ended(closed_at: datetime, due_at: datetime) -> tuple[str, str]:
    return ("done_late", _("超期办结")) if is_overdue(closed_at, due_at) else ("done", _("按期办结"))


def _left(due_at: datetime) -> tuple[str, str]:
    left = working_days_left(clock.now(), due_at, grades().calendar, moments.zone())
    if left < 0:
        return "late", ngettext("已超 %(n)s 个工作日", "已超 %(n)s 个工作日", -left) % {"n": -left}
    if left == 0:
        return "soon", _("今天到期")
    words = ngettext("还剩 %(n)s 个工作日", "还剩 %(n)s 个工作日", left) % {"n": left}
    return ("soon" if left == 1 else "fine"), words
