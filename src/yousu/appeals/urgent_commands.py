"""Commands of urgent matters: 报值班. Raise as those of `commands`."""

from functools import partial

from yousu.appeals import urgent_rules as rules
from yousu.appeals.acting import act, sealed
from yousu.appeals.state import AppealState
from yousu.org.actors import Actor
from yousu.platform import clock


def report_urgent(number: str, *, text: str, final: bool = False, note: str = "", by: Actor) -> AppealState:
    """紧急事项报值班: the first report, then follow-ups, the last one final. Needs no version: none may be lost."""
    words = sealed("text", text)
    decide = partial(rules.report_urgent, text=words.ref, is_final=final, now=clock.now())
    return act(number, "report-urgent", decide, by=by, seen=None, note=note, new=[words])
