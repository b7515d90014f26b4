"""样本清晨: what becomes of the few appeals forwarded before the demonstration begins, that no queue be empty. Pure."""

import random
from collections.abc import Sequence
from datetime import timedelta

from yousu.cities.xining.plan import OPENS_AT, Life, first_steps, handle, recorded_at

_UNSOLVED, _SENT_BACK = 2, 2


def plan(lives: Sequence[Life], rng: random.Random) -> None:
    """The earliest end unsolved, the last are sent back, those between wait for the review of their reply."""
    forwarded = [life for life in lives if life.decision == "forwarded"]
    # Only who left a number can be called.
    unsolved = [life for life in forwarded if life.appellant][:_UNSOLVED]
    others = [life for life in forwarded if life not in unsolved]
    for life in unsolved:
        _called_in_vain(life, rng)
    for life in others[:-_SENT_BACK]:
        _replied(life, rng)
    for life in others[-_SENT_BACK:]:
        _sent_back(life, rng)


def _called_in_vain(life: Life, rng: random.Random) -> None:
    start = recorded_at(life)
    length = OPENS_AT - start
    contacted = first_steps(life, start, until=start + length * 0.5, rng=rng)
    handle(life, contacted, until=start + length * 0.8, rng=rng)
    life.closed_at = None
    life.then(
        start + length * rng.uniform(0.85, 0.95),
        "call-back",
        reached="reached",
        responded=True,
        solved=False,
        satisfied="not",
    )


def _replied(life: Life, rng: random.Random) -> None:
    start = recorded_at(life)
    length = OPENS_AT - start
    first_steps(life, start, until=start + length * 0.6, rng=rng)
    life.then(start + length * rng.uniform(0.7, 0.95), "handle", reply=life.words.result, outcome="solved")


def _sent_back(life: Life, rng: random.Random) -> None:
    start, soon = recorded_at(life), timedelta(minutes=1)
    at = life.then(start + soon * rng.uniform(0.5, 2), "forward")
    life.then(at + (OPENS_AT - at) * rng.uniform(0.3, 0.9), "send-back")
