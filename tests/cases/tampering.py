"""篡改: ways in which somebody with the database in their hands may change what is stored. Each is one statement.

`%(seed)s` chooses the victim; the statement returns the stream at which verification must find it.
"""

from collections.abc import Mapping
from typing import LiteralString

import psycopg


def _event(change: LiteralString, *, where: LiteralString = "true") -> LiteralString:
    return f"""
    WITH victim AS (SELECT stream, seq FROM event WHERE {where} ORDER BY md5(stream || seq || %(seed)s) LIMIT 1)
    UPDATE event e SET {change} FROM victim v WHERE (e.stream, e.seq) = (v.stream, v.seq) RETURNING e.stream
    """


def _row(table: LiteralString, change: LiteralString, *, where: LiteralString = "true") -> LiteralString:
    return f"""
    WITH victim AS (SELECT ctid FROM {table} t WHERE {where} ORDER BY md5(t::text || %(seed)s) LIMIT 1)
    UPDATE {table} t SET {change} FROM victim v WHERE t.ctid = v.ctid RETURNING {_STREAMS[table]}
    """


def _gone(table: LiteralString, *, where: LiteralString = "true") -> LiteralString:
    return f"""
    WITH victim AS (SELECT ctid FROM {table} t WHERE {where} ORDER BY md5(t::text || %(seed)s) LIMIT 1)
    DELETE FROM {table} t USING victim v WHERE t.ctid = v.ctid RETURNING {_STREAMS[table]}
    """


_STREAMS: Mapping[str, LiteralString] = {
    "stream": "t.name",
    "event": "t.stream",
    "event_position": "t.stream",
    "event_pending": "t.stream",
    "text": "t.stream",
    "attachment": "t.stream",
    "attachment_piece": "(SELECT a.stream FROM attachment a WHERE a.id = t.attachment_id)",
    "case_now": "t.kind || '/' || t.number",
    "case_version": "t.kind || '/' || t.number",
    "case_search": "t.kind || '/' || t.number",
    "person": "'person/' || t.id",
    "seal": "'seal/' || t.number",
    "bulletin_now": "'bulletin/' || t.id",
    "bulletin_figure": "'bulletin/' || t.bulletin_id",
}

# What the chain says an event's hash is, written once more.
_FORGE = """
CREATE FUNCTION pg_temp.forged(previous bytea, e event) RETURNS bytea LANGUAGE sql AS $$
    SELECT sha256(previous || convert_to(
        '{"actor":' || to_json(e.actor) || ',"data":' || e.data || ',"kind":"' || e.kind || '","occurred_at":"'
        || to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","recorded_at":"'
        || to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","seq":' || e.seq
        || ',"shape":' || e.shape || ',"stream":' || to_json(e.stream) || '}', 'UTF8'))
$$
"""
_ACTOR = "actor = 'account:nobody'"
_BEFORE = "(SELECT b.hash FROM event b WHERE b.stream = e.stream AND b.seq = e.seq - 1)"
_IS_LAST = "seq > 1 AND seq = (SELECT max(l.seq) FROM event l WHERE l.stream = event.stream)"
_IN_THE_MIDDLE = "seq > 1 AND seq < (SELECT max(l.seq) FROM event l WHERE l.stream = event.stream)"
_SEALED = "(stream, seq) IN (SELECT stream, seq FROM event_position WHERE position <= (SELECT max(position) FROM seal))"
_BYTE = "set_byte({0}, length({0}) / 2, get_byte({0}, length({0}) / 2) # 1)"

TAMPERINGS: Mapping[str, LiteralString] = {
    "a byte of an event's data": _event(
        r"data = regexp_replace(data, '[1-9a-f](?=[^1-9a-f]*$)', '0')",
        where="data ~ '[1-9a-f]'",
    ),
    "a space in an event's data": _event("data = replace(data, ':', ': ')", where="data LIKE '%%:%%'"),
    "who did it": _event(_ACTOR),
    "when it happened": _event("occurred_at = occurred_at + interval '1 microsecond'"),
    "when it was recorded": _event("recorded_at = recorded_at + interval '1 microsecond'"),
    "recorded long before": _event("recorded_at = recorded_at - interval '1 day'", where="seq > 1"),
    "what happened": _event("kind = CASE WHEN kind = 'signed' THEN 'contacted' ELSE 'signed' END"),
    "the shape": _event("shape = shape + 1"),
    "the number": _event("seq = e.seq + 1000", where=_IS_LAST),
    "the order of two events": """
        WITH victim AS (
            SELECT stream, seq FROM event WHERE seq > 1 ORDER BY md5(stream || seq || %(seed)s) LIMIT 1
        ), away AS (SELECT e.* FROM event e JOIN victim v ON e.stream = v.stream AND e.seq = v.seq - 1)
        UPDATE event e SET kind = a.kind, data = a.data, actor = a.actor, hash = a.hash
        FROM victim v, away a WHERE (e.stream, e.seq) = (v.stream, v.seq) RETURNING e.stream
    """,
    "an event in the middle is gone": _gone("event", where=_IN_THE_MIDDLE.replace("event.", "t.")),
    "the first event is gone": _gone("event", where="seq = 1"),
    "the last event is gone and the head adjusted": f"""
        WITH victim AS (
            SELECT stream, seq FROM event WHERE {_IS_LAST} ORDER BY md5(stream || %(seed)s) LIMIT 1
        ), gone AS (DELETE FROM event e USING victim v WHERE (e.stream, e.seq) = (v.stream, v.seq))
        UPDATE stream s SET head_seq = b.seq, head_hash = b.hash, recorded_at = b.recorded_at
        FROM victim v JOIN event b ON b.stream = v.stream AND b.seq = v.seq - 1
        WHERE s.name = v.stream RETURNING s.name
    """,
    "an event is put in, hash and head are right": """
        WITH victim AS (SELECT name, head_seq, head_hash FROM stream ORDER BY md5(name || %(seed)s) LIMIT 1),
        last AS (SELECT e.* FROM event e JOIN victim v ON (e.stream, e.seq) = (v.name, v.head_seq)),
        put AS (
            INSERT INTO event SELECT stream, seq + 1, kind, shape, occurred_at, recorded_at, actor, data,
                pg_temp.forged(hash, row(stream, seq + 1, kind, shape, occurred_at, recorded_at, actor, data,
                    hash, local_day, undone_seq)::event), local_day, undone_seq FROM last RETURNING stream, seq, hash
        )
        UPDATE stream s SET head_seq = p.seq, head_hash = p.hash FROM put p WHERE s.name = p.stream RETURNING s.name
    """,
    "a byte of a hash": _event("hash = " + _BYTE.format("hash")),
    "an event in the middle with a hash of its own": _event(
        "actor = 'account:nobody', hash = pg_temp.forged("
        f"{_BEFORE}, row(e.stream, e.seq, e.kind, e.shape, e.occurred_at, e.recorded_at, 'account:nobody', e.data, "
        "e.hash, e.local_day, e.undone_seq)::event)",
        where=_IN_THE_MIDDLE,
    ),
    "the last event with a hash of its own": _event(
        "actor = 'account:nobody', hash = pg_temp.forged("
        f"{_BEFORE}, row(e.stream, e.seq, e.kind, e.shape, e.occurred_at, e.recorded_at, 'account:nobody', e.data, "
        "e.hash, e.local_day, e.undone_seq)::event)",
        where=_IS_LAST,
    ),
    "the last event with a hash of its own, and the head, under a seal": f"""
        WITH victim AS (
            SELECT stream, seq FROM event WHERE {_IS_LAST} AND {_SEALED} ORDER BY md5(stream || %(seed)s) LIMIT 1
        ), forged AS (
            UPDATE event e SET actor = 'account:nobody', hash = pg_temp.forged({_BEFORE}, row(e.stream, e.seq, e.kind,
                e.shape, e.occurred_at, e.recorded_at, 'account:nobody', e.data, e.hash, e.local_day,
                e.undone_seq)::event)
            FROM victim v WHERE (e.stream, e.seq) = (v.stream, v.seq) RETURNING e.stream, e.seq, e.hash
        ), head AS (UPDATE stream s SET head_hash = f.hash FROM forged f WHERE s.name = f.stream)
        SELECT 'seal/' || min(s.number) FROM forged f JOIN event_position p USING (stream, seq)
        JOIN seal s ON s.position >= p.position
    """,
    "an event in another stream": _event(
        "stream = (SELECT name FROM stream s WHERE s.name <> e.stream ORDER BY name LIMIT 1), seq = e.seq + 500"
    ).replace("RETURNING e.stream", "RETURNING v.stream"),
    "a stream's events are gone": """
        WITH victim AS (SELECT name FROM stream ORDER BY md5(name || %(seed)s) LIMIT 1),
        gone AS (DELETE FROM event e USING victim v WHERE e.stream = v.name)
        SELECT name FROM victim
    """,
    "the local day": _event("local_day = local_day + 1"),
    "what was undone": _event("undone_seq = coalesce(undone_seq, 0) + 1"),
    "what was undone, by none": _event("undone_seq = NULL", where="undone_seq IS NOT NULL"),
    "the head's number": _row("stream", "head_seq = head_seq + 1"),
    "the head's hash": _row("stream", "head_hash = " + _BYTE.format("head_hash")),
    "the head's moment": _row("stream", "recorded_at = recorded_at + interval '1 second'"),
    "a stream without a head": _gone("stream"),
    "a stage": _row("case_now", "stage = CASE WHEN stage = 'settled' THEN 'closed' ELSE 'settled' END"),
    "a field of the whole state": _row("case_now", "state = jsonb_set(state, '{urged}', '99')"),
    "a field too many in the state": _row("case_now", """state = state || '{"vip": true}'"""),
    "a deadline": _row("case_now", "due_at = coalesce(due_at, now()) + interval '1 hour'"),
    "the units of a case": _row("case_now", "units = array_append(units, 'water')"),
    "a version number": _row("case_now", "version = version + 1"),
    "words shown": _row("case_now", "matter = matter || '。'", where="matter IS NOT NULL"),
    "whose case it is": _row("case_now", "person_id = gen_random_uuid()"),
    "a case's row is gone": _gone("case_now"),
    "a case's row too many": """
        INSERT INTO case_now SELECT (jsonb_populate_record(t, '{"number": "9900000000"}')).* FROM case_now t
        ORDER BY md5(number || %(seed)s) LIMIT 1 RETURNING kind || '/' || number
    """,
    "words to be found by": _row("case_search", "words = words || '。'"),
    "a key to be found by": _row("case_search", "keys = array_append(keys, 1)"),
    "a row of search is gone": _gone("case_search"),
    "a row of search too many": """
        INSERT INTO case_search SELECT (jsonb_populate_record(t, '{"number": "9900000000"}')).* FROM case_search t
        ORDER BY md5(number || %(seed)s) LIMIT 1 RETURNING kind || '/' || number
    """,
    "a version's stage": _row("case_version", "stage = CASE WHEN stage = 'closed' THEN 'signed' ELSE 'closed' END"),
    "a version's day": _row("case_version", "local_day = local_day - 1"),
    "a version's answer": _row("case_version", "solved = NOT coalesce(solved, false)"),
    "a version's end": _row("case_version", "known_to = coalesce(known_to, known_from) + interval '1 second'"),
    "a version is gone": _gone("case_version"),
    "a version too many": """
        INSERT INTO case_version SELECT (jsonb_populate_record(t, '{"seq": 777}')).* FROM case_version t
        ORDER BY md5(number || %(seed)s) LIMIT 1 RETURNING kind || '/' || number
    """,
    "sealed words": _row("text", "cipher = " + _BYTE.format("cipher"), where="cipher IS NOT NULL"),
    "clear words": _row("text", "plain = plain || '!'", where="plain IS NOT NULL"),
    "clear words beside sealed ones": _row("text", "plain = '看得见'", where="cipher IS NOT NULL"),
    "a text's salt": _row("text", "salt = " + _BYTE.format("salt")),
    "a text's look-up": _row("text", "lookup = " + _BYTE.format("lookup"), where="lookup IS NOT NULL"),
    "a text is gone": _gone("text"),
    "a text too many": """
        INSERT INTO text SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).* FROM text t
        ORDER BY md5(id || %(seed)s) LIMIT 1 RETURNING stream
    """,
    "a text of another case": _row(
        "text", "stream = (SELECT name FROM stream s WHERE s.name <> t.stream ORDER BY name DESC LIMIT 1)"
    ).replace("RETURNING t.stream", "RETURNING (SELECT o.stream FROM text o WHERE o.id = t.id)"),
    "a sealed file": _row("attachment_piece", "cipher = " + _BYTE.format("cipher")),
    "a piece of a file is gone": _gone("attachment_piece"),
    "a file's salt": _row("attachment", "salt = " + _BYTE.format("salt")),
    "a file's look-up": _row("attachment", "lookup = " + _BYTE.format("lookup")),
    "a file is gone": _gone("attachment"),
    "a file too many": """
        INSERT INTO attachment SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).*
        FROM attachment t ORDER BY md5(id || %(seed)s) LIMIT 1 RETURNING stream
    """,
    "a phone": _row("person", "phone = " + _BYTE.format("phone"), where="phone IS NOT NULL"),
    "a phone's look-up": _row("person", "phone_lookup = " + _BYTE.format("phone_lookup"), where="phone IS NOT NULL"),
    "the last four digits": _row("person", "last4_lookup = sha256(last4_lookup)", where="phone IS NOT NULL"),
    "a person's key": _row("person", "wrapped_key = " + _BYTE.format("wrapped_key"), where="phone IS NOT NULL"),
    "a person marked as erased": _row("person", "erased_at = now()", where="erased_at IS NULL"),
    "an erased person marked as there": _row("person", "erased_at = NULL", where="erased_at IS NOT NULL"),
    "a position at the end": _row("event_position", "position = position + 100000"),
    "two positions of a stream": """
        WITH pair AS (
            SELECT p.stream, p.seq, p.position AS here, q.position AS there
            FROM event_position p JOIN event_position q ON q.stream = p.stream AND q.seq = p.seq + 1
            ORDER BY md5(p.stream || p.seq || %(seed)s) LIMIT 1
        ), gone AS (
            DELETE FROM event_position e USING pair p WHERE e.stream = p.stream AND e.seq IN (p.seq, p.seq + 1)
            RETURNING e.position
        )
        SELECT stream, seq, here, there FROM pair, (SELECT count(*) FROM gone) g
    """,
    "a position is gone": _gone("event_position"),
    "an event waits no longer": _gone("event_pending"),
    "an event waits since another moment": _row("event_pending", "recorded_at = recorded_at - interval '1 hour'"),
    "a seal's root": _row("seal", "root = " + _BYTE.format("root")),
    "a seal's tree": _row("seal", "merkle = " + _BYTE.format("merkle")),
    "a seal's reach": _row("seal", "position = position - 1"),
    "a bulletin's list": _row("bulletin_figure", "numbers = numbers - 0", where="numbers <> '[]'"),
    "a bulletin's list with another case": _row(
        "bulletin_figure", """numbers = jsonb_set(numbers, '{0}', '"2400000000"')""", where="numbers <> '[]'"
    ),
    "a bulletin's list is gone": _gone("bulletin_figure"),
    "a bulletin's list too many": """
        INSERT INTO bulletin_figure (bulletin_id, path, numbers) SELECT bulletin_id, 'accepted.moons', numbers
        FROM bulletin_figure t ORDER BY md5(t::text || %(seed)s) LIMIT 1 RETURNING 'bulletin/' || bulletin_id
    """,
    "when a bulletin was published": _row(
        "bulletin_now", "published_at = published_at + interval '1 hour'", where="published_at IS NOT NULL"
    ),
    "a bulletin's issue number": _row("bulletin_now", "issue_number = issue_number + 100"),
    "a number that a bulletin prints": _row(
        "bulletin_now",
        "state = jsonb_set(state, '{content,calls}', '999')",
        where="stage IN ('frozen', 'published')",
    ),
    "a bulletin that nobody composed": """
        INSERT INTO bulletin_now SELECT (jsonb_populate_record(t, '{"id": "daily-2001-01-01", "year": 2001}')).*
        FROM bulletin_now t ORDER BY md5(t::text || %(seed)s) LIMIT 1 RETURNING 'bulletin/' || id
    """,
    "the first seal is gone": "DELETE FROM seal WHERE number = 1 RETURNING 'seal/2'",
}


def tamper(connection: psycopg.Connection[tuple[object, ...]], kind: str, *, seed: int) -> str:
    """Does it; returns the stream at which it must be found."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(_FORGE)
    row = connection.execute(TAMPERINGS[kind], {"seed": str(seed)}).fetchone()
    assert row is not None, f"nothing to tamper with: {kind}"
    if kind == "two positions of a stream":
        stream, seq, here, there = row
        put_back = "INSERT INTO event_position (stream, seq, position) VALUES (%s, %s, %s), (%s, %s, %s)"
        connection.execute(put_back, [stream, seq, there, stream, int(str(seq)) + 1, here])
    return str(row[0])
