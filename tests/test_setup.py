"""What a fresh clone offers: the licence, the targets of make, and the one script that everything must pass."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TARGETS = ("setup", "demo", "serve", "test", "test-long", "evaluate", "bench", "check", "screens", "handbook")


def test_the_licence_is_the_agpl_and_the_project_says_so() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n")[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "Version 3, 19 November 2007" in text
    assert "13. Remote Network Interaction; Use with the GNU General Public License." in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert "AGPL-3.0-or-later" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_every_target(target: str) -> None:
    # `-n` runs nothing; it fails where there is no such target.
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(rf"^{target}: .*## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_script_of_every_change_runs_checks_and_tests_and_fails_with_either() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "make check || checked=$?" in lines
    assert any(line.startswith("make test ") and line.endswith("|| tested=$?") for line in lines)
    assert lines[-1] == "((checked == 0 && tested == 0))"


def test_a_check_is_format_lint_types_import_rules_and_migrations() -> None:
    asked = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for step in ("ruff format --check", "ruff check", "mypy", "lint-imports", "makemigrations --check"):
        assert step in asked
