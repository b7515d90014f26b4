"""Compiles definitions to SQL with Ibis. Needed to make and to check the checked-in SQL, never to serve.

`python -m yousu.figures.compiler` writes `sql/<figure>.sql`; a test holds them against the definitions.
"""

from pathlib import Path

import ibis
from ibis import schema

from yousu.figures.definitions import COLUMNS, Definition, Facts, catalogue

SQL = Path(__file__).parent / "sql"

_ASKED = ibis.table(schema({"from_day": "date", "to_day": "date", "as_of": "timestamp('UTC')"}), name="asked")
_VERSION = ibis.table(
    schema(
        {
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
            "called_back_day": "date",
            "responded": "boolean",
            "solved": "boolean",
            "satisfied": "string",
            "excluded": "boolean",
        }
    ),
    name="case_version",
)
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
_CATEGORY = ibis.table(schema({"path": "string", "topic": "string"}), name="category")
_CHANNEL = ibis.table(schema({"code": "string", "top": "string", "kind": "string"}), name="channel")


def facts() -> Facts:
    """The tables of definitions as unbound expressions."""
    known = _known_versions()
    cases = known.left_join(_CATEGORY, known.category == _CATEGORY.path).drop("path")
    channels = _CHANNEL.select(channel_code=_CHANNEL.code, channel_kind=_CHANNEL.kind)
    cases = cases.left_join(channels, cases.channel == channels.channel_code).drop("channel_code")
    heads = known.view()
    return Facts(
        cases=cases,
        heads=heads.select(head_number=heads.number, head_stage=heads.stage),
        events=_known_events(),
    )


def _known_versions() -> ibis.Table:
    joined = _VERSION.filter(_VERSION.kind == "appeal").cross_join(_ASKED)
    return joined.filter(
        (joined.known_from <= joined.as_of) & (joined.known_to.isnull() | (joined.known_to > joined.as_of))
    ).drop("kind", "known_from", "known_to")


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


def write() -> None:
    """Writes the SQL of every figure."""
    SQL.mkdir(exist_ok=True)
    for old in SQL.glob("*.sql"):
        old.unlink()
    for figure, definition in catalogue().items():
        (SQL / f"{figure}.sql").write_text(compiled(definition, "postgres"))


if __name__ == "__main__":
    write()
