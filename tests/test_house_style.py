"""The house's own rules for code: clean by the linter, small modules, imports that run down."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HELPERS = ROOT / "helpers" / "two_winds"
MODULES = sorted(HELPERS.rglob("*.py"))
FLOORS = ["explorers", "charts", "models"]
LONGEST_MODULE = 250


def named(path):
    return path.relative_to(HELPERS).as_posix()


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_the_linter_has_nothing_to_say(command):
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_run_down_only(path):
    floor = path.relative_to(HELPERS).parts[0]
    if floor not in FLOORS:
        return
    above = FLOORS[: FLOORS.index(floor)]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    up = [name for name in imported for higher in above if name.startswith(f"two_winds.{higher}")]
    assert up == []
    assert "two_winds.datasets" not in imported, "charts, models and explorers take tables"
