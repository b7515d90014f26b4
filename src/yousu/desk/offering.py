"""可办的事: what a command of an appeal is to the desk: word, name, key, questions; and the answers many share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yousu.desk import labels
from yousu.desk.forms import Choices, Field
from yousu.org.city import city
from yousu.org.offering import offered


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command: `run(number, **answers, by=, seen=)`; `needs_version` is false where acts may cross."""

    word: str
    label: Promise
    done: Promise
    run: Callable[..., Any]
    fields: tuple[Field, ...] = ()
    key: str = ""
    needs_version: bool = True
    # 下一步: the stages whose next step it is; its form stands open there.
    next_in: frozenset[str] = frozenset()
    # And the marks beside the stage that wait for it.
    next_with: frozenset[str] = frozenset()


def words(of: labels.Words) -> Callable[[], Choices]:
    """The choices that a table of words names."""
    return lambda: [(code, str(word)) for code, word in of.items()]


def reasons(command: str) -> Callable[[], Choices]:
    """The reasons that the city knows for a command."""
    return lambda: [
        (code, label.name(labels.language())) for code, label in offered(city().reasons.get(command, {})).items()
    ]


def yes_or_no(yes: Promise, no: Promise) -> Callable[[], Choices]:
    """Two buttons that answer and submit."""
    return lambda: [("yes", str(yes)), ("no", str(no))]


NOTE = Field(name="note", label=_("备注"), kind="area", is_required=False)
