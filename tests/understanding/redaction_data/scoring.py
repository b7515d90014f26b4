"""How a redactor is marked against labelled samples."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from tests.understanding.redaction_data.pieces import KINDS, Sample, Span

Marks = tuple[float, float]

# A house's unit words and a telephone's country code tell nobody where someone lives or whom to call.
_HOUSE_WORDS = frozenset("号楼栋幢座单元室户房院社组队层")
_COUNTRY_CODE = re.compile(r"[(（]?(?:[+＋]|00|００)?(?:86|８６)[)）]?[ -]?(?=(?:\D*\d){11}\D*$)")


class Found(Protocol):
    """What a redactor answers: a kind and a half-open stretch in code points."""

    @property
    def kind(self) -> str:
        """One of the kinds."""

    @property
    def start(self) -> int:
        """Offset of the first code point."""

    @property
    def end(self) -> int:
        """Offset after the last code point."""


Redact = Callable[[str], Iterable[Found]]


def score(samples: Iterable[Sample], redact: Redact) -> tuple[dict[str, Marks], Marks]:
    """(recall, precision) of each kind and over all; 1.0 where there was nothing to find or nothing was found.

    A labelled span is found when every character of it that carries data is covered, by spans of whatever kind; a
    found span is right when more than half of its characters lie in one labelled span. Recall goes by the labelled
    kind, precision by the kind that the redactor named.
    """
    labelled, covered, given, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for sample in samples:
        answers = list(redact(sample.text))
        hidden = {at for answer in answers for at in range(answer.start, answer.end)}
        for span in sample.found:
            labelled[span.kind] += 1
            covered[span.kind] += data_offsets(sample.text, span) <= hidden
        for answer in answers:
            given[answer.kind] += 1
            right[answer.kind] += _is_right(answer, sample)
    kinds = {kind: (_share(covered[kind], labelled[kind]), _share(right[kind], given[kind])) for kind in KINDS}
    return kinds, (_share(covered.total(), labelled.total()), _share(right.total(), given.total()))


def data_offsets(text: str, span: Span) -> set[int]:
    """The offsets inside a span whose characters carry data: no separators, unit words or country code."""
    start = span.start
    if span.kind == "phone" and (code := _COUNTRY_CODE.match(text[span.start : span.end])):
        start += code.end()
    silent = _HOUSE_WORDS if span.kind == "house_number" else frozenset()
    return {at for at in range(start, span.end) if text[at].isalnum() and text[at] not in silent}


def _is_right(answer: Found, sample: Sample) -> bool:
    return any(
        2 * (min(answer.end, span.end) - max(answer.start, span.start)) > answer.end - answer.start
        for span in sample.found
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
