"""姓名: names of persons where a cue, a title, the word 姓 or the foot of a letter says that there is one."""

import re
from collections.abc import Iterator

from yousu.understanding.redaction.lexicon import either, words
from yousu.understanding.redaction.persons import (
    end_of_label,
    end_of_name,
    surname_at,
    surname_before,
    whole_name_before,
)
from yousu.understanding.redaction.spans import Found

_LABELS = words("labels")
_TITLES = words("titles")
# A title beside a whole name alone: 同志 follows an office as often as a surname.
_FORMAL = frozenset({"同志"})
_SURNAME, _FOOT = "姓", "敬礼"
_CUE = re.compile(either({*_LABELS, *words("roles"), *_TITLES, *_FORMAL, _SURNAME, _FOOT}))
_TO_NAME = re.compile(r"(?:姓名|名字)?[]】)）」]? ?(?:(:) {0,2}|[是为叫] ?)?")
_TO_FOOT = re.compile(r"[!。.,，;；~\s]{0,12}")
_AND = re.compile(r"[、和及与] ?")
_PERSON = re.compile(r"女士|先生|男|女|业主|老板|师傅|经理|老师|医生|司机|工作人员|住户|邻居|负责人|某")
# 李先生牛肉面 is a shop, 经理部 a room.
_SHOP = re.compile(
    r"[^在开的去到说是把有和给让我，。；、\s]{0,4}?(?:[拉牛羊凉烩汤板片酿泡炒烤臊]+[面肉皮粉]|方便面|馆|面馆|面庄|餐|火锅|酒楼|串|饭"
    r"|公司|超市|诊所|工作室|包子|饺子|酸奶|炸鸡|蛋糕|食品|烘焙|品牌|牌|奶茶|卤|茶)|[室部](?!分)|办(?:公|[，。、]|\Z)|助理|期(?![望待许盼])|费|函|事务所"
)

Stretch = tuple[int, int]


def person_names(text: str) -> Iterator[Found]:
    """姓名: every name that something beside it announces."""
    for cue in _CUE.finditer(text):
        for begin, end in _beside(text, cue):
            yield Found("name", begin, end)


def _beside(text: str, cue: re.Match[str]) -> Iterator[Stretch]:
    if cue[0] == _SURNAME:
        yield from _said_surname(text, cue.start())
    elif cue[0] == _FOOT:
        yield from _signed(text, cue.end())
    else:
        if cue[0] in _TITLES or cue[0] in _FORMAL:
            yield from _before_title(text, cue)
        yield from _after_cue(text, cue)


def _after_cue(text: str, cue: re.Match[str]) -> Iterator[Stretch]:
    link = _TO_NAME.match(text, cue.end())
    at = link.end() if link else cue.end()
    colon = link is not None and link[1] is not None
    if colon and cue[0] in _LABELS:
        end = end_of_label(text, at)
    else:
        end = end_of_name(text, at, sure=cue[0] in _LABELS or (colon and cue[0] not in _TITLES))
    while end is not None:
        yield at, end
        link = _AND.match(text, end)
        at = link.end() if link else end
        end = end_of_name(text, at, sure=False) if link else None


def _before_title(text: str, title: re.Match[str]) -> Iterator[Stretch]:
    at = title.start()
    if at and not _SHOP.match(text, title.end()):
        size = whole_name_before(text, at) or (title[0] in _TITLES and surname_before(text, at))
        if size:
            yield at - size, at


def _said_surname(text: str, at: int) -> Iterator[Stretch]:
    """我姓周, and 周姓业主."""
    size = surname_at(text, at + 1)
    if size and text[at - 1 : at] not in tuple("百同改随跟"):
        yield at + 1, at + 1 + size
    elif at and surname_at(text, at - 1) == 1 and _PERSON.match(text, at + 1):
        yield at - 1, at


def _signed(text: str, at: int) -> Iterator[Stretch]:
    """落款: a name alone on a line after 此致敬礼."""
    link = _TO_FOOT.match(text, at)
    begin = link.end() if link else at
    end = end_of_name(text, begin, sure=True)
    if end is not None and not text[end : end + 1].isalpha():
        yield begin, end
