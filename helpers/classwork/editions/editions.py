"""Two notebooks out of one lesson: the students', which tells no answer, and the teacher's key.

Both come without outputs. The same lesson and the same choice give the same bytes.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from classwork.course import current
from classwork.editions.assignment import Assignment, about_in
from classwork.editions.wording import (
    NAME_LINE,
    first_cell,
    key_cell,
    kind_asked,
    points_line,
    without_promises,
)
from classwork.ground.atomic_write import write_atomically
from classwork.lesson.exercises import COMMENT, Exercise, LessonError, cells_tagged, task_of
from classwork.lesson.refresh import KERNEL
from classwork.lesson.syntax import leaves_open, statements_giving, tree_of

KEY_POINTS = "## Key points"
FOR_TEACHERS = {"solution", "rubric", "teacher"}
KEPT_TAGS = FOR_TEACHERS | {"exercise", "check"}
TITLE = re.compile(r"^# +(.+)\n*", re.MULTILINE)


def student_edition(assignment: Assignment, title: str = "", due: str = "") -> NotebookNode:
    """Return the notebook to hand out.

    It holds no solution, rubric, teacher's cell, key point, output or hidden comment. A check says
    what was received and compares with nothing.

    Args:
        assignment: what `open_assignment` gives for a lesson.
        title: a title in the place of the lesson's own.
        due: the day it is due, such as "2026-12-01", or "".

    Raises:
        LessonError: if the day is none, the assignment is a key, or an exercise is answered in it.
    """
    refuse_answers(assignment)
    title = title or title_of(assignment.notebook)
    kept = lesson_cells(assignment, FOR_TEACHERS)
    cells = [
        first_cell(assignment, title, readable(due)),
        new_markdown_cell(NAME_LINE, id="edition-name"),
        # What is to be kept in mind tells many an answer.
        *(cell for cell in kept if not cell.source.startswith(KEY_POINTS)),
    ]
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = COMMENT.sub("", cell.source)
    return edition(assignment, cells, {"title": title, "due": due})


def teacher_edition(assignment: Assignment, title: str = "", due: str = "") -> NotebookNode:
    """Return the key: the exercises solved, with their points, rubrics and teacher's cells.

    It can be opened by `open_assignment` and graded against, as the lesson itself.

    Args and errors are those of `student_edition`.
    """
    refuse_answers(assignment)
    title = title or title_of(assignment.notebook)
    cells = [key_cell(assignment, title, readable(due)), *lesson_cells(assignment, set())]
    notebook = edition(assignment, cells, {"title": title, "due": due, "edition": "teacher"})
    answers, solutions = cells_tagged(notebook, "exercise"), cells_tagged(notebook, "solution")
    for exercise in assignment.exercises:
        name = exercise.name
        answers[name].source = solved(answers[name].source, exercise)
        points = f"**`{name}`** {points_line(exercise.points)}"
        solutions[name].source = f"{points}\n\n{solutions[name].source}"
    return notebook


def write_edition(notebook: NotebookNode, path: Path) -> None:
    """Write an edition.

    Raises:
        LessonError: if another file is there already, in which somebody may have written.
    """
    data = (nbformat.writes(notebook) + "\n").encode("utf-8")
    if path.exists():
        if path.is_file() and path.read_bytes() == data:
            return
        raise LessonError(
            f"{path} is there already and is not the same: somebody may have written in it. Name "
            "another file with --out, or move the old one away."
        )
    write_atomically(path, data)


def readable(due: str) -> str:
    """Return an ISO date as it is written in a sentence, such as 6 November 1957."""
    if not due:
        return ""
    try:
        day = date.fromisoformat(due)
    except ValueError:
        day = None
    if day is None or due != day.isoformat():
        raise LessonError(f"The date {due!r} cannot be read. Write it as 2026-12-01.")
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def title_of(notebook: Any) -> str:
    """Return a lesson's title: its first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := TITLE.search(cell.source)):
            return found[1].strip()
    return "Assignment"


def edition(assignment: Assignment, cells: list[Any], more: dict[str, str]) -> NotebookNode:
    """Return a clean notebook of cells, which says in its metadata what it is."""
    about = about_in(assignment.notebook) | more
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, current().name: about}
    notebook = new_notebook(cells=cells, metadata=nbformat.from_dict(metadata))
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def refuse_answers(assignment: Assignment) -> None:
    """Raise LessonError where an edition would tell what only a key may tell."""
    if "edition" in about_in(assignment.notebook):
        raise LessonError("This is a key already. Make editions from the lesson itself.")
    cells = cells_tagged(assignment.notebook, "exercise")
    for name in (exercise.name for exercise in assignment.exercises):
        if not is_unanswered(cells[name].source, name):
            raise LessonError(
                f"The cell of the exercise {name} does not leave its answer open. It must say "
                f'{name} = None, or {name} = "" for an answer in words.'
            )


def lesson_cells(assignment: Assignment, without: set[str]) -> list[Any]:
    """Return the lesson's cells for an edition, without those of some kinds of tag."""
    notebook, found = assignment.notebook, []
    tasks = {e.name: task_of(notebook, e.name) for e in assignment.exercises}
    importing = [new_code_cell(current().received[0], id="edition-received")]
    for number, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        named = dict(tag.split(":")[:2] for tag in tags if ":" in tag)
        if without & {*named, *tags}:
            continue
        if cell.cell_type == "code" and importing:
            found.append(importing.pop())
        copy = bare(cell, number)
        for exercise in assignment.exercises:
            if cell is tasks[exercise.name]:
                copy.source += f"\n\n{points_line(exercise.points)}"
            elif named.get("exercise") == exercise.name and tasks[exercise.name] is None:
                line = points_line(exercise.points)
                found.append(new_markdown_cell(line, id=f"edition-points-{number}"))
            if named.get("check") == exercise.name:
                copy.source = received_call(exercise, assignment)
        if cell.cell_type == "markdown" and not tags:
            copy.source = without_promises(TITLE.sub("", copy.source))
        found.append(copy)
    return [cell for cell in found if cell.source]


def bare(cell: Any, number: int) -> Any:
    """Return a copy of a cell with no more than its source, its tags and the pictures it shows."""
    tags = [tag for tag in cell.metadata.get("tags", []) if tag.split(":")[0] in KEPT_TAGS]
    copy = nbformat.from_dict({"cell_type": cell.cell_type, "source": cell.source})
    copy.id = cell.get("id") or f"cell-{number}"
    copy.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    if cell.cell_type == "code":
        copy.outputs, copy.execution_count = [], None
    pictures = cell.get("attachments", {}).items()
    shown = {name: data for name, data in pictures if f"attachment:{name}" in cell.source}
    if shown:
        copy.attachments = shown
    return copy


def received_call(exercise: Exercise, assignment: Assignment) -> str:
    """Return what stands in a check's cell: it knows the kind of the answer and no more."""
    kind = kind_asked(assignment.key[exercise.name])
    return f'received("{exercise.name}", {exercise.name}, "{kind}")'


def is_unanswered(source: str, name: str) -> bool:
    """Tell whether an exercise's cell leaves its answer open: None, or no words yet."""
    found = statements_giving(tree_of(source), name)
    return bool(found) and all(map(leaves_open, found))


def solved(source: str, exercise: Exercise) -> str:
    """Return an exercise's cell with its solution in the place of the open answer."""
    lines = source.splitlines()
    for statement in statements_giving(tree_of(source), exercise.name):
        for number in range(statement.lineno, statement.end_lineno + 1):
            lines[number - 1] = ""
    given = "\n".join(line for line in lines if line)
    return f"{given}\n{exercise.solution.strip()}".strip()
