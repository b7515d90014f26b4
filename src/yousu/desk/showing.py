"""案件页的内容: one case as the desk shows it: head, person, words, history, and a form for each allowed command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from yousu.appeals import judgements
from yousu.appeals.state import APPEAL, AppealState
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.desk import (
    chips,
    grouping,
    instructions,
    judging,
    labels,
    letters,
    notice_words,
    proposing,
    reply_checks,
    rows,
    sharing,
    suggesting,
    supervision_papers,
    timeline,
    urgent,
)
from yousu.desk.commands import COMMANDS
from yousu.desk.forms import Asked, Refused, asked
from yousu.desk.offering import Command
from yousu.desk.reply_checks import Hint
from yousu.desk.suggesting import Suggested
from yousu.ledger import persons, texts
from yousu.notices import queries as notices
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.city import city
from yousu.understanding import redaction


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A command that was just refused: what was typed, and why."""

    word: str
    data: QueryDict
    refused: Refused
    seen: int | None = None
    # What was found in a reply as it was typed; looked through and not handed in.
    hints: Sequence[Hint] | None = None
    is_preview: bool = False


@dataclass(frozen=True, kw_only=True)
class Unmasking:
    """An access to personal data: what was ticked and typed, and why it was refused."""

    data: QueryDict = field(default_factory=QueryDict)
    refused: Refused | None = None
    has_others: bool = False

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is ticked; at first name and phone are."""
        ticked = self.data.getlist("fields") if self.refused else ["name", "phone"]
        offered = {code: label for code, label in labels.UNMASKABLE.items() if self.has_others or code != "supporters"}
        return [(code, str(label), code in ticked) for code, label in offered.items()]

    @property
    def purpose(self) -> str:
        """The purpose as typed."""
        return self.data.get("purpose", "")

    @property
    def errors(self) -> Mapping[str, str]:
        """Why, by field."""
        return self.refused.errors if self.refused else {}


@dataclass(frozen=True, kw_only=True)
class Form:
    """A command's form."""

    command: Command
    asked: list[Asked]
    is_open: bool
    refused: Refused | None
    # Where the words typed so far are looked through, and what was found in them.
    checks_at: str = ""
    hints: Sequence[Hint] | None = None

    @property
    def has_buttons(self) -> bool:
        """Whether an answer is given by the submit button itself."""
        return any(each.field.kind == "buttons" for each in self.asked)


@dataclass(frozen=True, kw_only=True)
class Person:
    """诉求人, masked; `shown` holds what was opened for a purpose."""

    name: str
    phone: str
    is_anonymous: bool
    is_enterprise: bool
    is_confidential: bool
    may_unmask: bool
    # 附议人 who left a phone: whoever calls back tells them, too.
    others: int = 0
    shown: tuple[tuple[str, str], ...] = ()


def case(
    row: CaseNow,
    actor: Actor,
    *,
    attempt: Attempt | None = None,
    shown: Mapping[str, str | None] | None = None,
    unmasking: Unmasking | None = None,
) -> dict[str, Any]:
    """Everything a template needs of one case. The same few statements for every case."""
    state: AppealState = queries.state_of(row)
    sees_words = capabilities.may(actor, "see_words", Standing(state))
    words = _words(state, actor, sees_words=sees_words)
    return {
        "line": rows.line(row, state),
        "version": row.version,
        "steps": chips.steps(chips.owed(state)),
        "outer": chips.outer(state),
        "type": labels.named(city().types, state.type),
        "category": labels.category(state.category, whole=True),
        "district": labels.district(state.where.district),
        "is_outside": state.where.outside,
        "above": [labels.unit(level.unit) for level in state.above],
        "accused": labels.unit(state.closed_unit) if state.closed_unit else "",
        "still_leads": sharing.still_leads(state),
        **_beside(state, words),
        "title": row.title or "",
        "matter": row.matter,
        "words": words.get("original"),
        "reply": words.get("reply"),
        "hints": reply_checks.kept(row, state, words.get("reply"), actor),
        "has_letter": letters.is_answered(state) and letters.may_write(actor, state),
        "person": _person(state, actor, name=words.get("name"), shown=shown),
        "unmasking": replace(unmasking or Unmasking(), has_others=_others(state, actor) > 0),
        "history": (history := timeline.of(row, with_words=sees_words)),
        "notices": notice_words.shown(notices.of_case(queries.stream_of(row))),
        "changes": timeline.since(history, attempt.seen) if attempt and attempt.seen is not None else [],
        "attempt": attempt,
        "group": grouping.of(state, actor),
        **_acts(row, state, actor, attempt, reply=words.get("reply", "")),
    }


def _beside(state: AppealState, words: Mapping[str, str]) -> dict[str, Any]:
    """What others have to do with it: helping units, leaders, the duty office."""
    return {
        "shares": sharing.of(state, words),
        "instructions": instructions.of(state, words),
        "urgent": urgent.of(state, words),
    }


def _acts(row: CaseNow, state: AppealState, actor: Actor, attempt: Attempt | None, *, reply: str) -> dict[str, Any]:
    """What the actor may do now: what is proposed, and a form for each command."""
    allowed = queries.allowed(row, state, actor)
    suggested = suggesting.units(row, state, actor) if "forward" in allowed else []
    may_merge = state.stage == "recorded" and "merge" in allowed
    offered = [command for word, command in COMMANDS.items() if word in allowed]
    # What somebody asked for stands first; the steps of the stage keep their order.
    offered.sort(key=lambda command: command.next_with.isdisjoint(APPEAL.marks(state)))
    forms = [_form(command, state, attempt, suggested, reply=reply) for command in offered]
    judges = "judge-send-back" in allowed
    past = judgements.of_same_matter(state.category, but=state.number, by=actor) if judges else []
    return {
        "papers": [
            {"title": paper.title, "path": f"/desk/cases/{state.number}/papers/{paper.word}/"}
            for paper in supervision_papers.offered(state, actor)
        ],
        "proposals": proposing.of(state, actor),
        "judged_before": judging.shown(past),
        "heads": grouping.heads(row, state, actor) if may_merge else [],
        "suggested": suggested,
        "forms": forms,
    }


def _form(
    command: Command, state: AppealState, attempt: Attempt | None, suggested: list[Suggested], *, reply: str
) -> Form:
    mine = attempt if attempt is not None and attempt.word == command.word else None
    proposed = _proposed_unit(suggested) if command.word in ("forward", "designate") else {}
    if command.word == "classify":
        proposed = {"category": (state.category or "", ""), "type": (state.type or "", "")}
    if command.word == "release":
        proposed = {"text": (redaction.taken_out(reply), "")}
    refused = mine.refused if mine else None
    return Form(
        command=command,
        asked=asked(command.fields, data=mine.data if mine else None, refused=refused, proposed=proposed),
        is_open=mine is not None or (attempt is None and _is_next(command, state)),
        refused=refused,
        checks_at=f"/desk/cases/{state.number}/check-reply/" if command.word == "handle" else "",
        hints=mine.hints if mine else None,
    )


def _is_next(command: Command, state: AppealState) -> bool:
    return state.stage in command.next_in or not command.next_with.isdisjoint(APPEAL.marks(state))


def _proposed_unit(suggested: list[Suggested]) -> dict[str, tuple[str, str]]:
    first = next(iter(suggested), None)
    if first is None:
        return {"lead_unit": ("", _("目录和地点都没有确定单位，请选择。"))}
    return {"lead_unit": (first.value, first.reason)}


def _words(state: AppealState, actor: Actor, *, sees_words: bool) -> dict[str, str]:
    is_own = not actor.tree.isdisjoint(Standing(state).units)
    kinds = ("name", "original", "reply") if sees_words else ("name", "reply") if is_own else ("name",)
    refs = {kind: state.texts[kind] for kind in kinds if kind in state.texts}
    refs |= instructions.all_refs(state) if instructions.may_read(actor, state) else {}
    refs |= urgent.all_refs(state) if urgent.may_read(actor, state) else {}
    if sees_words or is_own:
        refs |= {sharing.key(part): part.reply for part in state.parts if part.reply is not None}
    opened = texts.read([ref.id for ref in refs.values()])
    return {kind: opened[ref.id] for kind, ref in refs.items() if ref.id in opened}


def _others(state: AppealState, actor: Actor) -> int:
    return state.supporting_people if cases.may_unmask_others(actor) else 0


def _person(state: AppealState, actor: Actor, *, name: str | None, shown: Mapping[str, str | None] | None) -> Person:
    phones = persons.phones_of([state.person_id]) if state.person_id else {}
    phone = phones.get(state.person_id) if state.person_id else None
    if state.confidential and not capabilities.may(actor, "unmask", Standing(state)):
        # Not even masked: a surname and four digits are enough to guess by.
        name = phone = None
    return Person(
        name=persons.masked_name(name) if name else "",
        phone=persons.masked_phone(phone) if phone else "",
        is_anonymous=state.is_anonymous,
        is_enterprise=state.appellant_kind == "enterprise",
        is_confidential=state.confidential,
        may_unmask=capabilities.may(actor, "unmask", Standing(state)),
        others=_others(state, actor),
        shown=tuple(
            (labels.word(labels.UNMASKABLE, key), value or _("（没有）")) for key, value in (shown or {}).items()
        ),
    )
