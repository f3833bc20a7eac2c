"""Where a lesson tells an answer before the student has found it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from numbers import Real
from typing import Any

from classwork.lesson.exercises import Exercise
from classwork.practice.check import FIRST_YEAR, LAST_YEAR, is_truth, same

NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w)")
NOT_SHOWN = {"solution", "rubric", "teacher"}
TELLING_FIGURES = 3


def gives_away(message: str, expected: Any, answer: Any) -> bool:
    """Tell whether words to a wrong answer name the right one.

    Args:
        message: the words.
        expected: the right answer.
        answer: the wrong one; what it holds already cannot be given away.
    """
    if isinstance(expected, list):
        given = (
            [g for g in answer if isinstance(g, (str, Real))] if isinstance(answer, list) else []
        )
        missing = [item for item in expected if item not in given]
        return any(re.search(rf"\b{re.escape(words(m))}\b", words(message)) for m in missing)
    if isinstance(expected, str):
        return re.search(rf"[\"'`]{re.escape(expected)}[\"'`]", message) is not None
    found = [float(n.replace(",", "")) for n in NUMBER.findall(message)]
    return any(same(int(n) if n.is_integer() else n, expected) for n in found)


def words(thing: Any) -> str:
    """Return a name or a sentence with spaces for underscores."""
    return str(thing).replace("_", " ")


def leaks(notebook: Any, exercise: Exercise, expected: Any) -> Iterator[tuple[int, str]]:
    """Yield (number of the cell, words) where students can read the answer to an exercise.

    Only what is sure: a number of three figures or more in the text (of four in the task, which
    gives figures of its own), or a hint that names the answer. Years and letters stand everywhere,
    and to read a figure off a chart is often the task.

    Args:
        notebook: the lesson.
        exercise: one of its exercises, not one in words.
        expected: the right answer.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if f"solution:{exercise.name}" in tags:
            for hint in exercise.hints:
                if names(hint, expected):
                    yield number, f"A hint names the answer to {exercise.name}: {hint}"
        elif cell.cell_type == "markdown" and not {tag.split(":")[0] for tag in tags} & NOT_SHOWN:
            figures = TELLING_FIGURES + is_task(notebook.cells[number : number + 1], exercise)
            for told in NUMBER.findall(cell.source):
                if is_told(told, expected, figures):
                    yield number, f"The text says {told}, which is the answer to {exercise.name}."


def is_task(following: list[Any], exercise: Exercise) -> bool:
    """Tell whether the cell that follows is the exercise."""
    tags = [tag for cell in following for tag in cell.metadata.get("tags", [])]
    return any(tag.startswith(f"exercise:{exercise.name}:") for tag in tags)


def is_told(number: str, expected: Any, figures: int = TELLING_FIGURES) -> bool:
    """Tell whether a number in a text is the answer, to so many figures or more."""
    if not isinstance(expected, Real) or is_truth(expected):
        return False
    is_year = isinstance(expected, int) and FIRST_YEAR <= expected <= LAST_YEAR
    digits = number.replace(",", "").replace(".", "").lstrip("0")
    if is_year or len(digits) < figures:
        return False
    decimals = len(number.partition(".")[2])
    return abs(float(number.replace(",", "")) - expected) <= 0.5 * 10**-decimals


def names(hint: str, expected: Any) -> bool:
    """Tell whether a hint names the answer: its figures, its word, or all members of a list."""
    if isinstance(expected, list):
        return len(expected) > 1 and all(gives_away(hint, [item], []) for item in expected)
    if isinstance(expected, str):
        return gives_away(hint, expected, None)
    return any(is_told(number, expected) for number in NUMBER.findall(hint))
