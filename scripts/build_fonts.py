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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fontTools.merge import Merger, Options as MergeOptions
from fontTools.subset import Options as SubsetOptions, Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[1] / "src/yousu/bulletins/documents/fonts"
NPM = {"noto-serif-sc": "5.3.0", "noto-sans-sc": "5.3.0", "lxgw-wenkai": "5.3.0"}
DEBIAN = ("texlive-lang-chinese", "unicode-data")
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
FANDOL_LICENCE = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
FANDOL_README = "usr/share/doc/texlive-doc/fonts/fandol/README"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
# 2026-01-01T00:00:00Z counted from 1904: a fixed date makes equal sources give equal files.
FIXED_DATE = 3_850_070_400
_NAMES_DROPPED = (8, 9, 11, 12, 16, 17, 18, 19, 21, 22, 25)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One vendored file: its family and weight, and where its outlines come from."""

    file: str
    family: str
    weight: int
    sources: tuple[Path, ...]
    characters: frozenset[int]
    licence: str
    origin: str


def main() -> None:
    """Fetches the sources, writes the subsets, their licences and the list of characters they cover."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder of fetched sources, filled when empty")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
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
    """The five files: 仿宋 for the body, 楷体 and 黑体 for headings, 宋体 bold for titles, regular for what 仿宋 lacks."""
    print_set = printed_characters(sources)
    fang = sources / "texlive-lang-chinese" / FANDOL
    in_fang = frozenset(TTFont(fang, lazy=True).getBestCmap()) - _badly_drawn()
    yield Wanted(
        file="YousuFangSong-Regular.otf", family="Yousu FangSong", weight=400, sources=(fang,),
        characters=print_set & in_fang, licence="GPL-3.0-with-font-exception.txt", origin="FandolFang",
    )  # fmt: skip
    kai = (sources / "lxgw-wenkai/package/files/lxgw-wenkai-500-normal.woff2",)
    yield _noto("YousuKai-Regular.ttf", "Yousu Kai", 400, kai, print_set, "lxgw-wenkai")
    sans = slices(sources, "noto-sans-sc", 500)
    yield _noto("YousuSansSC-Medium.ttf", "Yousu Sans SC", 500, sans, print_set, "noto-sans-sc")
    bold = slices(sources, "noto-serif-sc", 700)
    yield _noto("YousuSerifSC-Bold.ttf", "Yousu Serif SC", 700, bold, print_set, "noto-serif-sc")
    regular = slices(sources, "noto-serif-sc", 400)
    lacking = (print_set | rare_han()) - in_fang | _latin()
    yield _noto("YousuSerifSC-Regular.ttf", "Yousu Serif SC", 400, regular, lacking, "noto-serif-sc")


def _noto(file: str, family: str, weight: int, sources: tuple[Path, ...], characters: Iterable[int], package: str) -> Wanted:
    pass
