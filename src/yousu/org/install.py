"""安装: brings a database to today's shape: roles, migrations, grants, the city's data. Repeatable."""

from dataclasses import dataclass
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, transaction

from yousu.ledger import log
from yousu.ledger.events import event
from yousu.ledger.models import Installation
from yousu.org.actors import SYSTEM
from yousu.org.city import City, city
from yousu.org.models import CategoryRow, ChannelRow
from yousu.platform import clock, database, keys
from yousu.platform.postgres import fitness

# The server's role appends; it can neither change nor remove what happened.
_GRANTS = """
GRANT USAGE ON SCHEMA public TO yousu_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO yousu_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO yousu_web;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO yousu_web;
REVOKE UPDATE, DELETE, TRUNCATE ON event, event_position, seal FROM yousu_web;
"""


@event("configured")
@dataclass(frozen=True, kw_only=True)
class Configured:
    """配置: the city's data with this digest came into force."""

    city: str
    digest: str


def install() -> None:
    """Migrates as the database's owner, grants, and puts the city's data in force. A second run changes nothing."""
    keys.ensure_key_file()
    fitness.check(database.conninfo())
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        if not Installation.objects.exists():
            Installation.objects.create(id=uuid4())
        cursor.execute(_GRANTS)
    put_in_force(city())


def put_in_force(loaded: City) -> None:
    """Writes the rows that figures join and records the data's digest, if it is another one than before."""
    stream = "config/city"
    fact = Configured(city=loaded.settings["code"], digest=loaded.digest)
    last = next(log.rows_of(stream, newest_first=True), None)
    if last is not None and loaded.digest in last.data:
        return
    with transaction.atomic():
        CategoryRow.objects.all().delete()
        CategoryRow.objects.bulk_create(CategoryRow(path=c.code, topic=c.topic) for c in loaded.categories.values())
        ChannelRow.objects.all().delete()
        ChannelRow.objects.bulk_create(
            ChannelRow(code=c.code, top=loaded.top_channel(c.code), kind=c.kind) for c in loaded.channels.values()
        )
        log.append(stream, fact, by=SYSTEM, at=clock.now())
