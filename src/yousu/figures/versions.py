"""指标版本: the SQL that each figure's version stands for, as checked in with `sql/versions.csv`.

A version names one SQL for good: who counts otherwise raises it, so that "v2" of a figure means the same everywhere.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

SQL = Path(__file__).parent / "sql"
_FILE, _HEAD = "versions.csv", ("figure", "version", "sha256")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A figure's version and the digest of the SQL it stands for."""

    figure: str
    version: int
    digest: str


def recorded(folder: Path = SQL) -> Mapping[str, Recorded]:
    """What is checked in, by figure; nothing where there is no file yet."""
    file = folder / _FILE
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        found = [
            Recorded(figure=r["figure"], version=int(r["version"]), digest=r["sha256"]) for r in csv.DictReader(rows)
        ]
    return {one.figure: one for one in found}


def record(several: Iterable[Recorded], folder: Path = SQL) -> None:
    """Writes the file."""
    lines = [",".join(_HEAD), *(_line(one) for one in several)]
    (folder / _FILE).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def digest_of(sql: str) -> str:
    """SHA-256 of a figure's SQL."""
    return sha256(sql.encode()).hexdigest()


def why_not(now: Recorded, before: Recorded | None) -> str | None:
    """Why a figure must not be recorded like this: another SQL under the same version, or a lower one."""
    if before is None or now.version > before.version or now == before:
        return None
    return (
        f"{now.figure}: version {before.version} is recorded with another SQL. Raise its `version` in "
        "figures/ (and its sentence, if it says something else now), then run "
        "`python -m yousu.figures.compiler`."
    )


@cache
def definitions_digest(folder: Path = SQL) -> str:
    """Digest over figure, version and SQL of the whole catalogue: which definitions a bulletin was counted by."""
    lines = "".join(f"{_line(one)}\n" for one in recorded(folder).values())
    return "sha256:" + sha256(lines.encode()).hexdigest()


def _line(one: Recorded) -> str:
    return f"{one.figure},{one.version},{one.digest}"
