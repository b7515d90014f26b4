"""核对: what a resident sees before sending: danger, the same already there, what becomes public, until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from yousu.appeals import knowledge, promises
from yousu.appeals.articles.queries import Article
from yousu.appeals.recording import Said
from yousu.cases import places
from yousu.cases.commands import tidy
from yousu.org.city import city
from yousu.portal import alike, promised
from yousu.portal.alike import Alike
from yousu.portal.promised import Promised
from yousu.understanding import redaction


@dataclass(frozen=True, kw_only=True)
class Check:
    """What to look at before sending."""

    dangers: Sequence[str]
    alike: Sequence[Alike]
    # 或许已有答案: what the knowledge base tells everybody.
    articles: Sequence[Article]
    matter: str
    place: str
    is_redacted: bool
    is_public: bool
    is_outside: bool
    promise: Promised | None


def check(said: Said) -> Check:
    """The look before sending. Reads only."""
    words, place = tidy(said.text), tidy(said.place)
    matter, public_place = redaction.taken_out(words), redaction.taken_out(place)
    return Check(
        dangers=dangers(words),
        alike=alike.found(words, place),
        articles=knowledge.public_for(words),
        matter=matter,
        place=public_place,
        is_redacted=(matter, public_place) != (words, place),
        is_public=not said.confidential and said.type != "tip_off",
        is_outside=_is_outside(said),
        promise=promised.of(promises.if_forwarded_now()),
    )


def dangers(words: str) -> list[str]:
    """The numbers to call at once, by the city's words of danger. A hint: nothing is refused for it."""
    plain = words.lower()
    return [number for number, marks in city().dangers.items() if any(mark in plain for mark in marks)]


def _is_outside(said: Said) -> bool:
    return said.lon is not None and places.locate("", lon=said.lon, lat=said.lat, city=city()).outside
