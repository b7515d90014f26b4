"""样本计划: what happens to each invented appeal of the sample days, and when. Pure: a seed gives the same days.

The schedule beside this file says how many of what; which ones, and at what minute, is drawn.
"""

import csv
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from yousu.cities.xining import texts
from yousu.cities.xining.people import Person, person
from yousu.cities.xining.places import Place, places
from yousu.org.city import Category, City
from yousu.worktime import calendar
from yousu.worktime.deadlines import after_working_days

ZONE = ZoneInfo("Asia/Shanghai")
WEEK_END = datetime(2024, 1, 29, tzinfo=ZONE)
LAST_DAY = date(2024, 1, 31)
# 清晨: the hours before the demonstration begins, so that whoever opens its pages finds work waiting.
MORNING = date(2024, 2, 1)
OPENS_AT = datetime(2024, 2, 1, 8, 30, tzinfo=ZONE)
UNDECIDED = "undecided"
DECLINED, TRANSFERRED = "政法/涉法涉诉事项", "政法/紧急警情"
# On the last day no place may be said to concentrate these; one place is for wages.
SCATTERED = frozenset({"heating", "traffic_order"})
CONCENTRATED = "wages"
_AT_ONE_PLACE = 5
_HERE = Path(__file__).parent


@dataclass
class Life:
    """One appeal of the plan: what is said, what the desk decides, and until when it must be (or stay un-) closed."""

    key: str
    received_at: datetime
    channel: str
    decision: str
    category: Category
    place: Place | None
    appellant: Person | None
    words: texts.Words
    confidential: bool
    appellant_kind: str
    due: datetime | None = None
    stays_open: bool = False
    closed_at: datetime | None = None
    tries: int = 0
    acts: list["Act"] = field(default_factory=list)

    def then(self, at: datetime, command: str, **arguments: object) -> datetime:
        """Adds an act and returns its moment."""
        self.acts.append(Act(at=at, life=self, command=command, arguments=arguments))
        return at


@dataclass(frozen=True)
class Act:
    """One command on one appeal."""

    at: datetime
    life: Life
    command: str
    arguments: Mapping[str, object]


def rows(name: str) -> list[dict[str, str]]:
    """A table of the schedule."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days() -> list[date]:
    """The sample days."""
    return [date.fromisoformat(row["day"]) for row in rows("schedule_days")]


def lives_of(day: date, *, seed: int, city: City) -> list[Life]:
    """The appeals received on one day, in the order of their receipt, with all that happens until they are closed."""
    rng = random.Random(f"{seed} {day}")
    wanted = [
        (row["channel"], decision) for row in rows("schedule") if row["day"] == str(day) for decision in _each(row)
    ]
    rng.shuffle(wanted)
    # What came last waits for somebody to decide.
    wanted.sort(key=lambda one: one[1] == UNDECIDED)
    categories = _categories(day, wanted, rng, city)
    sites = Sites(rng, day)
    moments = sorted(moment_in(day, rng) for _ in wanted)
    lives = [
        life_of(f"{day}-{place:04d}", at, channel, decision, category, rng=rng, sites=sites)
        for place, (at, (channel, decision), category) in enumerate(zip(moments, wanted, categories, strict=True))
    ]
    if day != MORNING:
        _keep_open(lives, day, rng, city)
    for life in lives:
        _DECISIONS[life.decision](life, rng)
    return lives


def _each(row: Mapping[str, str]) -> Iterator[str]:
    for decision in _DECISIONS:
        yield from [decision] * int(row[decision])


def _categories(day: date, wanted: Sequence[tuple[str, str]], rng: random.Random, city: City) -> list[Category]:
    topics = [
        row["topic"] for row in rows("schedule_topics") if row["day"] == str(day) for _ in range(int(row["count"]))
    ]
    special = {"declined": DECLINED, "transferred": TRANSFERRED}
    for _, decision in wanted:
        if decision in special:
            topics.remove("")
    rng.shuffle(topics)
    grouped = by_topic(city)
    return [
        city.categories[special[decision]] if decision in special else rng.choice(grouped[topics.pop()])
        for _, decision in wanted
    ]


def by_topic(city: City) -> dict[str, list[Category]]:
    """The categories of each topic; of none under the empty one."""
    grouped: dict[str, list[Category]] = {}
    for category in city.categories.values():
        if "/" in category.code and category.code not in (DECLINED, TRANSFERRED):
            grouped.setdefault(category.topic or "", []).append(category)
    return grouped


def moment_in(day: date, rng: random.Random) -> datetime:
    """When one of the day's appeals comes, by the hours of such a day."""
    profile = "working_day" if calendar.load().day(day).working else "rest_day"
    weights = [int(row[profile]) for row in rows("hours")]
    if day == MORNING:
        # Of the last hour a third: what comes after 8:20 would be written down only when the desk has opened.
        weights = [*weights[: OPENS_AT.hour], weights[OPENS_AT.hour] // 3]
    hour = rng.choices(range(len(weights)), weights=weights)[0]
    # The last ten minutes of a day stay free, so that what was received on a day is recorded on it.
    last = 20 if (day, hour) == (MORNING, OPENS_AT.hour) else 50 if hour == 23 else 60
    return datetime.combine(day, time(hour), tzinfo=ZONE) + timedelta(minutes=rng.uniform(0, last))


class Sites:
    """地点抽取: draws places: on the last day scattered ones at most twice each, and one at which wages concentrate."""

    def __init__(self, rng: random.Random, day: date) -> None:
        self._rng, self._day = rng, day
        self._used: Counter[str] = Counter()
        self._one = rng.choice([place for place in places() if place.kind == "building"])
        self._left = _AT_ONE_PLACE if day == LAST_DAY else 0

    def draw(self, category: Category) -> Place | None:
        """A place that fits the category; a sixth of the appeals names none."""
        if category.topic == CONCENTRATED and self._left:
            self._left -= 1
            return self._one
        if self._rng.random() < 1 / 6:
            return None
        fitting = _fitting(category.code)
        most = 2 if category.topic in SCATTERED | {CONCENTRATED} else len(fitting)
        free = [
            place for place in fitting if self._used[f"{category.topic}{place.name}"] < most and place is not self._one
        ]
        if not free:
            return None
        chosen = self._rng.choice(free)
        self._used[f"{category.topic}{chosen.name}"] += 1
        return chosen


@cache
def _fitting(category: str) -> tuple[Place, ...]:
    kinds = frozenset(texts.kinds(category))
    return tuple(place for place in places() if place.kind in kinds) or places()


def life_of(
    key: str, at: datetime, channel: str, decision: str, category: Category, *, rng: random.Random, sites: Sites
) -> Life:
    """One invented appeal: who, where, in which words."""
    who = None if rng.random() < 0.05 else person(rng)
    place = sites.draw(category)
    said = texts.write(
        rng,
        category.code,
        place,
        channel=channel,
        appeal_type="consultation" if decision == "direct" and rng.random() < 0.8 else "",
        appellant=who,
    )
    return Life(
        key=key,
        received_at=at,
        channel=channel,
        decision=decision,
        category=category,
        place=place,
        appellant=who,
        words=said,
        confidential=rng.random() < 0.03,
        appellant_kind="enterprise" if rng.random() < 0.04 else "person",
    )


def _keep_open(lives: Sequence[Life], day: date, rng: random.Random, city: City) -> None:
    """Chooses which forwarded appeals are still open when the week ends; those are within their limits then."""
    forwarded = [life for life in lives if life.decision == "forwarded"]
    for life in forwarded:
        life.due = due_of(life.category, life.received_at + timedelta(minutes=30), city)
    target = next(row for row in rows("schedule_days") if row["day"] == str(day))["closed_by_week_end"]
    if target:
        fit = [life for life in forwarded if life.due is None or life.due > WEEK_END]
        chosen = rng.sample(fit, len(lives) - int(target))
    else:
        chosen = [life for life in forwarded if rng.random() < 0.5 and (life.due is None or life.due.date() > LAST_DAY)]
    for life in chosen:
        life.stays_open = True


@cache
def _working_days(start: datetime, working_days: int) -> datetime:
    return after_working_days(start, working_days, calendar.load(), zone=ZONE).at


def due_of(category: Category, at: datetime, city: City) -> datetime | None:
    """When an appeal of the category is due if it is forwarded at this moment."""
    limit = city.grades[category.grade].working_days
    return None if limit is None else _working_days(datetime.combine(at.date(), time(12), tzinfo=ZONE), limit)


def recorded_at(life: Life) -> datetime:
    """When the desk has written it down: at the end of the ten minutes in which it came."""
    minutes = (life.received_at.hour * 60 + life.received_at.minute) // 10 * 10 + 10
    midnight = datetime.combine(life.received_at.date(), time(0), tzinfo=ZONE)
    return midnight + timedelta(minutes=min(minutes, 24 * 60 - 1))


def _later(at: datetime, rng: random.Random, *, minutes: tuple[float, float]) -> datetime:
    return at + timedelta(minutes=rng.uniform(*minutes))


def _direct(life: Life, rng: random.Random) -> None:
    at = recorded_at(life) + timedelta(seconds=rng.uniform(1, 20))
    life.closed_at = life.then(at, "answer", reply=life.words.reply)


def _declined(life: Life, rng: random.Random) -> None:
    at = recorded_at(life) + timedelta(seconds=rng.uniform(1, 20))
    life.then(at, "decline", reply=life.words.reply)


def _transferred(life: Life, rng: random.Random) -> None:
    at = recorded_at(life) + timedelta(seconds=rng.uniform(1, 20))
    life.then(at, "transfer", to=rng.choice(["110", "119", "120", "122"]))


def _withdrawn(life: Life, rng: random.Random) -> None:
    at = recorded_at(life) + timedelta(seconds=rng.uniform(1, 20))
    life.then(at, "withdraw", reason="来电人表示问题已自行解决，不再反映。")


def _undecided(life: Life, rng: random.Random) -> None:
    """It waits in the inbox."""


def _forwarded(life: Life, rng: random.Random) -> None:
    if life.received_at.date() == MORNING:
        # What becomes of these few is laid out by hand, see morning.py.
        return
    start = recorded_at(life)
    if life.stays_open:
        # Nothing is decided on it before the week (or the sample) is over; the first steps are taken all the same.
        first_steps(life, start, until=_open_until(life), rng=rng)
        return
    until = min(life.due or WEEK_END + timedelta(days=30), _end_for(life)) - timedelta(seconds=30)
    contacted = first_steps(life, start, until=start + (until - start) * 0.5, rng=rng)
    handle(life, contacted, until=until, rng=rng)


def first_steps(life: Life, start: datetime, *, until: datetime, rng: random.Random) -> datetime:
    """The forwarding, the unit's signature and its contact, all before `until`; the moment of the contact."""
    length = min((until - start), timedelta(hours=10))
    at = life.then(start + length * rng.uniform(0.02, 0.08), "forward")
    at = life.then(at + length * rng.uniform(0.05, 0.3), "sign")
    return life.then(at + length * rng.uniform(0.1, 0.4), "contact", how="phone", reached=rng.random() < 0.9)


def handle(life: Life, start: datetime, *, until: datetime, rng: random.Random) -> None:
    """The unit's reply, and the desk's review that closes the case, before `until`."""
    # Quick ones within hours, slow ones near their limit: a skewed share of the time there is.
    length = (until - start) * (0.05 + 0.9 * rng.random() ** 2)
    at = life.then(start + length * 0.8, "handle", reply=life.words.result, outcome=_outcome(rng))
    life.closed_at = life.then(at + length * 0.15, "review", accept=True)


def _outcome(rng: random.Random) -> str:
    return rng.choices(["solved", "planned", "explained"], weights=[80, 8, 12])[0]


def _end_for(life: Life) -> datetime:
    last = datetime.combine(LAST_DAY + timedelta(days=1), time(0), tzinfo=ZONE)
    return WEEK_END if life.received_at < WEEK_END else last


def _open_until(life: Life) -> datetime:
    return datetime.combine(life.received_at.date() + timedelta(days=1), time(0), tzinfo=ZONE)


_DECISIONS = {
    "direct": _direct,
    "forwarded": _forwarded,
    "transferred": _transferred,
    "declined": _declined,
    "withdrawn": _withdrawn,
    UNDECIDED: _undecided,
}
