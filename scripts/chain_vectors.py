"""哈希链测试向量: prints the test vectors of docs/chain.md, from its text alone and with the standard library alone.

Run `python scripts/chain_vectors.py > tests/ledger/chain_vectors.json`. It shares no code with the server, so that
a mistake in one of the two is seen by the other. The output is ASCII: marks that cannot be seen do not hide in it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeAlias

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | None"

INSTALLATION = "3f0a9c52-7d1e-4b86-9a40-5e2c8d71b6f3"
LARGEST_INTEGER = 2**53 - 1
_SHORT_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\]')


def main() -> None:
    """Prints every vector as one JSON object."""
    streams = [stream_vector(name, says, events) for name, says, events in STREAMS]
    hashes = [event["hash"] for stream in streams for event in stream["events"]]
    document = {
        "installation": INSTALLATION,
        "canonical": [canonical_vector(value) for value in VALUES],
        "moments": [{"given": given, "written": moment(given)} for given in MOMENTS],
        "streams": streams,
        "merkle": [merkle_vector(hashes[:size]) for size in (0, 1, 2, 3, 5, 8)],
        "seals": seal_vectors(streams, sizes=(11, len(hashes) - 11)),
        "bulletins": [bulletin_vector(bulletin) for bulletin in BULLETINS],
    }
    print(json.dumps(document, indent=1))


def canonical(value: Json) -> str:
    """RFC 8785 JSON without floats: TypeError for a float, ValueError for an integer beyond 2^53 - 1."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return '"' + _TO_ESCAPE.sub(_escape, value) + '"'
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, Mapping):
        # UTF-16 code units, not code points: a character beyond U+FFFF sorts before U+E000 to U+FFFF.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(canonical, value)) + "]"
    raise TypeError(f"a {type(value).__name__} has no place in a hashed text")


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _integer(value: int) -> str:
    if abs(value) > LARGEST_INTEGER:
        raise ValueError(f"{value} is beyond 2^53 - 1, which JSON readers do not keep exactly")
    return str(value)


def moment(given: str) -> str:
    """A moment in ISO 8601 with offset as it is hashed: UTC, six digits of microseconds, Z."""
    return datetime.fromisoformat(given).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest_of(text: str) -> bytes:
    """SHA-256 of a text in UTF-8."""
    return sha256(text.encode("utf-8")).digest()


def stream_vector(name: str, says: str, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A stream with every text and hash on the way along its chain."""
    previous = digest_of(INSTALLATION + name)
    vector: dict[str, Any] = {"stream": name, "says": says, "first_previous": previous.hex(), "events": []}
    for seq, written in enumerate(events, start=1):
        event = {**written, "stream": name, "seq": seq}
        text = canonical(event)
        event_hash = sha256(previous + text.encode("utf-8")).digest()
        vector["events"].append(
            {
                "event": event,
                "data": canonical(event["data"]),
                "text": text,
                "previous": previous.hex(),
                "hash": event_hash.hex(),
            }
        )
        previous = event_hash
    return vector


def merkle_tree_hash(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, over event hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = merkle_tree_hash(leaves[:split]), merkle_tree_hash(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def canonical_vector(value: Json) -> dict[str, Any]:
    """A value, its canonical text and the SHA-256 of that text."""
    text = canonical(value)
    return {"value": value, "text": text, "sha256": digest_of(text).hex()}


def merkle_vector(hashes: Sequence[str]) -> dict[str, Any]:
    """A tree over some event hashes in hex."""
    return {"leaves": list(hashes), "merkle": merkle_tree_hash([bytes.fromhex(text) for text in hashes]).hex()}


def seal_vectors(streams: Sequence[Mapping[str, Any]], *, sizes: Sequence[int]) -> dict[str, Any]:
    """Positions over all streams, mixed by the moment of recording, and seals that take `sizes` positions each."""
    events = [(entry["event"], entry["hash"]) for stream in streams for entry in stream["events"]]
    events.sort(key=lambda pair: (pair[0]["recorded_at"], pair[0]["stream"], pair[0]["seq"]))
    positions = [
        {"position": position, "stream": event["stream"], "seq": event["seq"], "hash": text}
        for position, (event, text) in enumerate(events, start=1)
    ]
    root, since = digest_of(INSTALLATION + "seal"), 0
    vector: dict[str, Any] = {"first_previous": root.hex(), "positions": positions, "seals": []}
    for number, size in enumerate(sizes, start=1):
        merkle = merkle_tree_hash([bytes.fromhex(text) for _, text in events[since : since + size]])
        previous, since = root, since + size
        root = sha256(previous + merkle).digest()
        seal = {"number": number, "position": since, "previous": previous.hex(), "merkle": merkle.hex()}
        vector["seals"].append({**seal, "root": root.hex()})
    return vector


def bulletin_vector(bulletin: Mapping[str, Json]) -> dict[str, Any]:
    """A bulletin with its digest in it, and the text that the digest covers."""
    text = canonical(bulletin)
    return {"bulletin": {**bulletin, "digest": "sha256:" + digest_of(text).hex()}, "text": text}


def fact(kind: str, at: str, data: Mapping[str, Json], *, actor: str, occurred: str = "", shape: int = 1) -> Any:
    """One event but for its stream and seq; `at` is the moment of recording, `occurred` an earlier one if given."""
    moments = {"occurred_at": moment(occurred or at), "recorded_at": moment(at)}
    return {"kind": kind, "shape": shape, **moments, "actor": actor, "data": data}


def words(number: int) -> dict[str, Json]:
    """Stands for a text in the erasable store: its id and its salted digest."""
    return {"id": f"00000000-0000-4000-8000-{number:012d}", "digest": sha256(b"%d" % number).hexdigest()}


APPEAL = (
    fact(
        "recorded",
        "2024-01-31T10:05:02.250000+08:00",
        {
            "number": "2400000018",
            "channel": "hotline",
            "received_at": "2024-01-31T02:05:00Z",
            "texts": {"original": words(1), "matter": words(2)},
            "type": "complaint",
            "category": "城乡建设/供热/室温不达标",
            "where": {"key": None, "district": "城西区", "lon_e6": 101765432, "lat_e6": 36628109, "outside": False},
            "call": {"id": "call-7781", "started_at": "2024-01-31T02:04:11Z"},
            "flags": ["老人", "新生儿"],
        },
        actor="account:12",
        occurred="2024-01-31T10:05:00+08:00",
    ),
    fact(
        "forwarded",
        "2024-01-31T10:06:40.000001+08:00",
        {"lead_unit": "xn-heating", "co_units": [], "due": {"at": "2024-02-05T16:00:00Z", "grade": "g3", "steps": []}},
        actor="account:31",
    ),
    fact("signed", "2024-01-31T10:30:00.999999+08:00", {"unit": "xn-heating"}, actor="account:207"),
    fact(
        "contacted",
        "2024-01-31T11:02:00+08:00",
        {"unit": "xn-heating", "how": "phone", "reached": True, "note": None},
        actor="account:207",
    ),
    fact("urged", "2024-01-31T15:00:00+08:00", {"note": words(3)}, actor="account:5"),
    fact(
        "handled",
        "2024-02-01T00:30:00+08:00",
        {"unit": "xn-heating", "reply": words(4), "outcome": "solved"},
        actor="account:207",
        occurred="2024-01-31T23:59:59.999999+08:00",
    ),
    fact("reviewed", "2024-02-01T09:15:00+08:00", {"accepted": True, "note": None}, actor="account:31"),
    fact(
        "called_back",
        "2024-02-01T14:20:00.120000+08:00",
        {"reached": "reached", "responded": True, "solved": True, "satisfied": "satisfied", "note": None},
        actor="account:66",
    ),
)

BULLETIN = (
    fact(
        "composed", "2024-02-01T00:10:00+08:00", {"as_of": "2024-01-31T16:00:00Z", "note": "第31期"}, actor="account:8"
    ),
    fact("reviewed", "2024-02-01T07:40:00+08:00", {"by": "审核人"}, actor="account:9"),
    fact("signed", "2024-02-01T08:00:00+08:00", {}, actor="account:2"),
)

CONFIGURATION = (
    fact("set", "2024-01-01T00:00:00+00:00", {"value": {}}, actor="cli:root"),
    fact(
        "set",
        "2024-01-31T16:00:00+00:00",
        {
            "largest": LARGEST_INTEGER,
            "smallest": -LARGEST_INTEGER,
            "zero": 0,
            "minus": -1,
            "nested": {"a": {"b": [[], {}]}},
        },
        actor="cli:root",
        shape=2,
    ),
)

# Sorted by UTF-16 the two beyond U+FFFF come before U+E000; sorted by code points or UTF-8 they would come last.
UNSORTED_KEYS = (
    "\ufb33",
    "\U0001f600",
    "\ue000",
    "\U00020000",
    "\u20ac",
    "\u00e9",
    "\r",
    "10",
    "9",
    "",
    "诉",
    "A",
    "a",
)

# Written as escapes: what cannot be seen, or turns the line around, must not lie in a source file.
STRANGE = (
    fact(
        "recorded",
        "2024-01-31T12:00:00+08:00",
        {
            "emoji": "暖气不热\U0001f976 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
            "right to left": "\u200f\u05e9\u05dc\u05d5\u05dd\u200e \u202eabc\u202c \u2067\u0645\u0631\u062d\u2069",
            "control": "\u0001\b\t\n\u000b\f\r\u001f\u007f\u0080\u2028\u2029\ufeff",
            "escapes": "\"\\/<>&'",
            "composed and not": "\u00e9 e\u0301",
        },
        actor="account:\U00020000",
    ),
    fact(
        "recorded",
        "2024-01-31T12:00:00.000001+08:00",
        {key: number for number, key in enumerate(UNSORTED_KEYS)},
        actor="account:1",
    ),
    fact("recorded", "2024-01-31T12:00:00.000002+08:00", {}, actor=""),
)

STREAMS = (
    ("appeal/2400000018", "eight events, nested data, moments on both sides of a local midnight", APPEAL),
    ("bulletin/daily-2024-01-31", "steps by different people, empty data", BULLETIN),
    ("config/units", "empty and nested objects, the largest integers, a second shape", CONFIGURATION),
    ("config/区县\U0001f3d4", "a name beyond ASCII; marks, control characters, keys in UTF-16 order", STRANGE),
)

VALUES: tuple[Json, ...] = (
    {},
    [],
    "",
    None,
    [True, False, None],
    [0, -1, LARGEST_INTEGER, -LARGEST_INTEGER],
    "".join(map(chr, range(0x20))),
    '"\\/\u007f\u0080\u2028\u2029',
    "有诉\U0001f976\u202e",
    {"b": {"d": 1, "c": [{"z": 1, "y": 2}]}, "a": "x"},
    # The example of RFC 8785, section 3.2.3.
    {"\u20ac": "1", "\r": "2", "\ufb33": "3", "1": "4", "\U0001f600": "5", "\u0080": "6", "\u00f6": "7"},
)

MOMENTS = (
    "2024-01-31T10:05:00+08:00",
    "2024-02-01T00:30:00+08:00",
    "2024-02-29T23:59:59.999999+00:00",
    "2024-01-31T10:05:00.120000+08:00",
    "2024-01-01T00:00:00.000001-03:30",
)

BULLETINS: tuple[dict[str, Json], ...] = (
    {
        "kind": "daily",
        "id": "daily-2024-01-31",
        "period": {"start": "2024-01-31T00:00:00+08:00", "end": "2024-02-01T00:00:00+08:00"},
        "as_of": "2024-02-01T00:00:00+08:00",
        "frozen": True,
        "frozen_at": "2024-02-01T08:05:00+08:00",
        "accepted": {
            "total": 992,
            "by_channel": {"hotline": 983, "wechat": 5, "city_portal": 3, "people_cn": 1},
            "by_type": {"consultation": 543, "help_request": 75, "complaint": 352, "suggestion": 17, "praise": 5},
            "by_appellant_kind": {"person": 940, "enterprise": 52},
        },
        "calls": 983,
        "messages": {"total": 9, "by_channel": {"wechat": 5, "city_portal": 3, "people_cn": 1}},
        "handling": {"direct": 602, "forwarded": 381},
        "callbacks": 228,
        "completion": {
            "numerator": 908,
            "denominator": 992,
            "excluded": 0,
            "percent": "91.53",
            "rounding": "half_up",
            "unfinished_overdue": 0,
        },
        "topics": [
            {
                "rank": 1,
                "topic": "供暖",
                "count": 63,
                "complaint": "室温不达标",
                "place": None,
                "units": ["xn-heating"],
            },
            {"rank": 2, "topic": "工资纠纷", "count": 41, "complaint": "拖欠工资", "place": None, "units": []},
        ],
        "statements": [{"name": "接通率", "value": "98.20", "unit": "%", "numerator": None, "of": None}],
        "checks": [{"check": "parts of handling = calls", "left": 983, "right": 983, "holds": True}],
        "definitions": "v1",
    },
    {
        "kind": "weekly",
        "id": "weekly-2024-01-28",
        "frozen": False,
        "frozen_at": None,
        "topics": [],
        "statements": [{"name": "本周要闻", "value": "满意\U0001f60a", "unit": "", "numerator": 0, "of": None}],
    },
)


if __name__ == "__main__":
    main()
