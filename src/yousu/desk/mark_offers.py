"""标记的动作: clock, parking, exclusion and supervision as the desk offers them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals import mark_commands as marks
from yousu.appeals import urgent_commands as urgent
from yousu.desk.forms import Field
from yousu.desk.offering import NOTE, Command, reasons, yes_or_no

_LEADER = Field(name="leader", label=_("领导"), hint=_("姓名和职务，加密保存"))


def _judged(yes: Promise) -> Field:
    return Field(name="grant", label=_("审定"), kind="buttons", choices=yes_or_no(yes, _("不同意")))


MARKS = (
    Command(
        word="request-extension",
        label=_("申请延期"),
        done=_("已申请延期"),
        run=marks.request_extension,
        fields=(
            Field(name="working_days", label=_("延长几个工作日"), kind="number"),
            Field(name="reason", label=_("理由"), kind="choice", choices=reasons("request-extension")),
            NOTE,
        ),
        key="e",
    ),
    Command(
        word="judge-extension",
        label=_("审定延期"),
        done=_("已审定延期"),
        run=marks.judge_extension,
        fields=(NOTE, _judged(_("同意延期"))),
        key="x",
        next_with=frozenset({"extension_asked"}),
    ),
    Command(
        word="suspend",
        label=_("暂停计时"),
        done=_("已暂停计时"),
        run=marks.suspend,
        fields=(
            Field(name="reason", label=_("理由"), kind="choice", choices=reasons("suspend")),
            Field(name="until", label=_("预计到哪天"), kind="day", is_required=False),
            NOTE,
        ),
    ),
    Command(
        word="resume",
        label=_("恢复计时"),
        done=_("已恢复计时"),
        run=marks.resume,
    ),
    Command(
        word="park",
        label=_("挂账"),
        done=_("已挂账"),
        run=marks.park,
        fields=(
            Field(name="plan", label=_("解决计划"), kind="area"),
            _LEADER,
            Field(name="review_on", label=_("复核日期"), kind="day"),
            NOTE,
        ),
        key="p",
    ),
    Command(
        word="unpark",
        label=_("销账"),
        done=_("已销账"),
        run=marks.unpark,
        fields=(Field(name="result", label=_("解决结果"), kind="area"), NOTE),
        # The other way of the same key: a case is parked or it is not.
        key="p",
    ),
    Command(
        word="exclude",
        label=_("申请剔除"),
        done=_("已申请剔除"),
        run=marks.exclude,
        fields=(
            Field(
                name="reason",
                label=_("理由"),
                kind="choice",
                choices=reasons("exclude"),
                hint=_("由另一人审定；剔除的仍计入受理量，比率旁注明件数"),
            ),
            NOTE,
        ),
        key="o",
    ),
    Command(
        word="judge-exclusion",
        label=_("审定剔除"),
        done=_("已审定剔除"),
        run=marks.judge_exclusion,
        key="o",
        next_with=frozenset({"exclusion_asked"}),
        fields=(NOTE, _judged(_("同意剔除"))),
    ),
    Command(
        word="supervise",
        label=_("督办"),
        done=_("已督办"),
        run=marks.supervise,
        fields=(Field(name="due", label=_("限何时办结"), kind="moment"), NOTE),
    ),
    Command(
        word="escalate",
        label=_("提级"),
        done=_("已提级"),
        run=marks.escalate,
        fields=(Field(name="unit", label=_("提级到"), kind="unit"), NOTE),
    ),
    Command(
        word="summon",
        label=_("约谈"),
        done=_("已登记约谈"),
        run=marks.summon,
        fields=(
            Field(name="unit", label=_("约谈哪个单位"), kind="unit"),
            Field(name="on", label=_("约谈日期"), kind="day"),
            NOTE,
        ),
    ),
    Command(
        word="instruct",
        label=_("批示"),
        done=_("已登记批示"),
        run=marks.instruct,
        fields=(
            Field(name="text", label=_("批示内容"), kind="area"),
            _LEADER,
            Field(name="on", label=_("批示日期"), kind="day"),
            NOTE,
        ),
        needs_version=False,
    ),
    Command(
        word="report-instruction",
        label=_("反馈批示"),
        done=_("已反馈批示"),
        run=marks.report_instruction,
        fields=(
            Field(name="text", label=_("办理情况"), kind="area", hint=_("反馈给领导；几条批示的，反馈最早的一条")),
            NOTE,
        ),
        next_with=frozenset({"instruction_open"}),
    ),
    Command(
        word="report-urgent",
        label=_("紧急事项报值班"),
        done=_("已报值班"),
        run=urgent.report_urgent,
        fields=(
            Field(name="text", label=_("情况"), kind="area", hint=_("什么事、在哪里、有没有人受伤、正在怎么处置")),
            Field(name="final", label=_("处置完毕，这是终报"), kind="tick", is_required=False),
            NOTE,
        ),
        needs_version=False,
    ),
    Command(
        word="lead",
        label=_("领办"),
        done=_("已登记领办"),
        run=marks.lead,
        fields=(_LEADER, NOTE),
        needs_version=False,
    ),
)
