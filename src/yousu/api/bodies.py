"""正文: the body of each command, as contract and OpenAPI name it. Codes of the city are checked by the engine."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Strict

from yousu.api.fields import Body, Code, Day, Moment, Purpose, Reference, Truth, Words


def _digits(value: Any) -> Any:
    return str(value) if type(value) is int else value


class Noted(Body):
    """A body with an optional note."""

    note: str | None = None


class Answer(Noted):
    """直接办理."""

    reply: Words
    article: Reference | None = None


class Decline(Noted):
    """不予受理. Codes from GET /reasons."""

    reason: Code
    lawful_channel: Code
    reply: Words


class Withdraw(Noted):
    """撤诉."""

    reason: Words


class Transfer(Noted):
    """紧急转接."""

    # Many write these numbers as numbers.
    to: Annotated[Literal["110", "119", "120", "122"], BeforeValidator(_digits)]
    outside_number: Reference | None = None


class Forward(Noted):
    """转交、指定承办. Codes from GET /units and /grades."""

    lead_unit: Code
    co_units: list[Code] = Field(default=[], max_length=50)
    grade: Code | None = None


class Sign(Noted):
    """签收."""


class Contact(Noted):
    """联系诉求人."""

    how: Literal["phone", "visit", "sms", "wechat", "mail"]
    reached: Truth


class SendBack(Noted):
    """退单. Codes from GET /reasons."""

    reason: Code


class JudgeSendBack(Noted):
    """退单审核."""

    uphold: Truth
    lead_unit: Code | None = None


class Handle(Noted):
    """办理答复."""

    reply: Words
    outcome: Literal["solved", "planned", "explained"]


class Approve(Noted):
    """审核签发."""

    approve: Truth


class NameReported(Noted):
    """指明被举报单位. Codes from GET /units."""

    unit: Code


class RequestLift(Noted):
    """申请解除转办限制."""

    reason: Words


class JudgeLift(Noted):
    """解除转办限制审定."""

    grant: Truth


class Recuse(Noted):
    """回避. `who`: another account, asked by a supervisor."""

    reason: Words
    who: Code | None = None


class Review(Noted):
    """审核."""

    accept: Truth


class CallBack(Noted):
    """回访."""

    reached: Literal["reached", "not_reached", "refused"]
    responded: Truth | None = None
    solved: Truth | None = None
    satisfied: Literal["satisfied", "basically", "not"] | None = None


class JudgeUnsolved(Noted):
    """未解决研判."""

    decision: Literal["reopen", "finalise", "park"]


class RequestExtension(Noted):
    """延期申请. Codes from GET /reasons."""

    working_days: Annotated[int, Strict(), Field(ge=1, le=366)]
    reason: Code


class JudgeExtension(Noted):
    """延期审核."""

    grant: Truth


class Suspend(Noted):
    """暂停计时. Codes from GET /reasons."""

    reason: Code
    until: Day | None = None


class Resume(Noted):
    """恢复计时."""


class Park(Noted):
    """挂账."""

    plan: Words
    review_on: Day
    leader: Words


class Unpark(Noted):
    """销账."""

    result: Words


class Merge(Noted):
    """并单: `head` is the number of the case that goes on; a follower's number stands for its head's."""

    head: Code


class Unmerge(Noted):
    """拆单."""


class Link(Noted):
    """关联. Codes from GET /reasons."""

    other: Code
    how: Code


class Exclude(Noted):
    """剔除. Codes from GET /reasons."""

    reason: Code


class JudgeExclusion(Noted):
    """剔除审核."""

    grant: Truth


class Supervise(Noted):
    """督办."""

    due: Moment


class Escalate(Noted):
    """提级. Codes from GET /units."""

    unit: Code


class Summon(Noted):
    """约谈. Codes from GET /units."""

    unit: Code
    on: Day


class Instruct(Noted):
    """批示: `by` names the leader whose words they are."""

    text: Words
    leader: Annotated[Words, Field(alias="by")]
    on: Day


class ReportInstruction(Noted):
    """反馈批示: to the oldest instruction that is open."""

    text: Words


class ReportUrgent(Noted):
    """紧急事项报值班: the first report, then follow-ups; the last one `final`."""

    text: Words
    final: Truth = False


class Lead(Noted):
    """领办."""

    leader: Words


class Reopen(Noted):
    """二次办理."""

    reason: Words


class Classify(Noted):
    """归类. Codes from GET /categories."""

    category: Code
    type: Code | None = None


class Correct(Noted):
    """更正. A pin is `lon,lat` (WGS-84)."""

    field: Literal["text", "title", "place", "pin", "name", "type"]
    value: Words
    why: Words


class Urge(Noted):
    """催办."""


class Release(Noted):
    """公开答复. The text as everybody will read it, confirmed to hold no personal data."""

    text: Words


class Support(Noted):
    """附议. With the caller's phone the person is counted, once."""

    phone: Annotated[str, Field(max_length=40)] | None = None


class Unmask(Noted):
    """查看个人信息. The access is logged with its purpose."""

    fields: list[Literal["name", "phone", "words", "place", "caller_number", "supporters"]] = Field(
        min_length=1, max_length=6
    )
    purpose: Purpose


class Undo(Noted):
    """撤销: the own last act, within ten seconds, with nothing after it."""


class Erase(Body):
    """删除个人信息."""

    reason: Purpose
