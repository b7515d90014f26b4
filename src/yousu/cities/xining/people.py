"""人物: invented appellants, with telephone numbers that belong to nobody."""

import random
from dataclasses import dataclass

from yousu.cities.xining.phrases import phrases

# No operator was ever given 154; the README beside this file says how that was checked.
UNASSIGNED = "154"


@dataclass(frozen=True)
class Person:
    """诉求人: an invented name and a number in a range never assigned."""

    name: str
    phone: str


def person(rng: random.Random) -> Person:
    """虚构人物: a name of one of the city's peoples and a number of the form 154xxxxxxxx."""
    return Person(_name(rng), f"{UNASSIGNED}{rng.randrange(10**8):08d}")


def _name(rng: random.Random) -> str:
    names = phrases("names")
    draw = rng.random()
    if draw < 0.07:
        return rng.choice(names["tibetan"])
    surname = rng.choice(names["hui_surnames"] if draw < 0.2 else names["surnames"])
    return surname + rng.choice(names["first"]) + (rng.choice(names["second"]) if rng.random() < 0.7 else "")
