"""What a lesson gives its students, without anything that knows an answer."""

from __future__ import annotations

import ast

from classwork.course import current
from classwork.editions.assignment import Assignment
from classwork.lesson.exercises import SELF_STUDY
from classwork.lesson.syntax import (
    bound,
    canonical,
    leaves_open,
    only_shows,
    python_of,
    statements_giving,
    tree_of,
)

NOT_GIVEN = {"check", "solution", "rubric", "teacher", SELF_STUDY}


def given_cells(assignment: Assignment) -> list[dict[str, str]]:
    """Return the lesson's code cells as `execute.Stage` runs them.

    Left out are cells for the teacher, cells that merely show something, and in an exercise's cell
    what gives the exercise a value: in a teacher's edition that is the solution.
    """
    solutions = {exercise.name: exercise.solution for exercise in assignment.exercises}
    given = []
    for cell in assignment.notebook.cells:
        kinds = {tag.split(":")[0]: tag for tag in cell.metadata.get("tags", [])}
        if cell.cell_type != "code" or NOT_GIVEN & kinds.keys():
            continue
        name = kinds["exercise"].split(":")[1] if "exercise" in kinds else ""
        code = without_answer(python_of(cell.source), name, solutions.get(name, ""))
        if code.strip() or name:
            given.append({"code": code, "exercise": name})
    return given


def as_handed_out(assignment: Assignment) -> set[str]:
    """Return the code cells that no student has touched, in the form of `syntax.canonical`."""
    # The student's edition brings a cell that the lesson itself has not.
    found = set(map(canonical, current().received))
    for cell in assignment.notebook.cells:
        names = [
            t.split(":")[1] for t in cell.metadata.get("tags", []) if t.startswith("exercise:")
        ]
        python = python_of(cell.source) if cell.cell_type == "code" else ""
        if python and not any(is_answered(tree_of(python), name) for name in names):
            found.add(canonical(python))
    return found


def without_answer(python: str, name: str, solution: str) -> str:
    """Return code without the answer to an exercise; "" if it merely shows something."""
    tree = tree_of(python)
    if tree is None:
        return python
    if only_shows(tree):
        return ""
    if not name:
        return python
    answer = tree_of(solution)
    if answer and is_answered(tree, name):
        end = len(tree.body) - len(answer.body)
        if [ast.dump(s) for s in tree.body[max(end, 0) :]] == [ast.dump(s) for s in answer.body]:
            tree.body = tree.body[:end]
    tree.body = [statement for statement in tree.body if name not in bound(statement)]
    return ast.unparse(tree)


def is_answered(tree: ast.Module | None, name: str) -> bool:
    """Tell whether code gives a name another value than None or an empty text."""
    return not all(map(leaves_open, statements_giving(tree, name)))


def names_given(assignment: Assignment) -> set[str]:
    """Return the names to which the lesson itself gives a value, the exercises' own excepted."""
    trees = [tree_of(cell["code"]) for cell in given_cells(assignment)]
    found = set().union(*(bound(tree) for tree in trees if tree))
    return found - {exercise.name for exercise in assignment.exercises}
