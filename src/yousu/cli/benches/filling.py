"""充填: a home with many cases at every stage, made by the real commands: a program with the number of cases."""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context

import django

from yousu.cli.opening import opened

_DAYS, _AT_ONCE = 70, 500
_PROCESSES = 2
# By the case's number: answered at once (most are), declined, or how many steps of the way it has gone.
_ANSWERED, _DECLINED = -1, -2
_LIVES = (*[_ANSWERED] * 12, _DECLINED, 0, 1, 2, 4, 5, 6, 6)


def main(arguments: list[str]) -> int:
    """Fills the home of the environment."""
    opened()
    fill(int(arguments[0]))
    return 0


def fill(cases: int) -> None:
    """As many cases as asked, received over the last seventy days."""
    from django.db import connection

    from yousu.platform import clock

    began = clock.now() - timedelta(days=_DAYS)
    step = timedelta(days=_DAYS - 1) / cases
    batches = [(first, min(first + _AT_ONCE, cases)) for first in range(0, cases, _AT_ONCE)]
    moments = [began + step * first for first, _ in batches]
    # Not forked: a child must not share this process's connection.
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        for _ in pool.map(_batch, batches, moments):
            pass
    with connection.cursor() as cursor:
        # What the server does by itself within a minute or two.
        cursor.execute("VACUUM ANALYZE")


def _batch(span: tuple[int, int], at: datetime) -> None:
    from yousu.cli.benches import said, staff
    from yousu.intake.arrivals import Delivery, accept_many
    from yousu.ledger import log
    from yousu.platform import clock

    with clock.held(at) as hands, log.batch():
        deliveries = [Delivery(said=said.appeal(i), external_id=f"fill-{i}") for i in range(*span)]
        accepted = accept_many(deliveries, by=staff.actor("call_taker"))
        cases = [(one.number, _LIVES[i % len(_LIVES)]) for i, one in zip(range(*span), accepted, strict=True)]
        for hour in range(len(staff.WAY)):
            hands.move_to(at + timedelta(hours=hour + 1))
            for number, life in cases:
                _live(number, life, hour=hour)


def _live(number: str, life: int, *, hour: int) -> None:
    """What happens to a case in the so-manieth hour."""
    from yousu.appeals import commands
    from yousu.cli.benches import staff
    from yousu.org.city import city

    if hour < life:
        staff.act(staff.WAY[hour], number, version=hour + 1)
    elif hour == 0 and life == _ANSWERED:
        commands.answer(number, reply="已当场解答，诉求人表示清楚。", by=staff.actor("call_taker"), seen=1)
    elif hour == 0 and life == _DECLINED:
        codes = {"reason": next(iter(city().reasons["decline"])), "lawful_channel": next(iter(city().lawful_channels))}
        commands.decline(number, **codes, reply="已告知法定渠道。", by=staff.actor("call_taker"), seen=1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
