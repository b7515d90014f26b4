"""Hard negatives: what looks like personal data and is none. Every [sort|text] and every field here is a trap."""

from random import Random

from tests.understanding.redaction_data.marks import handle
from tests.understanding.redaction_data.numbers import digits, id_shaped_order, no_card
from tests.understanding.redaction_data.pieces import Field, Piece


def _firm_line(rng: Random) -> Piece:
    start, rest = rng.choice(("400", "400", "800")), digits(rng, 7)
    forms = (f"{start}-{rest[:3]}-{rest[3:]}", f"{start}{rest}", f"{start}-{rest}", f"{start} {rest[:3]} {rest[3:]}")
    return Piece(rng.choice((*forms, f"{start}-{rest[:4]}-{rest[4:]}")), decoy="firm_line")


def _order(rng: Random) -> Piece:
    number = rng.choice((id_shaped_order(rng), no_card(rng, rng.choice((12, 15, 16, 17, 18, 19, 20, 22)))))
    return Piece(number, decoy="order")


def _grouped_order(rng: Random) -> Piece:
    number = no_card(rng, 16)
    return Piece(rng.choice(" -").join(number[at : at + 4] for at in range(0, 16, 4)), decoy="order")


def _meter(rng: Random) -> Piece:
    return Piece(no_card(rng, rng.choice((7, 8, 9, 10, 10, 12, 13))), decoy="meter")


def _parcel(rng: Random) -> Piece:
    return Piece(rng.choice(("SF", "YT", "JD", "JT", "")) + no_card(rng, 13), decoy="parcel")


def _case_number(rng: Random) -> Piece:
    return Piece(f"2{rng.randint(3, 5)}{rng.randint(0, 99999):07}{rng.randint(0, 9)}", decoy="case_number")


def _credit_code(rng: Random) -> Piece:
    return Piece(f"9163010{rng.randint(0, 9)}MA7{digits(rng, 6)}{rng.choice('0TXWQJ')}", decoy="credit_code")


def _verdict(rng: Random) -> Piece:
    return Piece(f"（2023）青010{rng.randint(2, 6)}民初{rng.randint(10, 9999)}号", decoy="verdict")


def _sms_sender(rng: Random) -> Piece:
    number = no_card(rng, rng.choice((12, 14, 16)), start=rng.choice(("1069", "1065")))
    return Piece(number, decoy="sms_sender")


def _model(rng: Random) -> Piece:
    return Piece(
        rng.choice((f"DS-{digits(rng, 4)}CD{digits(rng, 2)}", f"BCD-{digits(rng, 3)}WDPC", f"HX{digits(rng, 5)}B")),
        decoy="model",
    )


def _word(rng: Random) -> Piece:
    # wxid_… announces itself: it would be a WeChat id wherever it stands.
    word = next(word for word in iter(lambda: handle(rng), "") if not word.startswith("wxid"))
    return Piece(word, decoy="plain_word")


def _amount(rng: Random) -> Piece:
    number = rng.choice(
        (f"{digits(rng, 5)}.{digits(rng, 2)}元", f"{rng.randint(1, 99)},{digits(rng, 3)}元", f"{digits(rng, 6)}元")
    )
    return Piece(number, decoy="amount")


def _date(rng: Random) -> Piece:
    year, month, day = rng.randint(2019, 2024), rng.randint(1, 12), rng.randint(1, 28)
    forms = (
        f"{year}年{month}月{day}日",
        f"{year}-{month}-{day}",
        f"{year}-{month:02}-{day:02}",
        f"{year}.{month}.{day}",
        f"{year}/{month}/{day}",
    )
    return Piece(rng.choice((*forms, f"{year}{month:02}{day:02}")), decoy="date")


def _clock(rng: Random) -> Piece:
    hour, minute = rng.randint(6, 22), rng.randint(10, 59)
    return Piece(
        rng.choice(
            (f"{hour}:{minute}", f"{hour}：{minute}", f"{hour}点{minute}分", f"{hour}:{minute}-{hour + 1}:{minute}")
        ),
        decoy="clock",
    )


def _street_number(rng: Random) -> Piece:
    road = rng.choice(
        ("五四大街", "黄河路", "昆仑中路", "七一路", "祁连路", "西关大街", "海湖大道", "长江路", "滨河南路", "互助中路")
    )
    return Piece(f"{road}{rng.randint(1, 260)}{rng.choice(('号', '号', '-2号', '号附3号'))}", decoy="street_number")


def _bus(rng: Random) -> Piece:
    return Piece(f"{rng.randint(1, 109)}路", decoy="bus")


def _floors(rng: Random) -> Piece:
    return Piece(
        rng.choice((f"{rng.randint(6, 34)}层", f"地下{rng.randint(1, 3)}层", f"{rng.randint(2, 33)}楼")), decoy="floors"
    )


def _school_class(rng: Random) -> Piece:
    grade = rng.choice("一二三四五六七八九")
    return Piece(
        f"{grade}年级{rng.choice((str(rng.randint(1, 12)), rng.choice('一二三四五六')))}班", decoy="school_class"
    )


def _one_building(rng: Random) -> Piece:
    return Piece(f"{rng.randint(1, 30)}{rng.choice(('号楼', '栋', '单元', '#楼', '号院', '幢'))}", decoy="one_level")


def _buildings(rng: Random) -> Piece:
    first = rng.randint(1, 20)
    forms = (
        f"{first}号楼、{first + 1}号楼",
        f"{first}号楼到{first + 4}号楼",
        f"{first}-{first + 3}号楼",
        f"{first}栋和{first + 1}栋",
    )
    return Piece(rng.choice(forms), decoy="one_level")


def _public_room(rng: Random) -> Piece:
    number = f"{rng.randint(1, 9)}0{rng.randint(1, 9)}"
    forms = (
        f"{number}办公室",
        f"{number}会议室",
        f"{number}诊室",
        f"{number}教室",
        f"{number}病房",
        f"{number}包厢",
        f"{rng.randint(1, 30)}号窗口",
    )
    return Piece(rng.choice(forms), decoy="public_room")


def _article(rng: Random) -> Piece:
    numerals = ("三", "十二", "二十六", "四十一", "五十七", "八")
    forms = ("第{}条", "第{}条第二款", "第{}章")
    return Piece(rng.choice(forms).format(rng.choice(numerals)), decoy="article")


def _share(rng: Random) -> Piece:
    return Piece(
        rng.choice(
            (f"{rng.randint(1, 99)}%", f"{rng.randint(1, 99)}.{rng.randint(1, 9)}％", f"百分之{rng.randint(1, 99)}")
        ),
        decoy="share",
    )


FIELDS: dict[str, Field] = {
    "firm_line": _firm_line, "order": _order, "grouped_order": _grouped_order, "meter": _meter, "parcel": _parcel,
    "case_number": _case_number, "credit_code": _credit_code, "verdict": _verdict, "sms_sender": _sms_sender,
    "model": _model, "word": _word, "amount": _amount, "date": _date, "clock": _clock, "street_number": _street_number,
    "bus": _bus, "floors": _floors, "school_class": _school_class, "one_building": _one_building,
    "buildings": _buildings, "public_room": _public_room, "article": _article, "share": _share,
}  # fmt: skip
