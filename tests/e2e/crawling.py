"""Finds a site's pages by following links: each kind of page once."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

_NUMBERS = re.compile(r"\d+")
# Articles of the knowledge base that came with the city, accounts and the tables of the configuration bear names.
_CODES = re.compile(
    r"(?:(?<=/articles/)|(?<=/people/)|(?<=/configuration/))(?!(?:new|calendar|settings)/)[a-z0-9_]+(?=/)"
)
_VALUES = re.compile(r"=[^&]*")
_HARD_LIMIT = 80
# Documents for other programs than a browser's page.
_NO_PAGES = re.compile(r"/(pdf|json|docx|order|letter)/?$|\.(csv|xlsx)$|^/api/")
# The cases behind a figure are one kind of page, whichever figure, and however its row narrows it.
_FIGURE = re.compile(r"^(/desk/figures/)[a-z_]+/$")


def kind_of(address: str) -> str:
    """What an address has in common with others of its kind: no numbers, no codes, no values."""
    parts = urlsplit(address)
    if _FIGURE.match(parts.path):
        return _FIGURE.sub(r"\1NAME/", parts.path)
    return _NUMBERS.sub("N", _CODES.sub("N", parts.path)) + ("?" + _VALUES.sub("", parts.query) if parts.query else "")


def crawl(page: Page, *starts: str, under: tuple[str, ...] = ("/",)) -> Iterator[str]:
    """Opens the start pages and each kind of page below `under` that they lead to; yields the open page's address."""
    waiting = list(starts)
    known = {kind_of(start) for start in starts}
    visited = 0
    while waiting:
        visited += 1
        assert visited <= _HARD_LIMIT, f"a page leads to ever new pages: {waiting[:5]}"
        address = waiting.pop(0)
        page.goto(address)
        for link in _links(page):
            if link.startswith(under) and kind_of(link) not in known:
                known.add(kind_of(link))
                waiting.append(link)
        yield address


def _links(page: Page) -> list[str]:
    here = urlsplit(page.url)
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
    addresses = [urlsplit(urljoin(page.url, link)) for link in found if not link.startswith("#")]
    own = [parts for parts in addresses if parts.netloc == here.netloc and not _NO_PAGES.search(parts.path)]
    return [parts.path + (f"?{parts.query}" if parts.query else "") for parts in own]
