"""城市配置: the city in force: its folder of TOML and CSV files, and over it what was changed since. No database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import ParamSpec, TypeVar
from weakref import ReferenceType, ref

from yousu.org import city_files
from yousu.org.city_data import Article as Article
from yousu.org.city_data import Category as Category
from yousu.org.city_data import City as City
from yousu.org.city_data import CityWrong as CityWrong
from yousu.org.city_data import Label as Label
from yousu.org.city_data import ScoreItem as ScoreItem
from yousu.org.city_data import Unit as Unit
from yousu.platform import environment

P = ParamSpec("P")
T = TypeVar("T")


class _InForce:
    """The city of this process, and the files that lie over its folder."""

    city: City | None = None
    # Name and digest of each file over the folder.
    standing: tuple[tuple[str, ...], ...] = ()


_pinned: ContextVar[City | None] = ContextVar("city", default=None)


def city() -> City:
    """The city in force: of YOUSU_CITY, with what was changed on pages or imported. Raises CityWrong."""
    return _pinned.get() or _InForce.city or lay({})


def load(name: str) -> City:
    """Reads a city's folder, by name under yousu/cities or by path. Raises CityWrong."""
    return city_files.built(city_files.read(name), folder=city_files.folder(name))


def with_laid(laid: Mapping[str, str]) -> City:
    """The city's folder with these files laid over it; it is not in force yet. Raises CityWrong with the place."""
    name = environment.text("YOUSU_CITY")
    return city_files.built(city_files.laid_over(_folder(name), laid), folder=city_files.folder(name))


def lay(laid: Mapping[str, str], *, standing: tuple[tuple[str, ...], ...] = ()) -> City:
    """Puts the folder with these files over it in force for this process. Raises CityWrong."""
    put = with_laid(laid)
    _InForce.city, _InForce.standing = put, standing
    return put


def current() -> City:
    """What is in force in this process now, whatever a request began with."""
    return _InForce.city or lay({})


def laid() -> tuple[tuple[str, ...], ...]:
    """Name and digest of the files that lie over the folder here."""
    return _InForce.standing


def forget() -> None:
    """The next question reads the folder again, and nothing lies over it."""
    _folder.cache_clear()
    _InForce.city, _InForce.standing = None, ()


@contextmanager
def pinned(known: City | None = None) -> Iterator[City]:
    """One city from beginning to end, whatever comes into force meanwhile: a request does not change horses."""
    one = known or city()
    token = _pinned.set(one)
    try:
        yield one
    finally:
        _pinned.reset(token)


def per_city(made: Callable[P, T]) -> Callable[P, T]:
    """Keeps what a function makes of the city, until another one is in force."""
    # Weakly: what is asked for no more must not keep a whole city that is no longer in force.
    kept: dict[object, tuple[ReferenceType[City], T]] = {}

    @wraps(made)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        # By the very object: a value made while another city came in is made again.
        now, key = city(), (args, *kwargs.items())
        found = kept.get(key)
        if found is None or found[0]() is not now:
            found = kept[key] = ref(now), made(*args, **kwargs)
        return found[1]

    return asked


@cache
def _folder(name: str) -> Mapping[str, str]:
    return city_files.read(name)
