"""可办: whether a command is possible now, by the stage and by the marks beside it. Pure."""

from yousu.appeals import marks
from yousu.appeals.state import TABLE, AppealState
from yousu.cases.transitions import NotPossible


def check(case: AppealState, command: str) -> None:
    """Raises NotPossible with what is possible instead, when stage or marks forbid the command."""
    hindered, by_stage = marks.barred(case), TABLE.possible(case.stage)
    if command not in by_stage:
        raise refused(case, command, "stage")
    if command in hindered:
        raise refused(case, command, hindered[command])


def refused(case: AppealState, command: str, why: str) -> NotPossible:
    """The refusal of a command, for a reason (a code), with what else is possible."""
    hindered = {*marks.barred(case), *([] if why == "stage" else [command])}
    possible = [each for each in TABLE.possible(case.stage) if each not in hindered]
    return NotPossible(command, stage=case.stage, possible=possible, why=why)
