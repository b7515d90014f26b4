"""城市设置的用语: how the settings of city.toml are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.desk import labels

NAMES: labels.Words = {
    "code": _("城市代码"),
    "name_zh": _("城市名称"),
    "name_en": _("城市英文名称"),
    "hotline_name_zh": _("热线名称"),
    "hotline_name_en": _("热线英文名称"),
    "hotline_number": _("热线号码"),
    "bounding_box.west": _("范围：西"),
    "bounding_box.south": _("范围：南"),
    "bounding_box.east": _("范围：东"),
    "bounding_box.north": _("范围：北"),
    "percent.rounding": _("百分数取整"),
    "percent.digits": _("百分数小数位"),
    "due.from": _("期限从哪里起算"),
    "grades.default": _("分类没有写明时的等级"),
    "bulletin.topics": _("通报列几个热点"),
    "bulletin.concentration": _("一地几件算集中反映"),
    "bulletin.daily.channels": _("日报单列的渠道"),
    "bulletin.weekly.channels": _("周报单列的渠道"),
    "promise.completion": _("承诺：办结率（%）"),
    "promise.on_time": _("承诺：按时办结率（%）"),
    "promise.response": _("承诺：响应率（%）"),
    "promise.solution": _("承诺：解决率（%）"),
    "promise.unfinished_overdue": _("承诺：超期未结至多（件）"),
    "retention.contact_days": _("电话和姓名保存天数"),
    "data_request.working_days": _("个人信息请求几个工作日内答复"),
    "data_request.fetch_days": _("同意后几天内可以取走"),
    "second_handling.limit": _("二次办理至多几次"),
    "call_back.parts_of_day": _("错时再打的分界"),
    "call_back.percent": _("回访抽多少（%）"),
    "call_back.link_days": _("短信里的链接几天内可以评价"),
    "send_back.window": _("几个工作日内可以退单"),
    "second_level.inner_grade": _("二级平台的内部时限"),
    "instruction.working_days": _("批示反馈期限（工作日）"),
    "extension.limit": _("至多延期几次"),
    "extension.longest": _("延期最长（grade 为与原时限相同）"),
    "extension.cutoff": _("到期当天几点前可以申请延期"),
    "review.rejected": _("审核不通过后期限"),
    "articles.expiring_days": _("条目到期前几天提醒"),
    "inspection.objection_days": _("质检申诉期限（天）"),
    "contact.hours": _("几小时内联系算按时"),
    "satisfaction.satisfied": _("满意的权重"),
    "satisfaction.basically_satisfied": _("基本满意的权重"),
    "satisfaction.not_satisfied": _("不满意的权重"),
    "rates.small": _("不足几件算样本小"),
    "rates.ranking": _("单位排名次"),
    "assessment.objection_days": _("考核申诉期限（工作日）"),
    "assessment.red": _("考核红区低于"),
    "assessment.yellow": _("考核黄区低于"),
    "assessment.weights.response": _("考核权重：响应"),
    "assessment.weights.solution": _("考核权重：解决"),
    "assessment.weights.satisfaction": _("考核权重：满意"),
}
CODES: labels.Words = {
    "half_up": _("四舍五入"),
    "truncate": _("截去"),
    "forwarded": _("从转交起"),
    "received": _("从受理起"),
    "clock_goes_on": _("照常走"),
    "counted_anew": _("重新起算"),
}


def name_of(setting: str) -> Promise | str:
    """A setting as people call it; one of the city's own stands for itself."""
    return NAMES.get(setting, setting)
