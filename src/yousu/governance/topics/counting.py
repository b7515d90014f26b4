"""治理口径: the set of appeals a governance task is about, in a period, by the figure that every page counts with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from yousu.figures import members, trees
from yousu.figures.queries import Period
from yousu.governance.topics.events import Subject
from yousu.org.city import city

FIGURE = "accepted"


def numbers(subject: Subject, first: date, last: date, *, as_of: datetime) -> list[str]:
    """The case numbers of a subject in a period, each once."""
    return members.numbers(FIGURE, Period(first=first, last=last, as_of=as_of), where(subject))


def size(subject: Subject, first: date, last: date, *, as_of: datetime) -> int:
    """How many they are."""
    return members.sizes(FIGURE, Period(first=first, last=last, as_of=as_of), where(subject)).counted


def where(subject: Subject) -> Mapping[str, Sequence[str]]:
    """The values of dimensions that a subject stands for: a category or unit with all below it."""
    known = city()
    found: dict[str, Sequence[str]] = {
        subject.dimension: [subject.code]
        if subject.dimension == "topic"
        else trees.below("category", subject.code, known)
    }
    if subject.district is not None:
        found["district"] = [subject.district]
    if subject.unit is not None:
        found["unit"] = trees.below("unit", subject.unit, known)
    return found


def knows(subject: Subject) -> str | None:
    """The field in which a subject names what the city does not know; None if it knows all."""
    known = city()
    codes = known.topics if subject.dimension == "topic" else trees.codes("category", known)
    if subject.dimension not in ("topic", "category") or subject.code not in codes:
        return "topic" if subject.dimension == "topic" else "category"
    if subject.district is not None and subject.district not in trees.codes("district", known):
        return "district"
    return "within" if subject.unit is not None and subject.unit not in known.units else None
