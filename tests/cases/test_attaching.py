"""附件: sealed in pieces, once each, for those who may see the case; gone with the person; verified piece by piece."""

import threading
import tracemalloc
from uuid import UUID, uuid4

import pytest
from tests import world
from tests.platform.sent_files import KEPT, PLACE, bomb, picture

from yousu.appeals import commands as appeals
from yousu.cases import attaching, queries, rules
from yousu.cases import commands as cases
from yousu.cases.attaching import Added, Attachment, TooLarge
from yousu.cases.queries import CaseMissing
from yousu.cases.rules import FieldWrong
from yousu.cases.state import CaseState
from yousu.cases.transitions import NotPossible
from yousu.cases.verification import whole
from yousu.ledger import attachments
from yousu.ledger.attachments import PIECE_BYTES, AttachmentGone
from yousu.ledger.log import rows_of
from yousu.ledger.models import AttachmentPiece, Text
from yousu.org.actors import RESIDENT, Actor, resident
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)
PDF = KEPT["application/pdf"]
TWO_PIECES = PDF.ljust(PIECE_BYTES + 5, b" ")


def attached(case: CaseState, content: bytes = PDF, *, name: str = "", by: Actor = world.CALL_TAKER) -> Added:
    """A file added to a case."""
    return attaching.attach(case.number, content=content, name=name, by=by)


def listed(case: CaseState, by: Actor = world.CALL_TAKER) -> list[Attachment]:
    """The files of a case as they stand."""
    return attaching.of(queries.state_of(queries.now(case.number)), by)


def content_of(case: CaseState, file_id: UUID, by: Actor = world.CALL_TAKER) -> bytes:
    """A file given out."""
    return b"".join(attaching.download(case.number, file_id, by).pieces)


def test_a_file_comes_out_as_it_went_in_and_lies_sealed() -> None:
    case = world.recorded()
    file_id = attached(case, TWO_PIECES).attachment.id
    assert content_of(case, file_id) == TWO_PIECES
    pieces = [bytes(piece.cipher) for piece in AttachmentPiece.objects.filter(attachment_id=file_id)]
    assert len(pieces) == 2
    assert not any(b"%PDF" in piece for piece in pieces)
    assert whole.run().is_clean


def test_the_event_tells_kind_size_and_salted_digest_and_no_name() -> None:
    case = world.recorded()
    attached(case, name="张伟身份证.pdf")
    (_, event) = rows_of(f"appeal/{case.number}")
    assert (event.kind, f'"media_type":"application/pdf","size":{len(PDF)}' in event.data) == ("attached", True)
    assert "张伟" not in event.data and ".pdf" not in event.data
    assert Text.objects.get(kind="file_name").plain is None


def test_a_name_is_shown_to_those_who_may_read_original_words() -> None:
    case = world.recorded()
    attached(case, name="张伟.pdf")
    assert listed(case)[0].name == "张伟.pdf"
    assert listed(case, world.LEADER)[0].name is None
    assert listed(case, world.LEADER)[0].file_name == f"{case.number}-1.pdf"


def test_the_same_file_is_there_once_and_again_after_it_was_undone() -> None:
    case = world.recorded()
    first, again = attached(case), attached(case)
    assert (first.is_new, again.is_new, again.attachment) == (True, False, first.attachment)
    appeals.undo(case.number, by=world.CALL_TAKER, seen=first.version)
    assert listed(case) == []
    with pytest.raises(AttachmentGone):
        content_of(case, first.attachment.id)
    assert attached(case).is_new
    assert whole.run().is_clean


def test_two_at_once_with_the_same_file_leave_it_there_once() -> None:
    from django.db import connection

    case = world.recorded()

    def attach() -> None:
        attached(case)
        connection.close()

    threads = [threading.Thread(target=attach) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(listed(case)) == 1
    assert whole.run().is_clean


def test_there_is_an_end_to_the_files_of_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    case = world.recorded()
    attached(case)
    with pytest.raises(NotPossible) as refused:
        attached(case, picture())
    assert refused.value.why == "too_many_files"
    assert not attaching.may_attach(queries.state_of(queries.now(case.number)), world.CALL_TAKER)
    assert not attached(case).is_new


def test_a_picture_proposes_a_pin_where_the_case_has_none() -> None:
    case = world.recorded()
    shown = attached(case, picture(place=True)).attachment
    assert shown.exif_place == pytest.approx(PLACE, abs=1e-5)
    (_, event) = rows_of(f"appeal/{case.number}")
    assert "101.77" not in event.data
    pinned = world.recorded(lon=101.78, lat=36.62)
    assert attached(pinned, picture(place=True)).attachment.exif_place is None
    assert Text.objects.filter(kind="exif_place").count() == 1


def test_a_pin_is_put_right_and_the_proposal_is_gone() -> None:
    case = world.recorded(place="五四大街")
    version = attached(case, picture(place=True)).version
    how = {"field": "pin", "value": "101.778212,36.617134", "why": "按照片"}
    after = appeals.correct(case.number, **how, by=world.DISPATCHER, seen=version)
    assert (after.where.lon_e6, after.where.lat_e6, after.where.outside) == (101778212, 36617134, False)
    assert (after.where.key, after.where.district) == (case.where.key, case.where.district)
    assert listed(case)[0].exif_place is None
    assert whole.run().is_clean


@pytest.mark.parametrize("value", ["", "101", "101,", "a,b", "181,36", "101,91", "nan,1", "1,2,3"])
def test_a_pin_that_is_none_is_refused(value: str) -> None:
    case = world.recorded()
    with pytest.raises(FieldWrong, match="value: "):
        appeals.correct(case.number, field="pin", value=value, why="按照片", by=world.DISPATCHER, seen=1)


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "required"), (b"MZ\x90\0", "wrong_type"), (bomb(), "too_many_pixels")]
)
def test_what_is_not_kept_leaves_no_trace(content: bytes, why: str) -> None:
    case = world.recorded()
    with pytest.raises(FieldWrong) as refused:
        attached(case, content)
    assert (refused.value.field, refused.value.why) == ("file", why)
    assert len(list(rows_of(f"appeal/{case.number}"))) == 1


def test_more_than_20_mib_is_too_large() -> None:
    with pytest.raises(TooLarge):
        attached(world.recorded(), PDF.ljust(attaching.MOST_BYTES + 1))


def test_who_handles_the_case_attaches_and_who_does_not_may_not() -> None:
    case = world.signed()
    assert attached(case, by=world.HEATING_HANDLER).is_new
    with pytest.raises(CaseMissing):
        attached(case, by=world.WATER_HANDLER)
    with pytest.raises(Forbidden):
        attached(case, by=world.SUPERVISOR)


def test_a_receipt_opens_what_residents_sent_and_nothing_else() -> None:
    case = world.signed(confidential=True)
    theirs = attached(case, picture(), by=resident(case.number)).attachment
    desks = attached(case).attachment
    holder = resident(case.number)
    assert [each.id for each in listed(case, holder)] == [theirs.id]
    assert content_of(case, theirs.id, holder)
    with pytest.raises(AttachmentGone):
        content_of(case, desks.id, holder)
    with pytest.raises(CaseMissing):
        attached(case, by=RESIDENT)
    with pytest.raises(CaseMissing):
        content_of(case, theirs.id, resident(world.recorded().number))


def test_the_files_of_a_confidential_case_are_for_those_who_read_its_words() -> None:
    case = world.signed(confidential=True)
    file_id = attached(case).attachment.id
    assert listed(case, world.HEATING_HANDLER) == []
    with pytest.raises(Forbidden):
        content_of(case, file_id, world.HEATING_HANDLER)
    assert content_of(case, file_id, world.DISPATCHER) == PDF


def test_a_file_nobody_attached_is_not_there() -> None:
    with pytest.raises(AttachmentGone):
        content_of(world.recorded(), uuid4())


def test_erasing_the_person_removes_the_files_and_leaves_the_fact() -> None:
    case = world.recorded()
    file_id = attached(case, TWO_PIECES, name="名").attachment.id
    other = world.recorded(phone=world.ZHANG)
    kept = attached(other).attachment.id
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert list(AttachmentPiece.objects.values_list("attachment_id", flat=True)) == [kept]
    with pytest.raises(AttachmentGone):
        content_of(case, file_id)
    (shown,) = listed(case)
    assert (shown.size, shown.name) == (len(TWO_PIECES), None)
    assert content_of(other, kept) == PDF
    assert whole.run().is_clean


def test_a_list_costs_one_statement_more_than_the_case_and_none_without_files() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    case = world.recorded()
    for content in (PDF, picture(), TWO_PIECES):
        attached(case, content, name="名")
    state, bare = queries.state_of(queries.now(case.number)), world.recorded()
    for asked, expected in ((state, 1), (bare, 0)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            attaching.of(asked, world.CALL_TAKER)
        assert len(seen) == expected


def test_a_piece_opens_in_its_place_alone() -> None:
    case = world.recorded()
    file_id = attached(case, TWO_PIECES).attachment.id
    AttachmentPiece.objects.filter(attachment_id=file_id, number=1).update(number=7)
    AttachmentPiece.objects.filter(attachment_id=file_id, number=0).update(number=1)
    AttachmentPiece.objects.filter(attachment_id=file_id, number=7).update(number=0)
    with pytest.raises(attachments.keys.SealBroken):
        content_of(case, file_id)


def test_verification_holds_one_piece_at_a_time() -> None:
    attached(world.recorded(), PDF.ljust(12 * PIECE_BYTES, b" "))
    tracemalloc.start()
    try:
        assert whole.run().is_clean
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * PIECE_BYTES
