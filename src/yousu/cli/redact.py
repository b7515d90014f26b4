"""yousu redact: 脱敏, JSON Lines of texts in, the redacted texts and what was found in them out."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from yousu.cli import Answer, UsageError
from yousu.understanding.redaction import redact, taken_out


def arguments(parser: ArgumentParser) -> None:
    """FILE, or the standard input."""
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help='JSON Lines {"id","text",…}; - is stdin')


def run(options: Namespace) -> Answer:
    """For each line its id, the text with personal data taken out, and the spans in the text that came in."""
    return Answer(lines=map(_redacted, _rows(options.file)))


def _rows(name: str) -> list[Mapping[str, object]]:
    # All of it before the first answer: a bad line must not leave half an output behind.
    try:
        if name == "-":
            return list(_parsed(sys.stdin.buffer, name))
        with open(name, "rb") as lines:
            return list(_parsed(lines, name))
    except OSError as refusal:
        raise UsageError(f"{name}: {refusal.strerror}") from refusal


def _parsed(lines: Iterable[bytes], name: str) -> Iterator[Mapping[str, object]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name} row {number}"
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError):
            raise UsageError(f"{where}: is not a JSON object in UTF-8") from None
        if not isinstance(row, dict):
            raise UsageError(f"{where}: is not a JSON object in UTF-8")
        if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
            raise UsageError(f"{where}: field id must be a string or a whole number")
        if not isinstance(row.get("text"), str):
            raise UsageError(f"{where}: field text must be a string")
        yield row


def _redacted(row: Mapping[str, object]) -> Mapping[str, object]:
    text = str(row["text"])
    return {"id": row["id"], "text": taken_out(text), "found": [asdict(found) for found in redact(text)]}
