"""Compiles the pages' English catalogue (.po → .mo) with the standard library, and says which strings lack English.

    python scripts/compile_messages.py             writes src/yousu/locale/en/LC_MESSAGES/django.mo
    python scripts/compile_messages.py --missing   prints entries to add to django.po, and those no page uses any more

Source strings are Chinese, in templates and Python; they are found here without gettext's own tools, which a bare
machine does not have.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "yousu"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_CALLS = frozenset({"_", "_L", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"(n?gettext|_)\(({_STRING})(?:,\s*({_STRING}))?")


class CatalogueWrong(ValueError):
    """The .po file cannot be read; the message names the line."""


@dataclass(frozen=True)
class Message:
    """A string to translate; `plural` for those that count."""

    text: str
    plural: str | None = None


def messages_in_source(package: Path = PACKAGE) -> set[Message]:
    """Every string that pages translate."""
    found: set[Message] = set()
    for file in package.rglob("*.html"):
        found |= set(_in_template(file.read_text(encoding="utf-8")))
    for file in package.rglob("*.py"):
        found |= set(_in_python(file.read_text(encoding="utf-8")))
    return found


def read_po(text: str) -> dict[Message, tuple[str, ...]]:
    """Translations by message; the header is the message of no words."""
    catalogue: dict[Message, tuple[str, ...]] = {}
    for number, block in enumerate(re.split(r"\n\s*\n", text), start=1):
        parts = _parts(block, number)
        if not parts:
            continue
        translations = tuple(parts[key] for key in ("msgstr", "msgstr[0]", "msgstr[1]") if key in parts)
        message = Message(parts["msgid"], parts.get("msgid_plural"))
        if message in catalogue:
            raise CatalogueWrong(f"block {number} of the catalogue repeats {message.text!r}")
        catalogue[message] = translations
    return catalogue


def compiled(catalogue: Mapping[Message, tuple[str, ...]]) -> bytes:
    """The catalogue in GNU gettext's binary form: two tables of lengths and offsets, then the strings."""
    pairs = sorted(
        ("\0".join(filter(None, (message.text, message.plural))).encode(), "\0".join(translations).encode())
        for message, translations in catalogue.items()
    )
    count = len(pairs)
    ids_at, texts_at = 28, 28 + 8 * count
    offset = 28 + 16 * count
    tables: list[bytes] = []
    strings: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), offset))
            strings.append(pair[column] + b"\0")
            offset += len(pair[column]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, ids_at, texts_at, 0, offset)
    return head + b"".join(tables) + b"".join(strings)


def main(argv: list[str]) -> int:
    """Compiles, or with --missing lists what has no English; exit code 1 when something is missing."""
    catalogue = read_po(CATALOGUE.read_text(encoding="utf-8"))
    if "--missing" in argv:
        return _print_missing(catalogue)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
    print(f"{CATALOGUE.with_suffix('.mo')}: {len(catalogue) - 1} messages")
    return 0


def _print_missing(catalogue: Mapping[Message, tuple[str, ...]]) -> int:
    used = messages_in_source()
    known = {message for message, translations in catalogue.items() if all(translations)}
    for message in sorted(used - known, key=lambda one: one.text):
        print(f"msgid {_quoted(message.text)}")
        if message.plural is None:
            print('msgstr ""\n')
        else:
            print(f'msgid_plural {_quoted(message.plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n')
    for message in sorted(known - used - {Message("")}, key=lambda one: one.text):
        print(f"# not used any more: {message.text}")
    return 1 if used - known else 0


def _in_template(text: str) -> Iterator[Message]:
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    for call, first, second in _TEMPLATE_CALL.findall(templatize(text)):
        plural = ast.literal_eval(second) if call == "ngettext" and second else None
        yield Message(ast.literal_eval(first), plural)


def _in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS):
            continue
        words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if words:
            yield Message(words[0], words[1] if node.func.id.startswith("ngettext") else None)


def _parts(block: str, number: int) -> dict[str, str]:
    parts: dict[str, str] = {}
    key = ""
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r'(?:(msgid|msgid_plural|msgstr|msgstr\[[01]\]) )?(".*")', line.strip())
        if match is None:
            raise CatalogueWrong(f"block {number} of the catalogue has the line {line!r}")
        key = match[1] or key
        parts[key] = parts.get(key, "") + ast.literal_eval(match[2])
    return parts


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
