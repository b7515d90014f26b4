"""通知的用语: what a notice says, to whom it went, by which way, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from yousu.desk import labels
from yousu.ledger import persons
from yousu.notices import wording
from yousu.notices.models import Notice
from yousu.org.city import city

WAYS: labels.Words = {
    "desk": gettext_lazy("提醒"),
    "email": gettext_lazy("邮件"),
    "sms": gettext_lazy("短信"),
}
STATES: labels.Words = {
    "queued": gettext_lazy("待发送"),
    "sent": gettext_lazy("已发送"),
    "given_up": gettext_lazy("已放弃"),
    "off": gettext_lazy("没有发送"),
}
# Why it was not taken, or not tried.
_WHY: labels.Words = {
    "demo": gettext_lazy("演示"),
    "not_configured": gettext_lazy("没有配置这个渠道"),
    "too_late": gettext_lazy("超过一天，不再发送"),
    "no_address": gettext_lazy("账号没有邮箱，或已停用"),
    "bad_address": gettext_lazy("邮箱地址有误"),
    "erased": gettext_lazy("个人信息已删除"),
    "not_mobile": gettext_lazy("不是手机号码"),
    "cut_short": gettext_lazy("发送几次都被打断"),
    "timeout": gettext_lazy("对方没有应答"),
    "unreachable": gettext_lazy("连接不上"),
    "hung_up": gettext_lazy("对方断开了"),
    "nonsense": gettext_lazy("对方的应答看不懂"),
    "no_tls": gettext_lazy("对方的证书不可信"),
    "not_supported": gettext_lazy("对方不支持加密或登录"),
    "refused": gettext_lazy("对方拒收"),
    "duplicate": gettext_lazy("对方已经收过"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A notice as a page shows it."""

    id: UUID
    number: str
    path: str
    seq: int
    at: datetime
    done_at: datetime | None
    sentence: str
    event: str
    way: str
    to: str
    state: str
    state_name: str
    why: str
    tries: int
    is_unread: bool


def shown(notices: Iterable[Notice], *, with_phones: bool = False) -> list[Shown]:
    """Notices as rows; at most one statement more. `with_phones`: masked, for those who may open them."""
    rows = list(notices)
    wanted = {row.person_id for row in rows if row.person_id is not None} if with_phones else set()
    phones = persons.phones_of(sorted(wanted)) if wanted else {}
    return [_shown(row, phones) for row in rows]


def _shown(row: Notice, phones: dict[UUID, str]) -> Shown:
    language = labels.language()
    return Shown(
        id=row.id,
        number=wording.number_of(row),
        path=wording.path_of(row),
        seq=row.seq,
        at=row.happened_at,
        done_at=row.done_at,
        sentence=wording.sentence(row, language),
        event=labels.named(city().events, row.kind),
        way=labels.word(WAYS, row.way),
        to=_recipient(row, phones, language),
        state=row.state,
        state_name=_state(row),
        why=_why(row.last_error),
        tries=row.tries,
        is_unread=row.read_at is None,
    )


def _recipient(row: Notice, phones: dict[UUID, str], language: str) -> str:
    if row.account is not None:
        return row.account.name_zh if language.startswith("zh") else row.account.name_en
    phone = phones.get(row.person_id) if row.person_id else None
    return f"{gettext('诉求人')} {persons.masked_phone(phone)}" if phone else gettext("诉求人")


def _state(row: Notice) -> str:
    if row.way == "desk":
        return gettext("未读") if row.read_at is None else gettext("已读")
    return labels.word(STATES, row.state)


def _why(code: str) -> str:
    if not code or code in _WHY:
        return labels.word(_WHY, code) if code else ""
    answer, _, reason = code.partition(" ")
    number = answer.rpartition("_")[2]
    said = gettext("对方答复 %(code)s") % {"code": number} if number.isdecimal() else labels.word(_WHY, "refused")
    return f"{said} {reason}".strip()
