"""单位指标: how units handle what they are given, for boards, rates and the monthly assessment.

The levels of satisfaction are sets of their own; the city's weights make one figure of them (`weighted`).
"""

from typing import Any

from yousu.figures.facts import Facts, set_of, within
from yousu.figures.registry import count, rate

# 在办: at a unit, which has a limit; what was replied waits for the desk, what is unsolved for a judge.
RUNNING = ("forwarded", "signed", "sent_back")


@rate(
    "contacted_in_time",
    zh="联系及时率",
    en="contacted in time",
    in_zh="期内交给单位、留有联系方式的诉求中，单位在规定时间内联系过诉求人（不论是否接通）的占比；"
    "截至统计时未到时间且未联系的、到时间前已了结的不在分母内；再次交办的重新计时；并单的不单独计；"
    "剔除的不在分母内。",
    in_en="Share of the appeals given to a unit in the period, with somebody to contact, whose appellant it tried to "
    "contact within the city's limit; outside the base: those with time left and no contact yet, those over "
    "before it, merged ones, "
    "excluded ones. Given again, an appeal counts anew.",
)
def contacted_in_time(f: Facts) -> Any:
    """联系及时率, by the day the case was last given to a unit."""
    cases = f.handled.filter(within(f.handled.given_day, f.handled) & f.handled.person_id.notnull())
    cases = cases.cross_join(f.contact_limit)
    until = cases.given_at + cases.contact_hours.as_interval("h")
    left_in_time = cases.closed_at.notnull() & (cases.closed_at < until)
    cases = cases.filter(cases.contacted_at.notnull() | ((until <= cases.as_of) & ~left_in_time.coalesce(False)))
    in_time = (cases.contacted_at <= cases.given_at + cases.contact_hours.as_interval("h")).coalesce(False)
    return set_of(cases, counted=in_time & ~cases.excluded, excluded=cases.excluded, day=cases.given_day)


@rate(
    "first_time_solved",
    zh="一次解决率",
    en="solved the first time",
    in_zh="期内回访接通的诉求中，未经二次办理、群众表示已解决的占比；剔除的不在分母内。",
    in_en="Share of reached call-backs of the period in which the resident says it is solved, without a second "
    "handling; excluded ones are outside the base.",
)
def first_time_solved(f: Facts) -> Any:
    """一次解决率."""
    cases = f.cases.filter(within(f.cases.called_back_day, f.cases))
    once = cases.solved.coalesce(False) & (cases.second_handling == 0)
    return set_of(cases, counted=once & ~cases.excluded, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "not_satisfied",
    zh="不满意占比",
    en="not satisfied",
    in_zh="期内回访接通的诉求中，群众表示不满意的占比。",
    in_en="Share of reached call-backs of the period in which the resident is not satisfied.",
)
def not_satisfied(f: Facts) -> Any:
    """不满意占比."""
    cases = f.cases.filter(within(f.cases.called_back_day, f.cases))
    counted = (cases.satisfied == "not").coalesce(False) & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "sent_back",
    zh="退单率",
    en="sent back",
    in_zh="期内受理并已转交单位的诉求中，被单位退回热线的占比，不论退单是否成立，二级平台内部退回的不计；"
    "分单位时，退回的计在最后退回它的单位；剔除的不在分母内。",
    in_en="Share of the period's appeals that were forwarded to a unit and came back to the desk, upheld or refused; "
    "by unit: the one that sent it back last; excluded ones are outside the base.",
)
def sent_back(f: Facts) -> Any:
    """退单率."""
    cases = f.handled.filter(within(f.handled.local_day, f.handled) & (f.handled.decision == "forwarded"))
    counted = cases.sent_back_by.notnull() & ~cases.excluded
    unit = cases.sent_back_by.coalesce(cases.lead_unit)
    return set_of(cases, counted=counted, excluded=cases.excluded, unit=unit)


@rate(
    "repeat",
    zh="重复诉求占比",
    en="repeated",
    in_zh="期内受理的诉求中，同一人就同一事项再次提出、因而并单的占比；剔除的不在分母内。",
    in_en="Share of the period's appeals that the same person had raised before about the same matter and that were "
    "merged for it; excluded ones are outside the base.",
)
def repeat(f: Facts) -> Any:
    """重复诉求占比."""
    cases = f.handled.filter(within(f.handled.local_day, f.handled))
    return set_of(cases, counted=cases.repeats & ~cases.excluded, excluded=cases.excluded)


@count(
    "parked",
    zh="挂账量",
    en="parked",
    unit="件",
    in_zh="期内挂账的诉求，以后销账的也在内；剔除的不计。",
    in_en="Appeals that were parked in the period, those cleared since included; excluded ones do not count.",
)
def parked(f: Facts) -> Any:
    """挂账量, by the day since which a case is parked, the last time it was."""
    cases = _parked(f)
    return set_of(cases, counted=~cases.excluded, excluded=cases.excluded, day=cases.parked_day)


@rate(
    "cleared",
    zh="销账率",
    en="clearing rate",
    in_zh="期内挂账的诉求中，截至统计时已销账的占比；剔除的不在分母内。",
    in_en="Share of the appeals parked in the period that were cleared at the as-of; excluded ones are "
    "outside the base.",
)
def cleared(f: Facts) -> Any:
    """销账率."""
    cases = _parked(f)
    counted = cases.cleared_day.notnull() & ~cases.excluded
    return set_of(cases, counted=counted, excluded=cases.excluded, day=cases.parked_day)


def _parked(f: Facts) -> Any:
    return f.handled.filter(within(f.handled.parked_day, f.handled))


@rate(
    "red",
    zh="红灯占比",
    en="red",
    in_zh="期末以前受理、截至统计时在单位办理且有时限的诉求中，已超期的占比；暂停计时的、已答复的、剔除的不在分母内。",
    in_en="Share of the appeals received by the period's end, at a unit and with a limit at the as-of, that "
    "were late by "
    "then; outside the base: clocks that stand still, those replied to, excluded ones.",
)
def red(f: Facts) -> Any:
    """红灯占比: a stock, whenever it was received."""
    cases = _running(f)
    return set_of(cases, counted=(cases.due_at < cases.as_of) & ~cases.excluded, excluded=cases.excluded)


@rate(
    "amber",
    zh="黄灯占比",
    en="amber",
    in_zh="期末以前受理、截至统计时在单位办理且有时限的诉求中，未超期但最迟在下一工作日到期的占比；"
    "分母与红灯占比相同。",
    in_en="Share of the appeals received by the period's end, at a unit and with a limit at the as-of, that "
    "were not late "
    "but due by the end of the next working day; the base is that of red.",
)
def amber(f: Facts) -> Any:
    """黄灯占比."""
    cases = _running(f).cross_join(f.horizon)
    near = (cases.due_at >= cases.as_of) & (cases.due_at <= cases.soon)
    return set_of(cases, counted=near & ~cases.excluded, excluded=cases.excluded)


@count(
    "due_tomorrow",
    zh="明日到期",
    en="due tomorrow",
    unit="件",
    in_zh="期末以前受理、截至统计时在单位办理、当日不到期而在下一工作日结束前到期的诉求："
    "再不办结，明日超期；剔除的不计。",
    in_en="Appeals received by the period's end, at a unit at the as-of, due after that day and by the end of the next "
    "working day: late tomorrow unless they are done; excluded ones do not count.",
)
def due_tomorrow(f: Facts) -> Any:
    """明日到期."""
    cases = _running(f).cross_join(f.horizon)
    cases = cases.filter((cases.due_at > cases.tomorrow) & (cases.due_at <= cases.soon))
    return set_of(cases, counted=~cases.excluded, excluded=cases.excluded)


def _running(f: Facts) -> Any:
    cases = f.cases.filter(f.cases.stage.isin(RUNNING) & f.cases.due_at.notnull() & f.cases.lead_unit.notnull())
    return cases.filter(cases.local_day <= cases.to_day)
