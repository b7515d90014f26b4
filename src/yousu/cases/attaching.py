"""附件: adding files to a case, listing them, giving them out. Kept sealed, erased with the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from yousu.cases import queries, rules
from yousu.cases.commands import act, tidy
from yousu.cases.events import Attached
from yousu.cases.kinds import kind
from yousu.cases.queries import Standing
from yousu.cases.rules import AlreadyAttached, FieldWrong
from yousu.cases.state import AttachedFile, CaseState
from yousu.ledger import attachments, log, texts
from yousu.ledger.attachments import AttachmentGone
from yousu.ledger.texts import NewText
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden
from yousu.platform import files
from yousu.platform.files import EXTENSIONS, Examined, FileWrong

MOST_BYTES = 20 * 1024 * 1024
_LONGEST_NAME = 200


class TooLarge(ValueError):
    """The file has more than MOST_BYTES."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """附件 as shown. `name` only to who may see original words; `exif_place`: longitude, latitude, a proposal."""

    id: UUID
    media_type: str
    size: int
    at: datetime
    by: str
    file_name: str
    name: str | None = None
    exif_place: tuple[float, float] | None = None

    @property
    def is_image(self) -> bool:
        """Whether a page can show it."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, kw_only=True)
class Added:
    """What adding a file led to; `is_new` is false when the case had this very file."""

    attachment: Attachment
    is_new: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file as it is given out, piece by piece."""

    attachment: Attachment
    pieces: Iterator[bytes]

    def headers(self) -> dict[str, str]:
        """What every door says with it: to be saved and not run, guessed at or kept on the way."""
        return {
            "Content-Length": str(self.attachment.size),
            "Content-Disposition": f'attachment; filename="{self.attachment.file_name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


def attach(number: str, *, content: bytes, name: str = "", note: str = "", by: Actor) -> Added:
    """附件. Needs no version. Judged by content; pictures are written anew; the same file twice is there once.

    Raises CaseMissing, Forbidden, NotPossible, TooLarge, FieldWrong (`file`: required, wrong_type, broken,
    too_many_pixels).
    """
    row = queries.get(number, by)
    case: CaseState = queries.state_of(row)
    # Before anything is decoded; checked again under the lock.
    capabilities.require(by, "attach", Standing(case))
    examined = _examined(content)
    file = attachments.new(examined.content, examined.media_type)
    called, place = _name(name), _place(examined, case)
    attached = Attached(file=file.ref, name=called.ref if called else None, exif_place=place.ref if place else None)
    decide = partial(rules.attach, kind(row.kind), attached=attached, same=partial(_same, examined.content))
    stream, new = queries.stream_of(row), [text for text in (called, place) if text]
    try:
        with log.batch():
            after = act(stream, "attach", decide, by=by, seen=None, note=note, new_texts=new)
            attachments.store(file, stream=stream)
    except AlreadyAttached as known:
        found = next(shown for shown in of(known.case, by) if shown.id == known.file_id)
        return Added(attachment=found, is_new=False, version=known.case.version)
    return Added(attachment=of(after, by)[-1], is_new=True, version=after.version)


def may_attach(case: CaseState, by: Actor) -> bool:
    """Whether a page offers it."""
    return len(case.attachments) < rules.MOST_FILES and capabilities.may(by, "attach", Standing(case))


def of(case: CaseState, by: Actor) -> list[Attachment]:
    """The case's files that the actor may have, oldest first. One statement for their names, none without files."""
    if not case.attachments or not _may_have(case, by):
        return []
    kept = [(ordinal, each) for ordinal, each in enumerate(case.attachments, start=1) if _is_for(each, by)]
    sees_words = capabilities.may(by, "see_words", Standing(case))
    refs = [ref for _, each in kept for ref in (each.name if sees_words else None, each.exif_place) if ref is not None]
    words = texts.read([ref.id for ref in refs])
    return [_shown(case, ordinal, each, words) for ordinal, each in kept]


def download(number: str, file_id: UUID, by: Actor) -> Download:
    """A file of a case. Raises CaseMissing, AttachmentGone, Forbidden (保密, and words are not for the actor)."""
    case: CaseState = queries.state_of(queries.get(number, by))
    if not _may_have(case, by):
        raise Forbidden(by, "see_words")
    found = next((each for each in case.attachments if each.file.id == file_id and _is_for(each, by)), None)
    if found is None:
        raise AttachmentGone(f"no attachment {file_id}")
    shown = _shown(case, case.attachments.index(found) + 1, found, {})
    return Download(attachment=shown, pieces=attachments.opened(found.file))


def _may_have(case: CaseState, by: Actor) -> bool:
    return not case.confidential or by.has("resident") or capabilities.may(by, "see_words", Standing(case))


def _is_for(each: AttachedFile, by: Actor) -> bool:
    # A receipt opens what residents sent, not what units and the desk put to it.
    return not by.has("resident") or each.by == by.code


def _shown(case: CaseState, ordinal: int, each: AttachedFile, words: dict[UUID, str]) -> Attachment:
    place = words.get(each.exif_place.id) if each.exif_place else None
    lon, _, lat = place.partition(",") if place else ("", "", "")
    return Attachment(
        id=each.file.id,
        media_type=each.file.media_type,
        size=each.file.size,
        at=each.at,
        by=each.by,
        # The name it was sent under may say who somebody is.
        file_name=f"{case.number}-{ordinal}.{EXTENSIONS[each.file.media_type]}",
        name=words.get(each.name.id) if each.name else None,
        # Once the case has a pin there is nothing left to propose.
        exif_place=(float(lon), float(lat)) if place and case.where.lon_e6 is None else None,
    )


def _examined(content: bytes) -> Examined:
    if len(content) > MOST_BYTES:
        raise TooLarge(f"{len(content)} bytes")
    try:
        return files.examined(content)
    except FileWrong as wrong:
        raise FieldWrong("file", wrong.why) from wrong


def _name(name: str) -> NewText | None:
    # NULs and halves of surrogate pairs can be in no text; nobody misses them in a name.
    plain = tidy(name.encode(errors="ignore").decode().replace("\0", ""))[-_LONGEST_NAME:]
    return texts.sealed("file_name", plain) if plain else None


def _place(examined: Examined, case: CaseState) -> NewText | None:
    if examined.place is None or case.where.lon_e6 is not None:
        return None
    return texts.sealed("exif_place", f"{examined.place[0]},{examined.place[1]}")


def _same(content: bytes, case: CaseState) -> UUID | None:
    return attachments.same_as(content, among=[each.file.id for each in case.attachments])
