"""`yousu demo`: makes a city, plays its sample days, prints the bulletins, serves the pages."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yousu.cli import Answer, UsageError, opening
from yousu.platform import environment

_SAMPLES = ("days", "month")
_BULLETINS = ("daily-2024-01-31", "weekly-2024-01-28")
_STATE = "demo.json"
# They point at data of the operator's own; a demonstration empties its database and shifts its clock.
_NOT_OURS = ("YOUSU_DATABASE_URL", "YOUSU_KEY_FILE")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("--sample", choices=_SAMPLES, default="days", help="which days are played")
    parser.add_argument("--seed", type=int, default=1, help="other cases, the same totals")
    parser.add_argument("--no-serve", action="store_true", help="end after printing")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served")


def run(options: argparse.Namespace) -> Answer:
    """Plays what was not played yet; a second start finds its data. Raises UsageError where it would touch others'."""
    _refuse_what_is_not_ours()
    home = _own_home(options)
    say = _teller(quiet=options.json)
    opening.set_up()
    from yousu.platform import clock

    state = _state(home) or _played(home, options, say)
    clock.shift_demo_home(home, to=_goes_on_at(datetime.fromisoformat(state["ends_at"])))
    _print_bulletins(home, say)
    data = {
        "home": str(home),
        "base_url": f"http://127.0.0.1:{options.port}",
        "as_of": clock.now().isoformat(timespec="seconds"),
        "accounts": state["accounts"],
    }
    if options.no_serve:
        return Answer(text=_told(data), data=data)
    print(json.dumps(data, ensure_ascii=False) if options.json else _told(data), flush=True)
    from yousu.cli import serve

    return serve.serve(port=options.port, quiet=options.json)


def _refuse_what_is_not_ours() -> None:
    given = [name for name in _NOT_OURS if environment.text(name)]
    if given:
        raise UsageError(f"unset {' and '.join(given)}: a demonstration works on a database and a key of its own")


def _own_home(options: argparse.Namespace) -> Path:
    """A demonstration has a home of its own, told to every process it starts."""
    given = environment.home()
    home = given if given.name == f"demo-{options.sample}" else given / f"demo-{options.sample}"
    home.mkdir(parents=True, exist_ok=True)
    os.environ["YOUSU_HOME"] = str(home)
    os.environ["YOUSU_BASE_URL"] = f"http://127.0.0.1:{options.port}"
    os.environ.setdefault("YOUSU_LOG_LEVEL", "WARNING")
    return home


def _state(home: Path) -> Mapping[str, Any] | None:
    file = home / _STATE
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _played(home: Path, options: argparse.Namespace, say: Callable[[str], None]) -> Mapping[str, Any]:
    from yousu.cities.xining import month, stage
    from yousu.cities.xining import sample as days
    from yousu.org.install import install
    from yousu.platform import clock

    sample: Any = {"days": days, "month": month}[options.sample]
    _empty_database()
    with clock.held(sample.BEGINS_AT):
        install()
    sample.play(seed=options.seed, told=say)
    state = {"seed": options.seed, "ends_at": sample.ENDS_AT.isoformat(), "accounts": _accounts(stage.PASSWORD)}
    # Written last: without it the next start knows that the days were not played to their end.
    file = home / _STATE
    file.touch(mode=0o600)
    file.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    return state


def _empty_database() -> None:
    """What an interrupted demonstration left is thrown away; the home is the demonstration's alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _accounts(password: str) -> list[dict[str, str]]:
    from yousu.org.accounts import create_token
    from yousu.org.models import AccountRole

    roles = AccountRole.objects.select_related("account").order_by("id")
    return [
        {
            "role": row.role,
            "user": row.account.user,
            "password": password,
            "token": create_token(row.account.user),
        }
        for row in roles
    ]


def _goes_on_at(ends_at: datetime) -> datetime:
    """The clock goes on where the last recorded moment stands, so that no day is lost between two starts."""
    from django.db.models import Max

    from yousu.ledger.models import Stream

    last = Stream.objects.aggregate(last=Max("recorded_at"))["last"]
    return ends_at if last is None else max(ends_at, last)


def _print_bulletins(home: Path, say: Callable[[str], None]) -> None:
    from yousu.bulletins import queries, rendering

    folder = home / "bulletins"
    folder.mkdir(exist_ok=True)
    for bulletin_id in _BULLETINS:
        bulletin = queries.show(bulletin_id)
        say(rendering.as_text(bulletin))
        file = folder / f"{bulletin_id}.pdf"
        file.write_bytes(rendering.as_pdf(bulletin))
        say(f"PDF: {file}\n")


def _told(data: Mapping[str, Any]) -> str:
    first: dict[str, Mapping[str, str]] = {}
    for account in data["accounts"]:
        first.setdefault(account["role"], account)
    from yousu.org.city import city

    names = city().roles
    lines = [f"  {account['user']:<20} {names[account['role']].name_zh}" for account in first.values()]
    at = datetime.fromisoformat(data["as_of"]).astimezone(ZoneInfo(environment.text("YOUSU_TIME_ZONE")))
    password = data["accounts"][0]["password"]
    return "\n".join(
        [
            f"演示时间 {at:%Y-%m-%d %H:%M} · 数据 {data['home']}",
            f"门户 {data['base_url']}/ · 工作台 {data['base_url']}/desk/ · API {data['base_url']}/api/v1/docs",
            f"演示账号（密码均为 {password}，令牌见 --json）：",
            *lines,
        ]
    )


def _teller(*, quiet: bool) -> Callable[[str], None]:
    # With --json stdout belongs to the one JSON object.
    stream = sys.stderr if quiet else sys.stdout
    return lambda text: print(text, file=stream, flush=True)
