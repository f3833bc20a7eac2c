"""Run the tests on the oldest versions that pyproject.toml allows; once a month is often enough.

    python tools/oldest.py [...]        (needs uv: pip install uv; what follows goes to pytest)

Each package that pyproject.toml names is taken at its lower bound, and what those need as new as
it comes. All of it is installed in the folder .venv-oldest, anew each time; delete it when you
like. A lower bound with which a test fails is raised in pyproject.toml and in environment.yml.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-oldest"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALL = "pip install --quiet --resolution lowest-direct --compile-bytecode"

# These hold for the pinned versions alone: the pins themselves, and what set-up downloads.
PINNED_ONLY = ["--ignore=tests/setup/test_start.py"]
PINNED_ONLY += [
    "--deselect=tests/setup/test_environment.py::test_what_is_installed_is_what_is_pinned"
]

# The oldest matplotlib calls today's pyparsing by names that are going out of use.
OLD_MATPLOTLIB = ["-W", "ignore::pyparsing.warnings.PyparsingDeprecationWarning"]


def uv(*words):
    """Run uv, or stop with a plain message."""
    done = subprocess.run([sys.executable, "-m", "uv", *words], cwd=ROOT)
    if done.returncode:
        sys.exit(f"uv did not finish. If it is missing: {sys.executable} -m pip install uv")


def main(arguments):
    """Make the environment and run the tests in it; return pytest's exit code."""
    uv("venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
    uv(*INSTALL.split(), "--python", str(PYTHON), "--editable", ".[lab,grade,pages,test]")
    everything = ["-n", "3", *PINNED_ONLY, "tests", "notebooks"]
    command = [str(PYTHON), "-m", "pytest", *OLD_MATPLOTLIB, *(arguments or everything)]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
