"""封存: at times, the root over all positions so far is fixed and may be published."""

from collections.abc import Iterator

from django.db import connection, transaction

from yousu.ledger import chain, log
from yousu.ledger.models import EventPosition, Seal
from yousu.platform import clock

# One sealer at a time. Not by locking the last row: the server's role may not change seals, so it may not lock them.
_LOCK = 0x59_6F_75_6C


def seal() -> Seal:
    """Seals every position since the last seal; without any, the last seal is returned again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Seal.objects.order_by("-number").first()
        since = last.position if last else 0
        until = EventPosition.objects.order_by("-position").values_list("position", flat=True).first() or 0
        if last is not None and until == since:
            return last
        merkle = chain.merkle_root(_hashes(since, until))
        previous = bytes(last.root) if last else chain.first_root(log.installation())
        return Seal.objects.create(
            number=last.number + 1 if last else 1,
            position=until,
            merkle=merkle,
            root=chain.next_root(previous, merkle),
            sealed_at=clock.now(),
        )


def recomputed(number: int) -> bytes:
    """The root of a seal computed again from the events' stored hashes."""
    previous, since = chain.first_root(log.installation()), 0
    if number > 1:
        before = Seal.objects.get(number=number - 1)
        previous, since = bytes(before.root), before.position
    this = Seal.objects.get(number=number)
    return chain.next_root(previous, chain.merkle_root(_hashes(since, this.position)))


def covering(stream: str, seq: int) -> Seal | None:
    """The first seal that binds an event; None until there is one."""
    position = EventPosition.objects.filter(stream=stream, seq=seq).values_list("position", flat=True).first()
    return None if position is None else Seal.objects.filter(position__gte=position).order_by("number").first()


def _hashes(since: int, until: int) -> Iterator[bytes]:
    sql = """SELECT e.hash FROM event_position p JOIN event e USING (stream, seq)
             WHERE p.position > %s AND p.position <= %s ORDER BY p.position"""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [since, until])
        for (event_hash,) in cursor:
            yield bytes(event_hash)
