"""查找: how soon the newest fifty cases with some words are there, by how common the words are."""

import math
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from urllib.parse import quote

from yousu.cases import searching
from yousu.cases.models import CaseNow
from yousu.cases.searching import Wanted
from yousu.cli.benches import Asked, Measured, crowd, filling, load, server, signed_in, staff
from yousu.cli.benches.load import Visitor
from yousu.org.actors import Actor
from yousu.platform import clock

_PAGE = 51
_SEEDS = 400


def measure(asked: Asked) -> Iterator[Measured]:
    """p95 of each kind of search, beside the newest fifty without any words."""
    filling.fill(_SEEDS)
    crowd.fill(asked.cases)
    by = staff.actor("dispatcher")
    seconds = asked.seconds / 4
    most = _p95_ms([_newest], seconds)
    yield Measured(name="search.ceiling", value=most, unit="ms")
    for name, wanted in _kinds().items():
        took = _p95_ms([_search(each, by) for each in wanted], seconds)
        yield Measured(name=name, value=took, unit="ms", ratio_to="search.ceiling", ratio=took / most)
    cookie = signed_in.cookie("dispatcher")
    with server.yousu_serve() as served:
        read = load.put([_reader(_two(crowd.WHERE), cookie)], port=served.port, seconds=asked.seconds)
    yield Measured(
        name="search.page", value=read.p95_ms, unit="ms", ratio_to="search.ceiling", ratio=read.p95_ms / most
    )


def _kinds() -> dict[str, list[Wanted]]:
    places, matters = _two(crowd.WHERE), _two(crowd.WHAT)
    since = clock.now() - timedelta(days=30)
    return {
        "search.all_texts": [Wanted(words="市民")],
        "search": [Wanted(words=words) for words in (*places[:6], *matters[:6])],
        "search.uncommon": [Wanted(words=words) for words in (*places[-6:], *matters[-6:])],
        "search.rare": [Wanted(words=words) for words in _rare()],
        "search.no_hit": [Wanted(words=words) for words in ("龘靐", "鑫龘", "懿爨")],
        "search.phrase": [Wanted(words=words) for words in ("噪音扰民", "拖欠工资几个月", "公积金贷款", "处理并给")],
        "search.two_words": [Wanted(words=f"{a} {b}") for a, b in zip(places, matters, strict=False)],
        "search.narrowed": [Wanted(words=words, category=_category(), stage="closed") for words in places[:6]],
        "search.few": [Wanted(words=words, stage="recorded") for words in places[:6]],
        "search.last_month": [Wanted(words=words, received_from=since) for words in matters[-6:]],
        "search.unit_name": [Wanted(words=words) for words in ("城东区", "公安局", "热力公司")],
        "search.category_name": [Wanted(words=words) for words in ("供热", "工资", "停车")],
    }


def _two(texts: tuple[str, ...]) -> list[str]:
    return [text[:2] for text in texts]


def _rare() -> list[str]:
    texts = (
        CaseNow.objects.filter(number__startswith="99").order_by("number").values_list("matter", flat=True)[:2000:100]
    )
    # The made-up name stands before the last sentence.
    return [text[text.index("希望") - 4 : text.index("希望") - 2] for text in texts if text]


def _category() -> str:
    found = CaseNow.objects.exclude(category=None).order_by("number").values_list("category", flat=True)[0]
    return str(found).partition("/")[0]


def _search(wanted: Wanted, by: Actor) -> Callable[[], object]:
    return lambda: searching.newest(wanted, by=by, limit=_PAGE)


def _newest() -> object:
    return list(CaseNow.objects.filter(kind="appeal").order_by("-received_at", "-number")[:_PAGE])


def _p95_ms(acts: list[Callable[[], object]], seconds: float) -> float:
    took: list[float] = []
    for act in acts:
        act()
    until = time.perf_counter() + seconds
    for act in cycle(acts):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
        if time.perf_counter() > until and len(took) >= len(acts):
            break
    took.sort()
    return took[math.ceil(len(took) * 0.95) - 1]


def _reader(words: list[str], cookie: str) -> Visitor:
    for each in cycle(words):
        yield load.request("GET", f"/desk/cases/?q={quote(each)}", headers={"Cookie": cookie})
