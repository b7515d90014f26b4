"""用语: the one table of words for codes that are no data of the city: refusals, fields, choices, days."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yousu.org.city import Label, city

Words = Mapping[str, Promise]

# Why a field was refused: what happened and what to do.
FIELD_REASONS: Words = {
    "required": _("请填写这一项。"),
    "ended_code": _("这一项已经停用，请另选。"),
    "unknown_code": _("没有这个选项，请从列表中选择。"),
    "unknown_channel": _("没有这个渠道，请从列表中选择。"),
    "unknown_type": _("没有这个类型，请从列表中选择。"),
    "unknown_category": _("没有这个分类，请从提示中选择。"),
    "unknown_field": _("请至少勾选一项要查看的内容。"),
    "not_correctable": _("这一项不能更正。"),
    "outside_own_tree": _("只能转给本单位及下属单位。"),
    "same_unit": _("这正是退单的单位，请另选一个单位。"),
    "later_than_outer": _("内部时限晚于全案时限，请选更短的等级。"),
    "department_duty": _("这件事是部门的职责，不能下派给街道、社区（国办函〔2025〕66号）。"),
    "reported_unit": _("这是被举报的单位或它的下属，不能转给它（信访工作条例第三十条）。"),
    "reported_by_follower": _("并入的诉求中有举报这一单位的，请先拆单。"),
    "recused_already": _("已经登记过回避。"),
    "lead_unit_again": _("协办单位不能与主办单位相同。"),
    "nobody_was_asked": _("没有联系上诉求人，这一项请留空。"),
    "in_the_future": _("时间在将来，请核对。"),
    "before_2000": _("时间早于 2000 年，请核对。"),
    "before_occurred_at": _("办结时间早于受理时间，请核对。"),
    "not_a_phone": _("电话号码应为 5 到 20 位数字，请核对。"),
    "unreadable": _("含有无法识别的字符，请重新输入。"),
    "expired": _("这一条已经过期，请选别的。"),
    "withdrawn": _("这一条已经撤下，请选别的。"),
    "not_yet": _("这一条还没有生效，请选别的。"),
    "day_is_over": _("这一天已经过了，请另选。"),
    "ends_before_it_begins": _("最后一天早于第一天，请核对。"),
    "not_a_link": _("网址以 https:// 或 http:// 开头，请核对。"),
    "too_long": _("内容太长，请缩短。"),
    "too_short": _("请至少输入连着的两个字。"),
    "not_a_number": _("请填写数字。"),
    "not_a_moment": _("时间要写明日期、时刻和时区，请核对。"),
    "not_a_reference": _("只写编号：字母、数字和 . _ / -，最多 60 个。"),
    "not_a_pin": _("位置写成“经度,纬度”，例如 101.778,36.617。"),
    "wrong_type": _("不收这种文件。可以是照片、PDF、文字、录音或视频。"),
    "too_many_pixels": _("照片太大，请缩小后再传。"),
    "broken": _("照片打不开，请换一张。"),
    "personal_data": _("还有个人信息（电话、姓名、门牌等），请去掉后再公开。"),
    "not_four_digits": _("请输入电话号码的最后四位数字。"),
    "not_a_moment_here": _("请填写日期和时刻，例如 2024-01-31 17:00。"),
    "out_of_range": _("超出允许的范围：至少 1 个工作日，最多与原时限相同。"),
    "in_the_past": _("时间已经过了，请另选。"),
    "same_unit_again": _("这正是承办单位，请另选一个单位。"),
    "not_a_day": _("请按年-月-日填写日期，例如 2024-01-31。"),
    "too_large": _("文件超过 20 兆，请换小一些的。"),
    "too_many": _("最多 3 张。"),
    "no_such_case": _("没有这个编号的诉求，请核对。"),
    "other_kind": _("这不是诉求的编号。"),
    "itself": _("这就是本件（或它的随单），请另选一件。"),
    "too_long_a_period": _("时段太长，最多一年。"),
    "number_or_share": _("件数和比例填一个，只填一个。"),
    "not_1_to_500": _("请填 1 到 500。"),
    "not_1_to_100": _("请填 1 到 100。"),
    "more_than_500": _("这样会超过 500 件，请缩短时段或减小比例。"),
    "not_a_seed": _("种子只用字母、数字、- 和 _，最多 40 个。"),
    "nothing_to_draw": _("这段时间没有可抽的，请另选。"),
    "no_score_sheet": _("这一天还没有评分表，请另选。"),
    "not_within_points": _("得分要在 0 和满分之间。"),
    "topic_or_category": _("主题和分类填一个，只填一个。"),
    "too_many_cases": _("最多选 20 件。"),
    "never_quoted": _("保密的和举报的不能引用。"),
    "out_of_days": _("请填 1 到 366 天。"),
    "out_of_target": _("件数填 0 到 99999，百分比填 1 到 100。"),
    "too_soon_to_compare": _("对比的天数从今天算起，到期日要在这些天之后；最远三年。"),
    "not_the_persons": _("编号与电话对不上，请核对。"),
    "asked_already": _("同样的请求已经提出，正在等待答复。"),
    "no_match": _("编号与查询码（或电话）对不上，请核对。"),
}

# Why a command is not possible now.
REFUSALS: Words = {
    "request_decided": _("这件请求已经答复。"),
    "fetched_too_late": _("同意后的下载期限已过，可以再提出一次。"),
    "fetched_on_the_portal": _("诉求人自己在网上提出的，由本人在网上下载。"),
    "value_gone": _("要更正成什么已经随个人信息删除了，只能不同意。"),
    "nothing_to_fetch": _("没有可以下载的：还没有同意，或不是查阅、复制。"),
    "stage": _("诉求现在的环节不能这样做。"),
    "designated": _("这是指定承办的诉求，不能退单。"),
    "no_contact_yet": _("请先联系诉求人并登记，再办理答复。"),
    "handled_often_enough": _("二次办理已达上限，请终结。"),
    "suspended": _("正在暂停计时，请先恢复计时。"),
    "not_suspended": _("没有暂停计时。"),
    "no_limit": _("这件诉求没有办理时限。"),
    "overdue_already": _("已经超期，不能再暂停计时。"),
    "extension_asked": _("已经申请延期，等待审定。"),
    "no_extension_asked": _("没有等待审定的延期申请。"),
    "extended_often_enough": _("延期次数已达上限。"),
    "too_late_to_extend": _("已过到期日的截止时刻，不能再申请延期。"),
    "own_request": _("自己提出的，由别人审定。"),
    "parked": _("已经挂账；请先销账。"),
    "not_parked": _("没有挂账。"),
    "exclusion_asked": _("已经申请剔除，等待审定。"),
    "no_exclusion_asked": _("没有等待审定的剔除申请。"),
    "excluded": _("已经剔除。"),
    "no_approval_needed": _("这件诉求不用签发。"),
    "not_approved": _("二级平台还没有签发，不能审核。"),
    "not_from_own_tree": _("这件退单不归本单位审定。"),
    "with_a_unit": _("已经在单位手里；由它的二级平台转给下属，或等它退单。"),
    "judged_inside": _("这件退单由单位自己的二级平台审定。"),
    "too_late_to_send_back": _("已过退单时限，不能再退；请办理，或与热线商量。"),
    "third_time": _("第三次退单，由督办员审定。"),
    "first_two_times": _("前两次退单由派单员审定。"),
    "names_a_unit": _("已经指明被举报单位；要改或取消，先申请解除转办限制。"),
    "accuses_nobody": _("只有举报和投诉才指明被举报单位。"),
    "no_reported_unit": _("没有指明被举报单位，没有限制可解除。"),
    "lift_asked": _("已经申请解除，等待审定。"),
    "proposal_gone": _("这条督办建议已经不成立，或已经处理过了。"),
    "no_open_instruction": _("没有等待反馈的批示。"),
    "no_lift_asked": _("没有等待审定的解除申请。"),
    "no_unit": _("这件诉求还没有承办单位。"),
    "too_many_files": _("附件已经够多了，不能再加。"),
    "not_public": _("要求保密的和举报的诉求不公开答复。"),
    "no_reply": _("这件诉求没有答复，没有什么可以公开。"),
    "erased": _("个人信息已删除，答复不在了。"),
    "head_not_open": _("那一件已经办结，不能再并入；可以关联。"),
    "head_erased": _("那一件的个人信息和内容已删除，不能并入。"),
    "head_closed": _("主单已经办结，不能再拆单；需要时请二次办理。"),
    "not_merged": _("这件诉求没有并单。"),
    "not_for_others": _("举报的、要求保密的，答复不能给别人；请分别办理，可以关联。"),
    "would_tell_who": _("同一个人的一件要求保密或是举报，另一件不是：并单或关联会让单位看出是谁。"),
    "linked_already": _("这两件已经这样关联过了。"),
    "overtaken": _("同时变动的另一件诉求已经有了新的变化，不能撤销。"),
    "done_elsewhere": _("这一步是在另一件诉求上做的，请在那里撤销。"),
    "already_undone": _("上一步已经撤销过了。"),
    "recording_stays": _("受理不能撤销；需要时请办理撤诉。"),
    "not_own": _("只能撤销自己刚做的一步。"),
    "too_late": _("已过十秒，不能再撤销。"),
    "article_withdrawn": _("这一条已经撤下，不能再改；需要时另写一条。"),
    "scored_already": _("已经有人评过分了。"),
    "own_work": _("这是您自己办的，由别人评。"),
    "objected_already": _("已经申诉过，或者已经审定，不能再申诉。"),
    "too_late_to_object": _("已过申诉的期限。"),
    "nobody_objected": _("没有等待审定的申诉。"),
    "own_score": _("这是您评的分，申诉由别人审定。"),
    "taken_up": _("已经有人在办理，不能再改。"),
}

MARKS: Words = {
    "extension_asked": _("已申请延期"),
    "extended": _("已延期"),
    "suspended": _("暂停计时"),
    "parked": _("挂账中"),
    "exclusion_asked": _("已申请剔除"),
    "excluded": _("已剔除"),
    "supervised": _("督办"),
    "instructed": _("批示"),
}
PART_STAGES: Words = {
    "forwarded": _("待签收"),
    "signed": _("办理中"),
    "sent_back": _("已退回"),
    "handled": _("已答复"),
}
JOINED: Words = {"repeat": _("重复"), "parallel": _("并案")}
HOWS: Words = {
    "phone": _("电话"),
    "visit": _("上门"),
    "sms": _("短信"),
    "wechat": _("微信"),
    "mail": _("邮件"),
}
OUTCOMES: Words = {"solved": _("已解决"), "planned": _("已列入计划"), "explained": _("已解释说明")}
REACHED: Words = {"reached": _("已接通"), "not_reached": _("未接通"), "refused": _("拒绝回访")}
SATISFIED: Words = {"satisfied": _("满意"), "basically": _("基本满意"), "not": _("不满意")}
DECISIONS: Words = {"reopen": _("二次办理"), "finalise": _("终结"), "park": _("挂账")}
EMERGENCIES: Words = {
    "110": _("110 公安"),
    "119": _("119 消防"),
    "120": _("120 急救"),
    "122": _("122 交通事故"),
}
CORRECTABLE: Words = {
    "text": _("诉求内容"),
    "title": _("标题"),
    "place": _("地点"),
    "pin": _("地图位置"),
    "name": _("姓名"),
    "type": _("类型"),
}
UNMASKABLE: Words = {
    "name": _("姓名"),
    "phone": _("联系电话"),
    "caller_number": _("来电号码"),
    "place": _("原地点"),
    "words": _("原话"),
    "supporters": _("附议人电话"),
}
LOOKED_BY: Words = {"phone": _("电话"), "last4": _("电话后四位"), "name": _("姓名")}
APPELLANTS: Words = {"person": _("个人"), "enterprise": _("企业")}

# Why a day on the way to a deadline counted or not; codes of yousu.worktime.reasons.
DAYS: Words = {
    "working_day": _("工作日"),
    "makeup": _("调休上班"),
    "holiday": _("法定节假日"),
    "weekend": _("休息日"),
    "paused": _("暂停计时"),
    "received_after_hours": _("下班后受理，视为次日"),
    "calendar_day": _("自然日"),
    "corresponding_day": _("对应日"),
    "hours_end": _("按小时计满"),
    "rolled_over": _("节假日后顺延"),
    "before_calendar": _("受理早于工作日历，自交办起算"),
}


def language() -> str:
    """The page's language."""
    return get_language() or "zh-hans"


def named(labels: Mapping[str, Label], code: str | None) -> str:
    """A code's name in the page's language; a code the city does not know stands for itself."""
    return named_in(labels, code, language())


def named_in(labels: Mapping[str, Label], code: str | None, language: str) -> str:
    """A code's name in a language."""
    if not code:
        return ""
    return labels[code].name(language) if code in labels else code


def category_in(path: str | None, language: str) -> str:
    """A category with its classes, in a language that need not be the page's."""
    known, parts = city().categories, (path or "").split("/")
    if not path:
        return ""
    names = [known.get("/".join(parts[: n + 1])) for n in range(len(parts))]
    shown = [
        label.name(language).rpartition("/")[2] if label else part for label, part in zip(names, parts, strict=True)
    ]
    return " / ".join(shown)


def unit(code: str | None) -> str:
    """A unit's name."""
    return named(city().units, code)


def district(code: str | None) -> str:
    """区县 as a place: 城东区, not the office that governs it."""
    known = city().units
    return known[code].place(language()) if code and code in known else unit(code)


def channel(code: str | None) -> str:
    """A channel's name."""
    return named(city().channels, code)


def topic(code: str | None) -> str:
    """A topic's name."""
    return named(city().topics, code)


def category(path: str | None, *, whole: bool = False) -> str:
    """A category's name; `whole` names its classes, too."""
    return category_in(path, language()) if whole else named(city().categories, path)


# How a value of each dimension of figures is called.
DIMENSIONS: Mapping[str, Callable[[str | None], str]] = {
    "channel": channel,
    "topic": topic,
    "district": district,
    "unit": unit,
    "category": category,
}


def word(words: Words, code: str | None) -> str:
    """The word for a code; a code without one stands for itself."""
    return str(words.get(code, code)) if code else ""
