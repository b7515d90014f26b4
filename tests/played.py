"""A played demonstration, one per seed for the whole run, whichever worker asks first."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

YOUSU = Path(sys.executable).parent / "yousu"


class Demo:
    """A demonstration's home, and its command line."""

    def __init__(self, home: Path, told: Mapping[str, Any], **settings: str) -> None:
        self.home, self.told, self.settings = home, told, settings

    def environment(self) -> dict[str, str]:
        """What a process that works on this home needs, and nothing of the test run's own settings."""
        return environment_of(self.home) | self.settings

    def yousu(self, *arguments: str) -> Any:
        """The JSON of a command that must succeed."""
        command = [str(YOUSU), *arguments, "--json"]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def python(self, script: str) -> Any:
        """The JSON that a script prints, run inside the installation."""
        done = subprocess.run(
            [sys.executable, "-c", script], env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def environment_of(home: Path) -> dict[str, str]:
    """The environment of a process that works on a home, without the test run's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YOUSU_", "DJANGO_"))}
    return {**kept, "YOUSU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yousu.config.settings"}


@pytest.fixture(scope="session")
def demo_of(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[int], Demo]:
    """Plays a seed's days unless another worker already did."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def play(seed: int) -> Demo:
        home = shared / f"seed-{seed}"
        home.mkdir(exist_ok=True)
        with (home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = home / "told.json"
            if not answer.exists():
                demo = Demo(home, {})
                answer.write_text(json.dumps(demo.yousu("demo", "--seed", str(seed), "--no-serve")))
            return Demo(home / "demo-days", json.loads(answer.read_text()))

    return play


@pytest.fixture(scope="session")
def demo(demo_of: Callable[[int], Demo]) -> Demo:
    """The demonstration as `make demo` makes it."""
    return demo_of(1)
