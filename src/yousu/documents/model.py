"""公文内容: what a bulletin, a work order or a letter says, apart from how it is printed.

Every rendering shows the same words. A printed number is a Figure and names the JSON path of what it counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lang = Literal["zh", "en"]
Align = Literal["left", "center", "right"]
# 通报, 工单, 函: each kind has a layout of its own.
Kind = Literal["bulletin", "sheet", "letter"]

DEEPEST_LEVEL = 4
_HAN_DIGITS = "零一二三四五六七八九"


class DocumentWrong(ValueError):
    """A document that cannot be printed: no title, a heading level skipped, a table's rows of different lengths."""


@dataclass(frozen=True)
class Figure:
    """数字: a printed number and the JSON path of the figure it shows, such as `accepted.by_channel.hotline`."""

    path: str
    text: str


Run = str | Figure
Runs = tuple[Run, ...]
Cell = Run | Runs


@dataclass(frozen=True)
class Heading:
    """标题: its words without a number; 一、（一）1.（1） are counted by the renderings. Levels begin at 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """正文: one paragraph of text and figures; 称谓 and the like begin at the margin."""

    runs: Runs
    is_indented: bool = True


@dataclass(frozen=True)
class ListItems:
    """列项: points one below the other, counted as 1. 2. 3. when ordered."""

    items: tuple[Runs, ...]
    ordered: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """表: the head is repeated on every page the table reaches; align holds one word per column, all left if empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    align: tuple[Align, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.head), *(len(row) for row in self.rows), len(self.align or self.head)}
        if len(lengths) > 1 or not self.head:
            raise DocumentWrong(f"table {self.caption!r}: head, rows and align differ in length: {sorted(lengths)}")

    @property
    def aligns(self) -> tuple[Align, ...]:
        """One word per column."""
        left: Align = "left"
        return self.align or (left,) * len(self.head)


@dataclass(frozen=True)
class Facts:
    """要素: labels with their values, one or two of them to a row."""

    rows: tuple[tuple[tuple[str, Cell], ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) not in (1, 2) for row in self.rows):
            raise DocumentWrong("a row of facts has one or two of them")


@dataclass(frozen=True, kw_only=True)
class Room:
    """留白: a box to be filled in by hand, so many lines high; what is to be signed stands at its foot."""

    label: str
    lines: int
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    """落款: who writes and on which day."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | ListItems | Table | Facts | Room | Closing


@dataclass(frozen=True)
class Head:
    """版头: the sign of the issuing body, and below it on the left who edits the bulletin."""

    sign: str
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """版记: who compiled, reviewed and signed, each None until done, and to whom it goes."""

    compiled_by: str | None = None
    reviewed_by: str | None = None
    signed_by: str | None = None
    distribution: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seal:
    """封存: the digest of a frozen bulletin, `sha256:` and 64 hex digits, and when it was frozen, as printed."""

    digest: str
    frozen_at: str

    @property
    def short_digest(self) -> str:
        """The first sixteen hex digits, in fours: enough to compare by eye."""
        digits = self.digest.removeprefix("sha256:")[:16]
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


@dataclass(frozen=True, kw_only=True)
class Document:
    """公文: something ready to print. A bulletin without a seal is a draft and says so on every rendering.

    moment: as-of of the figures, with offset; the date in the PDF's properties, so equal documents give equal files.
    """

    head: Head
    title: str
    number_line: str
    date_line: str
    moment: datetime
    blocks: tuple[Block, ...]
    signature: Signature = Signature()
    notes: tuple[str, ...] = ()
    seal: Seal | None = None
    lang: Lang = "zh"
    kind: Kind = "bulletin"
    # 未审核: said of other kinds; a bulletin says it by its seal.
    is_unreviewed: bool = False

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise DocumentWrong("moment has no offset")
        if not self.title.strip():
            raise DocumentWrong("title is empty")
        deepest = 0
        for heading in self.blocks:
            if isinstance(heading, Heading):
                # PDF/UA forbids a heading whose parent level is missing, and a reader would look for it, too.
                if not 1 <= heading.level <= min(deepest + 1, DEEPEST_LEVEL):
                    raise DocumentWrong(f"heading {heading.text!r}: level {heading.level} follows level {deepest}")
                deepest = heading.level


def runs_of(cell: Cell) -> Runs:
    """The runs of a cell, whichever way it was written."""
    return cell if isinstance(cell, tuple) else (cell,)


def plain(runs: Iterable[Run]) -> str:
    """The words of the runs alone."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


def numbered(document: Document) -> Iterator[tuple[Block, str]]:
    """Each block with the number of its heading, empty for what is no heading."""
    counts = [0] * DEEPEST_LEVEL
    for block in document.blocks:
        number = ""
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (DEEPEST_LEVEL - block.level)
            number = _number(counts[: block.level], document.lang)
        yield block, number


def han_number(number: int) -> str:
    """汉字数目: 1 to 99 as 一, 十, 十一, 二十, 九十九."""
    if not 1 <= number <= 99:
        raise DocumentWrong(f"no Han numeral for {number}")
    tens, units = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _HAN_DIGITS[tens] + "十"
    return lead + (_HAN_DIGITS[units] if units else "")


def _number(counts: list[int], lang: Lang) -> str:
    if lang == "en":
        return ".".join(str(count) for count in counts) + ("." if len(counts) == 1 else "") + " "
    last, level = counts[-1], len(counts)
    if level <= 2:
        return f"{han_number(last)}、" if level == 1 else f"（{han_number(last)}）"
    return f"{last}. " if level == 3 else f"（{last}）"
