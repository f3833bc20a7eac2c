"""What whole jobs take: grading a pile, the reading copy, the run of all tests."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from classwork.grading.grader import Grader, Limits
from two_winds.course import COURSE

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from submissions import data, lesson_06, solved

# What the lessons note of answers checked must not stand among the user's own.
MY_WORK = tempfile.TemporaryDirectory()
os.environ[COURSE.elsewhere] = MY_WORK.name
PILE = 30
READING_COPY = """
import sys
from pathlib import Path
sys.path.insert(0, "tools/pages")
import reading_copy
reading_copy.main(Path({folder!r}))
"""
EVERY_CELL_AS_HTML = """
from pathlib import Path
import nbformat, nbconvert
for path in sorted(Path("notebooks").glob("*.ipynb")):
    nbconvert.HTMLExporter().from_notebook_node(nbformat.read(path, as_version=4))
"""


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def python(*arguments: str) -> None:
    """Run Python in the project's folder, its output aside."""
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def grading_rows() -> list[tuple]:
    """Return the row for a pile of solved lessons, the start of the engine with it."""
    assignment = lesson_06()
    handed_in = data(solved(assignment))
    cells = [cell.source for cell in assignment.notebook.cells if cell.cell_type == "code"]
    answers = [exercise.solution for exercise in assignment.exercises]
    names = {"__name__": "__main__"}
    run_quietly(cells, names)

    def grade() -> None:
        with Grader(assignment, Limits()) as grader:
            for place in range(PILE):
                grader.grade(f"student {place}", "lesson.ipynb", handed_in)

    def bare() -> None:
        for _ in range(PILE):
            fork_and_run(answers, names)

    ours, floor = milliseconds(grade), milliseconds(bare)
    return [(f"grade lesson 06, {PILE} submissions", ours, floor, "fork and run the answers")]


def run_quietly(sources: list[str], names: dict) -> None:
    """Run code, what it prints aside."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        for source in sources:
            exec(source, names)


def fork_and_run(sources: list[str], names: dict) -> None:
    """Run code in a copy of this process (not on Windows)."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        run_quietly(sources, names)
    finally:
        os._exit(0)


def reading_copy_rows() -> list[tuple]:
    """Return the row for the reading copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = str(Path(folder) / "copy")
        ours = milliseconds(lambda: python("-c", READING_COPY.format(folder=copy)))
    floor = milliseconds(lambda: python("-c", EVERY_CELL_AS_HTML))
    return [("reading copy, all pages", ours, floor, "nbconvert: the lessons to HTML, no more")]


def all_tests_rows() -> list[tuple]:
    """Return the rows for the run of all tests, and for the strict comparison alone."""
    pytest = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    nothing = milliseconds(lambda: python(*pytest, "--collect-only"))
    everything = milliseconds(lambda: python(*pytest))
    strict = milliseconds(lambda: python(*pytest, "notebooks"))
    floor = (nothing, "collecting them")
    return [("every test", everything, *floor), ("strict nbval alone", strict, *floor)]
