"""命令 yousu: finds the subcommand, imports it alone, prints its answer.

Exit codes: 0 done; 1 done and something was found wrong; 2 bad usage or input, or nothing to work on, with one line on
stderr.
"""

import io
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn, TextIO

from yousu.cli import Answer, UsageError, opening
from yousu.platform.environment import SettingWrong

DONE, FOUND_WRONG, BAD_USAGE = 0, 1, 2
_EVERYWHERE = "--home DIR (the folder of the data) and --json (one JSON object on stdout) go with every command."


class Command(NamedTuple):
    """A subcommand: the module that holds its `arguments` and `run`, and its line in the list of commands."""

    module: str
    about: str


COMMANDS: Mapping[str, Command] = {
    "account": Command("yousu.cli.account", "账号: makes an account with its first password, or lists all"),
    "bench": Command("yousu.cli.bench", "测量: what this machine does with Yousu, each figure beside its ceiling"),
    "bulletin": Command("yousu.cli.bulletin", "日报周报: prints, writes or freezes a bulletin"),
    "config": Command("yousu.cli.config", "配置: the whole city in force as files, or a folder's files put in force"),
    "demo": Command("yousu.cli.demo", "演示: plays a sample city's days, prints its bulletins, serves the pages"),
    "drill": Command("yousu.cli.drill", "钻取: the case numbers behind a printed number"),
    "due": Command("yousu.cli.due", "办理期限: when something is due, and the steps by which it was counted"),
    "figures": Command("yousu.cli.figures", "指标: the figures' definitions, or one figure for a period"),
    "import": Command("yousu.cli.import_file", "导入: old appeals from CSV, XLSX or JSON Lines"),
    "rebuild": Command("yousu.cli.rebuild", "重建: what cases are now and were, written anew from their events"),
    "recount": Command("yousu.cli.recount", "重新推算: provisional deadlines, once a year's calendar is published"),
    "redact": Command("yousu.cli.redact", "脱敏: takes personal data out of texts, JSON Lines in and out"),
    "retain": Command("yousu.cli.retain", "保存期限: removes phones and names whose time is over; counts stay"),
    "routing": Command("yousu.cli.routing", "转交规则: the rules in force, or others, tried on past cases"),
    "serve": Command("yousu.cli.serve", "运行: pages and API, and one worker beside them"),
    "supervise": Command("yousu.cli.supervise", "督办规则: urges and supervises what is late; the rest is proposed"),
    "token": Command("yousu.cli.token", "令牌: makes an API token, shown once"),
    "verify": Command("yousu.cli.verify", "核验: recomputes every chain, seal, text and projection, and compares"),
    "worker": Command("yousu.cli.worker", "后台: numbers events, seals them, passes effects on"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line and returns the exit code."""
    _write_utf8(sys.stdout)
    try:
        return _run(sys.argv[1:] if argv is None else list(argv))
    except (UsageError, SettingWrong) as refusal:
        return _refused(str(refusal))
    except BrokenPipeError:
        # The reader (`yousu … | head`) has enough. Without another stdout Python fails again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    # Asked for only once something was raised: no command waits for these imports.
    except opening.no_ground() as missing:
        return _refused(opening.what_is_missing(missing))


def _refused(why: str) -> int:
    print("yousu:", " ".join(why.split()), file=sys.stderr)
    return BAD_USAGE


def _run(argv: list[str]) -> int:
    options, rest = _global_options(argv)
    if options.home is not None:
        os.environ["YOUSU_HOME"] = options.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yousu.config.settings")
    if rest[:1] in (["--help"], ["-h"]):
        print(_overview())
        return DONE
    module = import_module(_command(rest).module)
    parser = _Parser(
        prog=f"yousu {rest[0]}",
        description=COMMANDS[rest[0]].about,
        epilog=_EVERYWHERE,
        allow_abbrev=False,
    )
    module.arguments(parser)
    try:
        parser.parse_args(rest[1:], options)
    except SystemExit:
        # argparse leaves in this way only once it has printed the help that was asked for.
        return DONE
    answer: Answer = module.run(options)
    _print(answer, as_json=options.json)
    return FOUND_WRONG if answer.found_wrong else DONE


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def _global_options(argv: list[str]) -> tuple[Namespace, list[str]]:
    """The options that stand before or after the subcommand, and everything else in its order."""
    parser = _Parser(prog="yousu", add_help=False, allow_abbrev=False)
    parser.add_argument("--home")
    parser.add_argument("--json", action="store_true")
    options, rest = parser.parse_known_args(argv)
    if options.home == "":
        parser.error("argument --home: needs a folder")
    return options, rest


def _command(rest: list[str]) -> Command:
    if not rest:
        raise UsageError("a command is missing (see yousu --help)")
    if rest[0] not in COMMANDS:
        raise UsageError(f"there is no command {rest[0]!r} (see yousu --help)")
    return COMMANDS[rest[0]]


def _overview() -> str:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {command.about}" for name, command in COMMANDS.items())
    return f"usage: yousu [--home DIR] [--json] COMMAND …\n\n{listed}\n\n{_EVERYWHERE}\nyousu COMMAND --help says more."


def _print(answer: Answer, *, as_json: bool) -> None:
    if answer.lines is not None:
        for line in answer.lines:
            print(_json(line), flush=True)
    elif as_json:
        print(_json(answer.data or {}))
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _write_utf8(stream: TextIO) -> None:
    # Whatever the locale; a lone surrogate becomes \udcxx, which is also how JSON writes it.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
