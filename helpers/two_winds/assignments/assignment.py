"""A lesson made ready to hand out or to grade: which exercises, which variant, which key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from two_winds.assignments.lesson import Exercise, LessonError, exercises
from two_winds.assignments.solving import key_of


@dataclass
class Assignment:
    """A lesson with the exercises chosen from it and what their solutions give.

    Attributes:
        notebook: the lesson after choosing and varying, an nbformat notebook.
        exercises: in the lesson's order.
        key: what `key_of` gives.
        variant: which variant, 0 being the lesson as it is published.
        left_out: names of exercises that were chosen but have no variant.
        lesson: the name of the lesson's file, without its ending.
    """

    notebook: nbformat.NotebookNode
    exercises: list[Exercise]
    key: dict[str, dict[str, Any]]
    variant: int = 0
    left_out: list[str] = field(default_factory=list)
    lesson: str = ""


def open_assignment(path: Path, only: Sequence[str] = (), variant: int = 0) -> Assignment:
    """Return the assignment that a lesson's file makes.

    Args:
        path: a lesson, or a teacher's edition of one.
        only: the names of the exercises to keep; all of them where it is empty.
        variant: 0 for the lesson as it is published, 1 and more for other figures.

    Raises:
        LessonError: if its tags or a solution cell are not as they must be, or there is no
            exercise of a name in `only`.
    """
    notebook = nbformat.read(path, as_version=4)
    todo = exercises(notebook)
    there = [exercise.name for exercise in todo]
    for name in only:
        if name not in there:
            raise LessonError(f"{path.name} has no exercise {name}. It has: {', '.join(there)}.")
    todo = [exercise for exercise in todo if not only or exercise.name in only]
    key = key_of(notebook, todo, path.parent)
    return Assignment(notebook, todo, key, variant, [], path.stem)
