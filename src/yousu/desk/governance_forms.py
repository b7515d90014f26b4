"""治理的表单: what is asked to open a governance task, and the steps of it that somebody may take."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yousu.cases.rules import FieldWrong
from yousu.desk import governance_words as words
from yousu.desk import labels
from yousu.desk.forms import Choices, Field
from yousu.desk.steps import Step
from yousu.governance import streams
from yousu.governance.tasks.commands import Wanted
from yousu.governance.tasks.state import TaskState
from yousu.governance.topics import commands, rules
from yousu.governance.topics.commands import Plan
from yousu.governance.topics.events import Subject, Target
from yousu.governance.topics.state import GovernanceState
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Belonging
from yousu.org.city import city


def _topics() -> Choices:
    return [(code, labels.topic(code)) for code in city().topics]


def _districts() -> Choices:
    return [(unit.code, labels.district(unit.code)) for unit in city().districts()]


def _targets() -> Choices:
    return [(code, str(word)) for code, word in words.TARGETS.items()]


SUBJECT_FIELDS = (
    Field(name="topic", label=_("主题"), kind="choice", choices=_topics, is_required=False),
    Field(
        name="category",
        label=_("分类"),
        kind="category",
        is_required=False,
        hint=_("主题和分类填一个；分类含它下面的各项"),
    ),
    Field(name="district", label=_("只看一个区县"), kind="choice", choices=_districts, is_required=False),
    Field(name="within", label=_("只看一个承办单位"), kind="unit", is_required=False),
)
OPEN_FIELDS = (
    Field(name="title", label=_("标题")),
    *SUBJECT_FIELDS,
    Field(name="days", label=_("对比多少天"), kind="number", hint=_("此前这些天与到期日为止的同样天数相比")),
    Field(name="lead_unit", label=_("牵头单位"), kind="unit"),
    Field(name="leader", label=_("责任领导")),
    Field(name="target", label=_("目标"), kind="few", choices=_targets),
    Field(name="target_number", label=_("件数或百分比"), kind="number"),
    Field(name="due", label=_("到期日"), kind="day"),
)
TASK_FIELDS = (
    Field(name="words", label=_("做什么"), kind="area"),
    Field(name="unit", label=_("责任单位"), kind="unit"),
    Field(name="due", label=_("到期日"), kind="day"),
)
_SAID = (Field(name="words", label=_("内容"), kind="area"),)


def proposed(asked: QueryDict) -> dict[str, tuple[str, str]]:
    """What the form begins with: the topic or category somebody came from."""
    today = streams.today()
    found = {
        name: (str(asked[name])[:200], "") for name in ("topic", "category", "district", "within") if name in asked
    }
    due = today + timedelta(days=rules.DAYS - 1)
    return {"days": (str(rules.DAYS), ""), "due": (due.isoformat(), ""), "target": ("percent_less", ""), **found}


def subject_of(answers: dict[str, Any]) -> Subject:
    """The set that is asked for. Raises FieldWrong."""
    topic, category = answers["topic"], answers["category"]
    if bool(topic) == bool(category):
        raise FieldWrong("topic", "topic_or_category")
    return Subject(
        dimension="topic" if topic else "category",
        code=topic or category,
        district=answers["district"] or None,
        unit=answers["within"] or None,
    )


def plan(answers: dict[str, Any]) -> Plan:
    """The answers as a plan. Raises FieldWrong."""
    return Plan(
        title=answers["title"],
        subject=subject_of(answers),
        lead_unit=answers["lead_unit"],
        leader=answers["leader"],
        target=Target(kind=answers["target"], number=answers["target_number"]),
        due=answers["due"],
        days=answers["days"],
    )


def steps(state: GovernanceState, actor: Actor, measures: list[TaskState]) -> Iterator[Step]:
    """The steps of a governance task that an actor could take now, the next one first."""
    if state.stage == "closed":
        if capabilities.may(actor, "reopen-governance"):
            yield reopen_step(state)
        return
    if capabilities.may(actor, "report-governance", Belonging(acting_unit=state.lead_unit)):
        yield STEPS["find-cause"]
        yield STEPS["report"]
    if capabilities.may(actor, "set-task", Belonging(acting_unit=state.lead_unit)):
        yield STEPS["add-task"]
    if capabilities.may(actor, "close-governance"):
        yield STEPS["close"]


def reopen_step(state: GovernanceState) -> Step:
    """重新立项, from today for as many days."""
    due = streams.today() + timedelta(days=state.days - 1)
    return Step(
        word="reopen",
        label=_("重新立项"),
        action="reopen-governance",
        run=commands.reopen,
        fields=(
            Field(name="why", label=_("为什么重新立项"), kind="area"),
            Field(name="due", label=_("到期日"), kind="day"),
        ),
        proposed={"due": (due.isoformat(), "")},
    )


def _add(number: int, *, words: str, unit: str, due: date, by: Actor, seen: int) -> Any:
    return commands.add_measure(number, Wanted(unit=unit, due=due, words=words), by=by, seen=seen)


STEPS = {
    step.word: step
    for step in (
        Step(word="find-cause", label=_("写明原因"), action="report-governance", run=commands.find_cause, fields=_SAID),
        Step(word="report", label=_("报告进展"), action="report-governance", run=commands.report, fields=_SAID),
        Step(word="add-task", label=_("列入措施"), action="set-task", run=_add, fields=TASK_FIELDS),
        Step(
            word="close",
            label=_("结项"),
            action="close-governance",
            run=commands.close,
            fields=(
                Field(
                    name="words",
                    label=_("结项说明"),
                    kind="area",
                    hint=_("是否达到目标由前后件数算出，不在这里填"),
                ),
            ),
        ),
    )
}
