"""通报用语: the words for kinds, stages, steps, refusals and checks of bulletins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yousu.documents.model import Lang


@dataclass(frozen=True)
class Step:
    """A step's button and the right it needs."""

    label: Promise
    action: str


KINDS = {"daily": _("日报"), "weekly": _("周报")}
STAGES = {
    "composed": _("已编制"),
    "reviewed": _("已审核"),
    "signed": _("已签发"),
    "frozen": _("已冻结"),
    "published": _("已发布"),
}
STEPS = {
    "compose": Step(_("编制"), "compose"),
    "review": Step(_("审核通过"), "review-bulletin"),
    "sign": Step(_("签发"), "sign-bulletin"),
    "freeze": Step(_("冻结"), "freeze"),
    "publish": Step(_("发布"), "publish"),
}
EVENTS: Mapping[str, Promise] = {
    "composed": _("编制"),
    "bulletin_reviewed": _("审核通过"),
    "bulletin_signed": _("签发"),
    "frozen": _("冻结"),
    "published": _("发布"),
}
REFUSALS: Mapping[str, Promise] = {
    "same_person": _("编制、审核、签发须由不同的人办理。"),
    "does_not_reconcile": _("数字对不上，不能签发或冻结。"),
    "figures_moved": _("签发后数字有变化，请重新编制。"),
    "already_frozen": _("已经冻结，不能重新编制。"),
    "already_done": _("这一步已经办过了。"),
    "steps_missing": _("前面的步骤还没有办完。"),
    "period_not_over": _("编制时这一期还没有结束，不能冻结；请在期满后重新编制。"),
    "transactions_open": _("还有登记正在提交，请稍后再冻结。"),
    "moved": _("您打开这一页后，这份通报有了变化，刚才的操作没有办。下面是现在的内容，请看过再办。"),
    "incomplete": _("这一页不完整，刚才的操作没有办。请看过下面的内容再办。"),
}
# Why a day or a week that was asked for cannot be.
PERIODS: Mapping[str, Promise] = {
    "unknown_kind": _("没有这种通报，请核对。"),
    "not_a_day": _("没有这一天，请核对。"),
    "out_of_range": _("年份须在 2000 到 2100 之间，请核对。"),
    "not_a_sunday": _("周报从星期一到星期日，请选星期日。"),
}
# 核对: the checks' names in the bulletin's JSON are English; people read these.
_CHECKS: Mapping[str, Promise] = {
    "accepted = sum of channels": _("受理总数 = 各渠道之和"),
    "accepted = sum of types": _("受理总数 = 各类型之和"),
    "accepted = sum of kinds of appellant": _("受理总数 = 个人与企业之和"),
    "accepted = calls + messages + others": _("受理总数 = 来电 + 留言 + 其他渠道"),
    "messages = sum of channels": _("留言 = 各渠道之和"),
    "others = sum of channels": _("其他渠道 = 各渠道之和"),
    "parts of handling = calls": _("来电的各种办理之和 = 来电"),
    "base of completion + excluded = accepted": _("办结率分母 + 剔除 = 受理总数"),
    "completed ≤ base": _("已办结 ≤ 分母"),
    "overdue ≤ unfinished": _("超期 ≤ 未办结"),
    "completion rate = completed / base": _("办结率 = 已办结 / 分母"),
    "daily average = accepted / days": _("日均 = 受理总数 / 天数"),
    "change = (this - last) / last": _("环比 =（本期 − 上期）/ 上期"),
    "sum of dailies + difference = accepted": _("日报合计 + 差 = 受理总数"),
}
_RATE = " rate = counted / reached"


def check_name(name: str, json: Mapping[str, Any], lang: Lang) -> str:
    """A check as people read it; names of figures are those kept with the bulletin."""
    if name in _CHECKS:
        return str(_CHECKS[name])
    figures = {one["code"]: one[lang] for one in json["labels"]["figures"]}
    if name.endswith(_RATE):
        figure = name.removesuffix(_RATE)
        return gettext("%(figure)s = 分子 / 接通的回访") % {"figure": figures.get(figure, figure)}
    what = name.partition(" ≤ ")[0]
    if what.startswith("topic "):
        return gettext("热点问题第 %(rank)s 位 ≤ 受理总数") % {"rank": what.removeprefix("topic ")}
    return gettext("%(figure)s的分子 ≤ 接通的回访") % {"figure": figures.get(what, what)}
