"""What is wrong with the variants of exercises: each is made, and its solution is run."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat.v4 import new_code_cell

from classwork.editions.variants import vary
from classwork.lesson.answer_key import CAPTURE, NO_MISTAKES
from classwork.lesson.exercises import Exercise, LessonError, cells_tagged, exercises
from classwork.practice.check import is_blank, same


@dataclass
class Tried:
    """What a variant gave, or why it gave nothing."""

    value: Any = None
    error: str = ""


def variants_made(notebook: Any, exercise: Exercise) -> list[list[Any] | LessonError]:
    """Return, for each variant that a solution cell lists, the cells to run or why there are none.

    The cells are: the exercise's, its solution, and what that gives.
    """
    made: list[list[Any] | LessonError] = []
    for number in range(1, len(exercise.variants) + 1):
        varied = copy.deepcopy(notebook)
        try:
            vary(varied, [exercise.name], number)
        except LessonError as error:
            made.append(error)
            continue
        solution = next(e.solution for e in exercises(varied) if e.name == exercise.name)
        answer = cells_tagged(varied, "exercise")[exercise.name].source
        shown = NO_MISTAKES + CAPTURE.format(name=exercise.name)
        made.append(list(map(new_code_cell, [answer, solution, shown])))
    return made


def faults_of_variants(name: str, published: Any, variants: list[Tried]) -> Iterator[str]:
    """Yield what is wrong with the variants of an exercise, once they have been run.

    Args:
        name: the exercise's.
        published: the answer of the published lesson.
        variants: what each gave.
    """
    for number, tried in enumerate(variants, start=1):
        value = tried.value
        if tried.error:
            yield f"Variant {number} of {name} fails: {tried.error}"
        elif is_blank(value) or isinstance(value, dict) or not same(value, value):
            yield f"Variant {number} of {name} gives nothing that a check can compare."
        elif same(value, published):
            yield f"Variant {number} of {name} has the published answer. Replace other figures."
