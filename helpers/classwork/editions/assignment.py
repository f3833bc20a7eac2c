"""A lesson made ready to hand out or to grade: which exercises, which variant, which key."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from classwork.course import current
from classwork.editions.choose import keep_only
from classwork.editions.variants import vary
from classwork.lesson.answer_key import key_of
from classwork.lesson.exercises import Exercise, LessonError, cells_tagged, exercises
from classwork.lesson.syntax import (
    leaves_open,
    statements_giving,
    tree_of,
    without_statements,
)


class NotANotebookError(LessonError):
    """A file cannot be read as a notebook; the message says why and what to do."""


@dataclass
class Assignment:
    """A lesson with the exercises chosen from it and what their solutions give.

    Attributes:
        notebook: the lesson after choosing and varying, an nbformat notebook.
        exercises: in the lesson's order.
        key: what `key_of` gives.
        left_out: names of exercises that were wanted but have no variant.
    """

    notebook: nbformat.NotebookNode
    exercises: list[Exercise]
    key: dict[str, dict[str, Any]]
    left_out: list[str] = field(default_factory=list)


def open_assignment(path: Path, only: Sequence[str] = (), variant: int = 0) -> Assignment:
    """Return the assignment that a lesson's file makes.

    Args:
        path: a lesson, or a teacher's edition of one.
        only: the names of the exercises to keep; all of them where it is empty.
        variant: 0 for the lesson as it is published, 1 and more for other figures.

    Raises:
        LessonError: if its tags or a solution cell are not as they must be, if there is no exercise
            of a name in `only` or none with a variant, or a teacher's edition is of another one.
        nbclient.exceptions.CellExecutionError: if a cell, solution or list of mistakes fails.
    """
    notebook = read_notebook(path)
    left_out = prepare(notebook, path, only, variant)
    todo = exercises(notebook)
    return Assignment(notebook, todo, key_of(notebook, todo, path.parent), left_out)


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Return a notebook from its file.

    Raises:
        NotANotebookError: if the file is missing, unreadable, or no notebook.
    """
    if not path.exists():
        raise NotANotebookError(f"There is no file {path}. Is the name right, with .ipynb?")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotANotebookError(f"{path.name} cannot be read as text. Is it a notebook?") from None
    try:
        with warnings.catch_warnings():
            # A notebook saved before cells had ids is a notebook all the same.
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(text, as_version=4)
            nbformat.validate(notebook)
            return notebook
    except Exception:
        # nbformat fails in many ways on what is not a notebook; to a teacher they are one.
        raise NotANotebookError(
            f"{path.name} is not a notebook, or it is damaged. Open it in JupyterLab and save it "
            "there, or go back to an earlier copy."
        ) from None


def prepare(
    notebook: nbformat.NotebookNode, path: Path, only: Sequence[str] = (), variant: int = 0
) -> list[str]:
    """Choose and vary the exercises of a lesson, and return the names of those without variant.

    Args:
        notebook: the lesson; it is changed.
        path: where it was read.
        only, variant: as for `open_assignment`.
    """
    if variant < 0:
        raise LessonError("Variants are numbered 1, 2, 3 and so on; 0 is the published lesson.")
    if "edition" not in about_in(notebook):
        reopen(notebook)
    wanted = chosen([exercise.name for exercise in exercises(notebook)], only, path)
    about = about_in(notebook) or {"lesson": path.stem, "variant": 0}
    left_out: list[str] = []
    if "edition" in about and variant not in (0, about["variant"]):
        raise LessonError(
            f"{path.name} is a key to variant {about['variant']}; make another one from the lesson."
        )
    if variant and "edition" not in about:
        left_out = vary(notebook, wanted, variant)
        about = about | {"variant": variant}
    if variant and len(left_out) == len(wanted):
        raise LessonError(f"None of these exercises of {path.name} has a variant: leave --variant.")
    keep_only(notebook, [name for name in wanted if name not in left_out])
    notebook.metadata[current().name] = about
    return left_out


def reopen(notebook: nbformat.NotebookNode) -> None:
    """Take out what somebody has answered in a lesson: it can be handed out all the same."""
    in_words = cells_tagged(notebook, "rubric")
    for name, cell in cells_tagged(notebook, "exercise").items():
        own = re.compile(rf"^{re.escape(name)} *=.*\n?", re.MULTILINE)
        if tree_of(cell.source) is None and own.search(cell.source):
            cell.source = own.sub(f"{name} = 0\n", cell.source, count=1)
        found = statements_giving(tree_of(cell.source), name)
        if found and not all(map(leaves_open, found)):
            nothing = f'{name} = """\n\n"""' if name in in_words else f"{name} = None"
            cell.source = f"{without_statements(cell.source, found)}\n{nothing}".strip()


def about_in(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """Return what a notebook says in its metadata of which edition it is; nothing of a lesson."""
    return notebook.metadata.get(current().name, {})


def chosen(there: list[str], only: Sequence[str], path: Path) -> list[str]:
    """Return the names of the exercises that are wanted, in the lesson's order."""
    for name in only:
        if name not in there:
            raise LessonError(f"{path.name} has no exercise {name!r}. It has: {', '.join(there)}.")
    return [name for name in there if not only or name in only]
