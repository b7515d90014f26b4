"""核验 of the ledger alone: what the database recomputes is what the log wrote, whatever stands in it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.facts import NOBODY_SPECIAL, Noted, Somebody

from yousu.cases.verification import whole
from yousu.cases.verification.whole import SealUnknown
from yousu.ledger import log, persons, seals, sequencer, verify
from yousu.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def noted(stream: str, count: int = 1) -> None:
    for _ in range(count):
        log.append(stream, Noted(), by=NOBODY_SPECIAL, at=clock.now())


def change(statement: str) -> None:
    """A change by somebody for whom triggers do not count."""
    from tests import scratch

    with scratch.superuser(connection.settings_dict["NAME"]) as somebody:
        somebody.execute("SET session_replication_role = replica")
        somebody.execute(statement)  # type: ignore[call-overload]  # statements of this file


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TEXT, actor=TEXT, name=TEXT, at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)))
def test_whatever_is_written_is_recomputed_alike(words: str, actor: str, name: str, at: datetime) -> None:
    log.append(f"note/{name}", Noted(words=words), by=Somebody(actor), at=at)
    report = whole.run()
    assert report.is_clean, report.as_json()


def test_an_empty_ledger_is_clean_and_has_no_root() -> None:
    report = whole.run()
    assert report.is_clean
    # The city's data are in force, and its ready answers were written down: one event each.
    assert (report.streams, report.events, report.root) == (6, 6, None)


def test_events_without_a_position_yet_are_no_fault() -> None:
    noted("note/1", 3)
    assert whole.run().is_clean
    sequencer.drain()
    assert whole.run().is_clean


def test_the_root_is_that_of_the_last_seal() -> None:
    noted("note/1")
    sequencer.drain()
    seals.seal()
    noted("note/2")
    sequencer.drain()
    last = seals.seal()
    assert whole.run().root == bytes(last.root).hex()


def test_since_a_seal_only_streams_with_later_events_are_looked_at() -> None:
    noted("note/old")
    sequencer.drain()
    sealed = seals.seal()
    noted("note/new", 2)
    change("UPDATE event SET actor = 'x' WHERE stream = 'note/old'")
    since = whole.run(str(sealed.number))
    assert (since.is_clean, since.streams, since.events) == (True, 1, 2)
    assert whole.run(bytes(sealed.root).hex()).events == 2
    assert [one.stream for one in whole.run().findings.broken] == ["note/old"]
    change("UPDATE event SET actor = 'x' WHERE stream = 'note/new' AND seq = 2")
    assert [(one.stream, one.seq) for one in whole.run("1").findings.broken] == [("note/new", 2)]


@pytest.mark.parametrize("seal", ["7", "ab" * 32, "no hex", ""])
def test_a_seal_that_does_not_exist_is_named(seal: str) -> None:
    with pytest.raises(SealUnknown):
        whole.run(seal)


def test_a_changed_event_is_named_by_stream_and_number_and_its_neighbours_are_not() -> None:
    noted("note/1", 4)
    noted("note/2", 4)
    change("UPDATE event SET data = replace(data, '0', '1') WHERE stream = 'note/1' AND seq = 2")
    (broken,) = whole.run().findings.broken
    assert (broken.stream, broken.seq) == ("note/1", 2)


def test_an_event_that_undid_something_else_is_found() -> None:
    noted("note/1", 3)
    change("UPDATE event SET kind = 'undone', data = '{\"undone_seq\":1}', undone_seq = 1 WHERE seq = 3")
    whys = {one.why for one in whole.run().findings.broken}
    assert {"its hash does not follow", "undone_seq"} <= whys


def test_an_event_of_a_kind_nobody_knows_is_a_finding_and_no_crash() -> None:
    from tests import world

    number = world.recorded().number
    change("UPDATE event SET kind = 'unheard_of'")
    assert f"appeal/{number}" in {one.stream for one in whole.run().findings.broken}


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", '{"stage": []}', "null"])
def test_data_that_cannot_be_read_is_a_finding_and_no_crash(data: str) -> None:
    from tests import world

    case = world.forwarded()
    change(f"UPDATE event SET data = '{data}' WHERE stream LIKE 'appeal/%' AND seq = 2")
    found = whole.run().findings
    assert {one.stream for one in found.broken} == {f"appeal/{case.number}"}


def test_a_person_whose_key_is_another_is_named() -> None:
    person_id = persons.find_or_make(["15400001111"])["15400001111"]
    change("UPDATE person SET wrapped_key = sha256('x')")
    (broken,) = whole.run().findings.broken
    assert (broken.stream, broken.why) == (f"person/{person_id}", "key, phone and look-ups do not belong together")


def test_a_report_stays_small_where_everything_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_FINDINGS", 3)
    noted("note/1", 9)
    change("UPDATE event SET actor = 'x' WHERE stream = 'note/1'")
    report = whole.run()
    assert len(report.findings.broken) == 3
    assert report.as_json()["broken"][-1] == {"stream": "*", "seq": None, "why": "6 more findings"}
