"""The house's own rule for code: imports run down."""

import ast
from pathlib import Path

import code_map
import pytest

ROOT = Path(__file__).resolve().parents[2]
HELPERS = ROOT / "helpers"
# Of the rooms named in one line, each may import from those to its right.
FLOORS = [
    ["two_winds.widgets", "two_winds.charts", "two_winds.models"],
    ["two_winds.charts", "two_winds.datasets"],
    ["classwork.lint", "classwork.marks", "classwork.grading", "classwork.editions"],
    ["classwork.editions", "classwork.lesson", "classwork.practice", "classwork.ground"],
]
MODULES = sorted(HELPERS.rglob("*.py"))


def room(path):
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(HELPERS).with_suffix("").parts)


def imported(path):
    """Return the modules that a module imports from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("path", MODULES, ids=room)
def test_imports_run_down_only(path):
    up = []
    for floor in FLOORS:
        here = [i for i, name in enumerate(floor) if room(path).startswith(f"{name}.")]
        above = floor[: here[0]] if here else []
        up += [name for name in imported(path) for higher in above if name.startswith(higher)]
    assert up == []


def test_classwork_serves_any_subject():
    """It imports nothing of the course that it is handed."""
    own = [path for path in MODULES if room(path).split(".")[0] == "classwork"]
    assert len(own) > 40
    for path in own:
        names = [
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import)
            for alias in node.names
        ]
        assert [n for n in [*names, *imported(path)] if n.split(".")[0] == "two_winds"] == []


def test_charts_and_models_take_tables_not_files():
    takers = [path for path in MODULES if room(path).split(".")[1:2] != ["datasets"]]
    takers = [p for p in takers if room(p).startswith(("two_winds.charts", "two_winds.models"))]
    assert takers
    assert [p.name for p in takers if "two_winds.datasets" in imported(p)] == []


# --- the map ---


def test_the_map_is_that_of_the_code_as_it_is():
    assert code_map.PAGE.read_text("utf-8") == code_map.page(), "run python3 start.py refresh"


def test_every_place_on_the_map_is_there():
    assert [path for path in code_map.WHERE.values() if not (HELPERS / path).exists()] == []
