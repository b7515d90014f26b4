"""单项测量: one measurement in a process of its own: `python -m yousu.cli.benches.run NAME SECONDS CASES`."""

import json
import sys
from importlib import import_module

from yousu.cli.benches import BENCHES, Asked
from yousu.cli.opening import opened


def main(arguments: list[str]) -> int:
    """Prints what is measured, a line as soon as it is known."""
    name, seconds, cases = arguments
    bench = BENCHES[name]
    if bench.opens:
        opened()
    for measured in import_module(bench.module).measure(Asked(seconds=float(seconds), cases=int(cases))):
        print(json.dumps(measured.line(), ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
