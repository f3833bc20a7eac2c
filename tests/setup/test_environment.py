"""The lists of packages agree: pyproject.toml, environment.yml, constraints.txt, the imports."""

import ast
import importlib.util
import json
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = SpecifierSet(PROJECT["requires-python"])
SUPPORTED = [f"3.{minor}" for minor in range(30) if f"3.{minor}.0" in PYTHONS]

# Needed though nothing imports them.
RUN_BUT_NOT_IMPORTED = {
    "hatchling": "builds the package",
    "ipykernel": "runs the notebooks",
    "jupyterlab": "start.py opens it",
    "nbval": "pytest loads it to compare the saved outputs",
    "pytest-xdist": "pytest loads it to run the tests in several processes",
    "ruff": "run as a program, to check the style",
}


def by_name(lines):
    """Return requirements as {name: requirement}."""
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


EXTRAS = PROJECT["optional-dependencies"]
STUDENT = by_name([*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["grade"], *EXTRAS["pages"]])
MAINTAINER = STUDENT | by_name(EXTRAS["test"])
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PROVIDERS = metadata.packages_distributions()


# --- what the code imports ---


@cache
def imported_modules(path):
    """Return the top-level modules that a file imports, relative ones left out."""
    found = set()
    for node in ast.walk(ast.parse(code_of(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


def code_of(path):
    """Return the Python in a module, or in a notebook's code cells without their magics."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in cells).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))


def files(*folders):
    """Return the Python files and notebooks in these folders, checkpoints left out."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.*")]
    wanted = (path for path in paths if path.suffix in (".py", ".ipynb"))
    return sorted(path for path in wanted if ".ipynb_checkpoints" not in path.parts)


def packages_imported(paths):
    """Return the packages from outside that these files import, as {package: {file names}}."""
    ours = {path.stem for path in files("tools", "tests")} | {"start", "two_winds", "classwork"}
    found = {}
    for path in paths:
        for module in imported_modules(path) - ours - sys.stdlib_module_names:
            package = canonicalize_name(PROVIDERS.get(module, [module])[0])
            found.setdefault(package, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_the_lessons_and_their_helpers_import_only_what_a_student_has():
    assert files("notebooks"), "there are no notebooks to look into"
    found = packages_imported([*files("helpers", "notebooks"), ROOT / "tools/refresh.py"])
    assert {name: where for name, where in found.items() if name not in STUDENT} == {}


def test_tests_and_tools_import_only_what_is_declared():
    found = packages_imported(files("tests", "tools"))
    assert {name: where for name, where in found.items() if name not in MAINTAINER} == {}


def test_start_py_needs_nothing_but_python():
    assert packages_imported([ROOT / "start.py", ROOT / "tools/set_up.py"]) == {}


def test_every_declared_package_is_used():
    used = set(packages_imported(files("helpers", "notebooks", "tests", "tools")))
    assert set(MAINTAINER) - used - set(RUN_BUT_NOT_IMPORTED) == set()


# --- environment.yml ---


@pytest.fixture
def conda():
    """environment.yml as (what conda installs, what pip installs)."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *packages, pip = environment["dependencies"]
    return packages, pip["pip"]


def test_environment_yml_installs_the_packages_of_pyproject(conda):
    assert by_name(line for line in conda[1] if not line.startswith("-")) == STUDENT


def test_environment_yml_installs_the_pinned_versions_and_the_helpers(conda):
    assert [line for line in conda[1] if line.startswith("-")] == [
        "-c constraints.txt",
        "-e .[lab,grade,pages]",
    ]
    python, pip = conda[0]
    name, _, version = python.partition("=")
    assert (name, pip) == ("python", "pip")
    assert version in SUPPORTED


# --- docs/where_to_run.md ---


def test_the_page_on_hosted_notebooks_names_the_lower_bounds():
    page = (ROOT / "docs/where_to_run.md").read_text(encoding="utf-8")
    core = by_name(PROJECT["dependencies"])
    for name in ("pandas", "numpy", "matplotlib", "ipython", "ipywidgets"):
        lowest = next(part.version for part in core[name].specifier if part.operator == ">=")
        assert f"{name} {lowest}" in page.lower()


# --- constraints.txt ---


def pins_for(name, **machine):
    """Return the versions that constraints.txt names for a package, on this kind of machine."""
    fitting = [pin for pin in PINS if canonicalize_name(pin.name) == name]
    fitting = [pin for pin in fitting if not pin.marker or pin.marker.evaluate(machine)]
    return [str(pin.specifier) for pin in fitting]


@pytest.mark.parametrize("python", SUPPORTED)
def test_every_declared_package_is_pinned_once_within_its_bounds(python):
    machine = {"python_version": python, "python_full_version": f"{python}.9"}
    for name, requirement in MAINTAINER.items():
        pins = pins_for(name, **machine)
        assert len(pins) == 1 and pins[0].startswith("=="), (name, pins)
        assert pins[0].removeprefix("==") in requirement.specifier, (name, pins)


def closure(requirements):
    """Return every installed package that these need, directly or not, as {name: version}."""
    found, seen, queue = {}, set(), list(requirements)
    while queue:
        requirement = queue.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        package = metadata.distribution(requirement.name)
        found[key[0]] = package.version
        needs = [Requirement(line) for line in package.requires or []]
        extras = ["", *requirement.extras]
        queue += [
            need
            for need in needs
            if not need.marker or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def test_what_is_installed_is_what_is_pinned():
    installed = closure(MAINTAINER.values())
    assert len(installed) > len(MAINTAINER)
    wrong = {n: (v, pins_for(n)) for n, v in installed.items() if pins_for(n) != [f"=={v}"]}
    assert wrong == {}, "(installed, pinned) differ: run python start.py test"


def test_the_pins_name_no_folder_and_no_index():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in pins if "/" in line or "@" in line or line.startswith("-")] == []


# --- the limits of Python ---


@pytest.mark.parametrize("minor", range(8, 18))
def test_start_py_admits_the_pythons_that_pyproject_admits(minor):
    spec = importlib.util.spec_from_file_location("start_for_limits", ROOT / "start.py")
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    assert (start.python_trouble((3, minor, 5)) == "") == (f"3.{minor}.5" in PYTHONS)
