"""并单的群: what a head knows of the cases merged into it, how many people that makes, and what is linked. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

# 重复: the same person with the same matter. 并行: somebody else with the same matter.
REPEAT, PARALLEL = "repeat", "parallel"
MERGED = "merged"


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A merged case as its head counts it; `calls` and `people` as they were when it was merged.

    `person_id` is None for the nameless and for 保密: who sees the head must not learn who that is.
    """

    number: str
    how: str
    person_id: UUID | None = None
    supporters: tuple[UUID, ...] = ()
    calls: int = 1
    people: int = 1


@dataclass(frozen=True, kw_only=True)
class Link:
    """关联: another case that has to do with this one, and in which way (a code)."""

    other: str
    how: str


def how_joined(case: Any, head: Any) -> str:
    """重复 or 并行; the nameless are never known to be the same."""
    return REPEAT if case.person_id is not None and case.person_id == head.person_id else PARALLEL


def follower_of(case: Any, head: Any) -> Follower:
    """The case as its head will count it."""
    return Follower(
        number=case.number,
        how=how_joined(case, head),
        person_id=None if case.confidential else case.person_id,
        supporters=case.supporters,
        calls=1 + case.supports,
        people=1 + case.supporting_people,
    )


def gathered(known: tuple[Follower, ...], more: tuple[Follower, ...]) -> tuple[Follower, ...]:
    """The followers with more; one that comes again takes its old place."""
    new = {each.number: each for each in more}
    kept = tuple(new.pop(each.number, each) for each in known)
    return (*kept, *new.values())


def calls(case: Any) -> int:
    """件次: the recording and every support, of the case and of all merged into it."""
    found: int = 1 + case.supports + sum(each.calls for each in case.followers)
    return found


def people(case: Any) -> int:
    """人数: everybody once. The nameless cannot be told apart: each that raised a case is one."""
    found: int = 1 + case.supporting_people
    known = {case.person_id, *case.supporters}
    for each in case.followers:
        if each.how == PARALLEL and (each.person_id is None or each.person_id not in known):
            found += 1
        known.add(each.person_id)
        fresh = set(each.supporters) - known
        # Beyond those that a state keeps only their number is known.
        found += len(fresh) + each.people - 1 - len(each.supporters)
        known |= fresh
    return found


def persons(case: Any) -> Iterator[UUID]:
    """Everybody merged cases are known to have been raised or supported by."""
    for each in case.followers:
        if each.person_id is not None:
            yield each.person_id
        yield from each.supporters
