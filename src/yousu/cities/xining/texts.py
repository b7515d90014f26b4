"""诉求文本: the sample's invented appeals, their answers and their appellants; pure, from a seed."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from yousu.cities.xining.people import Person, person
from yousu.cities.xining.phrases import Slots, Speech, phrases, speeches
from yousu.cities.xining.places import Place

__all__ = ["Person", "Place", "Words", "kinds", "person", "write"]

_DISTRICTS = {
    "chengdong": "城东区",
    "chengzhong": "城中区",
    "chengxi": "城西区",
    "chengbei": "城北区",
    "huangzhong": "湟中区",
    "datong": "大通县",
    "huangyuan": "湟源县",
}
# Call-takers write of the caller in the third person; who writes a letter says "I".
_FIRST_PERSON = (
    ("来电人等", "我和"),
    ("来电人建议", "我建议"),
    ("来电人来电致谢", "我要致谢"),
    ("来电人称", ""),
    ("来电人", "我"),
    ("租户来电，", "租户反映，"),
    ("居民来电，", "居民反映，"),
    ("来电", "反映"),
)
_TO_THE_WRITER = (
    ("已告知来电人：", ""),
    ("已告知来电人", "现告知您"),
    ("并告知来电人", "特此告知"),
    ("来电人", "您"),
)


_HEADS = re.compile("^(来电人)?(反映|举报|称)?")


@dataclass(frozen=True)
class Words:
    """诉求的话: what the appellant said, the desk's direct answer and the unit's result."""

    title: str
    text: str
    reply: str
    result: str
    appeal_type: str


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """One appeal while it is written."""

    rng: random.Random
    slots: Slots
    speech: Speech
    facts: Sequence[str]
    appeal_type: str
    channel: str
    # The category's own question and the answer that belongs to it; both empty for other types.
    asked: str
    answered: str

    def one(self, templates: Sequence[str]) -> str:
        return self.slots.fill(self.rng.choice(templates))

    def sometimes(self, templates: Sequence[str], *, chance: float) -> str:
        return self.one(templates) if self.rng.random() < chance else ""


def kinds(category: str) -> tuple[str, ...]:
    """适合的地点类型: the kinds of place where matters of the category happen; repeats weigh."""
    return _speech(category).kinds


def write(
    rng: random.Random,
    category: str,
    place: Place | None,
    *,
    channel: str,
    appeal_type: str = "",
    appellant: Person | None = None,
) -> Words:
    """写诉求: an invented appeal of the category (at least two levels), as its channel would deliver it.

    An empty appeal_type is drawn from the types usual for the category. Some texts name the
    appellant, with telephone or door number. Raises KeyError for a category without words.
    """
    speech, leaf, facts = _leaf(rng, category)
    slots = _slots(rng, place, leaf=leaf, second=category.split("/")[1], who=appellant or person(rng))
    chosen = appeal_type or rng.choice(speech.types)
    asked, answered = _question(rng, speech) if chosen == "consultation" else ("", "")
    draft = _Draft(
        rng=rng,
        slots=slots,
        speech=speech,
        facts=facts,
        appeal_type=chosen,
        channel=channel,
        asked=slots.fill(asked),
        answered=slots.fill(answered),
    )
    return Words(_title(draft), _text(draft), _reply(draft), _result(draft), draft.appeal_type)


def _speech(category: str) -> Speech:
    top, second = category.split("/")[:2]
    return speeches()[top][second]


def _leaf(rng: random.Random, category: str) -> tuple[Speech, str, tuple[str, ...]]:
    """The category's words and one of its leaves, itself if it is one."""
    speech = _speech(category)
    below = "/".join(category.split("/")[2:])
    leaves = [leaf for leaf in speech.facts if not below or leaf == below or leaf.startswith(f"{below}/")]
    if not leaves:
        raise KeyError(category)
    leaf = rng.choice(leaves)
    return speech, leaf.split("/")[-1], speech.facts[leaf]


def _question(rng: random.Random, speech: Speech) -> tuple[str, str]:
    """One of the category's questions with its answer (they stand in the same order), or neither."""
    if rng.random() < 0.4:
        return "", ""
    number = rng.randrange(len(speech.questions))
    return speech.questions[number], speech.replies[number] if number < len(speech.replies) else ""


def _slots(rng: random.Random, place: Place | None, *, leaf: str, second: str, who: Person) -> Slots:
    where = _where(rng, place)
    room = f"{place.name if place and place.kind == 'estate' else ''}{{block}}号楼{{entrance}}单元{{floor}}0{{door}}室"
    at = where + (rng.choice(phrases("at")[place.kind]) if place else "")
    short = place.name if place else "西宁市"
    given = {"place": where, "at": at, "where": short, "leaf": leaf, "second": second}
    slots = Slots(rng, **given, name=who.name, phone=who.phone)
    return Slots(rng, **given, name=who.name, phone=who.phone, room=slots.fill(room))


def _where(rng: random.Random, place: Place | None) -> str:
    if place is None:
        return rng.choice(phrases("slots")["nowhere"])
    district = _DISTRICTS[place.district]
    return (district if rng.random() < 0.65 and not place.name.startswith(district) else "") + place.name


def _title(draft: _Draft) -> str:
    titles = phrases("title")
    return draft.one(titles.get(draft.appeal_type, titles["complaint"]))


def _text(draft: _Draft) -> str:
    if draft.channel == "hotline":
        return _call(draft)
    return _snap(draft) if draft.channel == "wechat" else _letter(draft)


def _call(draft: _Draft) -> str:
    said = phrases("call")
    core = _core(draft)
    if not core.startswith(("来电人", "举报")):
        core = draft.one(said["openings"]) + core
    if draft.appeal_type == "consultation":
        return f"{core}。{draft.one(said['contexts'])}{draft.sometimes(said['introductions'], chance=0.06)}"
    detail = draft.sometimes(said["details"], chance=0.55)
    urgency = draft.sometimes(said["urgencies"], chance=0.25)
    return _joined(core, detail, _ask(draft), urgency) + draft.sometimes(said["introductions"], chance=0.12)


def _letter(draft: _Draft) -> str:
    said = phrases("letter")
    core = _first_person(_core(draft))
    details = draft.rng.sample(list(said["details"]), draft.rng.randrange(1, 4))
    parts = [draft.one(said["salutations"]), draft.one(said["selves"]), core + "。"]
    if draft.appeal_type == "consultation":
        parts[2] = draft.one(said["questions"]) + core.removeprefix("我咨询") + "？"
    else:
        parts += [draft.slots.fill(detail) for detail in details] + [_first_person(_joined(_ask(draft)))]
    parts += [draft.sometimes(said["introductions"], chance=0.25), draft.one(said["thanks"])]
    return "".join(parts)


def _snap(draft: _Draft) -> str:
    said = phrases("snap")
    core = _first_person(_core(draft))
    return draft.one(said["openings"]) + core + "。" + draft.one(said["thanks"])


def _core(draft: _Draft) -> str:
    if draft.appeal_type == "consultation":
        return "来电人" + (draft.asked or draft.one(phrases("call")["questions"]))
    if draft.appeal_type in ("suggestion", "praise"):
        return draft.one(phrases(draft.appeal_type)["patterns"])
    pattern = draft.rng.choice(draft.speech.patterns)
    core = draft.slots.fill(pattern.replace("{fact}", draft.rng.choice(draft.facts)))
    return "来电人举报：" + _HEADS.sub("", core) if draft.appeal_type == "tip_off" else core


def _ask(draft: _Draft) -> str:
    return "" if draft.appeal_type in ("suggestion", "praise") else draft.one(draft.speech.asks)


def _reply(draft: _Draft) -> str:
    said = phrases("answer")
    general = draft.speech.replies if draft.speech.own_replies else said["replies"]
    answer = draft.answered or draft.one(said["advice"] if draft.appeal_type == "consultation" else general)
    if draft.channel == "hotline":
        return f"{answer}。{draft.one(said['call_endings'])}"
    opening, ending = draft.one(said["letter_openings"]), draft.one(said["letter_endings"])
    return f"{opening}{_replaced(answer, _TO_THE_WRITER)}。{ending}"


def _result(draft: _Draft) -> str:
    if draft.appeal_type in ("suggestion", "praise"):
        return draft.one(phrases(draft.appeal_type)["results"])
    said = phrases("answer")
    if draft.appeal_type == "consultation":
        found = draft.one(said["explanations"])
    else:
        own = draft.speech.own_replies or draft.rng.random() < 0.45
        found = draft.one(draft.speech.results if own else said["results"])
    return f"{draft.one(said['result_openings'])}{found}。{draft.one(said['result_endings'])}"


def _joined(*sentences: str) -> str:
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


def _first_person(text: str) -> str:
    return _replaced(text, _FIRST_PERSON)


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
