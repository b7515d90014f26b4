"""姓名的形: where a name that begins here ends, and whether what stands here is a whole name."""

import re

from yousu.understanding.redaction.lexicon import characters, either, words

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
SURNAMES = characters("surnames")
COMPOUND_SURNAMES = words("compound_surnames")
_COMMON_SURNAMES = characters("common_surnames")
_GIVEN = characters("given_names")
_WORDS = words("words")
_TITLES = words("titles")
_TAILS = words("word_tails")
# Surnames that are everyday words as well: before a title they need a clear place to begin.
_EVERYDAY = frozenset(
    "把那于时任应管车方安金单商全司文史乐国成常干平水相经计左温解党席房楼农校班街路费连师工厂幼权支项包"
)
# What before a title is never a surname within a sentence: 向老师反映, 原书记.
_NEVER_ALONE = frozenset("向原候全元把容敬那占")
_BEFORE_A_NAME = frozenset(
    "找请是问跟和与给让被的了位壁门上下系复工叫见谢对民主我人户友员妻夫女妈爸哥姐弟妹机部师任生长理"
)
_FIRST = SURNAMES | {name[0] for name in COMPOUND_SURNAMES | words("peoples_names")}
# No given name is written with these: they are what comes after a name.
_NEVER_GIVEN = frozenset(
    "的了在是与及被把给对向从到将让使等也都还就要不没说称因为此这那其他她它我你您们个每某该哪什么吗呢吧啊很太更最只各之"
    "以所于而且但若由已曾再又即便号卡元收打住找问去请拿用叫做"
)
_ANY_SURNAME = f"(?:{either(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])"
_PEOPLES = re.compile(
    rf"(?:[{''.join(sorted(SURNAMES))}]?{either(words('peoples_names'))}){{1,3}}[吉加措毛本杰卓太索先姆嘎草]?"
)
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,3}}")
_DOTTED_BEFORE = re.compile(rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}){{1,2}}\Z")
_SPACED = re.compile(rf"{_ANY_SURNAME} {{1,2}}[{HAN}](?![{HAN}])")
# Bounded: a run is read at every cue, and a page without a mark would be read at each of them.
_RUN = re.compile(rf"[{HAN}]{{1,9}}")
_ENDS = re.compile(rf"[^{HAN}]|\Z|{either(words('after_names') | words('titles'))}")
_NO_NAME = re.compile(
    r"[不无未保匿同]"
    r"|.*(?:日期|姓名|时间|地址|内容|事项|职务|电话|手机|号|公司|单位|小区|业主|居民|市民|村民|群众|先生|女士"
    r"|[局部委办所院校店厂区镇村街路司会处站班科苑园城府栋组])"
)


def end_of_label(text: str, at: int) -> int | None:
    """The end of the name in a field of its own, as after 姓名：, where any short run of Han characters is one."""
    end = end_of_name(text, at, sure=True)
    run = _RUN.match(text, at)
    if run is None or (end is not None and end >= run.end()):
        return end
    whole = 2 <= run.end() - at <= 6 and not _NO_NAME.match(run[0])
    return run.end() if whole and (end is None or not _ENDS.match(text, end)) else end


def end_of_name(text: str, at: int, *, sure: bool) -> int | None:
    """The end of the name that begins at a place; unless sure, only where all of it looks like one."""
    if spaced := _SPACED.match(text, at):
        return spaced.end()
    if dotted := _DOTTED.match(text, at):
        return _settled(text, text.rindex("·", at, dotted.end()) + 1, dotted.end())
    if (peoples := _PEOPLES.match(text, at)) and (end := _end_of_peoples(text, at, peoples.end(), sure=sure)):
        return end
    size = surname_at(text, at)
    return _end_of_given(text, at, at + size, sure=sure) if size else None


def surname_at(text: str, at: int) -> int:
    """How many characters the surname has that begins here; 0 if none does."""
    if text[at : at + 2] in COMPOUND_SURNAMES:
        return 2
    return int(text[at : at + 1] in SURNAMES)


def whole_name_before(text: str, at: int) -> int:
    """How long the whole name is that ends here, before a title; 0 if none does."""
    near = text[max(0, at - 20) : at]
    if "·" in near and (dotted := _DOTTED_BEFORE.search(near)):
        return len(dotted[0])
    for size in range(min(at, 6), 1, -1):
        if text[at - size] not in _FIRST:
            continue
        name = text[at - size : at]
        if size > 2 and _PEOPLES.fullmatch(name):
            return size
        if size <= 4 and _is_whole_name(name) and _begins_name(text, at - size):
            return size
    return 0


def surname_before(text: str, at: int) -> int:
    """How long the surname is that stands alone here, before a title; 0 if none does."""
    if text[max(0, at - 2) : at] in COMPOUND_SURNAMES:
        return 2
    surname, before = text[at - 1], text[max(0, at - 2) : at - 1]
    if surname not in SURNAMES or _is_word_tail(text, at - 1):
        return 0
    return int(surname not in _NEVER_ALONE and _may_begin(surname, before))


def _begins_name(text: str, at: int) -> bool:
    return _may_begin(text[at], text[at - 1 : at]) and not _is_word_tail(text, at)


def _may_begin(surname: str, before: str) -> bool:
    return (
        surname not in _EVERYDAY or not before.isalnum() or (before in _BEFORE_A_NAME and surname not in _NEVER_ALONE)
    )


def _is_whole_name(name: str) -> bool:
    size = surname_at(name, 0)
    given = name[size:]
    if not size or not 1 <= len(given) <= 2 or name in _WORDS:
        return False
    if name[:2] in _WORDS and not _is_common(name, 0, size):
        return False
    return all(character in _GIVEN for character in given)


def _is_word_tail(text: str, at: int) -> bool:
    """Whether the character at a place ends a word, like the 文 of 语文."""
    return text[max(0, at - 1) : at + 1] in _TAILS or text[max(0, at - 2) : at + 1] in _TAILS


def _end_of_peoples(text: str, at: int, end: int, *, sure: bool) -> int | None:
    run = _RUN.match(text, at)
    if sure and run and end < run.end() <= min(end + 1, at + 6) and end - at > 1:
        return run.end()
    certain = end - at > 2 or sure or text[at] not in SURNAMES
    return end if certain and (_ENDS.match(text, end) or (sure and end - at > 3)) else None


def _end_of_given(text: str, at: int, given: int, *, sure: bool) -> int | None:
    if text[given : given + 2] in _TITLES or text[at : at + 2] in _TITLES:
        return None
    ends = [end for end in (given + 2, given + 1) if _can_be_given(text, given, end)]
    for end in ends:
        if _reads_as_name(text, at, given, end=end, sure=sure):
            return end
    if not sure or _begins_word(text, at):
        return None
    followed = [end for end in ends if _ENDS.match(text, end)]
    return next(iter(followed or (ends if _is_common(text, at, given) else [])), None)


def _reads_as_name(text: str, at: int, given: int, *, end: int, sure: bool) -> bool:
    known = sum(character in _GIVEN for character in text[given:end])
    if _bounded(text, end):
        if sure:
            return text[at:end] not in _WORDS
        return not _begins_word(text, at) and (known == end - given or _is_common(text, at, given))
    # 朱红 is a word, 朱红倩 with a verb after it is not.
    longer = end - at == 3 and text[at] in _COMMON_SURNAMES
    word = text[at:end] in _WORDS if longer else _begins_word(text, at)
    return not word and known == end - given and _ENDS.match(text, end) is not None


def _begins_word(text: str, at: int) -> bool:
    return text[at : at + 2] in _WORDS or text[at : at + 3] in _WORDS


def _is_common(text: str, at: int, given: int) -> bool:
    return given - at == 2 or text[at] in _COMMON_SURNAMES


def _can_be_given(text: str, given: int, end: int) -> bool:
    run = text[given:end]
    return len(run) == end - given and _RUN.fullmatch(run) is not None and not _NEVER_GIVEN.intersection(run)


def _bounded(text: str, end: int) -> bool:
    return end >= len(text) or _RUN.match(text, end) is None


def _settled(text: str, last: int, end: int) -> int:
    """Where the last part of a dotted name ends, if words follow it without a mark."""
    if _bounded(text, end) and end - last <= 6:
        return end
    return next((stop for stop in range(last + 2, min(end, last + 6)) if _ENDS.match(text, stop)), min(end, last + 4))
