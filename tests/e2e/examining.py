"""What a page must be for everybody: WCAG 2.2 AA by axe-core, nothing to scroll sideways, words of one language."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page
from tests.e2e.browsing import NARROW, WIDE, Site, speak

_AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
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
# Parts that reach beyond the page's edge, other than inside a container that is marked to scroll.
_SIDEWAYS = """
() => {
  const edge = document.documentElement.clientWidth + 1;
  const scrolls = (part) => {
    for (let up = part; up !== document.body && up !== null; up = up.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const name = (part) => `${part.tagName.toLowerCase()}.${part.className} ${part.textContent.trim().slice(0, 40)}`;
  const wide = Array.from(document.body.querySelectorAll("*")).filter((part) => {
    const box = part.getBoundingClientRect();
    return part.checkVisibility() && box.width > 1 && box.height > 1 && box.right > edge && !scrolls(part);
  });
  const found = wide.map((part) => `beyond the edge: ${name(part)}`).slice(0, 3);
  if (document.scrollingElement.scrollWidth > edge) found.push("the page scrolls sideways");
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
    """What is found in Chinese by day and in English by night, both on a screen and on a telephone."""
    findings: list[str] = []
    schemes: tuple[tuple[str, Literal["light", "dark"]], ...] = (("zh", "light"), ("en", "dark"))
    for lang, scheme in schemes:
        speak(page.context, site.base_url, lang)
        page.emulate_media(color_scheme=scheme)
        page.reload()
        for width, height in ((WIDE, 900), (NARROW, 780)):
            page.set_viewport_size({"width": width, "height": height})
            found = barriers(page) + (sideways(page) if width == NARROW else [])
            findings += [f"{lang} {scheme} {width}: {finding}" for finding in found]
    speak(page.context, site.base_url, "zh")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    return findings


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
