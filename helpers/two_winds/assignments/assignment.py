"""A lesson made ready to hand out or to grade: which exercises, which variant, which key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from two_winds.assignments.lesson import Exercise, exercises
from two_winds.assignments.solving import key_of


@dataclass
class Assignment:
    """A lesson with its exercises and what their solutions give.

    Attributes:
        notebook: the lesson, an nbformat notebook.
        exercises: in the lesson's order.
        key: what `key_of` gives.
    """

    notebook: nbformat.NotebookNode
    exercises: list[Exercise]
    key: dict[str, dict[str, Any]]


def open_assignment(path: Path) -> Assignment:
    """Return the assignment that a lesson's file makes.

    Args:
        path: a lesson, or a teacher's edition of one.

    Raises:
        LessonError: if its tags or a solution cell are not as they must be.
    """
    notebook = nbformat.read(path, as_version=4)
    todo = exercises(notebook)
    return Assignment(notebook, todo, key_of(notebook, todo, path.parent))
