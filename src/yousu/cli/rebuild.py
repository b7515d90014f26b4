"""yousu rebuild: 重建, what cases are now and were, written anew from their events."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer
from yousu.cli.opening import opened


def arguments(parser: ArgumentParser) -> None:
    """None."""


def run(options: Namespace) -> Answer:
    """How many cases were written anew."""
    opened()
    from yousu.cases.rebuilding import rebuild
    from yousu.org.configuration import projection as configuration

    cases, files = rebuild(), configuration.rebuild()
    return Answer(data={"cases": cases, "files": files}, text=f"已按事件重建 {cases} 件，配置文件 {files} 个")
