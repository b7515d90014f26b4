"""yousu recount: 重新推算, provisional deadlines once the calendar of their year is published."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer
from yousu.cli.opening import opened
from yousu.cli.running_as import account


def arguments(parser: ArgumentParser) -> None:
    """Whether to count alone."""
    parser.add_argument("--dry-run", action="store_true", help="count what would change, and change nothing")


def run(options: Namespace) -> Answer:
    """How many deadlines were provisional, and what became of them."""
    opened()
    from yousu.appeals.recounting import recount
    from yousu.org.actors import cli

    found = recount(by=cli(account()), dry_run=options.dry_run)
    data = {name: getattr(found, name) for name in ("provisional", "earlier", "later", "confirmed", "unchanged")}
    text = (
        f"暂定 {found.provisional} 件：提前 {found.earlier}，推后 {found.later}，"
        f"确定 {found.confirmed}，仍暂定 {found.unchanged}"
    )
    return Answer(data=data, text=text)
