"""Telephone numbers, identity cards and bank cards: made up, with the right check digits."""

from datetime import date, timedelta
from random import Random

from tests.understanding.redaction_data.pieces import Piece

REGIONS = (
    "630102", "630103", "630104", "630105", "630106", "630121", "630123", "630202", "630203", "630222", "630223",
    "632221", "632321", "632521", "632802", "620102", "620502", "610112", "411302", "512921", "320381", "130630",
)  # fmt: skip
# Bank identification number and length of the whole card.
CARDS = (
    ("622848", 19), ("621700", 19), ("622202", 19), ("621799", 19), ("621661", 19), ("623058", 19), ("622588", 16),
    ("625955", 16), ("622700", 16), ("436742", 16), ("622150", 18), ("621098", 17), ("628286", 16), ("621226", 19),
)  # fmt: skip
MOBILE = (
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "145", "147", "150", "151", "152", "153", "155",
    "156", "157", "158", "159", "166", "170", "173", "175", "176", "177", "178", "180", "181", "182", "183", "184",
    "185", "186", "187", "188", "189", "191", "193", "195", "197", "198", "199",
)  # fmt: skip
AREAS = (
    ("0971", 7), ("0971", 7), ("0971", 7), ("0972", 7), ("0970", 7), ("0974", 7), ("0979", 7), ("0931", 7), ("029", 8),
    ("028", 8), ("010", 8),
)  # fmt: skip
# The full-width forms of ASCII lie at a fixed distance.
_WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def digits(rng: Random, count: int) -> str:
    """So many digits, the first not zero."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def widened(text: str) -> str:
    """The same in full-width characters."""
    return text.translate(_WIDE)


def luhn_holds(number: str) -> bool:
    """Whether the digits satisfy the Luhn check (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def id_check(first_17: str) -> str:
    """The eighteenth character of an identity card (GB 11643)."""
    return "10X98765432"[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first_17)) % 11]


def id_holds(number: str) -> bool:
    """Whether eighteen characters are an identity card with a real date and the right check character."""
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[17].upper() == id_check(number[:17])


def mobile(rng: Random) -> str:
    """Eleven digits of a mobile number."""
    return rng.choice(MOBILE) + "".join(str(rng.randint(0, 9)) for _ in range(8))


def phone(rng: Random) -> Piece:
    """A mobile or fixed number in one of the ways people write it."""
    forms = (_plain, _grouped, _abroad, _wide, _fixed)
    form = rng.choices(forms, weights=(48, 20, 9, 5, 18))[0]
    return Piece(form(rng), kind="phone")


def local_phone(rng: Random) -> Piece:
    """A fixed number of the own city, without its area code; the template says that it is one."""
    number = str(rng.randint(4, 8)) + digits(rng, 6)
    return Piece(number if rng.random() < 0.7 else f"{number[:3]}-{number[3:]}", kind="phone")


def _plain(rng: Random) -> str:
    return mobile(rng)


def _grouped(rng: Random) -> str:
    number = mobile(rng)
    mark = rng.choice((" ", " ", "-", "-", "－", "–", ".", "  "))
    first, second = rng.choice(((3, 7), (3, 7), (3, 7), (3, 6), (4, 7)))
    return mark.join((number[:first], number[first:second], number[second:]))


def _abroad(rng: Random) -> str:
    number = mobile(rng) if rng.random() < 0.7 else _grouped(rng)
    return rng.choice(("+86", "+86 ", "+86-", "86-", "0086", "(+86)", "＋86")) + number


def _wide(rng: Random) -> str:
    return widened(rng.choice((mobile, _grouped, _fixed))(rng))


def _fixed(rng: Random) -> str:
    area, length = rng.choice(AREAS)
    number = str(rng.randint(4, 8)) + digits(rng, length - 1)
    forms = ("{}-{}", "{}-{}", "({}){}", "（{}）{}", "{}{}", "{} {}", "{}－{}", "{}—{}")
    return rng.choice(forms).format(area, number)


def id_card(rng: Random) -> Piece:
    """An identity card beside its cue: eighteen characters, one in twelve of them noted down wrong."""
    number = _id_18(rng)
    if rng.random() < 0.08:
        number = number[:17] + rng.choice([mark for mark in "0123456789X" if mark != number[17]])
    return Piece(_id_written(number, rng), kind="id_card")


def bare_id_card(rng: Random) -> Piece:
    """An identity card that no word announces: always a right one."""
    return Piece(_id_18(rng), kind="id_card")


def old_id_card(rng: Random) -> Piece:
    """An identity card of the first generation, fifteen digits; only beside its cue."""
    number = rng.choice(REGIONS) + f"{_birthday(rng):%y%m%d}" + f"{rng.randint(1, 999):03}"
    return Piece(number, kind="id_card")


def id_shaped_order(rng: Random) -> str:
    """Eighteen digits that look like an identity card but have a wrong date or a wrong check digit."""
    while True:
        number = _id_18(rng)
        if rng.random() < 0.5:
            number = number[:10] + str(rng.randint(13, 99)) + number[12:17] + str(rng.randint(0, 9))
        else:
            number = number[:17] + str(rng.randint(0, 9))
        if not id_holds(number) and not luhn_holds(number):
            return number


def _birthday(rng: Random) -> date:
    return date(1945, 1, 1) + timedelta(days=rng.randrange(21_900))


def _id_18(rng: Random) -> str:
    wants_x = rng.random() < 0.15
    while True:
        first = rng.choice(REGIONS) + f"{_birthday(rng):%Y%m%d}" + f"{rng.randint(1, 999):03}"
        check = id_check(first)
        if check == "X" or not wants_x:
            return first + (check.lower() if rng.random() < 0.4 else check)


def _id_written(number: str, rng: Random) -> str:
    roll = rng.random()
    if roll < 0.15:
        return rng.choice((" ", "-")).join((number[:6], number[6:14], number[14:]))
    return widened(number) if roll < 0.2 else number


def bank_card(rng: Random) -> Piece:
    """A bank card of sixteen to nineteen digits that satisfies the Luhn check, grouped in fours or not."""
    start, length = rng.choice(CARDS)
    body = start + "".join(str(rng.randint(0, 9)) for _ in range(length - len(start) - 1))
    number = next(body + str(last) for last in range(10) if luhn_holds(body + str(last)))
    roll = rng.random()
    if roll < 0.4:
        mark = rng.choice((" ", " ", "-"))
        number = mark.join(number[at : at + 4] for at in range(0, length, 4))
    return Piece(widened(number) if roll > 0.95 else number, kind="bank_card")


def no_card(rng: Random, length: int, start: str = "") -> str:
    """So many digits that are neither a bank card nor an identity card nor a mobile number."""
    while True:
        number = start + digits(rng, length - len(start))
        if not luhn_holds(number) and not id_holds(number) and not (length == 11 and number[0] == "1"):
            return number
