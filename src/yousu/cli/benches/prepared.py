"""备件: recorded cases to begin with, and a planner that knows of them."""

from django.db import connection

from yousu.cli.benches import said
from yousu.intake.arrivals import Delivery, accept_many
from yousu.org.actors import cli

_AT_ONCE = 500


def cases(count: int) -> list[str]:
    """The numbers of so many fresh cases."""
    numbers: list[str] = []
    for begin in range(0, count, _AT_ONCE):
        batch = range(begin, min(begin + _AT_ONCE, count))
        deliveries = [Delivery(said=said.appeal(i), external_id=f"prepared-{i}") for i in batch]
        numbers += [accepted.number for accepted in accept_many(deliveries, by=cli("bench"))]
    with connection.cursor() as cursor:
        # What the server does by itself within the first minute; until then it plans for empty tables.
        cursor.execute("ANALYZE")
    return numbers
