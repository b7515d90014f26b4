"""哈希链: our chain gives what an independent script wrote down, and our JSON is RFC 8785's."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from yousu.ledger import chain, events
from yousu.ledger.events import TextRef

VECTORS = json.loads(Path(__file__).with_name("chain_vectors.json").read_text(encoding="utf-8"))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
CODES = st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True)
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.timezones())


@dataclass(frozen=True, kw_only=True)
class Anything:
    """A fact with a field of every type that facts may have; it is registered nowhere."""

    words: str
    count: int
    known: bool | None
    at: datetime
    ref: TextRef
    tags: tuple[str, ...] = ()
    texts: Mapping[str, TextRef] = field(default_factory=dict)


REFS = st.builds(TextRef, id=st.uuids(), digest=st.binary(min_size=32, max_size=32).map(bytes.hex))
FACTS = st.builds(
    Anything,
    words=TEXT,
    count=INTEGERS,
    known=st.none() | st.booleans(),
    at=MOMENTS,
    ref=REFS,
    tags=st.lists(TEXT).map(tuple),
    texts=st.dictionaries(CODES, REFS),
)


def plain(value: Any) -> Any:
    """The fact as plain JSON values, by other code than the encoder's."""
    if isinstance(value, Anything | TextRef):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        # Moments inside a fact are strings like any other: hashed as they were written.
        return json.loads(events.encode(value))
    return str(value) if isinstance(value, UUID) else value


def hashed(event: Mapping[str, Any], previous: bytes) -> bytes:
    """The hash of one event of the vectors."""
    return chain.event_hash(
        previous,
        stream=event["stream"],
        seq=event["seq"],
        kind=event["kind"],
        shape=event["shape"],
        occurred_at=datetime.fromisoformat(event["occurred_at"]),
        recorded_at=datetime.fromisoformat(event["recorded_at"]),
        actor=event["actor"],
        data=rfc8785.dumps(event["data"]).decode(),
    )


@pytest.mark.parametrize("stream", VECTORS["streams"], ids=lambda stream: stream["stream"])
def test_every_stream_of_the_vectors_has_our_hashes(stream: Mapping[str, Any]) -> None:
    previous = chain.first_previous(VECTORS["installation"], stream["stream"])
    assert previous.hex() == stream["first_previous"]
    for entry in stream["events"]:
        previous = hashed(entry["event"], previous)
        assert previous.hex() == entry["hash"]


@pytest.mark.parametrize("tree", VECTORS["merkle"], ids=lambda tree: f"{len(tree['leaves'])} leaves")
def test_every_tree_of_the_vectors_has_our_root(tree: Mapping[str, Any]) -> None:
    assert chain.merkle_root(map(bytes.fromhex, tree["leaves"])).hex() == tree["merkle"]


def test_the_seals_of_the_vectors_follow_on_each_other() -> None:
    sealed = VECTORS["seals"]
    root, since = chain.first_root(VECTORS["installation"]), 0
    assert root.hex() == sealed["first_previous"]
    for seal in sealed["seals"]:
        leaves = [bytes.fromhex(event["hash"]) for event in sealed["positions"][since : seal["position"]]]
        root, since = chain.next_root(root, chain.merkle_root(leaves)), seal["position"]
        assert root.hex() == seal["root"]


@pytest.mark.parametrize("moment", VECTORS["moments"], ids=lambda moment: moment["given"])
def test_moments_are_written_as_in_the_vectors(moment: Mapping[str, str]) -> None:
    assert chain.moment(datetime.fromisoformat(moment["given"])) == moment["written"]


@given(MOMENTS)
def test_a_moment_keeps_its_microseconds_in_utc(at: datetime) -> None:
    # Compared in UTC: an hour that comes twice in its zone equals nothing elsewhere, says Python.
    assert datetime.fromisoformat(chain.moment(at)) == at.astimezone(UTC)
    assert len(chain.moment(at)) == len("2024-01-31T02:05:00.000000Z")


@given(FACTS)
def test_a_fact_is_encoded_as_rfc_8785_says(fact: Anything) -> None:
    assert events.encode(fact).encode() == rfc8785.dumps(plain(fact))


@given(actor=TEXT, stream=TEXT, kind=CODES, seq=st.integers(1, 2**31 - 1), at=MOMENTS, words=TEXT)
def test_an_events_text_is_rfc_8785_whatever_stands_in_it(
    actor: str, stream: str, kind: str, seq: int, at: datetime, words: str
) -> None:
    event = {
        "stream": stream,
        "seq": seq,
        "kind": kind,
        "shape": 1,
        "occurred_at": chain.moment(at),
        "recorded_at": chain.moment(at),
        "actor": actor,
        "data": {"words": words},
    }
    previous = bytes(32)
    assert hashed(event, previous) == chain.sha256(previous + rfc8785.dumps(event)).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_the_tree_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    def tree(part: list[bytes]) -> bytes:
        if len(part) < 2:
            return chain.sha256(b"\x00" + part[0]).digest() if part else chain.sha256(b"").digest()
        half = 1 << (len(part) - 1).bit_length() - 1
        return chain.sha256(b"\x01" + tree(part[:half]) + tree(part[half:])).digest()

    assert chain.merkle_root(leaves) == tree(leaves)


@given(TEXT)
def test_words_are_kept_to_the_letter(words: str) -> None:
    assert json.loads(events.encode({"words": words}))["words"] == words
    # Nothing is normalised on the way: 更 composed and decomposed stay what they were.
    assert unicodedata.normalize("NFC", words) == unicodedata.normalize("NFC", json.loads(events.encode(words)))


def test_two_facts_of_one_name_and_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="two events are called undone"):

        @events.event("undone")
        @dataclass(frozen=True, kw_only=True)
        class Undone:
            """Another one."""


def test_a_kind_nobody_knows_is_named() -> None:
    with pytest.raises(events.UnknownEvent, match="nobody_knows of shape 7"):
        events.decode("nobody_knows", 7, "{}")
