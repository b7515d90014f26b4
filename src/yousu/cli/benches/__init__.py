"""测量: what is measured, in which order, and how a measurement is told.

The measurements lie inside the package so that an installed Yousu measures the machine it runs on, without a checkout.
Each runs in a process and a home of its own: `run.py`; `measure(asked)` of its module yields what it found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

CASES = 100_000
SECONDS = 10.0


class Bench(NamedTuple):
    """A measurement: its module, whether its home is filled with cases beforehand, and whether it opens the home."""

    module: str
    filled: bool = False
    opens: bool = True


BENCHES: Mapping[str, Bench] = {
    "record": Bench("yousu.cli.benches.record"),
    "command": Bench("yousu.cli.benches.command"),
    "import": Bench("yousu.cli.benches.file_import"),
    "start": Bench("yousu.cli.benches.start", opens=False),
    "pages": Bench("yousu.cli.benches.pages", filled=True),
    "search": Bench("yousu.cli.benches.search"),
    "bulletin": Bench("yousu.cli.benches.bulletin", filled=True),
    "sequencer": Bench("yousu.cli.benches.sequencer", filled=True),
    "recount": Bench("yousu.cli.benches.recount"),
    "live": Bench("yousu.cli.benches.live", filled=True),
    "verify": Bench("yousu.cli.benches.verify", filled=True),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For how long each load lasts, and how many cases a filled home holds."""

    seconds: float = SECONDS
    cases: int = CASES


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One figure; `ratio` compares it with what `ratio_to` names, measured in the same run."""

    name: str
    value: float | None
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None
    skipped: str | None = None

    def line(self) -> dict[str, object]:
        """The line that is printed; `skipped` only where there is no value."""
        told: dict[str, object] = {
            "name": self.name,
            "value": None if self.value is None else rounded(self.value),
            "unit": self.unit,
            "ratio_to": self.ratio_to,
            "ratio": None if self.ratio is None else rounded(self.ratio),
        }
        return told if self.skipped is None else {**told, "skipped": self.skipped}


class BenchFailed(RuntimeError):
    """What was to be measured does not work; the message says how."""


def rounded(value: float) -> float:
    """Three digits that count; whole above a hundred."""
    return round(value) if value >= 100 else float(f"{value:.3g}")
