"""Choose the exact version of every package anew and write constraints.txt.

    python tools/lock.py        (needs uv: pip install uv)

Takes the newest versions that pyproject.toml allows and that suit every Python and every system
that it names. Afterwards run: python start.py test
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# The exact version of every package, for start.py, environment.yml and CI. "
    "Made by: python tools/lock.py\n"
)
# No header or annotations of uv's own: they would name the folder and the index of whoever ran it.
COMPILE = "uv pip compile pyproject.toml --universal --all-extras --no-header --no-annotate -q"


def lowest_python(project):
    """Return the oldest Python that the project supports, such as "3.11"."""
    return project["project"]["requires-python"].split(",")[0].removeprefix(">=")


def compile_pins():
    """Return the pinned packages as uv lists them, or stop with a plain message."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = [*COMPILE.split(), "--python-version", lowest_python(project)]
    command = [sys.executable, "-m", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if "No module named uv" in done.stderr:
        sys.exit(f"uv is missing. Install it with: {sys.executable} -m pip install uv")
    if done.returncode:
        sys.exit(f"uv found no set of versions that fits:\n{done.stderr}")
    return done.stdout


def main():
    """Write constraints.txt."""
    pins = compile_pins()
    (ROOT / "constraints.txt").write_text(HEADER + pins, encoding="utf-8", newline="\n")
    print(f"constraints.txt: {len(pins.splitlines())} packages. Now run: python start.py test")


if __name__ == "__main__":
    main()
