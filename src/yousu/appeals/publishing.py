"""公开: answers that everybody may read, and what the desk confirms before. No number, no person, no day."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from yousu.appeals.state import TABLE, AppealState
from yousu.cases import queries, searching
from yousu.cases.models import CaseNow
from yousu.cases.queries import Standing
from yousu.cases.search_sql import Before
from yousu.cases.searching import Wanted
from yousu.ledger import log, texts
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.understanding import redaction

_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What would be read by everybody: the matter as it stands, and the answer with personal data taken out."""

    matter: str | None
    text: str
    is_released: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """公开答复 as everybody reads it. `id` leads to no case; `month` is that of completion, `2024-01`."""

    id: UUID
    category: str | None
    district: str | None
    matter: str
    answer: str
    month: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Answers, newest first; `following` goes into `after` of the next page."""

    answers: list[Answer]
    following: UUID | None


def proposed(number: str, by: Actor) -> Proposal | None:
    """The text to confirm before `commands.release`; None where there is no reply. Raises CaseMissing, Forbidden."""
    row = queries.get(number, by)
    case: AppealState = queries.state_of(row)
    capabilities.require(by, "release", Standing(case))
    opened = texts.read([ref.id for kind in ("reply", "released") if (ref := case.texts.get(kind))])
    kept = {kind: opened[ref.id] for kind, ref in case.texts.items() if ref.id in opened}
    if "reply" not in kept:
        return None
    text = kept.get("released") or redaction.taken_out(kept["reply"])
    return Proposal(matter=row.matter, text=text, is_released="released" in kept)


# Where an answer is final. While it is disputed or worked on again it is not shown, released or not.
_FINAL = sorted(stage for stage in TABLE.stages() if "release" in TABLE.possible(stage))
# The rules let no 保密 and no 举报 be released; a case may become one afterwards.
_SHOWN = """
SELECT t.id, c.category, c.district, c.matter, t.plain, c.closed_at
FROM case_now c JOIN text t ON t.id = (c.state->'texts'->'released'->>'id')::uuid
"""
_RELEASED = f"""{_SHOWN}
WHERE c.kind = 'appeal' AND c.released_at IS NOT NULL AND c.matter IS NOT NULL AND c.stage = ANY(%(final)s)
    AND NOT (c.state->>'confidential')::boolean AND c.type IS DISTINCT FROM 'tip_off'
    AND (%(category)s::text IS NULL OR c.category = %(category)s OR starts_with(c.category, %(category)s || '/'))
    AND (%(district)s::text IS NULL OR c.district = %(district)s)
    AND (%(after)s::uuid IS NULL OR (c.released_at, c.number) < (
        SELECT a.released_at, a.number FROM text b JOIN case_now a ON a.number = split_part(b.stream, '/', 2)
        WHERE b.id = %(after)s AND b.kind = 'released'
    ))
ORDER BY c.released_at DESC, c.number DESC LIMIT %(limit)s
"""
_OF_THESE = f"{_SHOWN} WHERE c.number = ANY(%(numbers)s) ORDER BY c.received_at DESC, c.number DESC"
_LAST = """
SELECT c.received_at, c.number FROM text t JOIN case_now c ON c.number = split_part(t.stream, '/', 2)
WHERE t.id = %(id)s AND t.kind = 'released'
"""


def answer_to(case: AppealState) -> str | None:
    """What everybody may read as the answer to a case, if anything: released, and final as it stands."""
    ref = case.texts.get("released")
    if ref is None or case.released_at is None or case.stage not in _FINAL or not case.is_public:
        return None
    return texts.read([ref.id]).get(ref.id)


def released(
    *,
    words: str = "",
    category: str | None = None,
    district: str | None = None,
    after: UUID | None = None,
    limit: int = 20,
) -> Page:
    """Released answers, newest first; a category stands for its whole branch. `words`: in the matter or its place.

    Raises NothingToFind for words of which no two letters stand side by side.
    """
    size = max(1, min(limit, _MOST))
    asked = {"category": category or None, "district": district or None}
    # One more than asked for says whether there is a next page.
    if words:
        wanted = Wanted(words=words, category=asked["category"], district=asked["district"])
        found = _with_words(wanted, after=after, limit=size + 1)
    else:
        found = _found(**asked, after=after, limit=size + 1)
    answers = [
        Answer(
            id=text_id,
            category=branch,
            district=where,
            matter=matter,
            answer=answer,
            month=log.local_day_of(closed_at).strftime("%Y-%m"),
        )
        for text_id, branch, where, matter, answer, closed_at in found[:size]
    ]
    return Page(answers=answers, following=answers[-1].id if len(found) > size else None)


def _found(**asked: Any) -> list[tuple[Any, ...]]:
    return _rows(_RELEASED, **asked, final=_FINAL)


def _with_words(wanted: Wanted, *, after: UUID | None, limit: int) -> list[tuple[Any, ...]]:
    last = [Before(*row) for row in _rows(_LAST, id=after)] if after else []
    cases = CaseNow.objects.filter(
        Q(type=None) | ~Q(type="tip_off"),
        released_at__isnull=False,
        matter__isnull=False,
        stage__in=_FINAL,
        state__confidential=False,
    )
    numbers = searching.with_words(cases, wanted, after=last[0] if last else None, limit=limit)
    return _rows(_OF_THESE, numbers=numbers) if numbers else []


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
