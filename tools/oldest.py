"""Run the tests on the oldest versions that pyproject.toml allows; once a month is often enough.

    python tools/oldest.py [...]        (needs uv: pip install uv; what follows goes to pytest)

Each package that pyproject.toml names is taken at its lower bound, and what those need as new as
it comes. The tests run on two such sets: all of them with JupyterLab, in the folder .venv-oldest;
then charts, desks and lessons with the older ipywidgets of a hosted notebook, in the folder
.venv-oldest-hosted. Both are installed anew each time; delete them when you like. With arguments,
only the first is used. A lower bound with which a test fails is raised in
pyproject.toml and in environment.yml. Leave the lessons alone while it runs: a notebook saved
meanwhile is no longer what the tests have read.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALL = "pip install --quiet --resolution lowest-direct --compile-bytecode"
CLASSROOM = "tests/lessons/test_classroom.py"

# These hold for the pinned versions alone: the pins themselves, what set-up downloads, and the
# pixels of letters, which an older matplotlib sets with an older FreeType.
PINNED_ONLY = [
    "--ignore=tests/setup/test_start.py",
    "--deselect=tests/setup/test_environment.py::test_what_is_installed_is_what_is_pinned",
    f"--deselect={CLASSROOM}::test_its_pictures_are_those_drawn_today",
]

# The oldest matplotlib calls today's pyparsing, and the oldest ipywidgets today's ipykernel, by
# names that are going out of use. A test that starts pytest itself hands this on.
GOING_OUT_OF_USE = (
    "-W ignore::pyparsing.warnings.PyparsingDeprecationWarning "
    "-W 'ignore:The `ipykernel.comm.Comm` class:DeprecationWarning'"
)


def uv(*words):
    """Run uv, or stop with a plain message."""
    done = subprocess.run([sys.executable, "-m", "uv", *words], cwd=ROOT)
    if done.returncode:
        sys.exit(f"uv did not finish. If it is missing: {sys.executable} -m pip install uv")


def run_on_oldest(folder, extras, arguments):
    """Make an environment in a folder and run tests in it; return pytest's exit code."""
    venv = ROOT / folder
    python = str(venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    uv("venv", "--quiet", "--clear", "--python", sys.executable, str(venv))
    uv(*INSTALL.split(), "--python", python, "--editable", f".[{extras}]")
    command = [python, "-m", "pytest", *PINNED_ONLY, *arguments]
    environment = os.environ | {"PYTEST_ADDOPTS": GOING_OUT_OF_USE}
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def main(arguments):
    """Run the tests on both sets, or what is asked for on the first; return the exit code."""
    everything = ["-n", "3", "tests", "notebooks"]
    failed = run_on_oldest(".venv-oldest", "lab,grade,pages,test", arguments or everything)
    if failed or arguments:
        return failed
    shown = ["-n", "3", "tests/charts", CLASSROOM, "notebooks"]
    return run_on_oldest(".venv-oldest-hosted", "grade,pages,test", shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
