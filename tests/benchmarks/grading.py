"""What grading thirty submissions takes: both engines of ours, and nbgrader beside them.

    python tests/benchmarks/grading.py

Run by hand; prints one table and judges nothing. The submissions are lesson 06, solved. nbgrader
runs in its own environment, made by: python tools/peers.py nbgrader. Linux and macOS only.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
sys.path.insert(0, str(ROOT / "tools"))

import nbformat
import peers
from classwork.editions.assignment import Assignment
from classwork.editions.nbgrader import export
from classwork.grading.grader import Grader, Limits
from classwork.lesson.exercises import cells_tagged
from lessons import LESSONS
from submissions import data, lesson_06, solved

PILE = 30
NAME = next(lesson.name for lesson in LESSONS if lesson.name.startswith("06"))


def costs(call: Callable[[], object]) -> tuple[float, float]:
    """Return the processor seconds, of children too, and the seconds on the clock of a call."""
    clock, used = time.perf_counter(), processor_seconds()
    call()
    return processor_seconds() - used, time.perf_counter() - clock


def processor_seconds() -> float:
    """Return what this process and its ended children have used."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def grade(assignment: Assignment, engine: str) -> None:
    """Grade the pile and see that each has full marks."""
    handed_in = data(solved(assignment))
    with Grader(assignment, Limits(), engine) as grader:
        for place in range(PILE):
            result = grader.grade(f"student {place}", "lesson.ipynb", handed_in)
            assert all(mark.points in (mark.of, None) for mark in result.marks)


def nbgrader(course: Path, *arguments: str) -> None:
    """Run nbgrader in a course folder."""
    peers.run("nbgrader", course, *arguments).check_returncode()


def hand_in(assignment: Assignment, course: Path) -> None:
    """Export the lesson to a course, release it, and hand in the pile."""
    export(assignment, NAME, course)
    nbgrader(course, "generate_assignment", NAME)
    notebook = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    cells = cells_tagged(notebook, "exercise")
    for exercise in assignment.exercises:
        cells[exercise.name].source += f"\n{exercise.solution}"
    for place in range(PILE):
        folder = course / "submitted" / f"student{place}" / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")


def main() -> None:
    """Print the table."""
    assignment = lesson_06()
    rows = [
        (f"Two Winds, {e}", *costs(lambda e=e: grade(assignment, e))) for e in ("fork", "fresh")
    ]
    if peers.is_there("nbgrader"):
        with tempfile.TemporaryDirectory() as folder:
            hand_in(assignment, Path(folder))
            took = costs(lambda: nbgrader(Path(folder), "autograde", NAME))
        rows.append(("nbgrader autograde", *took))
    else:
        print("nbgrader is left out: it is not here. Make it: python tools/peers.py nbgrader")
    print(f"{PILE} submissions of {NAME}, the start of the grader with them\n")
    print(f"{'':22}{'CPU s each':>12}{'CPU s':>9}{'wall s':>9}")
    for what, processor, clock in rows:
        print(f"{what:22}{processor / PILE:12.2f}{processor:9.1f}{clock:9.1f}")


if __name__ == "__main__":
    main()
