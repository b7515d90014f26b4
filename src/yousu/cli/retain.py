"""yousu retain: 保存期限, removes the contact data that are kept no longer."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer
from yousu.cli.opening import opened
from yousu.cli.running_as import account


def arguments(parser: ArgumentParser) -> None:
    """Whether to count alone."""
    parser.add_argument("--dry-run", action="store_true", help="count whose contacts would go, and remove nothing")


def run(options: Namespace) -> Answer:
    """How many persons and texts."""
    opened()
    from yousu.cases.retention import retain
    from yousu.org.actors import cli

    found = retain(by=cli(account()), dry_run=options.dry_run)
    return Answer(
        data={"persons": found.persons, "texts": found.texts},
        text=f"期满删除联系方式 {found.persons} 人、文字 {found.texts} 处",
    )
