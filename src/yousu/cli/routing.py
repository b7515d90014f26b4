"""`yousu routing`: 转交规则, the city's or those of a file, tried on the cases of past days before they hold."""

from argparse import ArgumentParser, Namespace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened

if TYPE_CHECKING:
    from yousu.appeals.routing.table import Table
    from yousu.appeals.routing.trying import Tried

_DAYS = 90
_SHOWN = 20


def arguments(parser: ArgumentParser) -> None:
    """Which rules, tried on the cases received on which days."""
    parser.add_argument("--file", metavar="FILE", help="rules to try instead of those in force")
    parser.add_argument("--from", dest="first", metavar="DAY", help=f"first local day; unless given, {_DAYS} days ago")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last local day, included; unless given, today")


def run(options: Namespace) -> Answer:
    """How many cases each rule would have sent, and how many elsewhere than where they went."""
    opened()
    from yousu.appeals.routing import trying

    rules = _rules(options.file)
    first, last = _period(options)
    tried = trying.tried(rules, first=first, last=last)
    return Answer(data=_data(tried), text=_text(rules, tried))


def _rules(file: str | None) -> "Table":
    from yousu.appeals.routing import table, trying
    from yousu.org.city import city

    name = file or "routing.csv"
    try:
        return trying.in_force() if file is None else table.read(_words(file), city())
    except table.RuleWrong as wrong:
        raise UsageError(f"{name}: {wrong}") from wrong


def _words(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--file: {file} cannot be read: {error}") from error


def _period(options: Namespace) -> tuple[datetime, datetime]:
    from yousu.platform import clock, environment

    zone = ZoneInfo(environment.text("YOUSU_TIME_ZONE"))
    today = clock.now().astimezone(zone).date()
    last = _day("--to", options.last) if options.last else today
    first = _day("--from", options.first) if options.first else last - timedelta(days=_DAYS)
    if last < first:
        raise UsageError(f"--to: {last} is before --from {first}")
    begin, end = (datetime.combine(day, time(0), zone) for day in (first, last + timedelta(days=1)))
    return begin, end


def _day(option: str, words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{option}: {words} is no day (2024-01-31)") from error


def _data(tried: "Tried") -> dict[str, Any]:
    elsewhere = [{"from": was, "to": would, "cases": n} for (was, would), n in tried.elsewhere.items()]
    moved = sum(tried.elsewhere.values())
    counts = {"cases": tried.cases, "same": tried.same, "elsewhere": moved, "unrouted": tried.unrouted}
    return {**counts, "by_rule": tried.by_rule, "moves": elsewhere}


def _text(rules: "Table", tried: "Tried") -> str:
    from yousu.org.city import city

    units = city().units
    moved = sum(tried.elsewhere.values())
    lines = [f"{tried.cases} 件：与当时相同 {tried.same} 件，会转到别的单位 {moved} 件，没有规则 {tried.unrouted} 件"]
    lines += [
        f"  {rule.code:<24} {tried.by_rule[rule.code]:>8} 件  {rule.said or '总是'} → {rule.to}"
        for rule in rules.rules
        if rule.at is None
    ]
    lines += [
        f"  {units[was].name_zh if was in units else was} → {units[would].name_zh}  {n} 件"
        for (was, would), n in list(tried.elsewhere.items())[:_SHOWN]
    ]
    return "\n".join(lines)
