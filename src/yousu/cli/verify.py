"""yousu verify: 核验, everything stored is recomputed from the events and compared."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Any

from yousu.cli import Answer, UsageError
from yousu.cli.opening import looked_at

_SHOWN = 50


def arguments(parser: ArgumentParser) -> None:
    """The seal to start from."""
    parser.add_argument(
        "--since", metavar="SEAL", help="only streams with events after this seal: its number, or its root in hex"
    )


def run(options: Namespace) -> Answer:
    """Streams, events, what is broken, what differs, the last root. Exit 1 when anything was found."""
    looked_at()
    from yousu.cases.verification import whole

    try:
        report = whole.run(options.since)
    except whole.SealUnknown as error:
        raise UsageError(f"--since: {error}") from error
    data = report.as_json()
    return Answer(data=data, text=_text(data), found_wrong=not report.is_clean)


def _text(data: Mapping[str, Any]) -> str:
    broken, differences = data["broken"], data["projection_differences"]
    lines = [f"核验 {data['streams']} 个流，{data['events']} 个事件；封存根 {data['root'] or '无'}"]
    lines += [f"  断裂 {one['stream']} {one['seq'] or ''}: {one['why']}" for one in broken[:_SHOWN]]
    lines += [
        f"  不符 {one['stream']} {one['seq'] or ''} {one['table']}.{one['column']}: "
        f"{one['stored']!r} ≠ {one['rebuilt']!r}"
        for one in differences[:_SHOWN]
    ]
    left = max(len(broken) - _SHOWN, 0) + max(len(differences) - _SHOWN, 0)
    if left:
        lines.append(f"  另有 {left} 处，见 --json")
    return "\n".join(lines if broken or differences else [*lines, "未发现异常"])
