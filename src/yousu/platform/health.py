"""就绪检查: what must hold before this process can serve. A list that each layer adds its own check to."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from yousu.platform import environment

LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that must hold. `failure` says in a few words what is missing, or None; it must not raise.

    It is not asked when the check it `needs`, added earlier, has failed.
    """

    name: str
    failure: Callable[[], str | None]
    needs: str = ""


_CHECKS: dict[str, Check] = {}


def add(check: Check) -> None:
    """Makes a check part of readiness; a check of the same name is replaced."""
    _CHECKS[check.name] = check


def failures() -> dict[str, str]:
    """What is missing, by the check's name; empty: ready."""
    found: dict[str, str] = {}
    for check in _CHECKS.values():
        failure = None if check.needs in found else check.failure()
        if failure is not None:
            found[check.name] = failure
    return found


def _disk() -> str | None:
    home = environment.home()
    # A home that is not made yet will be made on the disk of its nearest existing parent.
    while not home.exists():
        home = home.parent
    free = shutil.disk_usage(home).free
    return None if free >= LEAST_FREE_BYTES else f"only {free // 1024 // 1024} MiB free where the home lies"


add(Check(name="disk", failure=_disk))
