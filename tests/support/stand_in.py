"""A tiny project in the place of Two Winds, to try start.py with.

It has no dependencies, so that real environments are made in seconds and nothing is downloaded.
Its folder bears spaces and Cyrillic letters throughout.
"""

import atexit
import functools
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "Два ветра 1957"

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["tools"]
[project]
name = "two-winds"
version = "0.1.0"
requires-python = ">=3.11,<3.15"
dependencies = []
"""

# setuptools would have to be downloaded; this makes the same kind of wheel without it.
BACKEND = """
import tomllib, zipfile
from pathlib import Path

def build_editable(folder, settings=None, metadata=None):
    needs = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    info = "two_winds-0.1.0.dist-info/"
    files = {
        "__editable__.two_winds-0.1.0.pth": str(Path("helpers").resolve()),
        info + "METADATA": "Metadata-Version: 2.1\\nName: two-winds\\nVersion: 0.1.0\\n"
        + "".join(f"Provides-Extra: {extra}\\n" for extra in ("lab", "grade", "pages", "test"))
        + "".join(f"Requires-Dist: {need}\\n" for need in needs),
        info + "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        info + "RECORD": "",
    }
    name = "two_winds-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
"""
TELL = "import json, os, sys\nprint(json.dumps([__file__, sys.argv[1:], dict(os.environ)]))\n"
OFFLINE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "UV_OFFLINE": "1",
    "UV_NO_CACHE": "1",
}


def make_project(folder):
    """Write the stand-in: the real start.py and set_up.py, everything else as small as can be."""
    files = {
        "pyproject.toml": PYPROJECT,
        "constraints.txt": "",
        "tools/backend.py": BACKEND,
        "tools/refresh.py": "import jupyterlab\n" + TELL,
        "helpers/jupyterlab/__init__.py": "",
        "helpers/jupyterlab/__main__.py": TELL,
        "helpers/classwork/__main__.py": TELL,
        "helpers/classwork/ground/quick_start.py": "",
        "helpers/pytest/__main__.py": TELL + "sys.exit(7)\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "start.py", folder)
    shutil.copy(ROOT / "tools/set_up.py", folder / "tools")
    return folder


def environment(extra):
    """Return this environment without the machine's own pip settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1", **extra}


def start(project, *arguments, python=sys.executable, **extra):
    """Run start.py from another folder; check that no traceback is ever shown."""
    done = subprocess.run(
        [python, project / "start.py", *arguments],
        env=environment(extra),
        cwd=project.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    assert "Traceback" not in done.stdout, done.stdout
    return done.returncode, done.stdout


def told(output):
    """Return what the program run inside the environment says: its file, arguments, variables."""
    return json.loads(output.strip().splitlines()[-1])


def did_set_up(output):
    """Return whether start.py said that it installed something."""
    return "Setting up" in output or "Updating" in output


def site_packages(project):
    """Return where the stand-in's packages are installed."""
    return next((project / ".venv").glob("[Ll]ib/**/site-packages"))


@functools.cache
def bad_first_day():
    """Try to set up a project whose environment is dead: with Ctrl-C, then in peace.

    Returns:
        The project, and of both runs the exit code and what was printed. The last run is
        `start.py test -k tables`.
    """
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    project = make_project(folder / FOLDER)
    (project / ".venv/leftover").mkdir(parents=True)
    stamp = {"pins": "", "tests": False, "python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    (project / ".venv/set-up-finished.json").write_text(json.dumps(stamp))
    broken_off = interrupted(project) if os.name != "nt" else None
    return SimpleNamespace(
        project=project,
        broken_off=broken_off,
        in_peace=start(project, "test", "-k", "tables"),
    )


def interrupted(project):
    """Run start.py, press Ctrl-C as soon as it sets up, and return what `start` returns."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    command = [sys.executable, project / "start.py", "refresh"]
    # A shell has what it runs in the background ignore Ctrl-C, and so would all that it starts.
    own = {
        "start_new_session": True,
        "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    }
    with subprocess.Popen(command, env=environment({}), **own, **pipes) as run:
        first = run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        rest = run.stdout.read()
    return run.returncode, first + rest


def first_run():
    """Return a project after its first `start.py test`, the exit code, and what was printed."""
    day = bad_first_day()
    return day.project, *day.in_peace


def lose_python(project):
    """Remove the Python of an environment, as when the one that it was made from is removed."""
    for program in (project / ".venv").glob("[bS]*/python*"):
        program.unlink()


def copy_of_ready(folder):
    """Return a copy, in another place, of a project that has been set up."""
    return Path(shutil.copytree(first_run()[0], folder / FOLDER, symlinks=True))


def need_a_new_package(project):
    """Change the pins as an update of Two Winds would."""
    changed = PYPROJECT.replace("dependencies = []", 'dependencies = ["attrs"]')
    (project / "pyproject.toml").write_text(changed, encoding="utf-8")


def load(project, monkeypatch):
    """Return start.py and set_up.py as modules, for troubles that cannot be had to order."""
    modules = {}
    for name, path in {"set_up": "tools/set_up.py", "start": "start.py"}.items():
        spec = importlib.util.spec_from_file_location(name, project / path)
        modules[name] = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, modules[name])
        spec.loader.exec_module(modules[name])
    monkeypatch.setattr(sys, "path", list(sys.path))
    return SimpleNamespace(**modules)
