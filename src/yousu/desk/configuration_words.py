"""配置的用语: how tables, columns and codes are called, and why a change was not taken."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yousu.desk import labels
from yousu.org import tables
from yousu.org.city import CityWrong

TABLES: labels.Words = {
    "units": _("单位目录"),
    "categories": _("分类目录"),
    "topics": _("热点主题"),
    "grades": _("办理时限等级"),
    "channels": _("渠道目录"),
    "types": _("诉求类型"),
    "reasons": _("理由目录"),
    "lawful_channels": _("法定途径"),
    "routing": _("转交规则"),
    "supervision": _("督办规则"),
    "notices": _("通知规则"),
    "notice_texts": _("通知用语"),
    "calendar": _("工作日历"),
    "places": _("地名"),
    "dangers": _("险情用语"),
    "score_sheet": _("评分项"),
    "assessment_groups": _("可比组"),
    "department_duties": _("不下派的部门职责"),
    "populations": _("常住人口"),
    "roles": _("角色"),
    "stages": _("环节"),
    "events": _("事件名称"),
}
# Those with pages of their own elsewhere, or none.
WITHOUT_PAGE = ("articles",)

COLUMNS: labels.Words = {
    "code": _("代码"),
    "path": _("分类路径"),
    "name_zh": _("中文名称"),
    "name_en": _("英文名称"),
    "parent": _("上级"),
    "kind": _("种类"),
    "division": _("行政区划代码"),
    "ended": _("停用日期"),
    "working_days": _("工作日数"),
    "grade": _("办理时限等级"),
    "topic": _("热点主题"),
    "routing": _("转给"),
    "main_complaint_zh": _("主要诉求"),
    "main_complaint_en": _("主要诉求（英文）"),
    "command": _("用于哪个动作"),
    "lawful_channel": _("法定途径"),
    "at": _("在哪个单位（空着是热线）"),
    "when": _("条件"),
    "to": _("转给"),
    "note_zh": _("为什么这样转"),
    "note_en": _("为什么这样转（英文）"),
    "trigger": _("什么情况"),
    "at_least": _("至少多少（天或次）"),
    "act": _("做什么"),
    "how": _("怎么做"),
    "unit": _("单位"),
    "event": _("事件"),
    "only": _("只在什么情况"),
    "way": _("怎么告诉"),
    "text": _("用语"),
    "zh": _("中文"),
    "en": _("英文"),
    "name": _("名称"),
    "district": _("区县"),
    "street": _("街道"),
    "lon": _("经度"),
    "lat": _("纬度"),
    "number": _("电话"),
    "word": _("词语"),
    "people": _("人数"),
    "valid_from": _("从哪天起"),
    "source": _("来源"),
    "sort": _("用于"),
    "points": _("分值"),
    "open": _("未办结"),
    "complete": _("算办结"),
    "date": _("日期"),
    "value": _("值"),
    "category": _("分类"),
}
_OWN_COLUMNS: Mapping[tuple[str, str], Promise] = {
    ("notices", "to"): _("告诉谁"),
    ("notice_texts", "code"): _("代码"),
    ("calendar", "name"): _("节日"),
}
CODES: labels.Words = {
    "centre": _("热线中心"),
    "district": _("区县"),
    "bureau": _("市级部门"),
    "section": _("科室、所属单位"),
    "street": _("街道、乡镇"),
    "company": _("公共服务企业"),
    "call": _("电话"),
    "message": _("网络留言"),
    "other": _("其他"),
    "refuse-request": _("不同意个人信息请求"),
    "late": _("超期（工作日）"),
    "unsigned": _("没有签收（工作日）"),
    "no_contact": _("没有联系（工作日）"),
    "sent_back": _("退单（次）"),
    "handled_again": _("二次办理（次）"),
    "unsolved": _("未解决（次）"),
    "urge": _("催办"),
    "supervise": _("督办"),
    "escalate": _("提级"),
    "summon": _("约谈"),
    "act": _("自动做"),
    "propose": _("提出建议"),
    "appellant": _("诉求人"),
    "unit": _("承办单位"),
    "co_units": _("协办单位"),
    "named_unit": _("提到的单位"),
    "asker": _("提出申请的人"),
    "supervisor": _("督办员"),
    "leader": _("领导"),
    "desk": _("工作台提醒"),
    "email": _("邮件"),
    "sms": _("短信"),
    "order": _("工单"),
    "decline": _("不予受理"),
    "send-back": _("退单"),
    "request-extension": _("申请延期"),
    "suspend": _("暂停计时"),
    "exclude": _("剔除"),
    "judge-unsolved": _("未解决的处理"),
    "reopen": _("二次办理"),
    "link": _("关联"),
    "object": _("考核申诉"),
    "yes": _("是"),
    "no": _("否"),
    "as_head": _("同主件"),
    "holiday": _("放假"),
    "makeup": _("补班"),
}
# What stands in a column of units beside their codes.
OF_ROUTING: labels.Words = {"district": _("属地区县"), "street": _("属地街道")}

HINTS: labels.Words = {
    "code": _("小写字母、数字和 _ -；定下就不再改，也不再用于别的"),
    "path": _("从最上一级起，用 / 隔开；上一级要先有"),
    "ended": _("从这天起不再提供选择，旧诉求照样显示；空着是在用"),
    "when": _("例如：分类 属于 城乡建设/供热保障 且 内容 含 锅炉房"),
    "to": _("单位名称或代码；也可以写：属地区县"),
    "routing": _("单位名称或代码；也可以写：属地区县、属地街道"),
    "only": _("写成 字段=值；空着是都通知"),
    "zh": _("可以用 {number} {unit} {until} {on} {hotline} {link}"),
}
WRONG: labels.Words = {
    "required": _("请填写这一项。"),
    "unknown_code": _("没有这个选项，请从提示中选择。"),
    "twice": _("已经有了，不能重复。"),
    "loop": _("上下级绕成了圈，请另选上级。"),
    "not_a_code": _("代码只用小写字母、数字和 _ -，以字母或数字开头。"),
    "not_a_number": _("请填写整数。"),
    "not_a_decimal": _("请填写数字。"),
    "not_a_day": _("请按年-月-日填写日期，例如 2024-01-31。"),
    "not_yes_no": _("请选是或否。"),
    "column_missing": _("文件少了这一列。"),
    "no_class_above": _("还没有上一级分类，请先加上一级。"),
    "too_small": _("至少为 1。"),
    "unreadable": _("含有无法识别的字符，请重新输入。"),
    "key_stays": _("代码不能改，请另加一行，把这一行停用。"),
    "ended_code": _("用到了停用的一行，请先改到别处。"),
    "year_gone": _("这一年已经公布，期限按它推算，不能去掉。"),
    "is_named": _("诉求可能用到，不能删除；填停用日期就不再提供选择。"),
    "no_condition": _("条件写成 字段=值。"),
    "does_not_reach": _("短信只发给诉求人，诉求人也只收短信。"),
    "unknown_placeholder": _("有不认识的占位词，或没有文字。"),
    "text_missing": _("少了必须有的用语。"),
    "never_alone": _("提级、约谈只能提出建议，由人决定。"),
    "not_understood": _("从标出的地方起看不懂。"),
    "incomplete": _("没有写完。"),
    "relation_not_for_field": _("这个词不能用在这里。"),
    "unknown_value": _("没有这个值，请核对。"),
    "never_holds": _("两个条件不可能同时成立。"),
    "never_reached": _("前面已有一条总会先成立，这一条永远轮不到。"),
    "unknown_unit": _("没有这个单位。"),
    "not_below": _("只能往下属单位转，否则会绕圈。"),
    "open_cases": _("还有未办结的诉求，先转走或办结。"),
    "too_long": _("内容太长，请缩短。"),
    "ragged": _("这一行的格数与表头不同。"),
    "not_csv": _("不是 CSV 表格。"),
    "not_utf8": _("文件不是 UTF-8 编码。"),
    "not_toml": _("设置文件写得不对。"),
    "not_geojson": _("轮廓文件写得不对。"),
    "other_districts": _("轮廓文件画的不是现有的区县。"),
    "not_a_kind": _("第二格写 holiday（放假）或 makeup（补班）。"),
    "no_year": _("日历写得不对：每年要列出 1 月 1 日放假。"),
    "no_such_row": _("没有这一行。"),
    "no_such_setting": _("没有这个设置。"),
    "wrong_setting": _("这个值不能用。"),
    "file_missing": _("少了这个文件。"),
    "unknown_file": _("没有这个配置文件。"),
}


def table_name(file: str) -> str:
    """A file as people call it."""
    if file == tables.SETTINGS:
        return gettext("城市设置")
    return labels.word(TABLES, file.removesuffix(".csv"))


def column_name(table: str, column: str) -> str:
    """A column as people call it."""
    return str(_OWN_COLUMNS.get((table, column), COLUMNS.get(column, column)))


def why(wrong: CityWrong) -> str:
    """Why it was not taken, in words."""
    said = labels.word(WRONG, wrong.why) or gettext("不能这样改。")
    if wrong.why == "open_cases":
        return gettext("还有 %(n)s 件未办结的诉求，先转走或办结。") % {"n": wrong.word}
    if wrong.at and wrong.word:
        return gettext("第 %(at)s 个字“%(word)s”：%(why)s") % {"at": wrong.at + 1, "word": wrong.word, "why": said}
    return said


def whole(wrong: CityWrong) -> str:
    """Where and why, for what is wrong in another table than the one shown."""
    if not wrong.file:
        return why(wrong)
    place = {"table": table_name(wrong.file), "row": wrong.row, "why": why(wrong)}
    if wrong.row:
        return gettext("“%(table)s”第 %(row)s 行：%(why)s") % place
    return gettext("“%(table)s”：%(why)s") % place
