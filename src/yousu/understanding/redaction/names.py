"""姓名: names of persons where a cue, a title, the word 姓 or the foot of a letter says that there is one."""

import re
from collections.abc import Iterator

from yousu.understanding.redaction.lexicon import either, words
from yousu.understanding.redaction.persons import (
    COMPOUND_SURNAMES,
    HAN,
    SURNAMES,
    end_of_label,
    end_of_name,
    is_peoples_name,
    is_whole_name,
)
from yousu.understanding.redaction.spans import Found

_LABELS = (
    "姓名 名字 我叫 本人叫 户名 署名 联系人 来电人 来信人 来访人 投诉人 反映人 举报人 申请人 经办人 留言人 诉求人 求助人 报修人 法定代表人 法人代表 法人 收款人 付款人 "
    "欠款人 签收人 收件人 寄件人 承租人 出租人 代理人 委托人 被告人 原告 被告 报案人"
).split()
_ROLES = (
    "叫 我是 本人 业主 房东 租客 租户 住户 户主 负责人 当事人 市民 居民 村民 群众 父亲 母亲 爸爸 妈妈 丈夫 妻子 爱人 老公 老婆 儿子 女儿 孩子 学生 车主 患者 病人 "
    "职工 员工 农民工 包工头 邻居 同事 朋友 司机 家属 保安 代表人 经手人 联络人 中介 房主"
).split()
_TITLES = words("titles") | {"同志"}
_LABEL_SET = frozenset(_LABELS)
_CUE = re.compile(either({*_LABELS, *_ROLES, *_TITLES}))
_TO_NAME = re.compile(r"(?:姓名|名字)?[]】)）」]? {0,2}(?:(:) {0,2}|[是为叫] ?)?")
_SURNAME_CLASS = f"(?:{either(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])"
_SAID_SURNAME = re.compile(rf"(?<![百同改随跟贵])(?:免贵)?姓({_SURNAME_CLASS})(?![氏名])")
_SO_SURNAMED = re.compile(rf"({_SURNAME_CLASS})姓(?=女士|先生|男|女|业主|老板|师傅|经理|老师|医生|司机|工作人员|住户|邻居|负责人)")
_FOOT = re.compile(rf"敬礼[^{HAN}0-9A-Za-z]{{0,12}}")
_TAILS = words("word_tails")
# Surnames that are everyday words as well: before a title they need a clear place to begin.
_EVERYDAY = frozenset("那于时任应向管车方安金单商全司文史乐国成常干平水相经计左温解党席房楼江林农田校班街路费连师工厂幼")
_BEFORE_A_NAME = frozenset("找请是问跟和与给让被的了位壁门上下系复工叫见谢对")
# 李先生牛肉面 is a shop.
_SHOP = re.compile(
    rf"[^在开的去到说是把有和给让我{HAN[0:0]}，。；、\s]{{0,4}}?(?:[拉牛羊凉烩汤板片酿方泡炒烤臊]+[面肉皮粉]|馆|面馆|面庄|餐|火锅|酒楼|串|饭|公司|超市|诊所|工作室|包子|饺子"
    r"|酸奶|炸鸡|蛋糕|食品|烘焙|品牌|牌|奶茶|卤|茶)|[办室部](?!分)|助理|办公"
)


def person_names(text: str) -> Iterator[Found]:
    """姓名: every name that something beside it announces."""
    for cue in _CUE.finditer(text):
        if (size := _before_title(text, cue)) is not None:
            yield Found("name", cue.start() - size, cue.start())
        at = _TO_NAME.match(text, cue.end())
        yield from _listed(text, *_after_cue(text, cue))
def _surnames(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_SAID_SURNAME, _SO_SURNAMED):
        for match in pattern.finditer(text):
            yield match.span(1)


def _whole_name_before(text: str, at: int) -> int:
    """How long the whole name is that ends before the title; 0 if none does."""
    dotted = re.search(rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}){{1,2}}\Z", text[max(0, at - 20) : at])
    if dotted:
        return len(dotted[0])
    for size in (6, 5, 4, 3, 2):
        name = text[at - size : at] if at >= size else ""
        if name and size > 2 and is_peoples_name(name):
            return size
        if name and size <= 4 and is_whole_name(name) and not _is_word_tail(text, at - size):
            return size
    return 0


def _surname_before(text: str, at: int) -> int:
    if text[max(0, at - 2) : at] in COMPOUND_SURNAMES:
        return 2
    surname, before = text[at - 1], text[max(0, at - 2) : at - 1]
    if surname not in SURNAMES or _is_word_tail(text, at - 1):
        return 0
    free = not before or before in _BEFORE_A_NAME or not ("\u4e00" <= before <= "\u9fff")
    return int(free or surname not in _EVERYDAY)


def _is_word_tail(text: str, at: int) -> bool:
    """Whether the character at a place ends a word, like the 文 of 语文."""
    return text[max(0, at - 1) : at + 1] in _TAILS or text[max(0, at - 2) : at + 1] in _TAILS
