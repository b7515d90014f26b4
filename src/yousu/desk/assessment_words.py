"""考核用语: the words for stages, steps, zones and refusals of assessments."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """A step's button and the right it needs."""

    label: Promise
    action: str


STAGES: Mapping[str, Promise] = {
    "composed": _("已编制，单位还看不到"),
    "shown": _("已公示给各单位"),
    "frozen": _("已冻结"),
}
STEPS: Mapping[str, Step] = {
    "compose": Step(_("编制"), "compose-assessment"),
    "show": Step(_("公示给各单位"), "show-assessment"),
    "freeze": Step(_("冻结"), "freeze-assessment"),
}
# 三色: a word beside every colour, and the state by whose colour it is drawn.
ZONES: Mapping[str, Promise] = {"red": _("红区"), "yellow": _("黄区"), "blue": _("蓝区")}
DRAWN: Mapping[str, str] = {"red": "late", "yellow": "soon", "blue": "blue"}
REFUSALS: Mapping[str, Promise] = {
    "month_not_over": _("这个月还没有结束，不能编制。"),
    "already_shown": _("已经公示，不能重新编制或再次公示。"),
    "not_shown": _("还没有公示给各单位。"),
    "time_is_over": _("申诉的时间已经过了。"),
    "unit_not_assessed": _("您的单位不在考核范围内。"),
    "not_in_figure": _("这一件不在您单位这项指标的分母里，请核对编号和指标。"),
    "objected_before": _("这一件的这项指标已经申诉过了。"),
    "no_such_objection": _("没有这一条申诉。"),
    "already_judged": _("这一条已经审定过了。"),
    "already_frozen": _("已经冻结，不再变动。"),
    "same_person": _("申诉由另一位督办员审定：不能是申诉人，也不能是编制人。"),
    "time_runs": _("申诉时间还没有过，不能冻结。"),
    "objections_wait": _("还有申诉没有审定，不能冻结。"),
    "moved": _("您打开这一页后，这次考核有了变化，刚才的操作没有办。下面是现在的内容，请看过再办。"),
    "incomplete": _("这一页不完整，刚才的操作没有办。请看过下面的内容再办。"),
    "wrong_figure": _("请选一项指标。"),
    "wrong_reason": _("请选一条理由。"),
}
