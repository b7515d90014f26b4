"""What a page must be for everybody: WCAG 2.2 AA by axe-core, nothing to scroll sideways, words of one language."""

import os
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zlib import crc32

from playwright.sync_api import Page
from tests.e2e.browsing import NARROW, WIDE, Site, speak
from tests.e2e.crawling import kind_of

_AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
_SIZES = {WIDE: 900, NARROW: 780}


class Look(NamedTuple):
    """How somebody may see a page."""

    lang: Literal["zh", "en"]
    scheme: Literal["light", "dark"]
    size: Literal["usual", "large"]


# The first is what most people see.
LOOKS = [Look(*look) for look in product(("zh", "en"), ("light", "dark"), ("usual", "large"))]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """
async (tags) => {
  // What is folded must be in order as well.
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  // Rows are alike: the first few stand for all.
  for (const rows of document.querySelectorAll("tbody, ol, ul, datalist"))
    Array.from(rows.children).slice(8).forEach((row) => row.remove());
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id} ${node.target.join(" ")} ${node.any.concat(node.all, node.none).map((c) => c.message).join("; ")}`));
}
"""
# Parts that reach beyond the page's edge, other than inside a container that is marked to scroll; a covered title.
_SIDEWAYS = """
() => {
  const edge = document.documentElement.clientWidth + 1;
  const scrolls = (part) => {
    for (let up = part; up !== document.body && up !== null; up = up.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(up);
      if (["auto", "scroll"].includes(overflowX)) return true;
      // A line that is cut inside the page with three dots ends there for the eye, too.
      const isCut = up !== part && ["hidden", "clip"].includes(overflowX) && textOverflow === "ellipsis";
      if (isCut && up.getBoundingClientRect().right <= edge) return true;
    }
    return false;
  };
  const name = (part) => `${part.tagName.toLowerCase()}.${part.className} ${part.textContent.trim().slice(0, 40)}`;
  const wide = Array.from(document.body.querySelectorAll("*")).filter((part) => {
    const box = part.getBoundingClientRect();
    return part.checkVisibility() && box.width > 1 && box.height > 1 && box.right > edge && !scrolls(part);
  });
  const found = wide.map((part) => `beyond the edge: ${name(part)}`).slice(0, 3);
  if (document.scrollingElement.scrollWidth > edge) found.push("the page scrolls sideways");
  // What the page is called must not lie under its head or navigation.
  scrollTo(0, 0);
  for (const head of document.querySelectorAll("main h1")) {
    const box = head.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + Math.min(8, box.width / 2), box.top + box.height / 2);
    // A menu that is unfolded here lies over it on purpose.
    const isApart = over && !head.contains(over) && !over.contains(head) && !over.closest("details, dialog");
    if (isApart && box.height > 1 && box.top < innerHeight)
      found.push(`${name(over)} covers the title`);
  }
  return found;
}
"""


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN, _RULES)
    return [f"{page.url}: {finding}" for finding in found]


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_SIDEWAYS)
    return [f"{page.url}: {finding}" for finding in found]


def examined_page(page: Page, site: Site) -> list[str]:
    """What is found on a page: as most people see it, and in one other look, which changes from page to page.

    With YOUSU_LONG in every look and both widths.
    """
    first, *others = LOOKS
    turn = others[crc32(kind_of(page.url).encode()) % len(others)]
    is_long = os.environ.get("YOUSU_LONG") == "1"
    seen = [(look, width) for look in LOOKS for width in _SIZES] if is_long else [(first, WIDE), (turn, NARROW)]
    findings = [finding for look, width in seen for finding in _in_look(page, site, look, width, with_axe=True)]
    # English words are the longest: nothing of them may stick out of a telephone.
    findings += _in_look(page, site, Look("en", "light", "usual"), NARROW, with_axe=False)
    show_in(page, site, first, WIDE)
    return findings


def show_in(page: Page, site: Site, look: Look, width: int) -> None:
    """The page again, in a look and as wide as a screen or a telephone."""
    speak(page.context, site.base_url, look.lang)
    page.context.add_cookies([{"name": "size", "value": look.size, "url": site.base_url}])
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size({"width": width, "height": _SIZES[width]})
    page.reload()


def _in_look(page: Page, site: Site, look: Look, width: int, *, with_axe: bool) -> list[str]:
    show_in(page, site, look, width)
    found = (barriers(page) if with_axe else []) + (sideways(page) if width == NARROW else [])
    return [f"{look.lang} {look.scheme} {look.size} {width}: {finding}" for finding in found]


def seen_texts(page: Page) -> list[dict[str, Any]]:
    """Every text a reader meets: text nodes, and the attributes that are read out, with the nearest `lang`."""
    # A page that is just leading on has no body for a moment.
    page.wait_for_function("document.body !== null && document.readyState !== 'loading'")
    texts: list[dict[str, Any]] = page.evaluate(_TEXTS)
    return texts


_TEXTS = """
() => {
  const found = [{ text: document.title, lang: "", where: "title" }];
  const lang = (part) => part.closest("[lang]")?.lang ?? "";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const part = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (text && !part.closest("script, style, kbd, noscript"))
      found.push({ text, lang: lang(part), where: `${part.tagName.toLowerCase()}.${part.className}` });
  }
  for (const part of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (part.hasAttribute(name)) found.push({ text: part.getAttribute(name), lang: lang(part), where: name });
  return found;
}
"""
