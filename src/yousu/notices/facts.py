"""通知所据: what a notice may say of an event: units, moments and outcomes. Nobody's words, name or number. Pure."""

from datetime import date, datetime
from typing import Any

from yousu.cases.state import CaseState, Due


def facts_of(fact: Any, case: CaseState | None) -> dict[str, str]:
    """Codes and moments by name, as text.

    `unit` is the unit an event names (to whom it went, who is summoned), else the case's; `lead_unit` is the one whose
    case it is by this event; `until` is absent without a limit; `on` is the day it names, or by which it is due.
    """
    given = vars(fact)
    lead = given.get("lead_unit", case.lead_unit if case is not None else None)
    named = given.get("unit") or lead
    due = given.get("due") or (case.due if case is not None else None)
    on = given.get("on") or (None if isinstance(due, datetime) else due)
    until = due.at if isinstance(due, Due) else due
    found: dict[str, str | None] = {
        "lead_unit": lead,
        "unit": named,
        "until": until.isoformat() if isinstance(until, datetime) else None,
        "on": on.isoformat() if isinstance(on, date) else None,
    }
    for name in ("accepted", "approved", "earlier", "granted", "upheld", "decision", "stage"):
        value = given.get(name)
        found[name] = str(value).lower() if value is not None else None
    return {name: value for name, value in found.items() if value is not None}
