"""回避与保护的动作: whom a case accuses and who stays out of it, as the desk offers them."""

from django.utils.translation import gettext_lazy as _

from yousu.appeals import shield_commands as shields
from yousu.desk.forms import Field
from yousu.desk.offering import NOTE, Command, yes_or_no

SHIELDS = (
    Command(
        word="name-reported",
        label=_("指明被举报单位"),
        done=_("已指明被举报单位"),
        run=shields.name_reported,
        fields=(
            Field(
                name="unit",
                label=_("被举报单位"),
                kind="unit",
                hint=_("这一单位及下属看不到、也不能承办；已在它们手里的收回待转交"),
            ),
            NOTE,
        ),
    ),
    Command(
        word="request-lift",
        label=_("申请解除转办限制"),
        done=_("已申请解除转办限制"),
        run=shields.request_lift,
        fields=(Field(name="reason", label=_("理由"), kind="area", hint=_("由督办员审定，留有记录")), NOTE),
    ),
    Command(
        word="judge-lift",
        label=_("审定解除转办限制"),
        done=_("已审定"),
        run=shields.judge_lift,
        fields=(
            NOTE,
            Field(name="grant", label=_("审定"), kind="buttons", choices=yes_or_no(_("同意解除"), _("不同意"))),
        ),
        next_with=frozenset({"lift_asked"}),
    ),
    Command(
        word="recuse",
        label=_("回避"),
        done=_("已登记回避"),
        run=shields.recuse,
        fields=(
            Field(name="reason", label=_("理由"), kind="area", hint=_("与这件诉求有利害关系的，回避后不能再看、再办")),
            Field(
                name="who", label=_("谁回避（用户名）"), is_required=False, hint=_("留空为自己；只有督办员可以指别人")
            ),
            NOTE,
        ),
    ),
)
