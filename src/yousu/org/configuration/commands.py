"""Commands of the configuration: change a file, or several at once; each checks the whole city before it writes.

Each raises Forbidden (rights), CityWrong (with file, row and field), StreamMoved (`seen` is the version shown).
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

from django.db import connection, transaction

from yousu.ledger import log, texts
from yousu.ledger.texts import NewText
from yousu.org import capabilities, city_files, install, sheets, tables
from yousu.org import city as cities
from yousu.org.actors import Actor
from yousu.org.city import City, CityWrong
from yousu.org.configuration import comparing, laying, settings
from yousu.org.configuration.events import ConfigurationChanged
from yousu.org.configuration.projection import version_of
from yousu.org.configuration.state import digest, replaced
from yousu.platform import clock

_LOCK = 0x59_6F_75_43
_LONGEST_NOTE = 2000
Check = Callable[[City, City], None]
_CHECKS: list[Check] = []


def checked_by(check: Check) -> None:
    """Registers what a layer above asks of a city: `check(before, after)` raises CityWrong."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def with_row(name: str, cells: Mapping[str, str], *, key: str | None = None) -> Callable[[str], str]:
    """How a file's text becomes the one with a row added, or with the row of a key changed; the key stays."""
    table = tables.tables()[name]

    def changed(text: str) -> str:
        if key is None:
            return sheets.with_row(text, cells)
        line = _line(name, text, key)
        known = {**line.cells, **cells}
        if table.key_of(known) != key:
            raise city_files.wrong(name, line.row, table.keys[-1], "key_stays", key)
        is_same = all(line.cells.get(name, "") == value for name, value in known.items())
        return text if is_same else sheets.with_row(text, known, row=line.row)

    return changed


def put_row(
    name: str, cells: Mapping[str, str], *, key: str | None = None, note: str, by: Actor, seen: int | None = None
) -> None:
    """增加 a row of a table, or 修改 the one of a key, whose key stays what it is."""
    change({tables.tables()[name].file: with_row(name, cells, key=key)}, note=note, by=by, seen=seen)


def remove_row(name: str, key: str, *, note: str, by: Actor, seen: int | None = None) -> None:
    """删除 a row of a table that no case names."""
    change(
        {tables.tables()[name].file: lambda text: sheets.without_row(text, _line(name, text, key).row)},
        note=note,
        by=by,
        seen=seen,
    )


def put_files(files: Mapping[str, str], *, note: str, by: Actor) -> list[str]:
    """导入: the files that are other ones than in force, in one event each, all or nothing; returns their names."""
    return change({name: partial(_instead, text) for name, text in files.items()}, note=note, by=by)


def differing(files: Mapping[str, str]) -> list[str]:
    """试导入: which files would be other ones, after every check; nothing is written."""
    before = _in_force(laying.read())
    changed = {name: text for name, text in files.items() if text != before.texts.get(name)}
    checked(changed, before=before)
    return list(changed)


def change(changed: Mapping[str, Callable[[str], str]], *, note: str, by: Actor, seen: int | None = None) -> list[str]:
    """变更: files by functions of their text in force; returns the names of those that are other ones now."""
    capabilities.require(by, "configure")
    with transaction.atomic():
        _alone()
        laid = laying.read()
        before = _in_force(laid)
        after = {name: make(before.texts.get(name, "")) for name, make in changed.items()}
        after = {name: text for name, text in after.items() if text != before.texts.get(name)}
        for name in after:
            _check_seen(name, seen)
        candidate = checked(after, before=before)
        for name, text in after.items():
            words = _noted(note)
            fact = _fact(name, before.texts.get(name, ""), text, words, kept=laid.get(name, ""))
            log.append(f"config/{name}", fact, by=by, at=clock.now(), texts=[words])
        if after:
            install.put_in_force(candidate)
            transaction.on_commit(laying.refresh)
    return list(after)


def _in_force(laid: Mapping[str, str]) -> City:
    try:
        return cities.with_laid(laid)
    except CityWrong:
        # What was once laid no longer fits what a newer program brings: this process works on by the folder alone, and
        # what is changed now is what puts it right.
        return cities.current()


def checked(files: Mapping[str, str], *, before: City | None = None) -> City:
    """The city as it would be with these files; nothing is written. Raises CityWrong."""
    laid = laying.read()
    known = before or _in_force(laid)
    unknown = sorted(set(files) - set(tables.files()))
    if unknown:
        raise CityWrong(f"{unknown[0]} is no file of a city", file=unknown[0], why="unknown_file")
    for name, text in files.items():
        _check_kept(name, known.texts.get(name, ""), text)
    candidate = cities.with_laid({**laid, **files})
    if tables.SETTINGS in files:
        settings.check(known.settings, candidate.settings)
    _check_years(known, candidate)
    _check_default_grade(candidate)
    with cities.pinned(candidate):
        for check in _CHECKS:
            check(known, candidate)
    return candidate


def _check_years(before: City, after: City) -> None:
    """Deadlines are counted by years that were published: none of them is taken back."""
    if gone := sorted(before.calendar.published_years - after.calendar.published_years):
        raise CityWrong(
            f"calendar.csv: {gone[0]} was published already", file="calendar.csv", why="year_gone", word=str(gone[0])
        )


def _check_default_grade(candidate: City) -> None:
    grade = candidate.settings["grades"]["default"]
    if grade not in candidate.grades or candidate.grades[grade].ended is not None:
        raise CityWrong(
            f"{tables.SETTINGS}: grades.default is the unknown or ended grade {grade}",
            file=tables.SETTINGS,
            field="grades.default",
            why="wrong_setting",
            word=str(grade),
        )


def _instead(text: str, _: str) -> str:
    return text


def _line(name: str, text: str, key: str) -> sheets.Line:
    table = tables.tables()[name]
    for line in sheets.read(text, file=table.file).lines:
        if table.key_of(line.cells) == key:
            return line
    raise CityWrong(f"{table.file}: there is no row {key}", file=table.file, why="no_such_row", word=key)


def _check_kept(file: str, before: str, after: str) -> None:
    """Codes that cases may name are ended, never removed."""
    table = tables.tables().get(file.removesuffix(".csv"))
    if table is None or table.leaving == tables.REMOVED or not before:
        return
    standing = comparing.rows(file, after)
    gone = [key for key in comparing.rows(file, before) if key not in standing]
    if gone:
        raise CityWrong(
            f"{file}: {gone[0]} is not there any more; what cases may name is ended, not removed",
            file=file,
            field=table.keys[-1],
            why="is_named",
            word=gone[0].replace("|", " "),
        )


def _check_seen(name: str, seen: int | None) -> None:
    if seen is not None and (version := version_of(name)) != seen:
        raise log.StreamMoved(f"config/{name}", seen=seen, version=version)


def _fact(name: str, before: str, after: str, note: NewText, *, kept: str) -> ConfigurationChanged:
    # Lines are counted in what the stream itself leads to: nothing before the first event, for what lies in a folder is
    # nobody's history, and without what a newer program has added to what is in force.
    at, removed, lines = replaced(kept, after)
    return ConfigurationChanged(
        file=name,
        before=digest(before),
        after=digest(after),
        at=at,
        removed=removed,
        lines=lines,
        rows=comparing.changes(name, before, after),
        note=note.ref,
    )


def _noted(note: str) -> NewText:
    said = unicodedata.normalize("NFC", note).strip()
    if not said or "\0" in said:
        raise CityWrong("note: why is it changed?", field="note", why="required")
    if len(said) > _LONGEST_NOTE:
        raise CityWrong("note: is too long", field="note", why="too_long")
    return texts.sealed("note", said)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
