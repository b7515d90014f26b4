"""为谁办: whose a command on an appeal is: the lead unit's, a helping unit's, a platform's. Pure."""

from collections.abc import Sequence
from typing import Any

from yousu.appeals import marks, parts
from yousu.cases.kinds import Claim
from yousu.cases.transitions import Transitions


def on(table: Transitions, case: Any, command: str) -> Sequence[Claim]:
    """For whom a command can be done, the lead unit first."""
    own = Claim(
        unit=(parts.approver(case) if command == "approve" else None) or case.lead_unit,
        possible=command in table.possible(case.stage) and command not in marks.barred(case),
        inside=_is_inside(case, command),
    )
    part = parts.sent_back(case) if command == "judge-send-back" else None
    if part is not None:
        own = Claim(unit=part.unit, possible=True, inside=parts.is_inside(case))
    if own.inside:
        # The desk is told why not, as about any stage: it has the right, though not here.
        return [own, Claim(unit=own.unit, possible=False)]
    if command not in parts.COMMANDS or command == "judge-send-back":
        return [own]
    helping = (Claim(unit=part.unit, possible=parts.is_possible(case, part, command)) for part in case.parts)
    return [own, *helping]


def _is_inside(case: Any, command: str) -> bool:
    """Whether the step is one of a tree of units, in which the desk has no hand."""
    if command == "forward":
        return case.stage in ("forwarded", "signed")
    return command == "judge-send-back" and parts.is_inside(case)
