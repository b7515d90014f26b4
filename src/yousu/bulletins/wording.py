"""通报措辞: turns a bulletin's JSON into a document. The sentences are our own; numbers keep their JSON paths."""

from collections.abc import Iterable
from datetime import datetime

from yousu.bulletins.chinese import Chinese
from yousu.bulletins.english import English
from yousu.bulletins.words import Json, figure, last_day
from yousu.documents.model import (
    Block,
    Document,
    Head,
    Heading,
    Lang,
    Paragraph,
    Run,
    Runs,
    Seal,
    Signature,
    Table,
)

Language = Chinese | English


def document(json: Json, *, lang: Lang) -> Document:
    """The printed bulletin, from its JSON alone: its names are those that were kept with it."""
    words: Language = Chinese(json) if lang == "zh" else English(json)
    return Document(
        head=Head(sign=words.sign(), issuer=words.issuer()),
        title=words.title(),
        number_line=words.number(json.get("issue_number")),
        date_line=words.day(last_day(json)),
        moment=datetime.fromisoformat(json["as_of"]).replace(microsecond=0),
        blocks=tuple(_blocks(json, words)),
        signature=_signature(json, lang),
        notes=words.notes(),
        seal=Seal(json["digest"], words.moment(json["frozen_at"])) if json["frozen"] else None,
        lang=lang,
    )


def _blocks(json: Json, words: Language) -> Iterable[Block]:
    accepted, handled, completed, topics, called_back = words.headings
    yield Heading(1, accepted)
    yield Paragraph(words.accepted())
    yield _channels(json, words)
    yield Paragraph(words.compared())
    yield Heading(1, handled)
    yield Paragraph(words.handling())
    yield Heading(1, completed)
    yield Paragraph(words.completion())
    yield Heading(1, topics)
    yield _topics(json, words)
    yield Heading(1, called_back)
    yield Paragraph(words.called_back())
    if "supervision" in json:
        yield Heading(1, words.supervision_heading)
        yield Paragraph(words.supervised())


def _channels(json: Json, words: Language) -> Table:
    rows = tuple(
        (words.name("channels", code), figure(f"accepted.by_channel.{code}", count))
        for code, count in words.in_order(json["accepted"]["by_channel"])
    )
    return Table(head=words.channels_table, rows=rows, align=("left", "right"))


def _topics(json: Json, words: Language) -> Block:
    if not json["topics"]:
        return Paragraph((words.no_topics(),))
    rows = tuple(_topic(place, topic, words) for place, topic in enumerate(json["topics"]))
    return Table(head=words.topics_table, rows=rows, align=("center", "left", "right", "left", "left", "left"))


def _topic(place: int, topic: Json, words: Language) -> tuple[Run | Runs, ...]:
    path = f"topics.{place}"
    at = topic["place"]
    where: list[Run] = [words.no_place()]
    if at is not None:
        where = [words.place(at) + " ", figure(f"{path}.place.count", at["count"]), words.unit]
    units: list[Run] = []
    for number, unit in enumerate(topic["units"]):
        units += [(words.between if number else "") + words.name("units", unit["unit"]) + " "]
        units += [figure(f"{path}.units.{number}.count", unit["count"]), words.unit]
    return (
        str(topic["rank"]),
        words.name("topics", topic["code"]),
        figure(f"{path}.count", topic["count"]),
        words.complaint(topic["code"]),
        tuple(run for run in where if run),
        tuple(run for run in units if run) or "–",
    )


def _signature(json: Json, lang: Lang) -> Signature:
    names = json["labels"].get("signers", {})

    def name(step: str) -> str | None:
        return names[step][lang] if names.get(step) else None

    return Signature(compiled_by=name("composed_by"), reviewed_by=name("reviewed_by"), signed_by=name("signed_by"))
