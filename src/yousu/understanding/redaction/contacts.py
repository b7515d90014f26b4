"""联系方式: telephone numbers, mail addresses and WeChat ids in a narrowed text."""

import re
from collections.abc import Iterator

from yousu.understanding.redaction.spans import Found

_SEPARATOR = r"(?:  ?|[-.·])"
_MOBILE = re.compile(
    rf"(?<![0-9])(?:\(?(?:\+|00)?86\)?[ -]?)?0?1[3-9][0-9](?:[0-9]{{8}}|{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}"
    rf"|[0-9]{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{4}}|{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{5}})(?![0-9])"
)
_CLUSTER = re.compile(r"[(+0-9][0-9 .·()+-]{8,}[0-9]")
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_FIXED = re.compile(
    rf"(?<![0-9.])(?<![^0-9][0-9]{{4}}[ -])(?:\({_AREA}\)|{_AREA})[ -]{{0,2}}"
    r"[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9])"
)
# Without an area code only a cue tells seven or eight digits from the number of a meter or a receipt.
_LOCAL = re.compile(
    r"(?:座机|固话|电话|联系方式)(?:号码|号)?[是为:]?[ ]{0,2}(?!400|800)([2-9][0-9]{2,3}[- ]?[0-9]{4})(?!-?[0-9])"
)
_LOCAL_PART = re.compile(r"[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}\Z")
_HOST = re.compile(r"@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z0-9-]{2,24})")
_PUBLIC_HOST = re.compile(r"(?:\A|\.)gov\.cn\Z")
_WECHAT = re.compile(
    r"(?:[微薇威]信|[VvWw]信|加[Vv][Xx]?|(?<![A-Za-z0-9_-])(?:[Vv][Xx]|[Ww][Xx]|[Ww][Ee][Ii][Xx][Ii][Nn]))"
    r"(?:号码?|[Ii][Dd]|[账帐]号)? ?(?:[:是为])? ?"
    r"([A-Za-z][A-Za-z0-9_-]{5,}|1[3-9][0-9]{9}(?![0-9])|(?<=[:号])[1-9][0-9]{5,10}(?![0-9]))"
)
_WECHAT_HINT = re.compile(r"[信VvWw]")
# What these announce is the id of a thing, however it goes on.
_NOT_A_PERSON = re.compile(
    r"(?:公众号?|服务号|订阅号|型号|编号|单号|密码|口令|小程序|[Aa][Pp][Pp])(?:名称?)?[:是为]? ?\Z"
)


def phones(text: str) -> Iterator[Found]:
    """电话: mobile and fixed numbers; those of seven digits after a cue."""
    for cluster in _CLUSTER.finditer(text):
        for pattern in (_MOBILE, _FIXED):
            for match in pattern.finditer(text, *cluster.span()):
                yield Found("phone", *match.span())
    for match in _LOCAL.finditer(text):
        yield Found("phone", *match.span(1))


def emails(text: str) -> Iterator[Found]:
    """邮箱: mail addresses, save those of public offices."""
    for host in _HOST.finditer(text):
        at = host.start()
        # Read backwards from the sign: a search for it from the left would take quadratic time on a long word.
        begin = max(0, at - 64)
        local = _LOCAL_PART.search(text[begin:at])
        if local and not _PUBLIC_HOST.search(host[1].lower()):
            yield Found("email", begin + local.start(), host.end())


def wechat_ids(text: str) -> Iterator[Found]:
    """微信: ids after a word for WeChat."""
    if not _WECHAT_HINT.search(text):
        return
    for match in _WECHAT.finditer(text):
        if not _NOT_A_PERSON.search(text[max(0, match.start() - 10) : match.start()]):
            yield Found("wechat", *match.span(1))
