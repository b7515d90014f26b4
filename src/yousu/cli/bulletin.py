"""`yousu bulletin`: a day's or a week's bulletin, printed, written to a file, or frozen."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened
from yousu.cli.running_as import account

_FORMATS = ("text", "json", "html", "pdf", "docx")
_FILES = {"pdf": "a PDF", "docx": "a DOCX"}
_WHY = {
    "already_done": "it is frozen already",
    "does_not_reconcile": "its figures do not reconcile",
    "figures_moved": "its figures moved since they were signed; it must be composed again",
    "period_not_over": "it was composed before its period was over; it must be composed again",
    "transactions_open": "appeals are just being recorded; try again",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("kind", choices=("daily", "weekly"))
    parser.add_argument("day", metavar="DAY", help="the day, or the week's Sunday: YYYY-MM-DD")
    parser.add_argument("--as-of", metavar="MOMENT", help="as known then; ISO 8601 with offset")
    parser.add_argument("--freeze", action="store_true", help="freeze what was reviewed and signed")
    parser.add_argument("--format", choices=_FORMATS, default="text")
    parser.add_argument("--out", metavar="FILE", help="write there instead of printing")


def run(options: argparse.Namespace) -> Answer:
    """Prints or freezes. Exit 1 when freezing lacks a review or a signature."""
    if options.freeze and options.as_of:
        raise UsageError("--freeze and --as-of exclude each other: frozen is what was composed as of its own moment")
    bulletin_id = _id(options.kind, options.day)
    as_of = _moment(options.as_of) if options.as_of else None
    opened()
    from yousu.bulletins import queries

    if options.freeze:
        refused = _freeze(bulletin_id)
        if refused is not None:
            return refused
    bulletin = queries.show(bulletin_id, as_of=as_of)
    kind = "json" if options.json else options.format
    return _written(_rendered(bulletin, kind), options.out, bulletin=bulletin, kind=kind)


def _freeze(bulletin_id: str) -> Answer | None:
    from yousu.bulletins import commands
    from yousu.bulletins.rules import NotReady
    from yousu.ledger.sequencer import TransactionsOpen
    from yousu.org.actors import cli

    try:
        commands.freeze(bulletin_id, by=cli(account()))
    except NotReady as error:
        return _not_frozen(bulletin_id, error.why, missing=error.missing)
    except TransactionsOpen:
        return _not_frozen(bulletin_id, "transactions_open")
    return None


def _not_frozen(bulletin_id: str, why: str, *, missing: Sequence[str] = ()) -> Answer:
    said = f"missing: {', '.join(missing)}" if missing else _WHY.get(why, why)
    return Answer(
        text=f"{bulletin_id} cannot be frozen: {said}",
        data={"frozen": False, "why": why, "missing": list(missing)},
        found_wrong=True,
    )


def _rendered(bulletin: Any, kind: str) -> bytes:
    from yousu.bulletins import rendering

    match kind:
        case "json":
            return rendering.as_json(bulletin).encode()
        case "html":
            return rendering.as_html(bulletin, lang="zh", link=lambda _: None).encode()
        case "pdf":
            return rendering.as_pdf(bulletin)
        case "docx":
            return rendering.as_docx(bulletin)
        case _:
            return rendering.as_text(bulletin).encode()


def _written(content: bytes, out: str | None, *, bulletin: Any, kind: str) -> Answer:
    if out is not None:
        try:
            Path(out).write_bytes(content)
        except OSError as error:
            raise UsageError(f"{out}: cannot be written: {error.strerror}") from error
        return Answer(text=out, data=bulletin.json if kind == "json" else {"out": out})
    if kind in _FILES:
        if sys.stdout.isatty():
            raise UsageError(f"{_FILES[kind]} needs --out FILE")
        sys.stdout.buffer.write(content)
        return Answer()
    return Answer(text=content.decode(), data=bulletin.json)


def _id(kind: str, day: str) -> str:
    from yousu.bulletins import rules

    try:
        return rules.spell(kind, day).id
    except rules.PeriodWrong as error:
        raise UsageError(f"DAY: {error}") from error


def _moment(text: str) -> datetime:
    from yousu.bulletins.rules import FIRST_YEAR, LAST_YEAR

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of: {text!r} is no moment; write 2024-02-01T00:00+08:00") from error
    if moment.tzinfo is None:
        raise UsageError(f"--as-of: {text!r} has no offset; write {text}+08:00")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UsageError(f"--as-of: {text!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return moment
