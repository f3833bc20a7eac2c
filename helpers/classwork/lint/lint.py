"""Everything that is wrong with a teacher's notebook, in words for a teacher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.editions.assignment import NotANotebookError, read_notebook
from classwork.lesson.exercises import exercises
from classwork.lint.cells import faults_of_cells
from classwork.lint.names import faults_of_names
from classwork.lint.parts import faults_of_parts
from classwork.lint.run import faults_of_a_run
from classwork.lint.tags import Fault, faults_of_tags

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
    faults = of_exercises + list(faults_of_cells(notebook, path.name != current().start_page))
    if not of_exercises:
        faults += faults_of_names(notebook, path)
        faults += faults_of_a_run(notebook, exercises(notebook), path.resolve().parent)
    by_cell = sorted(dict.fromkeys(faults), key=lambda fault: fault[0])
    return [in_words(notebook, fault) for fault in by_cell]


def in_words(notebook: Any, fault: Fault) -> str:
    """Return a fault with the number and the first line of its cell."""
    number, words = fault
    if not number:
        return words
    lines = notebook.cells[number - 1].source.strip().splitlines() or ["empty"]
    first = lines[0] if len(lines[0]) <= LINE else lines[0][:LINE] + "..."
    return f"Cell {number} ({first}): {words}"
