"""地点: district, key and bounds of a place given in words or by a pin."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from yousu.cases.state import Where
from yousu.org.city import City
from yousu.platform import keys

_E6 = 1_000_000
# A key that is no landmark's name. Events keep it for ever, words may have to be erased: so it is keyed, and nobody
# finds out by trying which address it stands for.
_HIDDEN = "h:"
_HIDDEN_DIGITS = 24


def locate(words: str, *, lon: float | None, lat: float | None, city: City) -> Where:
    """Where a place is. A pin outside the city's bounding box is kept and flagged; nothing is guessed."""
    landmark = next((mark for mark in city.landmarks if mark.name in words), None)
    district = _district_named(words, city) or (landmark.district if landmark else None)
    return Where(
        key=landmark.name if landmark else _hidden(words, city),
        district=district,
        lon_e6=None if lon is None else round(lon * _E6),
        lat_e6=None if lat is None else round(lat * _E6),
        outside=lon is not None and lat is not None and not _within(city, lon, lat),
    )


def pinned(where: Where, *, lon: float, lat: float, city: City) -> Where:
    """The same place with a pin."""
    outside = not _within(city, lon, lat)
    return replace(where, lon_e6=round(lon * _E6), lat_e6=round(lat * _E6), outside=outside)


def words_for(key: str, given: Iterable[str], *, city: City) -> str | None:
    """A key in words: the landmark's name, or the first of the given words that has this key."""
    if not key.startswith(_HIDDEN):
        return key
    return next((plain for plain in (_normalised(words, city) for words in given) if plain and _of(plain) == key), None)


def _hidden(words: str, city: City) -> str | None:
    plain = _normalised(words, city)
    return None if plain is None else _of(plain)


def _of(plain: str) -> str:
    return _HIDDEN + keys.lookup("place", plain).hex()[:_HIDDEN_DIGITS]


def _district_named(words: str, city: City) -> str | None:
    named = [unit.code for unit in city.districts() for name in _names(unit.name_zh) if name in words]
    return named[0] if len(set(named)) == 1 else None


def _names(name_zh: str) -> list[str]:
    # 城东区人民政府 stands for 城东区; 大通回族土族自治县 is called 大通县, too.
    place = name_zh.removesuffix("人民政府")
    short = re.sub(r"(.族)*(自治县|区|县)$", "", place)
    return [place, short + "区", short + "县"]


def _normalised(words: str, city: City) -> str | None:
    plain = re.sub(r"[\s,，。．.;；:：、]+", "", unicodedata.normalize("NFKC", words))
    # A whole district is no place at which matters could be said to concentrate.
    too_wide = {name for unit in city.districts() for name in _names(unit.name_zh)} | {"", city.settings["name_zh"]}
    return None if plain.removeprefix(city.settings["name_zh"]) in too_wide else plain


def _within(city: City, lon: float, lat: float) -> bool:
    box = city.settings["bounding_box"]
    return bool(box["west"] <= lon <= box["east"] and box["south"] <= lat <= box["north"])
