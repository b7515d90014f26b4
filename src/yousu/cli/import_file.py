"""`yousu import`: 导入, old appeals from CSV, XLSX or JSON Lines."""

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened
from yousu.cli.running_as import account

if TYPE_CHECKING:
    from yousu.intake.imports import Outcome, Rejected

_MOST_PRINTED = 100
_WHY = {
    "ambiguous_category": "有几个同名分类，请写全路径",
    "before_2000": "早于2000年",
    "before_occurred_at": "早于发生时间",
    "broken_quotes": "引号不成对",
    "content_differs": "同一编号先前已有不同内容",
    "in_the_future": "晚于现在",
    "lone_surrogate": "含无法存储的字符",
    "not_a_moment": "不是时间",
    "not_a_phone": "不是电话号码",
    "not_an_object": "不是JSON对象",
    "not_json": "不是JSON",
    "not_text": "不是文字",
    "nul_character": "含NUL字符",
    "required": "缺少",
    "too_few_columns": "列数少于表头",
    "too_long": "过长",
    "too_many_columns": "列数多于表头",
    "two_columns": "两列对应同一字段",
    "unknown_category": "没有此分类",
    "unknown_type": "没有此类型",
}


def arguments(parser: ArgumentParser) -> None:
    """FILE, its channel, the map of its columns."""
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX or JSON Lines")
    parser.add_argument("--channel", required=True, metavar="C", help="the channel they came by")
    parser.add_argument("--map", type=Path, metavar="MAP.toml", help="which column is which field, what values mean")
    parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")


def run(options: Namespace) -> Answer:
    """What became of the rows. Exit 1 when some were rejected."""
    opened()
    # Batches make many objects that live long together: looking through all of them again and again costs a tenth.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    outcome = _imported(options)
    if not options.json:
        for note in outcome.notes:
            print(f"yousu: {options.file}: {note}", file=sys.stderr)
    data: dict[str, object] = {
        "rows": outcome.rows,
        "recorded": outcome.recorded,
        "repeated": outcome.repeated,
        "rejected": [{"row": one.row, "field": one.field, "why": one.why} for one in outcome.rejected],
    }
    return Answer(text=_text(outcome, dry_run=options.dry_run), data=data, found_wrong=bool(outcome.rejected))


def _imported(options: Namespace) -> "Outcome":
    from yousu.cases.rules import FieldWrong
    from yousu.intake import imports
    from yousu.intake.files import fields
    from yousu.intake.files.rows import FileUnusable
    from yousu.org.actors import cli
    from yousu.org.city import city

    try:
        columns = fields.load(options.map)
    except FileUnusable as error:
        raise UsageError(f"{options.map}: {error}") from error
    try:
        return imports.run(
            options.file, channel=options.channel, columns=columns, by=cli(account()), dry_run=options.dry_run
        )
    except FileUnusable as error:
        raise UsageError(f"{options.file}: {error}") from error
    except FieldWrong as error:
        raise UsageError(f"--channel: {options.channel!r} is none of {', '.join(city().channels)}") from error


def _text(outcome: "Outcome", *, dry_run: bool) -> str:
    recorded = "可登记" if dry_run else "新登记"
    lines = [
        f"共{outcome.rows}行：{recorded}{outcome.recorded}，先前已登记{outcome.repeated}，退回{len(outcome.rejected)}"
    ]
    lines += [_line(rejected) for rejected in outcome.rejected[:_MOST_PRINTED]]
    left = len(outcome.rejected) - _MOST_PRINTED
    return "\n".join([*lines, f"  其余{left}行见 --json"] if left > 0 else lines)


def _line(rejected: "Rejected") -> str:
    named = f" {rejected.field}" if rejected.field else ""
    return f"  第{rejected.row}行{named}：{_WHY.get(rejected.why, rejected.why)}"
