"""The house's own rules for code: clean by the linter, small modules, imports that run down."""

import ast
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
import two_winds

ROOT = Path(__file__).resolve().parent.parent
HELPERS = ROOT / "helpers" / "two_winds"
MODULES = sorted(HELPERS.rglob("*.py"))
FLOORS = ["explorers", "charts", "models"]
ASSIGNMENTS = HELPERS / "assignments"
# Of the folders of assignments, each may import from those to its right.
WINGS = ["authoring", "marks", "grading"]
ENTRANCES = ["commands.py", "__main__.py"]
LONGEST_MODULE = 250


def named(path):
    return path.relative_to(HELPERS).as_posix()


def imported(path):
    """Return the modules that a module imports from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_the_linter_has_nothing_to_say(command):
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_no_module_takes_the_place_of_a_name_that_lessons_import():
    modules = {module.name for module in pkgutil.iter_modules(two_winds.__path__)}
    assert modules.isdisjoint(two_winds.__all__)


ON_A_FLOOR = [path for path in MODULES if path.relative_to(HELPERS).parts[0] in FLOORS]


@pytest.mark.parametrize("path", ON_A_FLOOR, ids=named)
def test_imports_run_down_only(path):
    floor = path.relative_to(HELPERS).parts[0]
    above = FLOORS[: FLOORS.index(floor)]
    names = imported(path)
    up = [name for name in names for higher in above if name.startswith(f"two_winds.{higher}")]
    assert up == []
    assert "two_winds.datasets" not in names, "charts, models and explorers take tables"


@pytest.mark.parametrize("path", sorted(ASSIGNMENTS.rglob("*.py")), ids=named)
def test_imports_of_assignments_run_down_only(path):
    wing = path.relative_to(ASSIGNMENTS).parts[0]
    if wing in ENTRANCES:
        return
    above = WINGS[: WINGS.index(wing)] if wing in WINGS else WINGS
    up = [n for n in imported(path) for w in above if n.startswith(f"two_winds.assignments.{w}")]
    assert up == []
