"""`yousu bench`: 测量, what this machine does with Yousu, each figure beside its ceiling. JSON Lines."""

import json
import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path

from yousu.cli import Answer
from yousu.cli.benches import BENCHES, CASES, SECONDS, Asked, Measured, disk, homes


def arguments(parser: ArgumentParser) -> None:
    """Which one, for how long, how large."""
    parser.add_argument("name", nargs="?", choices=tuple(BENCHES), metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--seconds", type=_seconds, default=SECONDS, metavar="N", help="how long each load lasts (10)")
    parser.add_argument("--cases", type=_cases, default=CASES, metavar="N", help=f"cases in a filled home ({CASES})")


def run(options: Namespace) -> Answer:
    """Measures in scratch homes under the temporary folder; the home of the data is not touched."""
    asked = Asked(seconds=options.seconds, cases=options.cases)
    return Answer(lines=_lines([options.name] if options.name else list(BENCHES), asked))


def _lines(names: list[str], asked: Asked) -> Iterator[dict[str, object]]:
    with homes.folder() as folder:
        yield disk.fsync(folder).line()
        filled: Path | None = None
        for name in names:
            home = folder / name
            if BENCHES[name].filled:
                filled = filled or _filled(folder / "filled", asked)
                homes.copied(filled, to=home)
            yield from _measured(name, home, asked)
            homes.remove(home)


def _filled(home: Path, asked: Asked) -> Path:
    command = homes.module("yousu.cli.benches.filling", str(asked.cases))
    environment = {**homes.environment_of(home), "YOUSU_LOG_LEVEL": "WARNING"}
    subprocess.run(command, env=environment, stdout=sys.stderr, check=True)
    homes.ended(home)
    return home


def _measured(name: str, home: Path, asked: Asked) -> Iterator[dict[str, object]]:
    command = homes.module("yousu.cli.benches.run", name, str(asked.seconds), str(asked.cases))
    with subprocess.Popen(
        command, env=homes.environment_of(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        for line in child.stdout:
            yield json.loads(line)
        # Servers it started write to files, so what is left here is short.
        said = child.stderr.read().strip().splitlines()
    if child.returncode:
        why = said[-1] if said else f"ended with {child.returncode}"
        yield Measured(name=name, value=None, unit="", skipped=why).line()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.5 <= seconds <= 3600:
        raise ArgumentTypeError(f"must be a number from 0.5 to 3600, not {text!r}")
    return seconds


def _cases(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 100 <= int(text) <= 5_000_000):
        raise ArgumentTypeError(f"must be a whole number from 100 to 5000000, not {text!r}")
    return int(text)
