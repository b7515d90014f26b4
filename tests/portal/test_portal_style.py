"""The portal's sheet: short, every class in use, nothing that the shared parts already say."""

import re
from pathlib import Path

from tests.desk.test_desk_style import STATIC

SOURCE = STATIC.parent
SHEET = re.sub(r"/\*.*?\*/", "", (STATIC / "portal.css").read_text(encoding="utf-8"), flags=re.S)
MOST_LINES, MOST_BYTES = 120, 150_000


def rules(sheet: str) -> set[tuple[str, str]]:
    """Selector and declarations of each rule."""
    plain = re.sub(r"@media[^{]*\{", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S))
    return {(" ".join(one.split()), " ".join(two.split())) for one, two in re.findall(r"([^{}]+)\{([^{}]*)\}", plain)}


def files(*patterns: str) -> list[Path]:
    found = [path for pattern in patterns for path in SOURCE.rglob(pattern)]
    return [path for path in found if "vendor" not in path.parts]


def test_the_sheet_is_short_and_repeats_no_rule_of_the_parts() -> None:
    assert len((STATIC / "portal.css").read_text(encoding="utf-8").splitlines()) < MOST_LINES
    assert rules(SHEET) & rules((STATIC / "parts.css").read_text(encoding="utf-8")) == set()


def test_every_class_of_the_sheet_is_used() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in files("*.html", "portal/*.js"))
    # Leaflet gives its own names.
    named = {name for name in re.findall(r"\.([a-z][\w-]*)", SHEET) if not name.startswith("leaflet")}
    assert [name for name in sorted(named) if not re.search(rf"\b{name}\b", written)] == []


def test_every_mark_a_script_looks_for_is_on_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in files("portal/**/*.html"))
    scripts = "".join(path.read_text(encoding="utf-8") for path in files("portal/*.js"))
    marks = set(re.findall(r"\[(data-[a-z-]+)\]", scripts)) - {"data-none"}
    assert [mark for mark in sorted(marks) if mark not in pages] == []


def test_what_the_report_needs_weighs_little_without_the_map() -> None:
    loaded = [*files("portal/*.js"), *(STATIC / f"{name}.css" for name in ("tokens", "parts", "portal"))]
    assert sum(path.stat().st_size for path in loaded) < MOST_BYTES
