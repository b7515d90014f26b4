"""可选: what may be chosen today; what was ended goes on being named, and is offered no more."""

from collections.abc import Mapping
from typing import TypeVar

from yousu.ledger import log
from yousu.org.city import Label
from yousu.platform import clock

L = TypeVar("L", bound=Label)


def offered(labels: Mapping[str, L]) -> dict[str, L]:
    """Those that are not ended."""
    today = log.local_day_of(clock.now())
    return {code: label for code, label in labels.items() if label.is_offered(today)}


def is_offered(label: Label) -> bool:
    """Whether it is not ended."""
    return label.ended is None or label.is_offered(log.local_day_of(clock.now()))
