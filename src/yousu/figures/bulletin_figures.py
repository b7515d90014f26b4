"""通报指标: the figures that bulletins and overviews print: arrivals, what became of them, what residents said."""

from typing import Any

from yousu.figures.facts import Facts, set_of, within
from yousu.figures.registry import count, rate

# 办结 at the as-of: a reopened or unsolved case is not, a merged one is what its head is. One that was closed with its
# head stands for itself: its own resident may say it is not solved.
COMPLETED = ("closed", "settled", "finalised", "declined", "withdrawn", "transferred")
DECISIONS = ("direct", "forwarded", "transferred", "merged", "declined", "withdrawn")


@count(
    "accepted",
    zh="受理量",
    en="accepted",
    unit="件",
    in_zh="期内收到并已登记的全部诉求，含各渠道；重复来电各计一件。",
    in_en="Every appeal received in the period and recorded, from all channels; each repeat counts.",
)
def accepted(f: Facts) -> Any:
    """受理量."""
    return set_of(f.accepted())


@count(
    "calls",
    zh="来电诉求",
    en="calls",
    unit="件次",
    in_zh="期内受理的来电诉求。",
    in_en="Appeals received by telephone in the period.",
)
def calls(f: Facts) -> Any:
    """来电."""
    cases = f.accepted()
    return set_of(cases.filter(cases.channel_kind == "call"))


@count(
    "messages",
    version=2,
    zh="网民留言",
    en="messages",
    unit="件",
    in_zh="期内经网络渠道受理的诉求，不计入来电的直接办理与转交。",
    in_en="Appeals received over the internet in the period; they are no part of the split of calls.",
)
def messages(f: Facts) -> Any:
    """网民留言."""
    cases = f.accepted()
    return set_of(cases.filter(cases.channel_kind == "message"))


@count(
    "others",
    zh="其他渠道诉求",
    en="others",
    unit="件",
    in_zh="期内经电话和网络以外渠道（来信、来访、媒体、其他热线转办等）受理的诉求，不计入来电的直接办理与转交。",
    in_en="Appeals of the period that came neither by telephone nor over the internet: letters, visits, media, "
    "what other authorities hand over; they are no part of the split of calls.",
)
def others(f: Facts) -> Any:
    """其他渠道诉求."""
    cases = f.accepted()
    return set_of(cases.filter(cases.channel_kind == "other"))


_HANDLING = {
    "direct": ("直接办理", "answered directly"),
    "forwarded": ("转交办理", "forwarded"),
    "transferred": ("紧急转接", "transferred to an emergency number"),
    "merged": ("并单", "merged"),
    "declined": ("不予受理", "declined"),
    "withdrawn": ("撤诉", "withdrawn"),
}


def _handling(decision: str, zh: str, en: str) -> None:
    @count(
        f"calls_{decision}",
        zh=f"来电{zh}",
        en=f"calls {en}",
        unit="件",
        in_zh=f"期内来电诉求中，首次处理为{zh}的。",
        in_en=f"Calls of the period whose first decision was: {en}.",
    )
    def build(f: Facts) -> Any:
        cases = f.accepted()
        return set_of(cases.filter((cases.channel_kind == "call") & (cases.decision == decision)))


for _decision, (_zh, _en) in _HANDLING.items():
    _handling(_decision, _zh, _en)


@count(
    "calls_undecided",
    zh="来电待处理",
    en="calls undecided",
    unit="件",
    in_zh="期内来电诉求中，截至统计时尚未作出首次处理的。",
    in_en="Calls of the period on which nothing was decided at the as-of.",
)
def calls_undecided(f: Facts) -> Any:
    """来电待处理."""
    cases = f.accepted()
    return set_of(cases.filter((cases.channel_kind == "call") & cases.decision.isnull()))


@count(
    "call_backs",
    version=2,
    zh="回访量",
    en="call-backs",
    unit="件",
    in_zh="期内进行的回访，按回访当日计，接通与否均计；可以是早先受理的诉求。分单位时按回访时的主办单位计。",
    in_en="Call-backs made in the period, by their own day, reached or not; the appeals may be older. "
    "By unit: the lead unit at the call-back.",
)
def call_backs(f: Facts) -> Any:
    """回访量."""
    events = f.events_of("called_back")
    events = events.filter(within(events.event_day, events))
    return set_of(events, day=events.event_day, unit=events.moment_unit)


@rate(
    "completion",
    version=3,
    zh="办结率",
    en="completion rate",
    in_zh="期内受理的诉求中，截至统计时已办结（含直接办理、不予受理、撤诉、转接）的占比；并单的各计一件，随主单；剔除的不在分母内。",
    in_en="Share of the period's appeals that were complete at the as-of; each merged one counts, as its head stands; "
    "excluded ones are outside the base.",
)
def completion(f: Facts) -> Any:
    """办结率."""
    cases = f.with_heads(f.accepted())
    return set_of(cases, counted=_is_complete(cases) & ~cases.excluded, excluded=cases.excluded)


def _is_complete(cases: Any) -> Any:
    return cases.stage.isin(COMPLETED) | (_is_merged(cases) & cases.head_stage.isin(COMPLETED).coalesce(False))


def _is_merged(cases: Any) -> Any:
    return cases.stage == "merged"


@count(
    "unfinished_overdue",
    version=4,
    zh="超期未办结",
    en="unfinished and overdue",
    unit="件",
    in_zh="期内受理、截至统计时未办结且已超过办理时限的；时限内办结、回访未解决尚在研判的不算超期；剔除的不计，并单的随主单。",
    in_en="Appeals of the period, less excluded ones, that were neither complete nor within their limit at the as-of; "
    "what was closed within its limit and later called unsolved is not late; a merged appeal is what its head is.",
)
def unfinished_overdue(f: Facts) -> Any:
    """超期未办结: no more than what `completion` leaves unfinished."""
    cases = f.with_heads(f.accepted())
    merged = _is_merged(cases)
    due_at = merged.ifelse(cases.head_due_at, cases.due_at)
    closed_at = merged.ifelse(cases.head_closed_at, cases.closed_at)
    late = closed_at.coalesce(cases.as_of) > due_at
    return set_of(cases.filter(~_is_complete(cases) & ~cases.excluded & late))


@rate(
    "on_time",
    version=2,
    zh="按期办结率",
    en="on-time rate",
    in_zh="办理时限在期内届满的诉求中，在时限内办结的占比；截至统计时时限未到且未办结的不在分母内；并单的没有自己的时限，只计主单。",
    in_en="Share of the appeals due in the period that were complete by then; "
    "those still open whose limit lay ahead at the as-of are outside the base; merged ones have no limit of their own.",
)
def on_time(f: Facts) -> Any:
    """按期办结率."""
    cases = f.cases.filter(within(f.cases.due_day, f.cases))
    cases = cases.filter(cases.closed_at.notnull() | (cases.due_at <= cases.as_of))
    in_time = cases.closed_at.notnull() & (cases.closed_at <= cases.due_at)
    return set_of(cases, counted=in_time & ~cases.excluded, excluded=cases.excluded, day=cases.due_day)


def _said(f: Facts) -> Any:
    return f.cases.filter(within(f.cases.called_back_day, f.cases))


@rate(
    "response",
    zh="响应率",
    en="response rate",
    in_zh="期内回访接通的诉求中，群众表示已有单位联系的占比；未接通的不在分母内。",
    in_en="Share of reached call-backs of the period in which the resident says the unit responded.",
)
def response(f: Facts) -> Any:
    """响应率."""
    cases = _said(f)
    counted = cases.responded.coalesce(False) & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "solution",
    zh="解决率",
    en="solution rate",
    in_zh="期内回访接通的诉求中，群众表示已解决的占比。",
    in_en="Share of reached call-backs of the period in which the resident says it is solved.",
)
def solution(f: Facts) -> Any:
    """解决率."""
    cases = _said(f)
    counted = cases.solved.coalesce(False) & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "satisfied",
    zh="满意占比",
    en="satisfied",
    in_zh="期内回访接通的诉求中，群众表示满意的占比（不含基本满意）。",
    in_en="Share of reached call-backs of the period in which the resident is satisfied (not: basically).",
)
def satisfied(f: Facts) -> Any:
    """满意占比."""
    cases = _said(f)
    counted = (cases.satisfied == "satisfied").coalesce(False) & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "basically_satisfied",
    zh="基本满意占比",
    en="basically satisfied",
    in_zh="期内回访接通的诉求中，群众表示基本满意的占比。",
    in_en="Share of reached call-backs of the period in which the resident is basically satisfied.",
)
def basically_satisfied(f: Facts) -> Any:
    """基本满意占比."""
    cases = _said(f)
    counted = (cases.satisfied == "basically").coalesce(False) & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@count(
    "units_involved",
    version=2,
    zh="涉及单位",
    en="units involved",
    unit="次",
    in_zh="期内受理的诉求交给单位（转交、指定、退单改派、二次办理）或单位联系诉求人的记录，按当时的主办单位计；驳回退单不计。",
    in_en="Records of an appeal of the period being given to a unit (forwarded, designated, sent elsewhere, handled "
    "again) or of a unit contacting the appellant, each for the lead unit of that moment; a refused send-back is none.",
)
def units_involved(f: Facts) -> Any:
    """联系单位: printed for a topic only when such a record exists."""
    events = f.events_of("forwarded", "designated", "reopened", "contacted", "send_back_judged", "unsolved_judged")
    # Says nothing new of a case with such a record; most cases have none, and nobody need look for their events.
    ever_given = events.lead_unit.notnull() | (events.decision == "forwarded") | (events.second_handling > 0)
    events = events.filter(within(events.local_day, events) & ever_given & events.moment_unit.notnull())
    events = f.with_unit_before(events)
    given = events.moment_stage == "forwarded"
    # A refused send-back goes back to where the case was, which may be the stage `forwarded`, too.
    elsewhere = (events.event_kind != "send_back_judged") | (events.moment_unit != events.unit_before)
    return set_of(events.filter((events.event_kind == "contacted") | (given & elsewhere)), unit=events.moment_unit)
