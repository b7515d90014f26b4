"""Rules that hold for every kind of case. Pure: state in, fact out, or a refusal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from yousu.cases.events import Attached, Classified, Corrected, Urged
from yousu.cases.kinds import Kind
from yousu.cases.state import CaseState
from yousu.cases.transitions import NotPossible
from yousu.ledger.events import Row

MOST_FILES = 20
UNDO_WINDOW = timedelta(seconds=10)


class FieldWrong(ValueError):
    """A value that cannot be taken: which field, and why (a code). `kinds`: of personal data, where that is why."""

    def __init__(self, field: str, why: str, *, kinds: tuple[str, ...] = ()) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why, self.kinds = field, why, kinds


def classify(kind: Kind, case: CaseState, *, category: str, type: str | None) -> Classified:
    """归类."""
    kind.transitions.check(case.stage, "classify")
    return Classified(category=category, type=type)


def correct(kind: Kind, case: CaseState, *, correction: Corrected) -> Corrected:
    """更正."""
    kind.transitions.check(case.stage, "correct")
    return correction


class AlreadyAttached(Exception):
    """This very file is there already: nothing is to be recorded."""

    def __init__(self, case: CaseState, file_id: UUID) -> None:
        super().__init__(f"{file_id} is the same file")
        self.case, self.file_id = case, file_id


def attach(kind: Kind, case: CaseState, *, attached: Attached, same: Callable[[CaseState], UUID | None]) -> Attached:
    """附件, in any stage: so many files a case and no more, each once. `same` finds the one with the same content."""
    known = same(case)
    if known is not None:
        raise AlreadyAttached(case, known)
    if len(case.attachments) >= MOST_FILES:
        raise NotPossible(
            "attach", stage=case.stage, possible=kind.transitions.possible(case.stage), why="too_many_files"
        )
    return attached


def urge(kind: Kind, case: CaseState, *, rule: str | None = None) -> Urged:
    """催办, by hand or by a rule (a code)."""
    kind.transitions.check(case.stage, "urge")
    return Urged(rule=rule)


def may_undo(kind: Kind, case: CaseState, last: Row, *, by: str, now: datetime) -> None:
    """撤销: only the author's own last fact, within ten seconds; a recording is withdrawn, not undone.

    Raises NotPossible.
    """
    why = _why_not_undone(last, by=by, now=now)
    if why is not None:
        raise NotPossible("undo", stage=case.stage, possible=kind.transitions.possible(case.stage), why=why)


def _why_not_undone(last: Row, *, by: str, now: datetime) -> str | None:
    if last.kind == "undone":
        return "already_undone"
    if last.seq == 1:
        return "recording_stays"
    if last.actor != by:
        return "not_own"
    return "too_late" if now - last.recorded_at > UNDO_WINDOW else None
