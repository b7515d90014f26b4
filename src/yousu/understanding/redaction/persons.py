"""姓名的形: where a name that begins here ends, and whether what stands here is a whole name."""

import re

from yousu.understanding.redaction.lexicon import characters, either, words

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
SURNAMES = characters("surnames")
COMPOUND_SURNAMES = words("compound_surnames")
_GIVEN = characters("given_names")
_WORDS = words("words")
# No given name is written with these: they are what comes after a name.
_NEVER_GIVEN = frozenset(
    "的了在是与及被把给对向从到将让使等也都还就要不没说称因为此这那其他她它我你您们个每某该哪什么吗呢吧啊很太更最只各之"
    "以所而且但若由已曾再又即便号卡元收打住找问去请拿用叫做"
)
_ANY_SURNAME = f"(?:{either(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])"
_PEOPLES = re.compile(rf"(?:[{''.join(sorted(SURNAMES))}]?{either(words('peoples_names'))}){{1,3}}[吉加措毛本杰卓太索先姆嘎]?")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,3}}")
_SPACED = re.compile(rf"{_ANY_SURNAME} {{1,2}}[{HAN}](?![{HAN}])")
_RUN = re.compile(rf"[{HAN}]+")
_ENDS = re.compile(rf"[^{HAN}]|\Z|{either(words('after_names') | words('titles'))}")
_NO_NAME = re.compile(
    r"[不无未保匿同]|.*(?:电话|手机|号|公司|单位|小区|业主|居民|市民|村民|群众|先生|女士|[局部委办所院校店厂区镇村街路司会处站班科])"
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
    peoples = _PEOPLES.match(text, at)
    if peoples and peoples.end() - at > 2 and _ENDS.match(text, peoples.end()):
        return peoples.end()
    if peoples and peoples.end() - at == 2 and _ENDS.match(text, at + 2) and (sure or text[at] not in SURNAMES):
        return at + 2
    size = surname_at(text, at)
    return _end_of_given(text, at, at + size, sure=sure) if size else None


def surname_at(text: str, at: int) -> int:
    """How many characters the surname has that begins here; 0 if none does."""
    if text[at : at + 2] in COMPOUND_SURNAMES:
        return 2
    return int(text[at : at + 1] in SURNAMES)


def is_whole_name(name: str) -> bool:
    """Whether all of it reads as surname and given name."""
    size = surname_at(name, 0)
    given = name[size:]
    if not size or not 1 <= len(given) <= 2 or name[:2] in _WORDS or name[:3] in _WORDS:
        return False
    return all(character in _GIVEN for character in given)


def is_peoples_name(name: str) -> bool:
    """Whether it is a Tibetan, Mongolian, Hui or Uyghur name without a dot."""
    return bool(_PEOPLES.fullmatch(name))


def _end_of_given(text: str, at: int, given: int, *, sure: bool) -> int | None:
    word = text[at : at + 2] in _WORDS or text[at : at + 3] in _WORDS
    ends = [end for end in (given + 2, given + 1) if _can_be_given(text, given, end)]
    for end in ends:
        known = all(character in _GIVEN for character in text[given:end])
        bounded = _bounded(text, end)
        if bounded and (sure or (known and not word) or (not word and _known_half(text, given, end))):
            return end
        if not word and known and _ENDS.match(text, end):
            return end
    if not sure or word:
        return None
    for end in ends:
        if _ENDS.match(text, end):
            return end
    return next(iter(ends), None)


def _known_half(text: str, given: int, end: int) -> bool:
    return end - given == 2 and any(character in _GIVEN for character in text[given:end])


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
