"""Puts sentences together as notes, letters, messages and forms, in the punctuation people really use."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.understanding.redaction_data import decoys, marks, names, numbers, topics
from tests.understanding.redaction_data.decoy_lines import NAME_LINES, NUMBER_LINES, PLACE_LINES
from tests.understanding.redaction_data.personal_lines import FORMS, LINES, NAMELESS_FORMS, WEIGHTS
from tests.understanding.redaction_data.pieces import Field, Piece, Sample, fill, joined

Sentence = list[Piece]

_PERSONAL: dict[str, Field] = {
    "phone": numbers.phone, "local_phone": numbers.local_phone, "id_card": numbers.id_card,
    "old_id_card": numbers.old_id_card, "bare_id_card": numbers.bare_id_card, "bank_card": numbers.bank_card,
    "plate": marks.plate, "email": marks.email, "wechat": marks.wechat, "house": marks.house,
    "two_part_house": marks.two_part_house, "room": marks.room, "village_house": marks.village_house,
    "name": names.name, "spaced_name": names.spaced_name, "surname": names.bare_surname, "title": names.title,
}  # fmt: skip
_OPENINGS = (
    "您好", "你好，我想反映一个问题", "领导好", "尊敬的领导：\n您好", "市民来电反映", "来电人称", "我要投诉",
    "咨询一下", "你们管不管", "求助", "群众通过微信反映", "反映一个事情", "各位领导辛苦了", "再次反映",
    "有个情况想说一下", "",
)  # fmt: skip
_REQUESTS = (
    "请相关部门核实处理", "望尽快解决", "希望给个答复", "诉求：请尽快处理并回复", "请求帮助", "恳请领导重视",
    "麻烦催一下", "谢谢", "盼复", "要求责任单位上门查看", "请问应该找哪个部门", "来电咨询，请予以回复", "希望依法查处",
    "不解决我还会继续反映",
)  # fmt: skip
_SIGNED = (
    "\n此致\n敬礼\n{my_name}\n{date}",
    "\n此致 敬礼\n投诉人：{my_name}",
    "\n申请人：{my_name}\n{my_phone}",
    "\n署名：{my_name}",
)
_EMOJI = ("😡", "🙏", "😭", "😂", "👍", "❄️", "🚗", "💔", "‼️", "🤬", "[流泪]", "[抱拳]")
_HALF: Mapping[int, str | int] = str.maketrans("，。：；！？（）", ",.:;!?()")
_BLANKS: Mapping[int, str | int] = str.maketrans("，。；！", "    ")


def compose(rng: Random) -> Sample:
    """One text: a third of them name nobody, two thirds carry one to four sentences of personal data."""
    personal = rng.random() >= 1 / 3
    fields = _fields_of_one_text(rng)
    shape = rng.choices((_note, _letter, _message, _form), weights=(40, 22, 22, 16))[0]
    sentences = shape(rng, fields, personal)
    return joined(_textured(sentences, rng))


def _fields_of_one_text(rng: Random) -> dict[str, Field]:
    topic = rng.choice(list(topics.BODIES))
    own: dict[str, Piece] = {
        "my_name": names.name(rng), "my_phone": numbers.phone(rng), "my_house": marks.house(rng),
        "my_estate": topics.FIELDS["estate"](rng), "topic": Piece(topic),
    }  # fmt: skip
    return {**_PERSONAL, **decoys.FIELDS, **topics.FIELDS, **{key: _always(piece) for key, piece in own.items()}}


def _always(piece: Piece) -> Field:
    return lambda rng: piece


def _note(rng: Random, fields: dict[str, Field], personal: bool) -> list[Sentence]:
    sentences = [*_core(rng, fields, bodies=rng.randint(1, 2), personal=rng.randint(1, 2) if personal else 0)]
    if rng.random() < 0.6:
        sentences.insert(0, fill(rng.choice(_OPENINGS), fields, rng))
    if rng.random() < 0.7:
        sentences.append(fill(rng.choice(_REQUESTS), fields, rng))
    return sentences


def _letter(rng: Random, fields: dict[str, Field], personal: bool) -> list[Sentence]:
    core = _core(rng, fields, bodies=rng.randint(4, 8), personal=rng.randint(1, 4) if personal else 0)
    sentences = [fill(rng.choice(_OPENINGS), fields, rng), *core, fill(rng.choice(_REQUESTS), fields, rng)]
    if personal and rng.random() < 0.5:
        sentences.append(fill(rng.choice(_SIGNED), fields, rng))
    return sentences


def _message(rng: Random, fields: dict[str, Field], personal: bool) -> list[Sentence]:
    sentences = _core(rng, fields, bodies=rng.randint(0, 2), personal=rng.randint(1, 2) if personal else 0)
    for _ in range(rng.randint(1, 3)):
        sentence, emoji = rng.choice(sentences), Piece(rng.choice(_EMOJI) * rng.randint(1, 3))
        sentence.insert(rng.choice((0, len(sentence), len(sentence))), emoji)
    return sentences


def _form(rng: Random, fields: dict[str, Field], personal: bool) -> list[Sentence]:
    head = fill(rng.choice(FORMS if personal else NAMELESS_FORMS), fields, rng)
    core = _core(rng, fields, bodies=rng.randint(1, 3), personal=rng.randint(0, 1) if personal else 0)
    return [head + core[0], *core[1:]]


def _core(rng: Random, fields: dict[str, Field], *, bodies: int, personal: int) -> list[Sentence]:
    templates = rng.sample(topics.BODIES[fields["topic"](rng).text], bodies)
    sorts = rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values()), k=personal)
    templates += [rng.choice(LINES[sort]) for sort in sorts]
    # Texts without personal data are there to mislead; most of them do.
    if rng.random() < (0.55 if personal else 0.85) or not templates:
        pools: list[tuple[str, ...]] = [NUMBER_LINES, PLACE_LINES, NAME_LINES]
        templates += [rng.choice(rng.choice(pools)) for _ in range(rng.randint(1, 3))]
    rng.shuffle(templates)
    return [fill(template, fields, rng) for template in templates]


def _textured(sentences: list[Sentence], rng: Random) -> list[Piece]:
    style = rng.choices((_full, _half, _blank, _careless), weights=(50, 16, 18, 16))[0]
    written = style(sentences, rng)
    while written and not written[-1].text.strip():
        written.pop()
    return written


def _translated(sentence: Sentence, table: Mapping[int, str | int]) -> Sentence:
    return [
        piece if piece.kind or piece.decoy else replace(piece, text=piece.text.translate(table)) for piece in sentence
    ]


def _ended(sentences: list[Sentence], end: Callable[[], str]) -> list[Piece]:
    pieces: list[Piece] = []
    for sentence in sentences:
        if sentence:
            pieces += [*sentence, Piece(end())]
    return pieces


def _full(sentences: list[Sentence], rng: Random) -> list[Piece]:
    return _ended(sentences, lambda: rng.choice(("。", "。", "。", "，", "，", "！", "；", "。\n")))


def _half(sentences: list[Sentence], rng: Random) -> list[Piece]:
    # A blank after the half-width stop: otherwise two figures would grow into a decimal.
    halved = [_translated(sentence, _HALF) for sentence in sentences]
    return _ended(halved, lambda: rng.choice((". ", ", ", ",", "! ", ";", ".\n")))


def _blank(sentences: list[Sentence], rng: Random) -> list[Piece]:
    blanked = [_translated(sentence, _BLANKS) for sentence in sentences]
    return _ended(blanked, lambda: rng.choice((" ", " ", "  ", "\n")))


def _careless(sentences: list[Sentence], rng: Random) -> list[Piece]:
    mixed = [_translated(sentence, _HALF) if rng.random() < 0.5 else sentence for sentence in sentences]
    return _ended(mixed, lambda: rng.choice(("。", ",", "，", "...", "……", "！！！", "\n", " ", "、", "~")))
