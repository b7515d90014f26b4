"""核验 finds what was tampered with, at the right stream, and nothing else."""

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests import scratch, world
from tests.bulletins.press import PUBLISHER, REVIEWER, SIGNER
from tests.cases.tampering import TAMPERINGS, tamper
from tests.platform.sent_files import KEPT, picture

from yousu.appeals import commands as appeals
from yousu.bulletins import commands as bulletins
from yousu.cases import attaching, queries
from yousu.cases import commands as cases
from yousu.cases.verification import whole
from yousu.ledger import log, seals, sequencer
from yousu.ledger.attachments import PIECE_BYTES
from yousu.ledger.verify import Findings
from yousu.platform import clock

TIMES, AT_ONCE = 220, 10
# Every kind comes up; the seed chooses the order and the victims.
CHOSEN = [
    (kind, seed)
    for seed, kind in enumerate(
        random.Random(12345).sample(sorted(TAMPERINGS) * (TIMES // len(TAMPERINGS) + 1), k=TIMES), start=1
    )
]


def play() -> None:
    """Appeals in many stages, one erased, one looked at, one undone; bulletins; seals; events without position."""
    erased = world.called_back(phone=world.WANG, place="五四大街3号", title="不热")
    cases.unmask(erased.number, fields=["phone", "name"], purpose="回电", by=world.DISPATCHER)
    assert erased.person_id is not None
    cases.erase(erased.person_id, reason="本人申请", by=world.SECURITY)
    world.called_back(solved=False)
    world.signed()
    sequencer.drain()
    seals.seal()
    looked_at = world.closed(phone=world.ZHANG, title="水管漏水")
    cases.unmask(looked_at.number, fields=["words"], purpose="核对", by=world.DISPATCHER)
    filed = world.recorded(phone=None)
    for content in (picture(), KEPT["application/pdf"].ljust(PIECE_BYTES + 1, b" ")):
        attaching.attach(filed.number, content=content, name="照片", by=world.CALL_TAKER)
    version = queries.now(filed.number).version
    appeals.classify(filed.number, category=world.COLD, by=world.CALL_TAKER, seen=version)
    undone = world.handled(phone=None)
    appeals.undo(undone.number, by=world.HEATING_HANDLER, seen=undone.version)
    sequencer.drain()
    seals.seal()
    _bulletins()
    world.recorded(phone=None, name="")
    sequencer.drain()
    world.forwarded(phone=world.ZHANG)


def _bulletins() -> None:
    """Yesterday's bulletin is published, that of the day before composed."""
    yesterday = clock.now() - timedelta(days=1)
    for _ in range(2):
        world.recorded(occurred_at=yesterday)
    ids = [f"daily-{log.local_day_of(yesterday - timedelta(days=back))}" for back in range(2)]
    for bulletin_id in ids:
        # They were recorded long after their day.
        bulletins.compose(bulletin_id, as_of=clock.now(), by=PUBLISHER)
    bulletins.review(ids[0], by=REVIEWER)
    bulletins.sign(ids[0], by=SIGNER)
    bulletins.freeze(ids[0], by=PUBLISHER)
    bulletins.publish(ids[0], by=PUBLISHER)


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database in which all that was played; Django goes back to the worker's own afterwards."""
    from django.db import connection, connections

    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock():
        own = connection.settings_dict["NAME"]
        name = scratch.copy(f"yousu_{worker}_played")
        scratch.use(name)
        play()
        connections.close_all()
        yield name
        scratch.use(own)
        scratch.drop(name)


def found_after(kind: str, played: str, *, seed: int) -> tuple[str, Findings]:
    copy = scratch.copy(f"{played}_tampered", of=played)
    scratch.use(copy)
    with scratch.superuser(copy) as somebody:
        expected = tamper(somebody, kind, seed=seed)
    return expected, whole.run().findings


def streams_in(findings: Findings) -> set[str]:
    return {one.stream for one in [*findings.broken, *findings.differences]}


def test_what_nobody_touched_is_clean(played: str) -> None:
    scratch.use(scratch.copy(f"{played}_tampered", of=played))
    report = whole.run()
    assert report.is_clean, report.as_json()
    assert report.root is not None
    assert report.streams > 10
    assert report.events > 30


@pytest.mark.parametrize("part", range(TIMES // AT_ONCE))
def test_what_was_tampered_with_is_found_where_it_is(played: str, part: int) -> None:
    for kind, seed in CHOSEN[part * AT_ONCE : (part + 1) * AT_ONCE]:
        expected, findings = found_after(kind, played, seed=seed)
        found = streams_in(findings)
        assert expected in found, f"{kind} (seed {seed}) at {expected}: found {findings}"
        # The case of an access, the seal of an event: the same thing from another side. All others are clean.
        name = expected.partition("/")[2]
        others = {stream for stream in found if not stream.startswith("seal/") and not stream.endswith(f"/{name}")}
        # A person's erasure gone: the words of the person's cases are missing without a reason.
        is_wide = kind in WIDE or expected.startswith("person/")
        assert not others or is_wide, f"{kind} (seed {seed}) at {expected}: also {others}: {findings}"


# What such a change does is seen from two streams.
WIDE = {
    "an event in another stream",
    "a text of another case",
    "a position at the end",
    "a position is gone",
    "whose case it is",
    "a seal's reach",
}


def test_every_way_is_among_the_chosen() -> None:
    assert {kind for kind, _ in CHOSEN} == set(TAMPERINGS)
    assert len(TAMPERINGS) >= 20
