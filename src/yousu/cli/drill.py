"""`yousu drill`: 钻取, the case numbers behind a bulletin's number."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened


def arguments(parser: ArgumentParser) -> None:
    """Which number of which bulletin."""
    parser.add_argument("bulletin", metavar="BULLETIN", help="daily-2024-01-31, weekly-2024-01-28")
    parser.add_argument("figure", metavar="FIGURE", help="the number's JSON path: accepted.by_channel.hotline")


def run(options: Namespace) -> Answer:
    """One case number a line."""
    opened()
    from yousu.bulletins.queries import BulletinMissing, numbers_behind
    from yousu.figures.kept import ListBroken, ListMissing

    try:
        numbers = numbers_behind(options.bulletin, options.figure)
    except BulletinMissing as error:
        raise UsageError(f"BULLETIN: there is no bulletin {options.bulletin!r}") from error
    except ListMissing as error:
        raise UsageError(f"FIGURE: {options.bulletin} prints no number at {options.figure!r}") from error
    except ListBroken as error:
        return Answer(
            text=str(error),
            data={"bulletin": options.bulletin, "figure": error.path, "why": "list_broken"},
            found_wrong=True,
        )
    data: dict[str, object] = {"bulletin": options.bulletin, "figure": options.figure, "numbers": numbers}
    return Answer(text="\n".join(numbers), data=data)
