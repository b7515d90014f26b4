"""The page of duties: every one has its line, and what it names as a test is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "compliance.md").read_text(encoding="utf-8")
STATES = {"kept", "helped", "operator's", "not yet", "kept / operator's"}


def lines() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")
    ]


def test_every_duty_of_the_hotline_has_one_line() -> None:
    found = [cells[0] for cells in lines() if re.fullmatch(r"L-\d\d", cells[0])]
    assert sorted(found) == [f"L-{n:02}" for n in range(1, 26)]


@pytest.mark.parametrize("article", ["19", "22–24, 34–36", "28", "30, 46", "31"])
def test_every_article_on_petitions_has_a_line(article: str) -> None:
    assert f"| {article} |" in PAGE.split("## 信访工作条例")[1].split("## ")[0]


@pytest.mark.parametrize(
    "article",
    ["5, 6", "7, 17", "13, 34, 35", "19", "21", "23, 25", "24", "28, 29", "36", "44–47", "51", "54–56", "57", "73"],
)
def test_every_article_on_personal_data_has_a_line(article: str) -> None:
    assert f"| {article} |" in PAGE.split("## 个人信息保护法")[1].split("## ")[0]


def test_every_line_says_how_it_is_kept_and_its_tests_are_there() -> None:
    duties = [cells for cells in lines() if len(cells) == 5 and cells[0] not in ("id", "art.", "---")]
    assert {cells[2] for cells in duties} <= STATES
    for cells in duties:
        named = re.findall(r"`([^`]+)`", cells[4])
        assert all((ROOT / "tests" / name).exists() for name in named), cells
        assert named or cells[2] in ("operator's", "not yet"), cells
