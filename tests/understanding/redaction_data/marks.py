"""Plates, e-mail addresses, WeChat ids and house numbers: made up in the ways people write them."""

from random import Random

from tests.understanding.redaction_data.numbers import mobile, widened
from tests.understanding.redaction_data.pieces import Piece

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMERALS = "一二三四五六七八九"
_HANDLES = (
    "xiaoyu", "qinghai", "laowang", "happy", "summer", "snowlotus", "gaoyuan", "yakboy", "lihua", "mawei", "zhuoma",
    "sunny", "tianlan", "chenxi", "zhangjg", "hehuang", "beishan", "moon", "fengche", "qilian", "duojie", "amei",
    "cherry", "doudou", "yutian", "kunlun", "xuelian", "momo", "wangzai", "dreamer",
)  # fmt: skip
_HOSTS = (
    "qq.com", "qq.com", "163.com", "163.com", "126.com", "sina.com", "sina.cn", "139.com", "189.cn", "foxmail.com",
    "outlook.com", "gmail.com", "sohu.com", "hotmail.com", "stu.qhxue.edu.cn", "mail.gaoyuankeji.com.cn",
)  # fmt: skip


def plate(rng: Random) -> Piece:
    """车牌: ordinary, new-energy, learner's and trailer plates, of the province or another, in any letter case."""
    office = (
        "青" + rng.choice("AAAAABCDEFGH")
        if rng.random() < 0.7
        else rng.choice("京沪津渝甘陕川豫鲁苏浙宁藏新蒙冀晋皖粤湘鄂") + rng.choice(_LETTERS[:14])
    )
    text = _written(office, _serial(rng), rng)
    roll = rng.random()
    if roll < 0.12:
        text = text.lower()
    return Piece(widened(text) if roll > 0.96 else text, kind="plate")


def _serial(rng: Random) -> str:
    roll = rng.random()
    if roll < 0.2:
        return (
            rng.choice("DF")
            + (rng.choice(_LETTERS) if rng.random() < 0.3 else str(rng.randint(0, 9)))
            + f"{rng.randint(0, 9999):04}"
        )
    if roll < 0.26:
        return f"{rng.randint(0, 9999):04}" + rng.choice("学挂")
    serial = list(f"{rng.randint(0, 99999):05}")
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        serial[rng.randrange(5)] = rng.choice(_LETTERS)
    return "".join(serial)


def _written(office: str, serial: str, rng: Random) -> str:
    return office + rng.choice(("", "", "", "", "·", "·", "•", " ", "-")) + serial


def email(rng: Random) -> Piece:
    """邮箱 of a person, with the ordinary or the full-width at sign."""
    local = rng.choice((_handle, _handle, _qq, mobile))(rng)
    at = "＠" if rng.random() < 0.05 else "@"
    host = rng.choice(_HOSTS)
    text = f"{local}{at}{host}"
    return Piece(text.upper() if rng.random() < 0.05 else text, kind="email")


def _qq(rng: Random) -> str:
    return str(rng.randint(10_000_000, 2_999_999_999))


def _handle(rng: Random) -> str:
    return rng.choice(_HANDLES) + rng.choice(("", "_", ".", "-")) + str(rng.randint(10, 99999))


def handle(rng: Random) -> str:
    """A word such as people choose for a WeChat id: a letter first, six to twenty characters."""
    first, second = rng.sample(_HANDLES, 2)
    forms = (
        f"{first}{rng.randint(100, 99999)}", f"{first}_{rng.randint(10, 9999)}", f"{first}-{second}",
        f"{first}{second}", f"wxid_{first[:4]}{rng.randint(1000, 9999)}{second[:3]}{rng.randint(10, 99)}",
        f"{first.title()}{rng.randint(1970, 2005)}", f"{first[:1]}{rng.randint(100000, 99999999)}",
    )  # fmt: skip
    return rng.choice([form for form in forms if len(form) >= 6])[:20]


def wechat(rng: Random) -> Piece:
    """微信号; now and then it is a mobile number, and the word before it decides the kind."""
    return Piece(mobile(rng) if rng.random() < 0.08 else handle(rng), kind="wechat")


def house(rng: Random) -> Piece:
    """门牌: building, unit and room, at least two of the three."""
    forms = (
        _whole,
        _whole,
        _whole,
        _dashes,
        _block_room,
        _yard,
        _tower,
        _unit_room,
        _side,
        _in_numerals,
        _building_unit,
    )
    text = rng.choice(forms)(rng)
    return Piece(widened(text) if rng.random() < 0.05 else text, kind="house_number")


def two_part_house(rng: Random) -> Piece:
    """门牌 as 12-502, only where the sentence says that somebody lives there."""
    return Piece(f"{rng.randint(1, 40)}-{_room(rng)}", kind="house_number")


def village_house(rng: Random) -> Piece:
    """A village house: 三社26号."""
    group = rng.choice((rng.choice(_NUMERALS), str(rng.randint(1, 12))))
    return Piece(f"{group}{rng.choice('社社组队')}{rng.randint(1, 180)}号", kind="house_number")


def room(rng: Random) -> Piece:
    """A room alone, only after a word such as 住 or 楼上."""
    return Piece(_room(rng) + rng.choice("室室户"), kind="house_number")


def _room(rng: Random) -> str:
    return f"{rng.randint(1, 33)}0{rng.randint(1, 6)}"


def _whole(rng: Random) -> str:
    block = rng.choice(("号楼", "号楼", "栋", "幢", "#楼", "号"))
    end = rng.choice(("室", "室", "", "号", "户"))
    gap = " " if rng.random() < 0.12 else ""
    # 5号2单元: the yard's or building's number without 楼 is common in speech.
    return f"{rng.randint(1, 40)}{block}{gap}{rng.randint(1, 6)}单元{gap}{_room(rng)}{end}"


def _dashes(rng: Random) -> str:
    mark = rng.choice(("-", "-", "-", "－", "—"))
    return mark.join((str(rng.randint(1, 40)), str(rng.randint(1, 6)), _room(rng))) + rng.choice(("", "", "室"))


def _block_room(rng: Random) -> str:
    return f"{rng.randint(1, 40)}{rng.choice(('栋', '号楼', '幢', '#'))}{_room(rng)}{rng.choice(('', '', '室', '号'))}"


def _yard(rng: Random) -> str:
    building = f"{rng.randint(1, 9)}号楼" if rng.random() < 0.4 else ""
    end = f"{_room(rng)}室" if rng.random() < 0.6 else ""
    return f"{rng.randint(1, 99)}号院{building}{rng.randint(1, 6)}单元{end}"


def _tower(rng: Random) -> str:
    return f"{rng.choice('ABCD')}座{_room(rng)}{rng.choice(('室', '', '号'))}"


def _unit_room(rng: Random) -> str:
    return f"{rng.randint(1, 6)}单元{_room(rng)}{rng.choice(('室', '室', ''))}"


def _side(rng: Random) -> str:
    floor = rng.choice((str(rng.randint(1, 18)), rng.choice(_NUMERALS)))
    return f"{rng.randint(1, 40)}号楼{rng.randint(1, 6)}单元{floor}楼{rng.choice('东西中')}户"


def _in_numerals(rng: Random) -> str:
    floor, door = rng.choice(_NUMERALS), rng.choice(_NUMERALS[:4])
    end = rng.choice(("室", ""))
    building, unit, zero = rng.choice(_NUMERALS), rng.choice(_NUMERALS[:6]), rng.choice("零〇")
    return f"{building}号楼{unit}单元{floor}{zero}{door}{end}"


def _building_unit(rng: Random) -> str:
    unit = rng.choice((str(rng.randint(1, 6)), rng.choice(_NUMERALS[:6])))
    return f"{rng.randint(1, 40)}{rng.choice(('号楼', '栋', '幢'))}{unit}单元"
