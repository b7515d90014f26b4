"""流水号: fresh case numbers, whatever the kind of case; all kinds draw from one sequence."""

from collections.abc import Sequence

from django.db import connection

from yousu.cases import numbers
from yousu.ledger import log
from yousu.platform import clock


def next_numbers(count: int) -> Sequence[str]:
    """Fresh case numbers of this year. Gaps are allowed: a number is spent even if its recording fails."""
    year = log.local_day_of(clock.now()).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_serial') FROM generate_series(1, %s)", [count])
        return [numbers.number(year, serial) for (serial,) in cursor.fetchall()]
