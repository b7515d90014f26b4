"""图样: pictures of pages side by side on one sheet, drawn by the browser itself."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

_COLUMNS = {360: 6, 768: 3, 1440: 2}
_SHEET_WIDTH = 1800
# A browser takes no picture of a page that is too long.
_MOST_ON_A_SHEET = 12
# Pages may be long; what lies below this nobody sees at first sight either.
MOST_HEIGHT = 1600


@dataclass(frozen=True)
class Picture:
    """A page as it looked."""

    title: str
    png: bytes


def taken(page: Page, title: str) -> Picture:
    """A picture of the whole page, cut off where it gets long."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), MOST_HEIGHT)
    width = page.viewport_size["width"] if page.viewport_size else 1440
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    return Picture(title, page.screenshot(full_page=True, clip=clip, animations="disabled"))  # type: ignore[arg-type]


def draw(browser: Browser, pictures: Sequence[Picture], *, width: int, to: Path) -> None:
    """Sheets of pictures that were taken at the same width: `to`, then `…-2.png` and so on."""
    to.parent.mkdir(parents=True, exist_ok=True)
    for n, begins in enumerate(range(0, len(pictures), _MOST_ON_A_SHEET), start=1):
        context = browser.new_context(viewport={"width": _SHEET_WIDTH, "height": 900})
        page = context.new_page()
        page.set_content(_html(pictures[begins : begins + _MOST_ON_A_SHEET], columns=_COLUMNS[width]))
        page.screenshot(path=to if n == 1 else to.with_stem(f"{to.stem}-{n}"), full_page=True)
        context.close()


def _html(pictures: Sequence[Picture], *, columns: int) -> str:
    shown = "".join(
        f"<figure><figcaption>{escape(one.title)}</figcaption>"
        f'<img src="data:image/png;base64,{base64.b64encode(one.png).decode()}"></figure>'
        for one in pictures
    )
    style = (
        f"body{{margin:12px;display:grid;gap:12px;grid-template-columns:repeat({columns},minmax(0,1fr));align-items:start;"
        "font:12px sans-serif;background:#888}figure{margin:0;background:#fff}figcaption{padding:4px}img{width:100%}"
    )
    return f"<meta charset=utf-8><style>{style}</style>{shown}"
