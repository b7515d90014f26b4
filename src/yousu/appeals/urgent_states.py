"""紧急事项的变化: how its reports move a case's state. No Django."""

from yousu.appeals.state import APPEAL, AppealState
from yousu.appeals.urgent import UrgentReport
from yousu.appeals.urgent_events import UrgentReported
from yousu.cases.state import replace
from yousu.ledger.events import Row


@APPEAL.on(UrgentReported)
def _urgent_reported(case: AppealState, fact: UrgentReported, row: Row) -> AppealState:
    report = UrgentReport(
        at=row.occurred_at,
        by=row.actor,
        text=fact.text,
        minutes=fact.minutes,
        since_first=fact.since_first,
        is_final=fact.is_final,
    )
    return replace(case, urgent=(*case.urgent, report))
