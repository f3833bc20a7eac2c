"""Everything that is wrong with a teacher's notebook, in words for a teacher."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import nbformat

from two_winds.assignments.authoring.lint_cells import faults_of_cells
from two_winds.assignments.authoring.lint_parts import faults_of_parts
from two_winds.assignments.authoring.lint_run import faults_of_a_run
from two_winds.assignments.authoring.lint_tags import Fault, faults_of_tags
from two_winds.assignments.lesson import LessonError, exercises

LINE = 50


def lint(path: Path) -> list[str]:
    """Return what is wrong with a notebook; nothing if all is well.

    Tags, solutions, code and pictures are read first. If tags and solutions are sound, the lesson
    is run, each cell twice, and then its solutions.

    Args:
        path: the notebook. It is left as it is.

    Returns:
        A sentence or two for each fault, with the number of the cell, counted from 1 as JupyterLab
        shows them from top to bottom, and with the cell's first line.
    """
    try:
        notebook = read_notebook(path)
    except NotANotebookError as error:
        return [str(error)]
    of_exercises = [*faults_of_tags(notebook), *faults_of_parts(notebook)]
    faults = of_exercises + list(faults_of_cells(notebook))
    if not of_exercises:
        faults += faults_of_a_run(notebook, exercises(notebook), path.resolve().parent)
    by_cell = sorted(dict.fromkeys(faults), key=lambda fault: fault[0])
    return [in_words(notebook, fault) for fault in by_cell]


class NotANotebookError(LessonError):
    """A file cannot be read as a notebook; the message says why and what to do."""


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


def in_words(notebook: Any, fault: Fault) -> str:
    """Return a fault with the number and the first line of its cell."""
    number, words = fault
    if not number:
        return words
    lines = notebook.cells[number - 1].source.strip().splitlines() or ["empty"]
    first = lines[0] if len(lines[0]) <= LINE else lines[0][:LINE] + "..."
    return f"Cell {number} ({first}): {words}"
