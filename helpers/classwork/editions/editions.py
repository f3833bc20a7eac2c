"""Two notebooks out of one lesson: the students', which tells no answer, and the teacher's key.

Each is what comes of a list of steps. Both come without outputs. The same lesson and the same
choice give the same bytes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from classwork.course import current
from classwork.editions.assignment import Assignment, about_in
from classwork.editions.wording import NAME_LINE, first_cell, key_cell, kind_asked, points_line
from classwork.ground.atomic_write import write_atomically
from classwork.lesson.copies import go_on_after
from classwork.lesson.due import in_words
from classwork.lesson.exercises import (
    COMMENT,
    SELF_STUDY,
    Exercise,
    LessonError,
    cells_tagged,
    task_of,
)
from classwork.lesson.refresh import metadata_of
from classwork.lesson.syntax import (
    leaves_open,
    statements_giving,
    tree_of,
    without_statements,
)

FOR_TEACHERS = {"solution", "teacher"}
KEPT_TAGS = FOR_TEACHERS | {"exercise", "check", "rubric", "in-notebook"}
TITLE = re.compile(r"^# +(.+)\n*", re.MULTILINE)
# A link to another notebook leads nowhere once the file has been sent away.
LINK_TO_NOTEBOOK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)\s]*\.ipynb(#[^)]*)?\)")
Step = Callable[[NotebookNode, Assignment], None]


def student_edition(assignment: Assignment, title: str = "", due: str = "") -> NotebookNode:
    """Return the notebook to hand out.

    It holds no solution, teacher's cell, output or hidden comment, and nothing that is for studying
    alone. A check says what was received and compares with nothing.

    Args:
        assignment: what `open_assignment` gives for a lesson.
        title: a title in the place of the lesson's own.
        due: when it is due, such as "2026-12-01" or "2026-12-01 18:00", or "".

    Raises:
        LessonError: if the day is none, the assignment is a key, or an exercise is answered in it.
    """
    title = title or title_of(assignment.notebook)
    head = [
        first_cell(assignment, title, in_words(due)),
        new_markdown_cell(NAME_LINE, id="edition-name"),
    ]
    return edition(assignment, STUDENT_STEPS, head, {"title": title, "due": due})


def teacher_edition(assignment: Assignment, title: str = "", due: str = "") -> NotebookNode:
    """Return the key: the exercises solved, with their points, rubrics and teacher's cells.

    It can be opened by `open_assignment` and graded against, as the lesson itself.

    Args and errors are those of `student_edition`.
    """
    title = title or title_of(assignment.notebook)
    head = [key_cell(assignment, title, in_words(due))]
    about = {"title": title, "due": due, "edition": "teacher"}
    return edition(assignment, TEACHER_STEPS, head, about)


def write_edition(notebook: NotebookNode, path: Path) -> None:
    """Write an edition. Errors are those of `write_new`."""
    write_new(nbformat.writes(notebook) + "\n", path)


def write_new(text: str, path: Path) -> None:
    """Write a file that people may change afterwards: never over what they have changed.

    Raises:
        LessonError: if another file is there already, in which somebody may have written.
    """
    if path.exists():
        if path.is_file() and path.read_bytes() == text.encode():
            return
        raise LessonError(
            f"{path} is there already and is not the same: somebody may have written in it. Name "
            "another file with --out, or move the old one away."
        )
    write_atomically(path, text)


def title_of(notebook: Any) -> str:
    """Return a lesson's title: its first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := TITLE.search(cell.source)):
            return found[1].strip()
    return "Assignment"


def edition(
    assignment: Assignment, steps: tuple[Step, ...], head: list[Any], more: dict[str, str]
) -> NotebookNode:
    """Return what steps make of a lesson, below a head; its metadata say what it is."""
    lesson = copy.deepcopy(assignment.notebook)
    for step in (refuse_answers, *steps):
        step(lesson, assignment)
    about = about_in(assignment.notebook) | more
    metadata = metadata_of(lesson) | {current().name: about}
    notebook = new_notebook(cells=[*head, *lesson.cells], metadata=nbformat.from_dict(metadata))
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


# --- the steps, each a change to a copy of the lesson ---


def refuse_answers(lesson: NotebookNode, assignment: Assignment) -> None:
    """Raise LessonError where an edition would tell what only a key may tell."""
    if "edition" in about_in(lesson):
        raise LessonError("This is a key already. Make editions from the lesson itself.")
    cells = cells_tagged(lesson, "exercise")
    for name in (exercise.name for exercise in assignment.exercises):
        if not is_unanswered(cells[name].source, name):
            raise LessonError(
                f"The cell of the exercise {name} does not leave its answer open. It must say "
                f'{name} = None, or {name} = "" for an answer in words.'
            )


def say_points(lesson: NotebookNode, assignment: Assignment) -> None:
    """Say below each task what it is worth."""
    for exercise in assignment.exercises:
        line, task = points_line(exercise.points), task_of(lesson, exercise.name)
        if task is not None:
            task.source += f"\n\n{line}"
        else:
            answer = cells_tagged(lesson, "exercise")[exercise.name]
            place = next(i for i, cell in enumerate(lesson.cells) if cell is answer)
            cell = new_markdown_cell(line, id=f"edition-points-{place + 1}")
            lesson.cells.insert(place, cell)


def without(*kinds: str) -> Step:
    """Return the step that leaves out the cells with a tag of one of these kinds."""

    def leave_out(lesson: NotebookNode, _assignment: Assignment) -> None:
        lesson.cells = [
            cell
            for cell in lesson.cells
            if not {tag.split(":")[0] for tag in cell.metadata.get("tags", [])} & set(kinds)
        ]

    return leave_out


def receive(lesson: NotebookNode, assignment: Assignment) -> None:
    """Have each check's cell say what was received: it knows the kind of the answer and no more."""
    checks = cells_tagged(lesson, "check")
    for exercise in assignment.exercises:
        kind = kind_asked(assignment.key[exercise.name])
        checks[exercise.name].source = f'received("{exercise.name}", {exercise.name}, "{kind}")'
    first = next(i for i, cell in enumerate(lesson.cells) if cell.cell_type == "code")
    lesson.cells.insert(first, new_code_cell(current().received[0], id="edition-received"))


def solve(lesson: NotebookNode, assignment: Assignment) -> None:
    """Put each solution in the place of the open answer, and its points above the solution."""
    answers, solutions = cells_tagged(lesson, "exercise"), cells_tagged(lesson, "solution")
    for exercise in assignment.exercises:
        name = exercise.name
        answers[name].source = solved(answers[name].source, exercise)
        points = f"**`{name}`** {points_line(exercise.points)}"
        solutions[name].source = f"{points}\n\n{solutions[name].source}"


def strip(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Leave of each cell no more than its source, our tags and the pictures it shows."""
    lesson.cells = [bare(cell, number) for number, cell in enumerate(lesson.cells, start=1)]


def go_on(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Let one answer that stops keep no other cell from running."""
    for cell in lesson.cells:
        go_on_after(cell.metadata)


def drop_title(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Take off the lesson's own title, for the edition's stands above it."""
    for cell in lesson.cells:
        if cell.cell_type == "markdown" and TITLE.search(cell.source):
            cell.source = TITLE.sub("", cell.source, count=1)
            return


def drop_links(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Turn links to other notebooks into plain words."""
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK_TO_NOTEBOOK.sub(r"\1", cell.source)


def drop_comments(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Take out what stands in HTML comments."""
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            cell.source = COMMENT.sub("", cell.source)


def drop_empty(lesson: NotebookNode, _assignment: Assignment) -> None:
    """Take out cells in which nothing stands."""
    lesson.cells = [cell for cell in lesson.cells if cell.source]


STUDENT_STEPS = (
    say_points,
    without(*FOR_TEACHERS, SELF_STUDY),
    receive,
    strip,
    go_on,
    drop_title,
    drop_links,
    drop_comments,
    drop_empty,
)
TEACHER_STEPS = (say_points, without(SELF_STUDY), receive, solve, strip, drop_title, drop_empty)


def bare(cell: Any, number: int) -> Any:
    """Return a copy of a cell with no more than its source, its tags and the pictures it shows."""
    tags = [tag for tag in cell.metadata.get("tags", []) if tag.split(":")[0] in KEPT_TAGS]
    copied = nbformat.from_dict({"cell_type": cell.cell_type, "source": cell.source})
    copied.id = cell.get("id") or f"cell-{number}"
    copied.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    if cell.cell_type == "code":
        copied.outputs, copied.execution_count = [], None
    pictures = cell.get("attachments", {}).items()
    shown = {name: data for name, data in pictures if f"attachment:{name}" in cell.source}
    if shown:
        copied.attachments = shown
    return copied


def is_unanswered(source: str, name: str) -> bool:
    """Tell whether an exercise's cell leaves its answer open: None, or no words yet."""
    found = statements_giving(tree_of(source), name)
    return bool(found) and all(map(leaves_open, found))


def solved(source: str, exercise: Exercise) -> str:
    """Return an exercise's cell with its solution in the place of the open answer."""
    given = without_statements(source, statements_giving(tree_of(source), exercise.name))
    return f"{given}\n{exercise.solution.strip()}".strip()
