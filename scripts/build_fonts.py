"""字体: makes the vendored font subsets of the documents from their free sources; needs npm, apt-get and dpkg-deb.

Run `uv run --group fonts python scripts/build_fonts.py`; equal sources give equal files. `--sources DIR` keeps what
was fetched. Families are renamed because the OFL reserves the names of the originals for unchanged fonts.
"""

import argparse
import bz2
import gzip
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[1] / "src/yousu/documents/fonts"
NPM = {"noto-serif-sc": "5.3.0", "noto-sans-sc": "5.3.0", "lxgw-wenkai": "5.3.0", "source-serif-4": "5.3.1"}
DEBIAN = ("texlive-lang-chinese", "unicode-data")
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
FANDOL_LICENCE = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
FANDOL_README = "usr/share/doc/texlive-doc/fonts/fandol/README"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
PACKAGES = {"Kai": "lxgw-wenkai", "Hei": "noto-sans-sc", "Song": "noto-serif-sc", "Latin": "source-serif-4"}
# 2026-01-01T00:00:00Z counted from 1904: a fixed date makes equal sources give equal files.
FIXED_DATE = 3_850_070_400


@dataclass(frozen=True)
class Wanted:
    """One vendored file: its family and weight, where its outlines come from, and which are taken."""

    file: str
    family: str
    weight: int
    sources: tuple[Path, ...]
    characters: frozenset[int]


def main() -> None:
    """Fetches the sources, writes the subsets, their licences and the list of characters they cover."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder of fetched sources, filled when empty")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        sources = (arguments.sources or Path(scratch) / "sources").resolve()
        fetch(sources)
        covered: set[int] = set()
        for wanted in fonts_wanted(sources):
            font = build(wanted, Path(scratch))
            font.save(arguments.out / wanted.file)
            covered |= set(font.getBestCmap())
            print(wanted.file, len(font.getBestCmap()), (arguments.out / wanted.file).stat().st_size)
    (arguments.out / "coverage.txt").write_text("".join(f"{line}\n" for line in ranges(covered)), encoding="ascii")
    write_licences(sources, arguments.out)


def fetch(sources: Path) -> None:
    """Unpacks the npm and Debian packages into the folder, each only if it is not there."""
    sources.mkdir(parents=True, exist_ok=True)
    for name, version in NPM.items():
        if not (sources / name).exists():
            packed = _run(["npm", "pack", "--silent", f"@fontsource/{name}@{version}"], sources).splitlines()[-1]
            shutil.unpack_archive(sources / packed, sources / name)
    for name in DEBIAN:
        if not (sources / name).exists():
            _run(["apt-get", "download", name], sources)
            _run(["dpkg-deb", "-x", str(next(sources.glob(f"{name}_*.deb"))), name], sources)


def fonts_wanted(sources: Path) -> Iterator[Wanted]:
    """仿宋 for the body, 楷体 and 黑体 for headings, bold 宋体 for titles, Latin for English and page numbers."""
    whole, usual = characters(sources), characters(sources, levels=2)
    fandol = sources / "texlive-lang-chinese" / FANDOL
    yield Wanted("YousuFangSong-Regular.otf", "Yousu FangSong", 400, (fandol,), whole)
    # 楷体 is the only free face with every character of the list, so it also stands in for what the others lack;
    # its light weight is the one that does not stand out among 仿宋.
    kai = sources / "lxgw-wenkai/package/files/lxgw-wenkai-latin-300-normal.woff2"
    yield Wanted("YousuKai-Regular.ttf", "Yousu Kai", 400, (kai,), whole)
    yield Wanted("YousuRare-Regular.ttf", "Yousu Rare", 400, (kai,), rare(sources) - whole)
    yield Wanted("YousuHei-Medium.ttf", "Yousu Hei", 500, slices(sources, "noto-sans-sc", 500), usual)
    yield Wanted("YousuSong-Bold.ttf", "Yousu Song", 700, slices(sources, "noto-serif-sc", 700), usual)
    for style, weight in (("Regular", 400), ("Bold", 700)):
        serif = slices(sources, "source-serif-4", weight)
        yield Wanted(f"YousuLatin-{style}.ttf", "Yousu Latin", weight, serif, latin() | punctuation())


def slices(sources: Path, package: str, weight: int) -> tuple[Path, ...]:
    """The files of one weight, Latin first: it carries the kerning, and the first to hold a character gives it."""
    files = sorted((sources / package / "package/files").glob(f"*-{weight}-normal.woff2"))
    return tuple(sorted(files, key=lambda file: "-latin-" not in file.name))


def characters(sources: Path, *, levels: int = 3) -> frozenset[int]:
    """GB 2312's signs and Han, the first levels of 通用规范汉字表 (3: all 8,105), Latin, the signs of bulletins."""
    with bz2.open(sources / "unicode-data" / UNIHAN, "rt", encoding="utf-8") as lines:
        places = {int(cells[0][2:], 16): cells[2] for line in lines if (cells := line.split("\t"))[1:2] == ["kTGH"]}
    last = (0, 3_500, 6_500, 8_105)[levels]
    standard = {code for code, place in places.items() if int(place.split(":")[1]) <= last}
    # Rows 4, 5, 7 to 9 are kana, Cyrillic, bopomofo and boxes: no bulletin prints them.
    rows = (row for row in range(0xA1, 0xF8) if row - 0xA0 not in (4, 5, 7, 8, 9))
    pairs = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    gb2312 = {ord(character) for pair in pairs if (character := pair.decode("gb2312", "ignore"))}
    return frozenset(standard | gb2312 | latin() | punctuation())


def rare(sources: Path) -> frozenset[int]:
    """Characters of older and of Hong Kong's and Taiwan's names: GBK's that Noto Serif SC draws, Big5's usual 5,401."""
    drawn = {code for file in slices(sources, "noto-serif-sc", 400) for code in TTFont(file).getBestCmap()}
    return frozenset((two_bytes("gbk", range(0x81, 0xFF)) & drawn) | two_bytes("big5", range(0xA4, 0xC7)))


def two_bytes(encoding: str, rows: range) -> frozenset[int]:
    """What the rows of a two-byte encoding hold."""
    pairs = (bytes([row, cell]).decode(encoding, "ignore") for row in rows for cell in range(0x40, 0xFF))
    return frozenset(ord(pair) for pair in pairs if len(pair) == 1)


def latin() -> frozenset[int]:
    """ASCII, Latin-1 and Latin Extended-A, without the soft hyphen."""
    return frozenset({*range(0x20, 0x7F), *range(0xA0, 0x180)} - {0xAD})


def punctuation() -> frozenset[int]:
    """Signs of Chinese and English print, indices as in PM₂.₅, circled and Roman numbers, full-width forms."""
    blocks = {*range(0x2010, 0x2028), *range(0x2030, 0x203C), *range(0x3000, 0x3018), *range(0xFF01, 0xFF5F)}
    numbers = {*range(0x2070, 0x208F), *range(0x2160, 0x216C), *range(0x2460, 0x249C)}
    signs = "〇〓€￥℃№™←↑→↓∑−√∞≈≠≤≥■□▲△▼▽◆◇○●★☆✓✗㎡㎥㎏㎎"
    return frozenset(blocks | numbers | {ord(sign) for sign in signs})


def build(wanted: Wanted, scratch: Path) -> TTFont:
    """One font with the wanted characters of all sources, under our own family name."""
    left, parts = set(wanted.characters), []
    for number, source in enumerate(wanted.sources):
        font = TTFont(source, recalcTimestamp=False)
        found = left & set(font.getBestCmap())
        if found:
            left -= found
            parts.append(scratch / f"part-{number}{wanted.file[-4:]}")
            subset(font, found).save(parts[-1])
    font = TTFont(parts[0]) if len(parts) == 1 else Merger().merge([str(part) for part in parts])
    name(font, wanted)
    return font


def subset(font: TTFont, characters: set[int]) -> TTFont:
    """Keeps the characters and, for Latin, the kerning; drops hints and everything about vertical setting."""
    is_latin = 0x41 in characters and len(characters) < 1_000
    options = SubsetOptions(hinting=False, layout_features=["kern"] if is_latin else [], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "FFTM", "morx", "feat", "prop", "bsln", "GSUB"]
    options.drop_tables += [] if is_latin else ["GPOS", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = None
    return font


def name(font: TTFont, wanted: Wanted) -> None:
    """Sets our family name, weight and a fixed date; copyright and licence stay as the authors wrote them."""
    style = "Bold" if wanted.weight >= 700 else "Medium" if wanted.weight == 500 else "Regular"
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 13, 14) and record.platformID == 3]
    postscript = f"{wanted.family.replace(' ', '')}-{style}"
    texts = {1: wanted.family, 2: style, 3: f"Yousu subset;{postscript}", 4: f"{wanted.family} {style}", 6: postscript}
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = wanted.weight
    font["head"].created = font["head"].modified = FIXED_DATE
    font.recalcTimestamp = False
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        cff.topDictIndex[0].FullName, cff.topDictIndex[0].FamilyName = f"{wanted.family} {style}", wanted.family


def ranges(characters: set[int]) -> Iterator[str]:
    """Runs of code points as `4e00-4e03` or `3007`, one a line, ascending."""
    for _, run in groupby(enumerate(sorted(characters)), key=lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        yield f"{codes[0]:x}" if len(codes) == 1 else f"{codes[0]:x}-{codes[-1]:x}"


def write_licences(sources: Path, out: Path) -> None:
    """Copies the licence texts as their authors ship them."""
    fandol = sources / "texlive-lang-chinese"
    gpl = gzip.decompress((fandol / FANDOL_LICENCE).read_bytes())
    (out / "LICENSE-FangSong.txt").write_bytes((fandol / FANDOL_README).read_bytes() + b"\n\n" + gpl)
    for file, package in PACKAGES.items():
        shutil.copyfile(sources / package / "package/LICENSE", out / f"LICENSE-{file}.txt")


def _run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
