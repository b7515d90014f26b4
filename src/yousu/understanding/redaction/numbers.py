"""证件与卡号: identity cards (ISO 7064 MOD 11-2), bank cards (Luhn) and number plates in a narrowed text."""

import re
from collections.abc import Iterator
from datetime import date

from yousu.understanding.redaction.spans import Found

_ID_CARD = re.compile(r"(?<![0-9])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{6}[ -]?[0-9]{3}[0-9Xx](?![0-9])")
_ID_CUE = re.compile(
    r"(?:身份证|身分证|公民身份|证件)(?:号码?|证号)*(?:[(][0-9]{2}位[)])?[^\u4e00-\u9fff0-9]{0,4}[是为:]?[^\u4e00-\u9fff0-9]{0,4}"
    r"([1-9][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx]|[1-9][0-9]{14})(?![0-9])"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_BANK_CARD = re.compile(r"(?<![0-9])[3-9][0-9]{3}(?:[0-9]{12,15}|(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?)(?![0-9])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-Za-z][·. -]?"
    r"(?=[A-Za-z]{0,5}[0-9])(?:[A-Za-z0-9]{5,6}[学挂警]?|[A-Za-z0-9]{4}[学挂警港澳])(?![A-Za-z0-9])"
)


def id_cards(text: str) -> Iterator[Found]:
    """证件号: numbers whose check character holds; after a cue also those with a slip, and the old fifteen digits."""
    for match in _ID_CARD.finditer(text):
        if id_holds(match[0].replace(" ", "").replace("-", "")):
            yield Found("id_card", *match.span())
    for match in _ID_CUE.finditer(text):
        yield Found("id_card", *match.span(1))


def id_holds(number: str) -> bool:
    """校验码: eighteen characters with a date of birth and the check character of ISO 7064 MOD 11-2."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number[:17], strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def bank_cards(text: str) -> Iterator[Found]:
    """银行卡: 16 to 19 digits whose check digit holds."""
    for match in _BANK_CARD.finditer(text):
        if luhn_holds(match[0].replace(" ", "").replace("-", "")):
            yield Found("bank_card", *match.span())


def luhn_holds(number: str) -> bool:
    """校验位: the check digit of ISO/IEC 7812-1."""
    doubled = [2 * int(digit) for digit in number[-2::-2]]
    return (sum(map(int, number[-1::-2])) + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def plates(text: str) -> Iterator[Found]:
    """车牌: province, letter and the five or six characters after them, of which one at least is a digit."""
    for match in _PLATE.finditer(text):
        yield Found("plate", *match.span())
