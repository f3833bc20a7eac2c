"""What a hand-out's cells say to an answer: that it has arrived, never whether it is right."""

from __future__ import annotations

from typing import Any

from classwork.practice import watch
from classwork.practice.check import (
    NOT_ANSWERED,
    STOPPED,
    as_number,
    is_blank,
    is_collection,
    is_truth,
    place_to_answer,
    say,
    shape_of_text,
    with_a_point,
)

NUMBER, TRUTH, LIST, WORD, WORDS = "a number", "True or False", "a list", "a word", "words"
# What a student may have got hold of instead, by the name of its type.
CALLED = {
    "DataFrame": "a table",
    "Series": "a column of a table",
    "ndarray": "a row of numbers",
    "dict": "a dictionary",
    "function": "a function that has not been called",
    "builtin_function_or_method": "a function that has not been called",
    "method": "a function that has not been called",
}


def received(exercise: str, answer: Any, kind: str) -> None:
    """Print whether an answer has arrived and whether it is of the kind that is asked for.

    It compares with nothing, so it cannot tell what is right, and it never raises.

    Args:
        exercise: the name of the exercise, as in the cell above.
        answer: what the student found; None where nothing has been answered yet.
        kind: what is asked for: "a number", "True or False", "a list", "a word" or "words".
    """
    try:
        gone = watch.stopped(exercise)
        words = STOPPED.format(exercise) if gone else receipt(exercise, answer, kind)
    except Exception:
        words = f"The answer is {kind}, but yours is of a kind that cannot be read."
    say(words)


def receipt(exercise: str, answer: Any, kind: str) -> str:
    """Return what to say to an answer."""
    if is_blank(answer):
        return f"{NOT_ANSWERED} {place_to_answer(exercise, free_text=kind == WORDS)}"
    if kind == WORDS and isinstance(answer, str):
        count = len(answer.split())
        return f"Received: {count} {'word' if count == 1 else 'words'}."
    if kind == NUMBER and isinstance(answer, str):
        return f"The answer is a number. {shape_of_text(answer)}"
    if kind == NUMBER and (comma := with_a_point(answer)):
        return f"The answer is a number. Write a point in the place of the comma: {comma}."
    found = kind_of(answer)
    if found != (WORD if kind == WORDS else kind):
        return f"The answer is {kind}, but yours is {found}. Look at the question again."
    return f"Received: {kind}."


def kind_of(answer: Any) -> str:
    """Return of what kind an answer is, in words."""
    if is_truth(answer):
        return TRUTH
    if isinstance(answer, str):
        return WORD
    if is_collection(answer):
        return LIST
    if as_number(answer) is not None:
        return NUMBER
    name = type(answer).__name__
    return CALLED.get(name, f"something else ({name})")
