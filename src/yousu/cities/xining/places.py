"""地点: the sample city's roads, estates and public places."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Place:
    """地点: where a matter lies; district and street are unit codes, lon and lat WGS-84 or None."""

    kind: str
    name: str
    district: str
    street: str
    lon: float | None
    lat: float | None


@cache
def places() -> tuple[Place, ...]:
    """地名表: every place of `places.csv`, in its order."""
    source = files(__package__) / "places.csv"
    with source.open(encoding="utf-8") as lines:
        return tuple(_place(row) for row in csv.DictReader(lines))


def _place(row: dict[str, str]) -> Place:
    return Place(
        kind=row["kind"],
        name=row["name"],
        district=row["district"],
        street=row["street"],
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
    )
