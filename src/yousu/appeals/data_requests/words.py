"""请求的用语: names of what is asked, how it stands, and what a file of what is kept has in it; for every door."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.appeals.data_requests.copying import Kept

Words = Mapping[str, Promise]

SORTS: Words = {
    "see": _("查阅保存了我的哪些信息"),
    "copy": _("要一份副本"),
    "correct": _("更正或补充"),
    "delete": _("删除我的个人信息"),
    "withdraw-consent": _("撤回同意，不再联系我"),
}
STAGES: Words = {"open": _("等待答复"), "granted": _("已同意"), "refused": _("未同意")}
CORRECTABLE: Words = {"name": _("称呼"), "text": _("反映的内容"), "place": _("地点")}
_KEPT: Words = {
    "phone": _("电话"),
    "received_at": _("反映时间"),
    "words": _("原话"),
    "title": _("标题"),
    "place": _("地点"),
    "name": _("称呼"),
    "caller_number": _("来电号码"),
    "reply": _("答复"),
    "file": _("附件"),
    "looked_at": _("个人信息被查看"),
    "supported": _("附议的诉求"),
}


def heads() -> Sequence[str]:
    """The columns of the file."""
    return [str(head) for head in (_("诉求编号"), _("什么信息"), _("内容"))]


def lines(rows: Sequence[Kept]) -> Iterator[Sequence[str]]:
    """The rows of the file."""
    for row in rows:
        yield [row.case, str(_KEPT[row.what]), row.words]
