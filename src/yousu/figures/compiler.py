"""Compiles definitions to SQL with Ibis. Needed to make and to check the checked-in SQL, never to serve.

`python -m yousu.figures.compiler` writes `sql/<figure>.sql` and `sql/versions.csv`; tests hold them against the
definitions. It writes nothing when a figure's SQL is another one and its version is not.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import ibis
from ibis import schema

from yousu.figures.definitions import Definition, catalogue
from yousu.figures.facts import COLUMNS, Facts
from yousu.figures.versions import SQL, Recorded, digest_of, record, recorded, why_not

_ASKED = ibis.table(schema({"from_day": "date", "to_day": "date", "as_of": "timestamp('UTC')"}), name="asked")
_COLUMNS = {
    "number": "string",
    "seq": "int32",
    "kind": "string",
    "known_from": "timestamp('UTC')",
    "known_to": "timestamp('UTC')",
    "stage": "string",
    "channel": "string",
    "type": "string",
    "category": "string",
    "district": "string",
    "place_key": "string",
    "lead_unit": "string",
    "head": "string",
    "local_day": "date",
    "due_at": "timestamp('UTC')",
    "due_day": "date",
    "closed_at": "timestamp('UTC')",
    "appellant_kind": "string",
    "decision": "string",
    "second_handling": "int32",
    "called_back_day": "date",
    "responded": "boolean",
    "solved": "boolean",
    "satisfied": "string",
    "excluded": "boolean",
}
# Apart, so that figures which need none of these keep their SQL, and so their versions.
_OF_HANDLING = {
    "person_id": "uuid",
    "given_at": "timestamp('UTC')",
    "given_day": "date",
    "contacted_at": "timestamp('UTC')",
    "sent_back_by": "string",
    "repeats": "boolean",
    "parked_day": "date",
    "cleared_day": "date",
}
_VERSION = ibis.table(schema(_COLUMNS), name="case_version")
_HANDLED = ibis.table(schema({**_COLUMNS, **_OF_HANDLING}), name="case_version")
_EVENT = ibis.table(
    schema(
        {
            "stream": "string",
            "seq": "int32",
            "kind": "string",
            "recorded_at": "timestamp('UTC')",
            "local_day": "date",
            "undone_seq": "int32",
        }
    ),
    name="event",
)
_DATED = {"known_from": "timestamp('UTC')", "known_to": "timestamp('UTC')"}
_CATEGORY = ibis.table(schema({"path": "string", "topic": "string", **_DATED}), name="category")
_SETTING = ibis.table(schema({"code": "string", "value": "int64", **_DATED}), name="city_setting")
_HORIZON = ibis.table(schema({"tomorrow": "timestamp('UTC')", "soon": "timestamp('UTC')"}), name="horizon")
_CHANNEL = ibis.table(schema({"code": "string", "top": "string", "kind": "string", **_DATED}), name="channel")


class VersionNotRaised(ValueError):
    """A figure's SQL is another one and its version is not; the message says what to do."""


def facts() -> Facts:
    """The tables of definitions as unbound expressions."""
    known = _known(_VERSION)
    heads = known.view()
    limits = _in_force(_SETTING)
    return Facts(
        cases=_with_city(known),
        heads=heads.select(
            head_number=heads.number,
            head_stage=heads.stage,
            head_due_at=heads.due_at,
            head_closed_at=heads.closed_at,
        ),
        events=_known_events(),
        moments=_moments(),
        handled=_with_city(_known(_HANDLED)),
        contact_limit=limits.filter(limits.code == "contact_hours").select(contact_hours=limits.value),
        horizon=_HORIZON,
    )


def _with_city(known: ibis.Table) -> ibis.Table:
    """Cases with the topic and kind of channel that the city's data gave them."""
    topics = _in_force(_CATEGORY).select("path", "topic")
    cases = known.left_join(topics, known.category == topics.path).drop("path")
    channels = _in_force(_CHANNEL)
    channels = channels.select(channel_code=channels.code, channel_kind=channels.kind)
    return cases.left_join(channels, cases.channel == channels.channel_code).drop("channel_code")


def _in_force(rows: ibis.Table) -> ibis.Table:
    """The rows of the city's data that held at the as-of; the first ones hold for all time before them, too."""
    joined = rows.cross_join(_ASKED.view())
    return joined.filter(
        joined.known_from.isnull() | (joined.known_from <= joined.as_of),
        joined.known_to.isnull() | (joined.known_to > joined.as_of),
    )


def _known(versions: ibis.Table) -> ibis.Table:
    joined = versions.filter(versions.kind == "appeal").cross_join(_ASKED)
    return joined.filter(
        (joined.known_from <= joined.as_of) & (joined.known_to.isnull() | (joined.known_to > joined.as_of))
    ).drop("kind", "known_from", "known_to")


def _moments() -> ibis.Table:
    versions = _VERSION.filter(_VERSION.kind == "appeal").view()
    return versions.select(
        moment_number=versions.number,
        moment_seq=versions.seq,
        moment_stage=versions.stage,
        moment_unit=versions.lead_unit,
    )


def _known_events() -> ibis.Table:
    recorded = _EVENT.cross_join(_ASKED.view())
    recorded = recorded.filter(recorded.recorded_at <= recorded.as_of)
    return recorded.select(
        stream=recorded.stream,
        event_seq=recorded.seq,
        event_kind=recorded.kind,
        event_day=recorded.local_day,
        undone_seq=recorded.undone_seq,
    )


def compiled(definition: Definition, dialect: str) -> str:
    """The SQL of a figure's set; it reads a one-row relation `asked`."""
    built = definition.build(facts())
    if tuple(built.columns) != COLUMNS:
        raise ValueError(f"{definition.figure} has other columns than a set")
    sql = str(ibis.to_sql(built, dialect=dialect))
    # What Ibis names because it is used twice must not keep PostgreSQL from using indexes inside it.
    return (sql.replace('" AS (', '" AS NOT MATERIALIZED (') if dialect == "postgres" else sql) + "\n"


def write(definitions: Iterable[Definition], folder: Path = SQL) -> None:
    """Writes the SQL of every figure and what its version stands for. Raises VersionNotRaised with nothing written."""
    made = {definition: compiled(definition, "postgres") for definition in definitions}
    rows = [Recorded(figure=d.figure, version=d.version, digest=digest_of(sql)) for d, sql in made.items()]
    before = recorded(folder)
    refused = [why for row in rows if (why := why_not(row, before.get(row.figure)))]
    if refused:
        raise VersionNotRaised("\n".join(refused))
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.sql"):
        old.unlink()
    for definition, sql in made.items():
        (folder / f"{definition.figure}.sql").write_text(sql)
    record(rows, folder)


def main() -> None:
    """Writes, or says which figure's version is to be raised."""
    try:
        write(catalogue().values())
    except VersionNotRaised as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
