"""样本回访: whom the call-back desk rings on each sample day, what is said, and what follows. Pure."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from yousu.cities.xining.plan import LAST_DAY, WEEK_END, ZONE, Life, handle, rows

_OPENS, _CLOSES = time(9), time(17)
_TRIES = 3


def plan(lives: Sequence[Life], day: date, rng: random.Random) -> None:
    """Adds the day's call-backs, as many as the schedule says, to appeals closed before that day."""
    wanted = next(int(row["call_backs"]) for row in rows("schedule_days") if row["day"] == str(day))
    opening = datetime.combine(day, _OPENS, tzinfo=ZONE)
    waiting = [life for life in lives if life.closed_at is not None and life.closed_at < opening and life.appellant]
    # Who was forwarded is called first; the rest is a sample of those answered at once.
    waiting.sort(key=lambda life: (life.decision != "forwarded", life.key))
    length = datetime.combine(day, _CLOSES, tzinfo=ZONE) - opening
    for place, life in enumerate(waiting[:wanted]):
        _call(life, opening + length * (place / wanted), rng)


def finish_week(lives: Sequence[Life], rng: random.Random) -> None:
    """What was open at the week's end is handled within its limit, some of it after the sample's last day."""
    for life in lives:
        if life.stays_open and life.received_at < WEEK_END:
            until = (life.due or WEEK_END + timedelta(days=14)) - timedelta(minutes=5)
            handle(life, WEEK_END + timedelta(hours=8, minutes=30), until=until, rng=rng)


def _call(life: Life, at: datetime, rng: random.Random) -> None:
    reached = rng.choices(["reached", "not_reached", "refused"], weights=[88, 10, 2])[0]
    if reached != "reached":
        life.then(at, "call-back", reached=reached)
        life.tries += 1
        # The third time nobody is reached settles the case.
        if life.tries == _TRIES:
            life.closed_at = None
        return
    solved = rng.random() < 0.97
    life.closed_at = None
    satisfied = rng.choices(["satisfied", "basically", "not"], weights=[92, 6, 2] if solved else [10, 25, 65])[0]
    life.then(at, "call-back", reached=reached, responded=rng.random() < 0.995, solved=solved, satisfied=satisfied)
    if not solved:
        _judge(life, at, rng)


def _judge(life: Life, at: datetime, rng: random.Random) -> None:
    later = at.date() >= WEEK_END.date() and at.date() < LAST_DAY
    decision = "reopen" if later and rng.random() < 0.6 else "finalise"
    life.then(at + timedelta(minutes=rng.uniform(20, 90)), "judge-unsolved", decision=decision)
