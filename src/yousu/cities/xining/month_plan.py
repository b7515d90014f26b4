"""样本月计划: which appeals come on which day of the sample month, and what course each takes. Pure: a seed, a month.

`schedule_month.csv` of the city in force says how many come a day, `schedule_courses.csv` how many of a thousand take a
course, and how many at least in a month of any size; all others are answered at once.
"""

import csv
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from yousu.cities.xining import plan, texts
from yousu.cities.xining.people import person
from yousu.cities.xining.plan import DECLINED, TRANSFERRED, Life, Sites
from yousu.org.city import Category, City

ANSWERED, UNDECIDED = "answered", "undecided"
HEADS = ("heads", "head_withdrawn")
FOLLOWERS = ("repeats", "parallels", "unmerged")
# Everyday courses, on any day of the month; the others begin early enough to be seen to their end.
_EVERYDAY = (ANSWERED, "called_direct", "declined", "transferred", "withdrawn", "plain", "called_plain")
_EARLY = 0.85
# What is left to whoever opens the demonstration begins when it can just come as far as it is to.
_LEFT, _LEFT_BETWEEN = "left_", (0.89, 0.95)
_SPECIAL = {"declined": DECLINED, "transferred": TRANSFERRED}
_DECIDED_AT_ONCE = (ANSWERED, "called_direct")


class MonthTooSmall(ValueError):
    """The month has too few appeals for the courses that must occur in it."""


@dataclass
class Role:
    """An appeal of the month with its course; `head`: the one into which it is merged."""

    life: Life
    course: str
    head: "Role | None" = None


def roles_by_day(*, seed: int, city: City) -> dict[date, list[Role]]:
    """Every appeal of the month, by day and in the order of receipt. Raises MonthTooSmall."""
    rng = random.Random(f"{seed} month")
    sizes = {date.fromisoformat(row["day"]): int(row["accepted"]) for row in _rows(city, "schedule_month")}
    courses, heads = _courses(sum(sizes.values()), len(sizes), city, rng)
    drawn = _Draw(rng, city)
    roles: list[Role] = []
    by_day: dict[date, list[Role]] = {}
    for day, size in sizes.items():
        sites = Sites(rng, day)
        moments = sorted(plan.moment_in(day, rng) for _ in range(size))
        by_day[day] = []
        for place, at in enumerate(moments):
            course = courses[len(roles)]
            life = drawn.life(f"month-{day}-{place:04d}", at, course, sites=sites)
            head = roles[heads[len(roles)]] if len(roles) in heads else None
            role = Role(life=life, course=course, head=head)
            if head is not None:
                drawn.same_matter(role, head)
            roles.append(role)
            by_day[day].append(role)
    return by_day


def _rows(city: City, name: str) -> list[dict[str, str]]:
    with (city.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _courses(total: int, days: int, city: City, rng: random.Random) -> tuple[list[str], dict[int, int]]:
    """The course of each place in the month, and for those that are merged the place of their head.

    Raises MonthTooSmall.
    """
    wanted = {row["course"]: _share(row, total) for row in _rows(city, "schedule_courses")}
    courses = [ANSWERED] * total
    last = total - wanted.pop(UNDECIDED)
    courses[last:] = [UNDECIDED] * (total - last)
    free = set(range(last))
    heads = _merged(wanted, courses, free, around=max(8, total // days))
    drawn = {course: count for course, count in wanted.items() if course not in (*HEADS, *FOLLOWERS)}
    # Those with the narrowest choice choose first.
    for course in sorted(drawn, key=lambda each: (each in _EVERYDAY, not each.startswith(_LEFT), each)):
        first, end = _between(course)
        fit = sorted(place for place in free if total * first <= place < total * end)
        if len(fit) < drawn[course]:
            raise MonthTooSmall(f"{total} appeals leave no room for {drawn[course]} of {course}")
        _put(course, rng.sample(fit, drawn[course]), courses, free)
    return courses, heads


def _between(course: str) -> tuple[float, float]:
    if course.startswith(_LEFT):
        return _LEFT_BETWEEN
    return (0, 1) if course in _EVERYDAY else (0, _EARLY)


def _share(row: Mapping[str, str], total: int) -> int:
    return max(int(row["least"]), total * int(row["per_mille"]) // 1000)


def _merged(wanted: Mapping[str, int], courses: list[str], free: set[int], *, around: int) -> dict[int, int]:
    """Heads evenly over the month; each follower within about a day of its head."""
    of_heads = [course for course in HEADS for _ in range(wanted[course])]
    reach, count = int(len(courses) * _EARLY), len(of_heads)
    heads = [reach * (2 * each + 1) // (2 * count) for each in range(count)]
    for course, place in zip(of_heads, heads, strict=True):
        _put(course, [place], courses, free)
    found: dict[int, int] = {}
    followers = [course for course in FOLLOWERS for _ in range(wanted[course])]
    for each, course in enumerate(followers):
        head = heads[each % count]
        after = sorted(one for one in free if one >= head + max(2, around // 6))
        if not after:
            raise MonthTooSmall(f"{len(courses)} appeals leave no room for {course}")
        _put(course, after[:1], courses, free)
        found[after[0]] = head
    return found


def _put(course: str, places: Sequence[int], courses: list[str], free: set[int]) -> None:
    for place in places:
        courses[place] = course
    free.difference_update(places)


class _Draw:
    """Draws what is said: by the topics and channels of the sample days, so that both samples are of one city."""

    def __init__(self, rng: random.Random, city: City) -> None:
        self._rng, self._city = rng, city
        self._grouped = plan.by_topic(city)
        topics: Counter[str] = Counter()
        for row in plan.rows("schedule_topics"):
            topics[row["topic"]] += int(row["count"])
        channels: Counter[str] = Counter()
        for row in plan.rows("schedule"):
            channels[row["channel"]] += int(row["accepted"])
        # Written channels are so few there that a small month would have none.
        self._channels = {name: count if name == "hotline" else count * 10 for name, count in channels.items()}
        self._topics = topics

    def life(self, key: str, at: datetime, course: str, *, sites: Sites) -> Life:
        """The appeal of a course; the rare courses are about a complaint of somebody who can be called."""
        decision = "direct" if course in _DECIDED_AT_ONCE else course if course in _SPECIAL else "forwarded"
        channel = self._one(self._channels)
        life = plan.life_of(key, at, channel, decision, self._category(course), rng=self._rng, sites=sites)
        if course in (*_EVERYDAY, UNDECIDED):
            return life
        kind = "tip_off" if course in ("accused", "lifted") else "complaint"
        return self._said(replace(life, confidential=False), life.category, kind=kind)

    def same_matter(self, role: Role, head: Role) -> None:
        """What is to be merged tells of its head's matter: again by the same person, or by somebody else."""
        role.life.place = head.life.place
        if role.course == "repeats":
            role.life.appellant = head.life.appellant
        role.life = self._said(role.life, head.life.category, kind="complaint")

    def _said(self, life: Life, category: Category, *, kind: str) -> Life:
        who = life.appellant or person(self._rng)
        words = texts.write(self._rng, category.code, life.place, channel=life.channel, appeal_type=kind, appellant=who)
        return replace(life, category=category, words=words, appellant=who)

    def _category(self, course: str) -> Category:
        if course in _SPECIAL:
            return self._city.categories[_SPECIAL[course]]
        return self._rng.choice(self._grouped[self._one(self._topics)])

    def _one(self, weights: Mapping[str, int]) -> str:
        return self._rng.choices(list(weights), weights=list(weights.values()))[0]
