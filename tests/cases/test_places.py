"""Where a place is: district, normalised key, bounds."""

import re

import pytest

from yousu.cases.places import locate, words_for
from yousu.org.city import City, load
from yousu.platform import keys


@pytest.fixture(autouse=True)
def key_file() -> None:
    """The key by which places are hidden."""
    keys.ensure_key_file()


@pytest.fixture(scope="module")
def xining() -> City:
    return load("xining")


@pytest.mark.parametrize(
    ("words", "district"),
    [
        ("城东区某路", "chengdong"),
        ("西宁市城西区海湖新区", "chengxi"),
        ("大通县桥头镇", "datong"),
        ("大通回族土族自治县桥头镇", "datong"),
        ("湟源县城关镇", "huangyuan"),
        ("不知道哪里", None),
        ("城东区和城西区交界", None),
    ],
)
def test_a_district_is_found_by_the_names_people_use(xining: City, words: str, district: str | None) -> None:
    assert locate(words, lon=None, lat=None, city=xining).district == district


def test_a_landmark_gives_its_district_and_its_name_as_key(xining: City) -> None:
    landmark = next(mark for mark in xining.landmarks if mark.kind == "park")
    where = locate(f"{landmark.name}南门附近", lon=None, lat=None, city=xining)
    assert (where.key, where.district) == (landmark.name, landmark.district)


def test_a_whole_district_or_city_is_no_key(xining: City) -> None:
    for words in ("城东区", "西宁市", "西宁市城中区", "  "):
        assert locate(words, lon=None, lat=None, city=xining).key is None


def test_the_same_words_written_differently_are_one_key(xining: City) -> None:
    one = locate("某某路１２号", lon=None, lat=None, city=xining).key
    assert one is not None
    assert one == locate("某某路 12号。", lon=None, lat=None, city=xining).key
    assert one != locate("某某路 13号", lon=None, lat=None, city=xining).key


def test_what_is_no_landmark_stands_nowhere_in_clear(xining: City) -> None:
    key = locate("某某路12号张家小院", lon=None, lat=None, city=xining).key
    assert key is not None
    assert re.fullmatch("h:[0-9a-f]{24}", key)
    assert key == "h:" + keys.lookup("place", "某某路12号张家小院").hex()[:24]


def test_a_key_is_read_by_whoever_still_has_the_words(xining: City) -> None:
    key = locate("某某路 12号", lon=None, lat=None, city=xining).key
    assert key is not None
    assert words_for(key, ["别处", "某某路１２号。"], city=xining) == "某某路12号"
    assert words_for(key, ["别处"], city=xining) is None
    assert words_for("五四大街", [], city=xining) == "五四大街"


def test_a_pin_outside_the_city_is_kept_and_flagged(xining: City) -> None:
    where = locate("北京", lon=116.4, lat=39.9, city=xining)
    assert where.outside
    assert (where.lon_e6, where.lat_e6) == (116_400_000, 39_900_000)
    assert not locate("市中心", lon=101.78, lat=36.62, city=xining).outside
