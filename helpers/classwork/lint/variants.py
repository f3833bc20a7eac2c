"""What is wrong with the variants of exercises: each is made, and its solution is run."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from nbformat.v4 import new_code_cell

from classwork.editions.variants import vary
from classwork.lesson.answer_key import CAPTURE, NO_MISTAKES
from classwork.lesson.exercises import Exercise, LessonError, cells_tagged, exercises
from classwork.practice.check import is_blank, same


def variants_made(notebook: Any, exercise: Exercise) -> list[list[Any] | str]:
    """Return, for each variant that a solution cell lists, the cells to run or why there are none.

    The cells are: the exercise's, its solution, and what that gives.
    """
    made: list[list[Any] | str] = []
    for number in range(1, len(exercise.variants) + 1):
        varied = copy.deepcopy(notebook)
        try:
            vary(varied, [exercise.name], number)
        except LessonError as error:
            made.append(str(error))
            continue
        solution = next(e.solution for e in exercises(varied) if e.name == exercise.name)
        answer = cells_tagged(varied, "exercise")[exercise.name].source
        shown = NO_MISTAKES + CAPTURE.format(name=exercise.name)
        made.append(list(map(new_code_cell, [answer, solution, shown])))
    return made


def faults_of_variants(name: str, published: Any, values: list[Any]) -> Iterator[str]:
    """Yield what is wrong with the variants of an exercise, once they have been run.

    Args:
        name: the exercise's.
        published: the answer of the published lesson.
        values: for each variant its answer, or an error in words that begins with "!".
    """
    for number, value in enumerate(values, start=1):
        if isinstance(value, str) and value.startswith("!"):
            yield f"Variant {number} of {name} fails: {value[1:]}"
        elif is_blank(value) or isinstance(value, dict) or not same(value, value):
            yield f"Variant {number} of {name} gives nothing that a check can compare."
        elif same(value, published):
            yield f"Variant {number} of {name} has the published answer. Replace other figures."
