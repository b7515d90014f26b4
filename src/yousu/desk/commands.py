"""动作: the commands of an appeal as the desk offers them: word, name, key, questions. The word is the address."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yousu.appeals import commands as appeals
from yousu.desk import labels
from yousu.desk.forms import Choices, Field
from yousu.desk.mark_offers import MARKS
from yousu.desk.merge_offers import MERGING
from yousu.desk.offering import NOTE, Command, reasons, words, yes_or_no
from yousu.desk.shield_offers import SHIELDS
from yousu.org.city import city
from yousu.org.offering import offered


def _lawful_channels() -> Choices:
    return [(code, label.name(labels.language())) for code, label in offered(city().lawful_channels).items()]


def _types() -> Choices:
    return [(code, label.name(labels.language())) for code, label in offered(city().types).items()]


def _grades() -> Choices:
    return [(code, label.name(labels.language())) for code, label in offered(city().grades).items()]


def _correctable() -> Choices:
    # 类型 is a code: it is put right together with the category, by 归类. A pin is set on a map or taken from a photo.
    return [(code, str(word)) for code, word in labels.CORRECTABLE.items() if code not in ("type", "pin")]


_REPLY = Field(name="reply", label=_("答复内容"), kind="area")
_LEAD = Field(name="lead_unit", label=_("主办单位"), kind="unit")
_CO = Field(name="co_units", label=_("协办单位"), kind="units", is_required=False)
_GRADE = Field(
    name="grade",
    label=_("时限等级"),
    kind="choice",
    choices=_grades,
    is_required=False,
    hint=_("不选则按分类确定"),
)
_TYPE = Field(name="type", label=_("类型"), kind="choice", choices=_types, is_required=False)

_ALL = (
    Command(
        word="forward",
        label=_("转交"),
        done=_("已转交"),
        run=appeals.forward,
        fields=(_LEAD, _CO, _GRADE),
        key="f",
        next_in=frozenset({"recorded"}),
    ),
    Command(
        word="answer",
        label=_("直接办理"),
        done=_("已直接办理"),
        run=appeals.answer,
        fields=(_REPLY, Field(name="article", label=_("知识库条目"), is_required=False, hint=_("写第几条"))),
        key="a",
    ),
    Command(
        word="sign",
        label=_("签收"),
        done=_("已签收"),
        run=appeals.sign,
        key="s",
        next_in=frozenset({"forwarded"}),
    ),
    Command(
        word="contact",
        label=_("联系诉求人"),
        done=_("已登记联系"),
        run=appeals.contact,
        fields=(
            Field(name="how", label=_("方式"), kind="few", choices=words(labels.HOWS)),
            NOTE,
            Field(
                name="reached",
                label=_("结果"),
                kind="buttons",
                choices=yes_or_no(_("已联系上"), _("未联系上")),
            ),
        ),
        key="t",
    ),
    Command(
        word="handle",
        label=_("办理答复"),
        done=_("已提交答复"),
        run=appeals.handle,
        fields=(_REPLY, Field(name="outcome", label=_("结果"), kind="few", choices=words(labels.OUTCOMES))),
        key="h",
        next_in=frozenset({"signed"}),
    ),
    Command(
        word="approve",
        label=_("审核签发"),
        done=_("已签发"),
        run=appeals.approve,
        fields=(
            NOTE,
            Field(
                name="approve",
                label=_("签发"),
                kind="buttons",
                choices=yes_or_no(_("同意，签发上报"), _("不同意，退回重办")),
            ),
        ),
        key="v",
        next_in=frozenset({"handled"}),
    ),
    Command(
        word="review",
        label=_("审核"),
        done=_("已审核"),
        run=appeals.review,
        fields=(
            NOTE,
            Field(
                name="accept",
                label=_("审核结果"),
                kind="buttons",
                choices=yes_or_no(_("审核通过，办结"), _("不通过，退回重办")),
            ),
        ),
        key="v",
        next_in=frozenset({"handled"}),
    ),
    Command(
        word="call-back",
        label=_("回访"),
        done=_("已登记回访"),
        run=appeals.call_back,
        fields=(
            Field(name="reached", label=_("接通情况"), kind="few", choices=words(labels.REACHED)),
            Field(
                name="responded",
                label=_("单位是否联系过您"),
                kind="yes_no",
                is_required=False,
                hint=_("接通时填写以下三项"),
            ),
            Field(name="solved", label=_("问题是否解决"), kind="yes_no", is_required=False),
            Field(
                name="satisfied",
                label=_("是否满意"),
                kind="few",
                choices=words(labels.SATISFIED),
                is_required=False,
            ),
            NOTE,
        ),
        key="c",
        next_in=frozenset({"closed"}),
    ),
    Command(
        word="judge-send-back",
        label=_("审定退单"),
        done=_("已审定退单"),
        run=appeals.judge_send_back,
        fields=(
            Field(
                name="lead_unit",
                label=_("改派单位"),
                kind="unit",
                is_required=False,
                hint=_("同意退单时填写；留空则回到待转交"),
            ),
            NOTE,
            Field(
                name="uphold",
                label=_("审定"),
                kind="buttons",
                choices=yes_or_no(_("同意退单"), _("不同意，退回原单位")),
            ),
        ),
        key="b",
        next_in=frozenset({"sent_back"}),
    ),
    Command(
        word="judge-unsolved",
        label=_("研判未解决"),
        done=_("已研判"),
        run=appeals.judge_unsolved,
        fields=(
            NOTE,
            Field(name="decision", label=_("研判"), kind="buttons", choices=words(labels.DECISIONS)),
        ),
        key="d",
        next_in=frozenset({"unsolved"}),
    ),
    Command(
        word="designate",
        label=_("指定承办"),
        done=_("已指定承办"),
        run=appeals.designate,
        fields=(_LEAD, _CO, _GRADE),
    ),
    Command(
        word="send-back",
        label=_("退单"),
        done=_("已退单"),
        run=appeals.send_back,
        fields=(Field(name="reason", label=_("理由"), kind="choice", choices=reasons("send-back")), NOTE),
        key="r",
    ),
    Command(
        word="decline",
        label=_("不予受理"),
        done=_("已登记不予受理"),
        run=appeals.decline,
        fields=(
            Field(name="reason", label=_("理由"), kind="choice", choices=reasons("decline")),
            Field(name="lawful_channel", label=_("告知的途径"), kind="choice", choices=_lawful_channels),
            _REPLY,
        ),
    ),
    Command(
        word="transfer",
        label=_("紧急转接"),
        done=_("已转接"),
        run=appeals.transfer,
        fields=(
            Field(name="to", label=_("转接"), kind="few", choices=words(labels.EMERGENCIES)),
            Field(name="outside_number", label=_("对方单号"), is_required=False),
        ),
    ),
    Command(
        word="withdraw",
        label=_("撤诉"),
        done=_("已撤诉"),
        run=appeals.withdraw,
        fields=(Field(name="reason", label=_("理由"), kind="area"),),
    ),
    Command(
        word="reopen",
        label=_("二次办理"),
        done=_("已二次办理"),
        run=appeals.reopen,
        fields=(Field(name="reason", label=_("理由"), kind="area"),),
    ),
    Command(
        word="classify",
        label=_("归类"),
        done=_("已归类"),
        run=appeals.classify,
        fields=(Field(name="category", label=_("分类"), kind="category"), _TYPE),
    ),
    Command(
        word="correct",
        label=_("更正"),
        done=_("已更正"),
        run=appeals.correct,
        fields=(
            Field(name="field", label=_("更正哪一项"), kind="choice", choices=_correctable),
            Field(name="value", label=_("改为"), kind="area"),
            Field(name="why", label=_("为什么"), kind="line"),
        ),
    ),
    Command(
        word="urge",
        label=_("催办"),
        done=_("已催办"),
        run=appeals.urge,
        fields=(NOTE,),
        key="u",
        needs_version=False,
    ),
    Command(
        word="release",
        label=_("公开答复"),
        done=_("已公开答复"),
        run=appeals.release,
        fields=(
            Field(
                name="text",
                label=_("公开的答复"),
                kind="area",
                hint=_("请通读：不能看出是谁。以后再公开，以新的为准"),
            ),
        ),
    ),
    Command(
        word="support",
        label=_("附议"),
        done=_("已附议"),
        run=appeals.support,
        fields=(
            Field(
                name="phone",
                label=_("来电号码"),
                is_required=False,
                hint=_("有号码才能按人计数；同一号码只计一次"),
            ),
        ),
        needs_version=False,
    ),
)


def _with_note(command: Command) -> Command:
    # Every command takes a note; where answers are buttons it stands before them.
    if NOTE in command.fields:
        return command
    return replace(command, fields=(*command.fields, NOTE))


COMMANDS: Mapping[str, Command] = {command.word: _with_note(command) for command in (*_ALL, *MERGING, *MARKS, *SHIELDS)}
