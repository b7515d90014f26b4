"""Verification of much: how fast, and in how little memory."""

import os
import resource
import time

import pytest
from tests import world
from tests.cases import crowd

from yousu.cases.verification import whole
from yousu.ledger import seals, sequencer

pytestmark = pytest.mark.django_db(transaction=True)
LONG = os.environ.get("YOUSU_LONG") == "1"
CASES = 62_500 if LONG else 1_000


def test_a_crowd_is_verified_in_constant_memory(capsys: pytest.CaptureFixture[str]) -> None:
    number = world.called_back(phone=None, name="").number
    sequencer.drain()
    crowd.multiply(number, CASES)
    seals.seal()
    began = time.perf_counter()
    report = whole.run()
    took_s = time.perf_counter() - began
    assert report.is_clean, report.as_json()["broken"][:3] + report.as_json()["projection_differences"][:3]
    assert report.streams >= CASES
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    with capsys.disabled():
        print(f"\n{report.events} events in {took_s:.1f} s: {report.events / took_s:.0f}/s, {largest:.0f} MB")
    assert largest < 300
