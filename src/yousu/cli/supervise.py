"""yousu supervise: 按规则督办, applies the city's supervision rules now; the worker does so by itself."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer
from yousu.cli.opening import opened
from yousu.cli.running_as import account


def arguments(parser: ArgumentParser) -> None:
    """Whether to count alone."""
    parser.add_argument("--dry-run", action="store_true", help="count what would be done, and do nothing")


def run(options: Namespace) -> Answer:
    """How many cases by rule: what was done, and what supervisors are proposed."""
    opened()
    from yousu.appeals.supervising import supervise
    from yousu.org.actors import cli

    found = supervise(by=cli(account()), dry_run=options.dry_run)
    done = "、".join(f"{rule} {n} 件" for rule, n in found.applied.items() if n) or "无"
    proposed = "、".join(f"{rule} {n} 件" for rule, n in found.proposed.items() if n) or "无"
    first = "将处理" if options.dry_run else "已处理"
    return Answer(
        data={"applied": found.applied, "proposed": found.proposed}, text=f"{first}：{done}。建议：{proposed}"
    )
