"""Verification of much: in two processes, in parts, in little memory."""

import json
import os
import subprocess
import sys

import pytest
from tests import world
from tests.cases import crowd
from tests.ledger.test_verify import change

from yousu.cases.verification import whole
from yousu.ledger import seals, sequencer

pytestmark = pytest.mark.django_db(transaction=True)
LONG = os.environ.get("YOUSU_LONG") == "1"
CASES = 72_000 if LONG else 1_000
MOST_MB = 300
# Whoever measures memory must not be the one who made the crowd.
_MEASURED = """
import json, resource, time
import django
django.setup()
from yousu.cases.verification import whole
whole._WORTH_PROCESSES, whole._STREAMS_A_PART = 1_000, min(whole._STREAMS_A_PART, 50 + {cases} // 3)
if __name__ == "__main__":
    began = time.perf_counter()
    report = whole.run()
    took_s = time.perf_counter() - began
    # Not RUSAGE_SELF: a process keeps the peak of the (large) one that forked it.
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    used = [own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]
    print(json.dumps({{"events": report.events, "clean": report.is_clean, "took_s": took_s, "mb": max(used)}}))
"""


def make_crowd() -> None:
    number = world.called_back(phone=None, name="").number
    sequencer.drain()
    crowd.multiply(number, CASES)
    seals.seal()


def test_a_crowd_is_verified_by_two_processes_in_constant_memory(capsys: pytest.CaptureFixture[str]) -> None:
    make_crowd()
    script = _MEASURED.format(cases=CASES)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    with capsys.disabled():
        print(
            f"\n{told['events']} events: {told['events'] / told['took_s']:.0f}/s, largest process {told['mb']:.0f} MB"
        )
    assert told["clean"]
    assert told["events"] > CASES * 7
    assert told["mb"] < MOST_MB


def test_parts_find_what_the_whole_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        world.forwarded()
    change("UPDATE event SET actor = 'x' WHERE seq = 2")
    change("UPDATE case_now SET stage = 'closed'")
    change("DELETE FROM stream WHERE name = (SELECT max(name) FROM stream WHERE name LIKE 'appeal/%')")
    at_once = whole.run().findings
    monkeypatch.setattr(whole, "_STREAMS_A_PART", 2)
    in_parts = whole.run().findings
    assert set(in_parts.broken) == set(at_once.broken)
    assert len(in_parts.differences) == len(at_once.differences) == 6
