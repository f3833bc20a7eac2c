"""Handing a lesson to nbgrader, for schools that grade with it.

What nbgrader calls the source version is made from the student's edition: each exercise cell gets
its solution between marks that nbgrader cuts out, each check cell a hidden test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from classwork.editions.assignment import Assignment
from classwork.editions.editions import student_edition, write_edition
from classwork.lesson.exercises import Exercise, cells_tagged

SOLVED = "{given}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
TESTED = """{given}
### BEGIN HIDDEN TESTS
from classwork.practice.check import same
assert same({name}, {expected!r}), "Not quite."
### END HIDDEN TESTS"""
# Without it nbgrader would put a line that fails into each exercise, and the lesson would not run.
CONFIG = """# Made by classwork to-nbgrader
c = get_config()
c.ClearSolutions.code_stub = {"python": "# Your answer comes above or here."}
"""


def export(assignment: Assignment, name: str, course: Path, title: str = "", due: str = "") -> Path:
    """Write a lesson into a course folder of nbgrader and return the notebook's path.

    The course's `nbgrader_config.py` is written too, unless there is one.

    Args:
        assignment: what `open_assignment` gives.
        name: the assignment's name in nbgrader, such as "06_overtake_america".
        course: the folder in which `nbgrader` is run; it is made if need be.
        title: a title in the place of the lesson's own.
        due: the day it is due, such as "2026-12-01".

    Raises:
        LessonError: if another notebook is there already.
    """
    notebook = student_edition(assignment, title, due)
    answers, checks = cells_tagged(notebook, "exercise"), cells_tagged(notebook, "check")
    for exercise in assignment.exercises:
        expected = assignment.key[exercise.name]["expected"]
        mark(answers[exercise.name], checks[exercise.name], exercise, expected)
    path = course / "source" / name / f"{name}.ipynb"
    write_edition(notebook, path)
    config = course / "nbgrader_config.py"
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8", newline="\n")
    return path


def mark(
    answer: nbformat.NotebookNode, check: nbformat.NotebookNode, exercise: Exercise, expected: Any
) -> None:
    """Give an exercise cell and its check cell what nbgrader needs.

    An answer in words is marked by hand: then the answer's own cell carries the points.
    """
    name, points = exercise.name, exercise.points
    answer.source = SOLVED.format(given=answer.source, solution=exercise.solution.strip())
    if exercise.free_text:
        answer.metadata["nbgrader"] = role(f"answer_{name}", solution=True, points=points)
        return
    answer.metadata["nbgrader"] = role(f"answer_{name}", solution=True)
    check.source = TESTED.format(given=check.source, name=name, expected=expected)
    check.metadata["nbgrader"] = role(f"check_{name}", solution=False, points=points)


def role(grade_id: str, solution: bool, points: int | None = None) -> dict[str, Any]:
    """Return nbgrader's description of a cell (its schema, version 3)."""
    graded = {} if points is None else {"points": points}
    return graded | {
        "schema_version": 3,
        "grade_id": grade_id,
        "cell_type": "code",
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
