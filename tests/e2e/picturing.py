"""手册插图: the handbook's pictures of pages, each kept with the words that were read on it."""

import difflib
import io
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Locator, Page, ViewportSize, expect
from tests.e2e.acting import fill

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "handbook"
# Drawn side by side from several steps.
PANELS = ("resident-report", "resident-follow")
# Set by `make handbook`: the pictures are drawn anew instead of being compared.
DRAWS = os.environ.get("YOUSU_DRAW") == "1"

_COLOURS = 96
_EDGE = "#c3c8cd"
_PHONE: ViewportSize = {"width": 392, "height": 736}
_GAP = 12
# The shifted clock goes on: hours, days and numbers are other ones at the next look.
_VARYING = re.compile(
    r"\d+|周[一二三四五六日]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|\b(?:Wed|Tue|Thu|Sat)\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\bdays?\b"
)


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: whose page, where, what is done there first, how much of it is seen, and which words tell it."""

    name: str
    user: str | None
    address: str
    prepare: Callable[[Page], None] = lambda page: None
    width: int = 1200
    height: int = 760
    words: str = "main"
    part: str = ""


def shoot(page: Page, shot: Shot) -> tuple[bytes, str]:
    """The picture as PNG, and the words on it."""
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.goto(shot.address)
    shot.prepare(page)
    words = page.locator(shot.words).first.inner_text()
    return _seen(page, page.locator(shot.part).first if shot.part else page), words


def as_on_a_telephone(page: Page, *, is_low: bool = False) -> tuple[bytes, str]:
    """What a resident's telephone shows of a page: its beginning, or its end."""
    page.set_viewport_size(_PHONE)
    page.evaluate(f"window.scrollTo(0, {'document.documentElement.scrollHeight' if is_low else 0})")
    return _seen(page, page), page.locator("main").inner_text()


def side_by_side(panels: Iterable[tuple[bytes, str]]) -> tuple[bytes, str]:
    """Several steps as one picture."""
    seen, words = zip(*panels, strict=True)
    if not DRAWS:
        return b"", "\n\n".join(words)
    images = [ImageOps.expand(Image.open(io.BytesIO(one)).convert("RGB"), border=1, fill=_EDGE) for one in seen]
    width = sum(image.width for image in images) + _GAP * (len(images) - 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images)), "white")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + _GAP
    return _png(sheet), "\n\n".join(words)


def keep_or_compare(lang: str, name: str, shown: tuple[bytes, str]) -> list[str]:
    """Writes the picture and its words where pictures are drawn anew; else says in which lines the words differ."""
    picture, kept = PICTURES / lang / f"{name}.png", PICTURES / lang / f"{name}.txt"
    seen, words = shown[0], steady(shown[1])
    if DRAWS:
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(_small(seen))
        kept.write_text(words, encoding="utf-8")
        return []
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    return [f"{lang}/{name}: {line}" for line in differences(before, words)]


def differences(before: str, words: str) -> list[str]:
    """The lines that went (-) and that came (+)."""
    return [line for line in difflib.ndiff(before.splitlines(), words.splitlines()) if line[:1] in "+-"]


def steady(words: str) -> str:
    """The words without what is another one at each look: numbers, names of days, and how often a line comes."""
    lines = (" ".join(_VARYING.sub("0", line).split()) for line in words.splitlines())
    return "".join(f"{line}\n" for line in dict.fromkeys(filter(None, lines)))


def _seen(page: Page, part: Page | Locator) -> bytes:
    """A picture without the strip that says a demonstration's hour and without the cursor that blinks."""
    if not DRAWS:
        return b""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.demo').forEach((strip) => strip.remove())")
    page.evaluate("document.activeElement?.matches('input, textarea') && document.activeElement.blur()")
    page.evaluate(_DAYS_AS_READ)
    return part.screenshot(animations="disabled")


# A day's field is drawn by the browser in its own language, not in the page's; readers' browsers speak theirs.
_DAYS_AS_READ = """
() => document.querySelectorAll("input[type=date]").forEach((field) => {
  const parts = field.value.split("-"), isChinese = document.documentElement.lang.startsWith("zh");
  field.type = "text";
  field.placeholder = isChinese ? "年/月/日" : "dd/mm/yyyy";
  if (parts.length === 3) field.value = isChinese ? parts.join("/") : parts.reverse().join("/");
})
"""


def _small(png: bytes) -> bytes:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return _png(ImageOps.expand(image, border=1, fill=_EDGE))


def _png(image: Image.Image) -> bytes:
    """Few colours are enough for a page, and a quarter of the bytes."""
    few = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


# What a caller says in the pictures, as staff would type it; the number is an invented appellant's of the sample days.
_CALL = {
    "caller_number": "15402689666",
    "text": "家里暖气不热，晚上只有十四度，老人受不了",
    "place": "青麓家属院",
    "category": "城乡建设/供热保障/暖气不热",
}


def _call_comes_in(page: Page) -> None:
    form = page.locator("form.new")
    _typed(page, "caller_number", _CALL["caller_number"], beside="caller")
    for name in ("text", "place", "category"):
        _typed(page, name, _CALL[name], beside="beside")
    fill(form, type="complaint")


def _typed(page: Page, name: str, words: str, *, beside: str) -> None:
    """Fills a field of the form, and waits until what it makes the page ask for stands there."""
    field = page.locator(f'form.new [name="{name}"]')
    with page.expect_response(f"**/desk/new/{beside}/") as asked:
        field.fill(words)
        field.press("Tab")
    told = page.evaluate(_TEXT_OF, asked.value.text())
    expect(page.locator(f"#{beside}")).to_have_text(told)


_TEXT_OF = """
(html) => {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  return parsed.content.textContent;
}
"""


def _follow(selector: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return go


def _unfold(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.click()


def _press(key: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(key)


SHOTS = (
    Shot(
        name="everyone-keys",
        user="dispatch1",
        address="/desk/inbox/",
        prepare=_press("?"),
        words="dialog.keys",
        part="dialog.keys",
    ),
    Shot(
        name="everyone-search",
        user="supervise1",
        address="/desk/cases/?q=暖气&stage=signed",
        width=1440,
        height=620,
    ),
    Shot(name="call-taker-new", user="call1", address="/desk/new/", prepare=_call_comes_in, height=1120),
    Shot(name="dispatcher-inbox", user="dispatch1", address="/desk/inbox/", height=900),
    Shot(name="dispatcher-returns", user="dispatch1", address="/desk/returns/", height=900),
    Shot(name="dispatcher-reviews", user="dispatch1", address="/desk/reviews/", height=820),
    Shot(name="unit-board", user="heating_company", address="/desk/unit/?show=board"),
    Shot(
        name="unit-case",
        user="heating_company",
        address="/desk/cases/2400085538/",
        prepare=_unfold("details.due summary"),
        height=900,
    ),
    Shot(name="call-back-queue", user="callback1", address="/desk/calls/?case=2400097151", height=1100),
    Shot(name="supervisor-late", user="supervise1", address="/desk/late/", height=820),
    Shot(name="supervisor-unsolved", user="supervise1", address="/desk/unsolved/", height=900),
    Shot(name="publisher-bulletin", user="publish", address="/desk/bulletins/daily-2024-01-31/", height=900),
    Shot(
        name="leader-overview",
        user="leader",
        address="/desk/overview/?period=week&to=2024-01-31",
        words="ul.figures",
        height=1000,
    ),
    Shot(
        name="leader-figure",
        user="leader",
        address="/desk/overview/?period=week&to=2024-01-31",
        prepare=_follow("ul.figures a >> nth=1"),
        width=1440,
        height=560,
    ),
    Shot(name="auditor-sign-ins", user="audit", address="/accounts/sign-ins/?user=leader", height=420),
)
