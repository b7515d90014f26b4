"""城市设置: the lines of city.toml: each setting with its value and the comment beside it; one value replaced. Pure."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yousu.org.city_data import CityWrong
from yousu.org.configuration.comparing import said
from yousu.org.tables import SETTINGS

_HEAD = re.compile(r"\s*\[([\w.-]+)\]\s*(?:#\s*(.*))?$")
_KEY = re.compile(r"(\s*([\w-]+)\s*=\s*)(.*)$")
_DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
# What the code knows no other words for.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "percent.rounding": ("half_up", "truncate"),
    "due.from": ("forwarded", "received"),
    "review.rejected": ("clock_goes_on", "counted_anew"),
}
# What a number may be where the usual range, zero to a hundred thousand, would do harm.
RANGES: Mapping[str, tuple[int, int]] = {
    "percent.digits": (0, 6),
    "bulletin.topics": (1, 50),
    "retention.contact_days": (30, 36_500),
    "call_back.percent": (1, 100),
    "call_back.link_days": (1, 365),
    "send_back.window": (1, 60),
    "extension.limit": (0, 20),
    "second_handling.limit": (0, 20),
    "instruction.working_days": (1, 60),
    "data_request.working_days": (1, 60),
    "data_request.fetch_days": (1, 365),
    "contact.hours": (1, 720),
}
_USUAL = (0, 100_000)
# What words must look like where they are more than words.
SHAPES: Mapping[str, re.Pattern[str]] = {
    "call_back.parts_of_day": _TIME,
    "extension.longest": re.compile(r"grade|[1-9]\d?", re.ASCII),
}
# Written as words, though they may look like numbers.
_WORDS = frozenset({"hotline_number", "extension.longest"})
# The city's own code stands in events; places and seals of other systems go by it.
FIXED = frozenset({"code"})


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: its dotted name, what it is worth, its kind (text, number, decimal, yes_no, time, list, other)."""

    name: str
    value: Any
    kind: str
    comment: str
    line: int

    @property
    def said(self) -> str:
        """The value as people type it."""
        return said(self.value)


def read(text: str) -> Mapping[str, Setting]:
    """Every setting that stands on a line of its own, in the order of the file."""
    return {setting.name: setting for setting in _read(text)}


def with_value(text: str, name: str, typed: str) -> str:
    """The text with one setting's value replaced, comments and all else as it was. Raises CityWrong."""
    setting = read(text).get(name)
    if setting is None or name in FIXED or setting.kind == "other":
        raise _wrong(name, "no_such_setting", typed)
    lines = text.split("\n")
    found = _KEY.match(lines[setting.line])
    assert found is not None
    value, _ = _parted(found[3])
    after = lines[setting.line][len(found[1]) + len(value) :]
    lines[setting.line] = f"{found[1]}{_written(setting, typed.strip())}{after}"
    return "\n".join(lines)


def with_missing(text: str, program: str) -> str:
    """The text with every setting that the program's own file alone has, as it stands there."""
    known, lines, theirs = read(text), text.rstrip("\n").split("\n"), program.split("\n")
    for name, setting in read(program).items():
        section = name.rpartition(".")[0]
        if name in known:
            continue
        heads = [at for at, line in enumerate(lines) if (head := _HEAD.match(line)) and head[1] == section]
        if section and not heads:
            lines += ["", f"[{section}]"]
            heads = [len(lines) - 1]
        # Without a section it stands before the first one.
        lines.insert(heads[0] + 1 if heads else 0, theirs[setting.line])
    return "\n".join(lines) + "\n"


def check(before: Mapping[str, Any], after: Mapping[str, Any], *, above: str = "") -> None:
    """Raises CityWrong where a setting is missing, or is of another kind than it was."""
    for key, old in before.items():
        name = f"{above}{key}"
        if key not in after:
            raise _wrong(name, "no_such_setting", "")
        new = after[key]
        if isinstance(old, dict) and isinstance(new, dict):
            check(old, new, above=f"{name}.")
        elif name in CHOICES:
            if new not in CHOICES[name]:
                raise _wrong(name, "wrong_setting", str(new))
        elif (name in FIXED and new != old) or not _fits(name, _kind(old), _kind(new)) or not _is_sound(name, new):
            raise _wrong(name, "wrong_setting", str(new))


def _fits(name: str, old: str, new: str) -> bool:
    return old == new or (name in _WORDS and {old, new} <= {"text", "decimal"})


def _is_sound(name: str, value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        least, most = RANGES.get(name, _USUAL)
        return least <= value <= most
    shape = SHAPES.get(name)
    return shape is None or all(shape.fullmatch(each) for each in (value if isinstance(value, list) else [value]))


def _read(text: str) -> Iterator[Setting]:
    section = ""
    for number, line in enumerate(text.split("\n")):
        if head := _HEAD.match(line):
            section = f"{head[1]}."
        elif found := _KEY.match(line):
            value, comment = _parted(found[3])
            if value:
                worth = tomllib.loads(f"x = {value}")["x"]
                name = f"{section}{found[2]}"
                yield Setting(name=name, value=worth, kind=_kind(worth), comment=comment, line=number)


def _parted(rest: str) -> tuple[str, str]:
    """A value and the comment behind it; a value that goes on in the next line is none of ours."""
    for end in [*(n for n, sign in enumerate(rest) if sign == "#"), len(rest)]:
        try:
            tomllib.loads(f"x = {rest[:end]}")
        except tomllib.TOMLDecodeError:
            continue
        return rest[:end].rstrip(), rest[end:].lstrip("# ").strip()
    return "", ""


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number" if isinstance(value, int) else "float"
    if isinstance(value, list):
        return "list" if all(isinstance(each, str) for each in value) else "other"
    if not isinstance(value, str):
        return "other"
    if _TIME.fullmatch(value):
        return "time"
    return "decimal" if _DECIMAL.fullmatch(value) else "text"


def _written(setting: Setting, typed: str) -> str:
    if setting.kind == "yes_no" and typed in ("yes", "no"):
        return "true" if typed == "yes" else "false"
    if setting.kind == "number" and typed.isascii() and typed.isdecimal() and len(typed) < 10:
        return str(int(typed))
    if setting.kind == "float" and _DECIMAL.fullmatch(typed):
        return typed if "." in typed else f"{typed}.0"
    if setting.kind == "list" and typed:
        return "[" + ", ".join(_quoted(each) for each in re.split(r"[,，、\s]+", typed) if each) + "]"
    if setting.kind in ("text", "decimal", "time") and typed:
        return _quoted(typed)
    raise _wrong(setting.name, "wrong_setting", typed)


def _quoted(words: str) -> str:
    # A JSON string is a TOML string, but for signs that no setting holds.
    if not words.isprintable():
        raise CityWrong(f"{SETTINGS}: a value holds a sign that none may hold", file=SETTINGS, why="unreadable")
    return json.dumps(words, ensure_ascii=False)


def _wrong(name: str, why: str, word: str) -> CityWrong:
    return CityWrong(f"{SETTINGS}: {name} cannot be {word!r}", file=SETTINGS, field=name, why=why, word=word)
