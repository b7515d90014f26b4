"""The design system: colours stand in one file, dark and light are whole, and everything can be read."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "src" / "yousu" / "static"
SHEETS = sorted(path for path in STATIC.rglob("*.css") if "vendor" not in path.parts)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
# Text on its ground, as parts.css puts them together.
PAIRS = [
    *(("ink", ground) for ground in ("paper", "sheet", "sunk", "accent-soft", "note")),
    *(("soft", ground) for ground in ("paper", "sheet", "sunk", "accent-soft")),
    *((state, f"{state}-soft") for state in ("fine", "soon", "late", "done")),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "accent-soft"),
    ("accent-ink", "accent"),
    ("late", "sheet"),
]


def blocks(sheet: str) -> dict[str, dict[str, str]]:
    """Custom properties by selector."""
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)):
        values = dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))
        if values:
            found.setdefault(" ".join(selector.split()), {}).update(values)
    return found


TOKENS = blocks((STATIC / "tokens.css").read_text(encoding="utf-8"))
LIGHT = TOKENS[':root, [data-theme="light"]']
DARK = TOKENS['[data-theme="dark"]']
LARGE_DARK = TOKENS['.large[data-theme="dark"], .large [data-theme="dark"]']
MODES = {
    "light": (LIGHT, 4.5),
    "dark": (DARK, 4.5),
    "large": (LIGHT | TOKENS[".large"], 7.0),
    "large dark": (DARK | TOKENS[".large"] | LARGE_DARK, 7.0),
}


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_words_can_be_read_on_their_ground(mode: str) -> None:
    values, least = MODES[mode]
    # A button's own text and accents on a soft ground need no more than AA: they are large or bold.
    wanted = {pair: 4.5 if pair[1] in ("accent", "accent-soft") else least for pair in PAIRS}
    weak = {
        pair: round(found, 2)
        for pair, asked in wanted.items()
        if (found := contrast(values[pair[0]], values[pair[1]])) < asked
    }
    assert weak == {}


def test_the_dark_values_are_the_same_for_those_who_chose_them_and_those_whose_system_did() -> None:
    assert TOKENS[":root:not([data-theme])"] == DARK
    assert TOKENS[".large:not([data-theme])"] == LARGE_DARK


def test_every_colour_of_light_has_its_dark() -> None:
    colours = {name for name, value in LIGHT.items() if COLOUR.fullmatch(value)}
    assert colours == {name for name, value in DARK.items() if COLOUR.fullmatch(value)}


def test_only_the_tokens_name_a_colour() -> None:
    stray = {}
    for sheet in SHEETS:
        if sheet.name == "tokens.css":
            continue
        found = set(COLOUR.findall(sheet.read_text(encoding="utf-8"))) - {"#fff", "#000"}
        if found:
            stray[sheet.name] = found
    assert stray == {}


def test_every_token_is_used_and_every_used_one_exists() -> None:
    written = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js") if "vendor" not in path.parts)
    used = set(re.findall(r"var\(--([\w-]+)", written + scripts)) | set(re.findall(r"[\"'`]--([\w-]+)", scripts))
    defined = {name for values in TOKENS.values() for name in values} | set(re.findall(r"--([\w-]+):", written))
    assert used - defined == set()
