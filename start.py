"""Set up Two Winds and open it, make graded work of a lesson, write one of your own, test.

python start.py                      set up on first use, then open your copies of the lessons
python start.py open [...]           the same, with options for JupyterLab, such as --no-browser
python start.py fresh 06             lay a clean copy of a lesson beside the one you worked in

python start.py student 06 [...]     write the edition to hand out
python start.py teacher 06 [...]     write the key
python start.py gift 06 [...]        write the exercises as questions of a Moodle quiz
python start.py grade 06 FOLDER --out MARKS     grade what came back
python start.py merge MARKS          put the marks that you gave by hand into the gradebook
python start.py return MARKS SHEET.csv          fill in the sheet that Moodle or Canvas gave you
python start.py to-nbgrader 06 COURSE           write a lesson into a course of nbgrader

python start.py new "A TITLE"        write a new lesson with every part explained
python start.py new-table FILE.csv   write a first description for a table of your own
python start.py lint 06              say what is wrong with a lesson of your own
python start.py test [notebooks]     run every test; those of the lessons alone; or as pytest does
python start.py refresh [...]        run the notebooks (or those named) and save them
python start.py html [--class]       write the pages for those without Python
python start.py tables               write the tables to take away: CSV, a workbook, descriptions

On Windows write "py start.py", on a Mac or Linux "python3 start.py". Everything is installed
in the folder .venv beside this file; to be rid of it, delete that folder.
Each command says more with --help.
"""

# Even Python 2.7 must be able to read this file, if only to be told that it is too old. So:
# no f-strings, no annotations. What newer Pythons alone can read stands in tools/set_up.py.
# ruff: noqa: UP010, UP020, UP030, UP032
from __future__ import print_function

import io
import os
import re
import signal
import socket
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
FIRST_PORT = 8888
TOOLS = os.path.join(ROOT, "tools")
PROGRAMS = {
    "test": ["-m", "pytest"],
    "refresh": [os.path.join(TOOLS, "refresh.py")],
    "html": [os.path.join(TOOLS, "pages", "reading_copy.py")],
    "tables": [os.path.join(TOOLS, "tables", "take_away.py")],
    "new-table": [os.path.join(TOOLS, "new_table.py")],
}
CLASSWORK = (
    "student",
    "teacher",
    "gift",
    "grade",
    "merge",
    "return",
    "to-nbgrader",
    "new",
    "lint",
    "fresh",
)
for name in CLASSWORK:
    PROGRAMS[name] = ["-m", "classwork", name]
# Files that these are given, or write, are those of the folder in which they were typed.
FROM_HERE = CLASSWORK + ("new-table",)
LESSONS_ALONE = [
    "-n",
    "2",
    os.path.join("tests", "data", "test_datasets.py"),
    os.path.join("tests", "lessons", "test_lessons_structure.py"),
    "notebooks",
]
# As -m jupyterlab, but a second or two sooner: helpers/classwork/ground/quick_start.py says why.
JUPYTERLAB = [
    "-c",
    "import classwork.ground.quick_start, runpy; "
    "runpy.run_module('jupyterlab', run_name='__main__')",
    "--ServerApp.root_dir=" + ROOT,
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
    "--LabApp.extension_manager=readonly",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
]


def python_trouble(version):
    """Return why this Python will not do, or "" where it will."""
    with io.open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
        low, high = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', file.read()).groups()
    this = "this is Python {0}.{1}.".format(*version)
    name_it = "  python3.{0} start.py      (Windows: py -3.{0} start.py)"
    if tuple(version[:2]) < (3, int(low)):
        return (
            "Two Winds needs Python 3.{0} or newer; {1}\nInstall a newer one from python.org. "
            "If you have one already, name it:\n" + name_it
        ).format(low, this)
    if tuple(version[:2]) >= (3, int(high)):
        return (
            "Two Winds has not been tried with so new a Python; {1}\n"
            "It needs Python 3.{2} to 3.{0}. If you have one, name it:\n" + name_it
        ).format(int(high) - 1, this, low)
    return ""


def is_free(port):
    """Return whether nothing on this machine listens on a port."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def port_options(options):
    """Return the option that names a free port, where the usual one is taken."""
    if any("port" in option for option in options) or is_free(FIRST_PORT):
        return []
    port = next(filter(is_free, range(FIRST_PORT + 1, 65536)))
    used = "Port {0} is in use, perhaps by another JupyterLab; using {1}."
    print(used.format(FIRST_PORT, port))
    return ["--ServerApp.port={0}".format(port)]


def run_inside(set_up, command, folder=ROOT):
    """Run a command with the environment's Python in a folder; return its exit code."""
    sys.stdout.flush()
    process = subprocess.Popen(
        [str(set_up.PYTHON)] + command, env=set_up.child_environment(), cwd=folder
    )
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches the command too, which knows better how to end; wait for it.
            pass


def open_lessons(set_up, options):
    """Open JupyterLab on your copy of the first lesson, with last time's packages if need be."""
    try:
        set_up.prepare(with_tests=False)
    except set_up.SetUpError as trouble:
        if not set_up.sound_stamp():
            raise
        print("{0}\n\nOpening with the packages of last time.".format(trouble))
    # Where no copies can be laid, as on a stick that cannot be written to, the lessons themselves.
    laid = run_inside(set_up, ["-m", "classwork", "fresh"]) == 0
    page = "{0}/00_start_here.ipynb".format("my_work" if laid else "notebooks")
    first = ["--LabApp.default_url=/lab/tree/" + page]
    print("Opening JupyterLab. To stop it, press Ctrl-C here twice.")
    as_root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return run_inside(set_up, JUPYTERLAB + first + as_root + port_options(options) + options)


def run_command(set_up, name, rest):
    """Do what the user asked for; return the exit code."""
    if name == "open":
        return open_lessons(set_up, rest)
    set_up.prepare(with_tests=name == "test")
    if name == "test" and rest[:1] == ["notebooks"]:
        rest = LESSONS_ALONE + rest[1:]
    return run_inside(set_up, PROGRAMS[name] + rest, os.getcwd() if name in FROM_HERE else ROOT)


def main(arguments):
    """Run one command of start.py; return the exit code."""
    name = arguments[0] if arguments else "open"
    if name in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if name != "open" and name not in PROGRAMS:
        print("There is no command {0!r}.\n\n{1}".format(name, __doc__))
        return 2
    trouble = python_trouble(sys.version_info)
    if trouble:
        print(trouble)
        return 1
    sys.stdout.reconfigure(errors="replace")
    sys.path.insert(0, os.path.join(ROOT, "tools"))
    import set_up

    try:
        return run_command(set_up, name, arguments[1:])
    except set_up.SetUpError as trouble:
        print(trouble)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is spoilt: run the same command again when you like.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
