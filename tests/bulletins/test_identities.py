"""等式 on bulletins that cities published: what holds must hold, what does not must be reported, with both sides.

goldens/published.json names the source of each bulletin and was recomputed by hand.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from yousu.bulletins import identities

GOLDENS = json.loads((Path(__file__).parent / "goldens" / "published.json").read_text(encoding="utf-8"))["goldens"]
CHECKS = [(golden, check) for golden in GOLDENS for check in golden["checks"]]
# How often a city's numbers were found, and not found, to satisfy their identities.
HOLD, FAIL = 64, 14


def of_kind(*kinds: str) -> Any:
    """The checks of these kinds, named."""
    found = [(golden, check) for golden, check in CHECKS if check["kind"] in kinds]
    return pytest.mark.parametrize(
        ("golden", "check"), found, ids=[f"{golden['id']}: {check['identity']}" for golden, check in found]
    )


def digits_of(printed: str) -> int:
    return len(printed.partition(".")[2])


@of_kind("sum")
def test_totals_and_their_parts(golden: dict[str, Any], check: dict[str, Any]) -> None:
    found = identities.adds_up(check["identity"], check["total"], check["parts"].values())
    assert (found["holds"], found["left"], found["right"]) == (check["holds"], check["total"], check["computed"])


@of_kind("percent")
def test_percentages_under_both_roundings(golden: dict[str, Any], check: dict[str, Any]) -> None:
    pair = (check["numerator"], check["denominator"])
    for rounding, key in (("half_up", "half_up"), ("truncate", "truncated")):
        found = identities.share(
            check["identity"], check["published"], pair, rounding=rounding, digits=digits_of(check["published"])
        )
        assert (found["right"], found["holds"]) == (check[key], check[f"holds_{key}"])


@of_kind("inverse")
def test_which_numerators_give_a_printed_percentage(golden: dict[str, Any], check: dict[str, Any]) -> None:
    base, printed = check["denominator"], check["published"]
    for rounding, key in (("half_up", "half_up"), ("truncate", "truncated")):
        found = [
            part
            for part in range(base + 1)
            if identities.share("", printed, (part, base), rounding=rounding, digits=2)["holds"]
        ]
        assert found == check[f"numerators_{key}"]


@of_kind("value")
def test_daily_averages(golden: dict[str, Any], check: dict[str, Any]) -> None:
    if "days" not in check["how"] and "/ 7" not in check["how"]:
        # Shares in tenths of a percent that add up to the whole.
        parts = golden["published"]["causes"]
        assert identities.adds_up("", check["published"] * 10, (int(Fraction(part) * 10) for part in parts))["holds"]
        return
    days = 7 if "/ 7" in check["how"] else 90
    total = golden["published"]["calls" if "calls" in check["how"] else "accepted"]
    found = identities.average(check["identity"], check["published"], total, days=days)
    assert (found["holds"], str(found["right"])) == (check["holds"], check["computed"])


@of_kind("counter_check", "consistency")
def test_what_is_not_equal_is_reported_with_both_sides(golden: dict[str, Any], check: dict[str, Any]) -> None:
    bases = check.get("implied_bases") or (check["left"], check["right"])
    found = identities.equal(check["identity"], max(bases), min(bases))
    assert found == {"check": check["identity"], "left": max(bases), "right": min(bases), "holds": False}


@of_kind("bound")
def test_a_part_above_its_whole_is_reported(golden: dict[str, Any], check: dict[str, Any]) -> None:
    assert identities.at_most(check["identity"], check["value"], check["bound"])["holds"] == check["holds"]


@of_kind("order")
def test_one_rate_may_pass_another(golden: dict[str, Any], check: dict[str, Any]) -> None:
    # 97.4 solved, 97.5 satisfied: nothing is cut to fit.
    assert identities.at_most(check["identity"], 974, 975)["holds"]


def test_every_published_check_is_tried() -> None:
    tried = {"sum", "percent", "inverse", "value", "counter_check", "consistency", "bound", "order"}
    assert {check["kind"] for _, check in CHECKS} == tried
    held = [check["holds"] for _, check in CHECKS]
    assert (held.count(True), held.count(False)) == (HOLD, FAIL)


@pytest.mark.parametrize(
    ("this", "last", "rounding", "printed"),
    [
        (399, 348, "half_up", "14.66"),
        (399, 348, "truncate", "14.65"),
        (122, 111, "half_up", "9.91"),
        (297, 348, "half_up", "-14.66"),
        (297, 348, "truncate", "-14.65"),
        (348, 348, "half_up", "0.00"),
        (0, 348, "half_up", "-100.00"),
        (348, 0, "half_up", None),
        (0, 0, "half_up", None),
    ],
)
def test_change_against_the_period_before(this: int, last: int, rounding: str, printed: str | None) -> None:
    assert identities.changed_by(this, last, rounding=rounding, digits=2) == printed
    assert identities.change("", printed, (this, last), rounding=rounding, digits=2)["holds"]
    assert not identities.change("", "1.23", (this, last), rounding=rounding, digits=2)["holds"]


@pytest.mark.parametrize(("total", "days", "average"), [(71184, 7, 10169), (20693, 90, 230), (0, 7, 0), (7, 2, 4)])
def test_a_daily_average_is_rounded_half_up(total: int, days: int, average: int) -> None:
    assert identities.daily_average(total, days=days) == average
