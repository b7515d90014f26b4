"""答复质量: held against replies that were judged before any rule read them; none of them is changed to fit."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest

from yousu.understanding.replies import SORTS, Asked, findings

_SETS = Path(__file__).parent / "findings_data"
# Judged before the rules were written; and a smaller set, judged after them, by which they were not made.
SETS = {"replies": 60, "replies_unseen": 20}
LEAST_PRECISION = 0.75
# 答非所问 is the hardest to see without understanding; a hint that is right counts more than one that is missed.
LEAST_RECALL = {"off_the_matter": 0.6, "no_place": 0.6}


@dataclass
class Score:
    """How often a finding was right, superfluous, missing."""

    right: int = 0
    superfluous: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.superfluous or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing or 1)


def judged(name: str = "replies") -> Iterator[tuple[dict[str, str], set[str], set[str]]]:
    """Each reply with what was expected and what is found."""
    with (_SETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            earlier = [row["earlier"]] if row["earlier"] else []
            asked = Asked(matter=row["matter"], place=row["place"], outcome=row["outcome"], earlier=earlier)
            yield row, set(row["expected"].split()), {one.code for one in findings(row["reply"], asked)}


def scores(name: str = "replies") -> dict[str, Score]:
    told = {code: Score() for code in SORTS}
    for _, expected, found in judged(name):
        for code, score in told.items():
            score.right += code in expected and code in found
            score.superfluous += code not in expected and code in found
            score.missing += code in expected and code not in found
    return told


@pytest.mark.parametrize(("name", "least"), SETS.items())
def test_the_sets_are_large_enough_and_name_only_sorts_there_are(name: str, least: int) -> None:
    rows = list(judged(name))
    assert len(rows) >= least
    assert set().union(*(expected for _, expected, _ in rows)) == set(SORTS)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("code", SORTS)
def test_what_is_found_is_what_a_reviewer_would_find(code: str, name: str) -> None:
    score = scores(name)[code]
    assert score.precision >= LEAST_PRECISION, score
    assert score.recall >= LEAST_RECALL.get(code, 0.8), score


def test_a_finding_names_its_place_and_speaks_both_languages() -> None:
    reply = "1月9日请找工作人员13911112222"
    found = next(one for one in findings(reply, Asked(matter="路灯不亮")) if one.code == "personal_data")
    assert reply[found.start : found.end] == "13911112222"
    assert found.severity == "warning" and found.sentence("zh-hans") != found.sentence("en")


@pytest.mark.parametrize("reply", ["", "。", "\u202e", "a" * 20_000, "《" * 3_000, "根据" * 5_000, "一二三月" * 3_000])
def test_any_words_are_looked_through_quickly(reply: str) -> None:
    began = perf_counter()
    findings(reply, Asked(matter="路灯不亮" * 500, place="路" * 2_000, outcome="explained", earlier=[reply]))
    assert perf_counter() - began < 1


if __name__ == "__main__":
    for name in SETS:
        for code, score in scores(name).items():
            print(f"{name:15} {code:15} precision {score.precision:.2f} recall {score.recall:.2f} {score}")
        for row, expected, found in judged(name):
            if expected != found:
                print(row["matter"], "|", row["reply"], "| missing", expected - found, "| more", found - expected)
