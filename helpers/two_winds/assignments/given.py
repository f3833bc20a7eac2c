"""What a lesson gives its students, without anything that knows an answer."""

from __future__ import annotations

import ast

from two_winds.assignments.assignment import Assignment
from two_winds.assignments.syntax import bound, only_shows, python_of, tree_of

NOT_GIVEN = {"check", "solution", "rubric", "teacher"}


def given_cells(assignment: Assignment) -> list[dict[str, str]]:
    """Return the lesson's code cells as `playing.Stage` runs them.

    Left out are cells for the teacher, cells that merely show something, and in an exercise's cell
    what gives the exercise a value.
    """
    given = []
    for cell in assignment.notebook.cells:
        kinds = {tag.split(":")[0]: tag for tag in cell.metadata.get("tags", [])}
        if cell.cell_type != "code" or NOT_GIVEN & kinds.keys():
            continue
        name = kinds["exercise"].split(":")[1] if "exercise" in kinds else ""
        code = without_answer(python_of(cell.source), name)
        if code.strip() or name:
            given.append({"code": code, "exercise": name})
    return given


def without_answer(python: str, name: str) -> str:
    """Return code without the statements that give a name its value; "" if it merely shows."""
    tree = tree_of(python)
    if tree is None or only_shows(tree):
        return "" if tree is not None else python
    if not name:
        return python
    tree.body = [s for s in tree.body if name not in bound(ast.Module([s], []))]
    return ast.unparse(tree)
