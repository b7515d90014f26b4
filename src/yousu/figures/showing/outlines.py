"""区县轮廓: a city's districts.geojson as shapes to draw; a city without one has bars instead."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from yousu.figures.showing.parts import Row, Shape
from yousu.figures.showing.wording import is_chinese
from yousu.org.city import City, CityWrong, city, per_city
from yousu.org.tables import OUTLINES as FILE

# How wide the drawing is, in its own units; its height follows from the outlines.
_WIDTH, _MARGIN = 140.0, 1.0
_DARKEST = 4


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One district: an SVG path, where its name stands, and the name as it fits."""

    path: str
    x: float
    y: float
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A city's outlines, and whether they are only a scheme."""

    outlines: Mapping[str, Outline]
    height: float
    is_schematic: bool


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The map of a period."""

    shapes: tuple[Shape, ...] = ()
    width: float = 0
    height: float = 0
    is_schematic: bool = False


NOTHING = Drawn()


def drawn(rows: Mapping[str, Row]) -> Drawn:
    """The districts shaded by their rows' values; nothing for a city without outlines."""
    sheet = in_force()
    if sheet is None:
        return NOTHING
    values = [rows[code].value for code in sheet.outlines if code in rows]
    shapes = tuple(
        Shape(
            path=outline.path,
            x=outline.x,
            y=outline.y,
            shade=_shade(rows[code].value, values),
            row=rows[code],
            name=outline.name_zh if is_chinese() else outline.name_en,
        )
        for code, outline in sheet.outlines.items()
        if code in rows
    )
    return Drawn(shapes=shapes, width=_WIDTH, height=sheet.height, is_schematic=sheet.is_schematic)


def _shade(value: int, values: Sequence[int]) -> int:
    """Four equal steps from the smallest value to the largest; 0 is for none at all."""
    low, high = min(values), max(values)
    if value == 0:
        return 0
    return min(1 + _DARKEST * (value - low) // (high - low), _DARKEST) if high > low else 2


@per_city
def in_force() -> Sheet | None:
    """The city's outlines. Raises CityWrong when a district is unknown or missing."""
    return read(city())


def check(known: City) -> None:
    """Raises CityWrong unless a city's outlines, if it has any, are those of its districts."""
    read(known)


def read(known: City) -> Sheet | None:
    """The outlines of a city, which need not be in force. Raises CityWrong when a district is unknown or missing."""
    if FILE not in known.texts:
        return None
    try:
        told = json.loads(known.texts[FILE])
        features = {feature["properties"]["code"]: feature for feature in told["features"]}
    except (ValueError, KeyError, TypeError) as error:
        raise CityWrong(f"{FILE} is no GeoJSON: {error!r}", file=FILE, why="not_geojson") from error
    # A district that ended stays drawn as long as the file draws it.
    standing = {unit.code for unit in known.districts() if unit.ended is None}
    if not standing <= set(features) <= {unit.code for unit in known.districts()}:
        raise CityWrong(f"{FILE} does not draw exactly the districts of units.csv", file=FILE, why="other_districts")
    plane = _Plane([point for feature in features.values() for ring in _rings(feature) for point in ring])
    outlines = {code: _outline(feature, plane) for code, feature in features.items()}
    return Sheet(outlines=outlines, height=plane.height, is_schematic=bool(told.get("schematic")))


def _outline(feature: Mapping[str, Any], plane: "_Plane") -> Outline:
    x, y = plane.at(feature["properties"]["label"])
    rings = ("L".join("{} {}".format(*plane.at(point)) for point in ring[:-1]) for ring in _rings(feature))
    return Outline(
        path="".join(f"M{ring}Z" for ring in rings),
        x=x,
        y=y,
        name_zh=feature["properties"]["name_zh"],
        name_en=feature["properties"]["name_en"],
    )


def _rings(feature: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)


class _Plane:
    """Degrees to the drawing's units: a city is small enough for parallels of one length."""

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        self._west, self._north = min(lon for lon, _ in points), max(lat for _, lat in points)
        east, south = max(lon for lon, _ in points), min(lat for _, lat in points)
        self._narrower = cos(radians((self._north + south) / 2))
        self._scale = (_WIDTH - 2 * _MARGIN) / ((east - self._west) * self._narrower)
        self.height = round((self._north - south) * self._scale + 2 * _MARGIN, 1)

    def at(self, point: Sequence[float]) -> tuple[float, float]:
        lon, lat = point
        x = (lon - self._west) * self._narrower * self._scale + _MARGIN
        return round(x, 1), round((self._north - lat) * self._scale + _MARGIN, 1)
