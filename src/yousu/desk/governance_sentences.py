"""治理的经过: sentences of what happens to governance tasks and tasks."""

from django.utils.translation import gettext as _

from yousu.desk import governance_words as words
from yousu.desk import labels
from yousu.desk.moments import plain_day
from yousu.desk.sentences import says
from yousu.governance.tasks.events import TaskAdded, TaskJudged, TaskSet
from yousu.governance.topics.events import GovernanceClosed, GovernanceOpened, GovernanceReopened


@says(GovernanceOpened)
def _opened(fact: GovernanceOpened) -> str:
    return _("由%(unit)s牵头，此前 %(before)s 件，目标%(target)s，%(due)s到期") % {
        "unit": labels.unit(fact.lead_unit),
        "before": fact.before,
        "target": words.target(fact.target),
        "due": plain_day(fact.due),
    }


@says(GovernanceClosed)
def _closed(fact: GovernanceClosed) -> str:
    said = {"after": fact.after, "limit": fact.limit}
    if fact.met:
        return _("此后 %(after)s 件，不超过 %(limit)s 件，达到目标") % said
    return _("此后 %(after)s 件，超过 %(limit)s 件，没有达到目标") % said


@says(GovernanceReopened)
def _reopened(fact: GovernanceReopened) -> str:
    return _("%(due)s到期") % {"due": plain_day(fact.due)}


@says(TaskSet)
def _set(fact: TaskSet) -> str:
    return _("交%(unit)s，%(due)s前报告") % {"unit": labels.unit(fact.unit), "due": plain_day(fact.due)}


@says(TaskAdded)
def _added(fact: TaskAdded) -> str:
    return _("事项第 %(number)s 号") % {"number": fact.task}


@says(TaskJudged)
def _judged(fact: TaskJudged) -> str:
    return _("验收通过") if fact.accepted else _("退回，继续落实")
