"""安装: brings a database to today's shape: roles, migrations, grants, the city's data. Repeatable."""

import hmac
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from yousu.ledger import log
from yousu.ledger.events import event
from yousu.ledger.models import Installation
from yousu.org.actors import SYSTEM
from yousu.org.city import City, city
from yousu.org.configuration import laying
from yousu.org.models import CategoryRow, ChannelRow, SettingRow
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


_AFTERWARDS: list[Callable[[], None]] = []


def afterwards(step: Callable[[], None]) -> None:
    """Registers what a layer above brings into the database once the city is in force; it must be repeatable."""
    if step not in _AFTERWARDS:
        _AFTERWARDS.append(step)


def install() -> None:
    """Migrates as the database's owner, grants, and puts the city's data in force. A second run changes nothing.

    Raises KeyFileWrong when the database was installed with a master key that is not there now.
    """
    fitness.check(database.conninfo())
    if not is_installed():
        # Only a new database gets a new key: under another one nobody could be found or read again.
        keys.ensure_key_file()
    keys.require_key()
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        if not Installation.objects.exists():
            Installation.objects.create(id=uuid4())
        one = Installation.objects.get()
        if one.key_check is None:
            one.key_check = _key_check(one.id)
            one.save(update_fields=["key_check"])
        cursor.execute(_GRANTS)
    check_key()
    laying.refresh()
    put_in_force(city())
    for step in _AFTERWARDS:
        step()


def is_installed() -> bool:
    """Whether this database was installed, by this or an older version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('installation') IS NOT NULL")
        return bool(cursor.fetchone()[0]) and Installation.objects.exists()


def check_key() -> None:
    """Raises KeyFileWrong unless the master key is the one with which this database was installed."""
    keys.require_key()
    one = Installation.objects.get()
    if one.key_check is not None and not hmac.compare_digest(bytes(one.key_check), _key_check(one.id)):
        raise keys.KeyFileWrong(
            f"YOUSU_KEY_FILE: {keys.key_file()} holds another key than the one with which this database was installed"
        )


def _key_check(installation: UUID) -> bytes:
    return keys.lookup("installation", str(installation))


def put_in_force(loaded: City) -> None:
    """Records the data's digest, if it is another one than before, and dates the rows that figures join by that.

    Rows that no longer hold stay: an older as-of counts by what was in force then.
    """
    stream = "config/city"
    fact = Configured(city=loaded.settings["code"], digest=loaded.digest)
    last = next(log.rows_of(stream, newest_first=True), None)
    if last is not None and loaded.digest in last.data:
        return
    with transaction.atomic():
        log.append(stream, fact, by=SYSTEM, at=clock.now())
        # The event's own moment never runs backwards in its stream, so no two rows of a code overlap.
        at = next(log.rows_of(stream, newest_first=True)).recorded_at
        categories = {(c.code, c.topic) for c in loaded.categories.values()}
        _date(CategoryRow, categories, fields=("path", "topic"), at=at)
        channels = {(c.code, loaded.top_channel(c.code), c.kind) for c in loaded.channels.values()}
        _date(ChannelRow, channels, fields=("code", "top", "kind"), at=at)
        _date(SettingRow, set(loaded.counted_by().items()), fields=("code", "value"), at=at)


def _date(model: type[Model], wanted: Set[tuple[Any, ...]], *, fields: Sequence[str], at: datetime) -> None:
    """Ends the rows that hold no longer and adds those that hold from now; the very first hold since ever."""
    rows = model._default_manager
    since = at if rows.exists() else None
    standing = {tuple(values): pk for pk, *values in rows.filter(known_to=None).values_list("pk", *fields)}
    rows.filter(pk__in=[pk for values, pk in standing.items() if values not in wanted]).update(known_to=at)
    added = sorted(wanted - standing.keys())
    rows.bulk_create(model(**dict(zip(fields, values, strict=True)), known_from=since) for values in added)
