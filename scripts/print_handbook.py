"""使用手册: the handbook's pages of a language as one PDF, set by Typst with the documents' fonts.

Run `make handbook`, or `python scripts/print_handbook.py` alone. The pages and their order are those of its README.
"""

import argparse
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from PIL import Image

from yousu.documents.characters import FONTS
from yousu.documents.columns import measured
from yousu.documents.model import Lang, Table

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK, OUT = ROOT / "docs" / "handbook", ROOT / "build" / "handbook"
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
# Equal pages give equal bytes: the PDF says no hour of its making.
MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)

# Pictures of so many dots fill the width of the print; none is higher than so much of that width.
_FULL_WIDTH, _TALLEST = 1200, 0.66

_READER = MarkdownIt("commonmark").enable("table")
_LINK = re.compile(r"\]\(([^)#:]+\.md)\)")
# Where a long name of a setting, an address or a file may be broken.
_BREAKS = re.compile(r"(?<=[/_.=,:-])")
_CHINESE_MARKS = re.compile("[、，。；：（）]")

Json = dict[str, Any]


class NotPrintable(ValueError):
    """A page holds something that the printed handbook has no form for."""


@dataclass(frozen=True)
class Page:
    """A page: its file, and the name by which links find it in print."""

    file: Path
    lang: Lang

    @property
    def label(self) -> str:
        """The name by which links of other pages find it."""
        return label_of(self.file, self.lang)

    @property
    def is_for_a_post(self) -> bool:
        """Whether it is one of those under roles/."""
        return self.file.parent.name == "roles"


def main() -> None:
    """Prints both languages, or those asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for lang in arguments.languages:
        file = arguments.out / f"yousu-handbook-{lang}.pdf"
        file.write_bytes(printed(lang))
        print(file)


def printed(lang: Lang) -> bytes:
    """The PDF: tagged, with a list of contents, bookmarks, and every page that the README names."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
    compiler = typst.Compiler(ROOT / "scripts" / "handbook.typ", root=ROOT, font_paths=fonts)
    pdf = compiler.compile(
        sys_inputs={"handbook": json.dumps(content(lang), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=MADE_AT,
    )
    assert isinstance(pdf, bytes)
    return pdf


def content(lang: Lang) -> Json:
    """What the layout prints."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    pages = [
        # Pages for posts are all built alike: their sections would fill the contents with the same words.
        {"label": page.label, "is_alike": page.is_for_a_post, "blocks": list(_Blocks(page).of_page())}
        for page in pages_of(lang)
    ]
    return {"lang": lang, "version": version, "pages": pages}


def pages_of(lang: Lang) -> list[Page]:
    """The pages in the order of the README's links; those to other folders are no pages of the handbook."""
    folder = HANDBOOK / lang
    targets = _LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    files = dict.fromkeys((folder / target).resolve() for target in targets)
    return [Page(file, lang) for file in files if file.is_relative_to(folder)]


def label_of(file: Path, lang: Lang) -> str:
    """page-roles-dispatcher for roles/dispatcher.md."""
    return "page-" + "-".join(file.relative_to(HANDBOOK / lang).with_suffix("").parts)


class _Blocks:
    """The blocks of one page as the layout takes them."""

    def __init__(self, page: Page) -> None:
        self._page, self._labels = page, {each.label for each in pages_of(page.lang)}

    def of_page(self) -> Iterator[Json]:
        yield from self._blocks(SyntaxTreeNode(_READER.parse(self._page.file.read_text(encoding="utf-8"))))

    def _blocks(self, parent: SyntaxTreeNode) -> Iterator[Json]:
        for node in parent.children:
            yield self._block(node)

    def _block(self, node: SyntaxTreeNode) -> Json:
        match node.type:
            case "heading":
                return {"kind": "heading", "level": int(node.tag[1]), "runs": self._runs(node)}
            case "paragraph":
                return self._picture(node) or {"kind": "paragraph", "runs": self._runs(node)}
            case "bullet_list" | "ordered_list":
                items = [list(self._blocks(item)) for item in node.children]
                return {"kind": "list", "ordered": node.type == "ordered_list", "items": items}
            case "fence" | "code_block":
                return {"kind": "code", "text": node.content.rstrip("\n")}
            case "table":
                return self._table(node)
        raise NotPrintable(f"{self._page.file}: {node.type}")

    def _picture(self, node: SyntaxTreeNode) -> Json | None:
        """A paragraph that is a picture; what it shows is said below it."""
        inside = node.children[0].children
        if len(inside) != 1 or inside[0].type != "image":
            return None
        file = (self._page.file.parent / str(inside[0].attrs["src"])).resolve()
        with Image.open(file) as image:
            share = min(1, image.width / _FULL_WIDTH, _TALLEST * image.width / image.height)
        name = f"/{file.relative_to(ROOT).as_posix()}"
        return {"kind": "picture", "file": name, "alt": inside[0].content, "share": share}

    def _table(self, node: SyntaxTreeNode) -> Json:
        head, *rows = [[self._runs(cell) for cell in row.children] for part in node.children for row in part.children]
        plain = [tuple(_breakable(cell) for cell in row) for row in (head, *rows)]
        sizes = measured(Table(head=plain[0], rows=tuple(plain[1:])), self._page.lang)
        return {"kind": "table", "head": head, "rows": rows, "widths": sizes.widths, "tall": sizes.tall_rows}

    def _runs(self, node: SyntaxTreeNode) -> list[Json]:
        inline = node.children[0] if node.children else None
        return [] if inline is None else self._joined(list(self._inline(inline, {})))

    def _inline(self, parent: SyntaxTreeNode, look: Json) -> Iterator[Json]:
        for node in parent.children:
            match node.type:
                case "text":
                    yield {"text": node.content, **look}
                case "softbreak":
                    yield {"text": "\n", **look}
                case "code_inline":
                    yield {"text": node.content, "parts": _BREAKS.split(node.content), **look}
                case "strong" | "em":
                    yield from self._inline(node, {**look, "strong": True})
                case "link":
                    yield from self._inline(node, {**look, **self._target(str(node.attrs["href"]))})
                case other:
                    raise NotPrintable(f"{self._page.file}: {other}")

    def _target(self, href: str) -> Json:
        """Where a link leads: into print, to an address of the world, or nowhere when it is a file of the project."""
        if href.startswith(("http://", "https://")):
            return {"address": href}
        file = (self._page.file.parent / href.partition("#")[0]).resolve()
        is_ours = file.is_relative_to(HANDBOOK / self._page.lang)
        label = label_of(file, self._page.lang) if is_ours else ""
        return {"label": label} if label in self._labels else {}

    @staticmethod
    def _joined(runs: list[Json]) -> list[Json]:
        """A line break of the file is a space between words, and nothing beside a Han character."""
        for place, run in enumerate(runs):
            if run["text"] == "\n":
                before = runs[place - 1]["text"][-1:] if place else ""
                after = runs[place + 1]["text"][:1] if place + 1 < len(runs) else ""
                run["text"] = "" if _is_wide(before) or _is_wide(after) else " "
        return [run for run in runs if run["text"]]


def _breakable(cell: list[Json]) -> str:
    """A cell as plain text with a space wherever it may be broken, so that no width is reckoned for a longer word."""
    words = " ".join(" ".join(run.get("parts", [run["text"]])) for run in cell)
    return _CHINESE_MARKS.sub(r"\g<0> ", words)


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


if __name__ == "__main__":
    main()
