"""并单的一步: a step of a case, and what it means for those merged with it, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from yousu.appeals import merge_rules as rules
from yousu.appeals.dispatching import dispatch_of, is_reported, same_unit, stream
from yousu.appeals.groups import MERGED, REPEAT
from yousu.appeals.merge_events import Parted
from yousu.appeals.possible import refused
from yousu.appeals.rules import Dispatch
from yousu.appeals.state import AppealState
from yousu.cases.rules import FieldWrong
from yousu.ledger import log, texts
from yousu.ledger.events import TextRef
from yousu.ledger.log import Batch, Entry
from yousu.ledger.texts import NewText
from yousu.understanding import redaction


class NotAlone(Exception):
    """A step concerns other cases, too: those that must be locked with this one."""

    def __init__(self, others: Sequence[str]) -> None:
        super().__init__(f"goes with {len(others)}")
        self.others = tuple(others)


def unless_merged(decide: Callable[[Any], Any], seen: int | None) -> Callable[[Any], Any]:
    """The same decision for a case that stands alone. Raises NotAlone for others.

    Acts that need no version (催办, 附议 …) are no steps: nobody else is told.
    """

    def alone(case: AppealState) -> Any:
        others = _concerned(case) if seen is not None else []
        if others:
            raise NotAlone(others)
        return decide(case)

    return alone


def record(entry: Entry, others: Sequence[str], *, command: str) -> AppealState:
    """Records a step, and what it means for the others: all or nothing. Raises as deciding does.

    `others` were read before the locks: whoever merged meanwhile moved the version that was seen.
    """
    with log.batch() as batch:
        batch.load([entry.stream, *map(stream, others)])
        before: AppealState = batch.state(entry.stream)
        facts: list[Any] = []

        def noted(case: AppealState) -> Any:
            facts.append(entry.decide(case))
            return facts[-1]

        after: AppealState = batch.decide(replace(entry, decide=noted))
        if before.stage == MERGED:
            _leave(batch, entry, before, after)
            return after
        followers = [batch.state(stream(number)) for number in others]
        if after.stage == "withdrawn":
            _pass_on(batch, entry, after, followers)
        elif rules.is_told(before, after):
            tied = [each for each in followers if rules.goes_along(each, after)]
            # 举报: nobody's report goes along to the unit it is about.
            if any(is_reported(each, unit) for each in tied for unit in (after.lead_unit, *after.co_units)):
                raise FieldWrong("lead_unit", "reported_by_follower")
            if tied:
                _tell(batch, entry, after, tied, step=facts[-1].kind, command=command)
        return after


def also(batch: Batch, entry: Entry, number: str, fact: Any, new: Sequence[NewText] = ()) -> AppealState:
    """Records on another case what an act means for it."""
    told: AppealState = batch.decide(
        Entry(stream=stream(number), decide=lambda _: fact, by=entry.by, at=entry.at, texts=new)
    )
    return told


def _concerned(case: AppealState) -> list[str]:
    if case.stage == MERGED and case.head is not None:
        return [case.head]
    return [each.number for each in case.followers]


def _leave(batch: Batch, entry: Entry, before: AppealState, after: AppealState) -> None:
    if after.stage != MERGED and before.head is not None:
        also(batch, entry, before.head, Parted(number=before.number))


def _tell(
    batch: Batch, entry: Entry, head: AppealState, tied: Sequence[AppealState], *, step: str, command: str
) -> None:
    answers = _Answers(head, entry, command=command) if rules.stage_with(head) not in (MERGED, "transferred") else None
    for each in tied:
        copied = answers.copied_for(each) if answers else None
        fact = rules.follow(head, step=step, reply=copied.ref if copied else None)
        also(batch, entry, each.number, fact, [copied] if copied else [])


def _pass_on(batch: Batch, entry: Entry, head: AppealState, followers: Sequence[AppealState]) -> None:
    left = [each for each in followers if each.stage == MERGED and each.head == head.number]
    while left:
        first = rules.successor(left)
        others = [each for each in left if each is not first and rules.may_follow(each, first)]
        now_head = also(
            batch, entry, first.number, rules.succeed(first, head=head, others=others, dispatch=unit_of(first, head))
        )
        for each in others:
            also(batch, entry, each.number, rules.move(each, head=now_head, mover=head))
        left = [each for each in left if each is not first and each not in others]


def unit_of(case: AppealState, head: AppealState) -> Dispatch | None:
    """Where a case goes that leaves its head: to the head's unit, if it has one and the case does not accuse it."""
    if head.lead_unit is None or is_reported(case, same_unit(head)):
        return None
    return dispatch_of(case, same_unit(head))


class _Answers:
    """The head's answer, sealed anew for each follower; without the personal data in it for other people."""

    def __init__(self, head: AppealState, entry: Entry, *, command: str) -> None:
        ref = head.texts.get("reply")
        self._words = None if ref is None else _words_of(ref, entry)
        if ref is not None and self._words is None:
            # Everybody who waits gets the answer; one that is gone must be written again.
            raise refused(head, command, "erased")
        self._public = None if self._words is None else redaction.taken_out(self._words)

    def copied_for(self, follower: AppealState) -> NewText | None:
        words = self._words if follower.joined == REPEAT else self._public
        return None if words is None else texts.sealed("reply", words)


def _words_of(ref: TextRef, entry: Entry) -> str | None:
    # What comes with this very step is not written yet.
    for text in entry.texts:
        if text.ref == ref:
            return texts.opened(ref.id, text.salt, text.cipher, text.plain)
    return texts.read([ref.id]).get(ref.id)
