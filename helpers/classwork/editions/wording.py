"""What an edition says of itself: its first cell, its points."""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_markdown_cell

from classwork.editions.assignment import Assignment, about_in
from classwork.lesson.exercises import Exercise, label_and_question, task_of
from classwork.practice.check import is_truth
from classwork.practice.received import LIST, NUMBER, TRUTH, WORD, WORDS

NAME_LINE = "**Your name:**"
HAND_IN = """**How to hand in.** Double-click the line below and write your name. Answer where it
says `None`, or between the quotation marks; do not change the names before the equals sign, such
as `{example}`. The cell below each answer says what was received, not whether it is right. Then
save (Ctrl+S, on a Mac Cmd+S) and send this file."""
KEY = """**This is the key.** It holds the answers: keep it to yourself. It can be graded against in
the place of the lesson."""


def first_cell(assignment: Assignment, title: str, due: str) -> Any:
    """Return the cell with which a student's edition begins."""
    names = [exercise.name for exercise in assignment.exercises]
    hand_in = " ".join(HAND_IN.format(example=names[0] if names else "answer").split("\n"))
    rows = [f"| {label_of(assignment, e)} | {e.points} |" for e in assignment.exercises]
    table = "\n".join(["| Exercise | Points |", "| --- | --- |", *rows])
    text = "\n\n".join([f"# {title}", facts(assignment, due), table, hand_in])
    return new_markdown_cell(text, id="edition-hand-out")


def label_of(assignment: Assignment, exercise: Exercise) -> str:
    """Return what an exercise is called in the lesson, or its name."""
    label, _ = label_and_question(task_of(assignment.notebook, exercise.name))
    return label or f"`{exercise.name}`"


def key_cell(assignment: Assignment, title: str, due: str) -> Any:
    """Return the cell with which a teacher's edition begins."""
    rows = [
        f"| `{e.name}` | {e.points} | {told(assignment.key[e.name])} |"
        for e in assignment.exercises
    ]
    table = "\n".join(["| Exercise | Points | Answer |", "| --- | --- | --- |", *rows])
    key = " ".join(KEY.split("\n"))
    text = "\n\n".join([f"# {title}: the key", key, facts(assignment, due), table])
    return new_markdown_cell(text, id="edition-key")


def facts(assignment: Assignment, due: str) -> str:
    """Return the line with what all must know: when it is due, what it is worth."""
    points = sum(exercise.points for exercise in assignment.exercises)
    variant = about_in(assignment.notebook).get("variant", 0)
    parts = [f"**Due:** {due}." if due else "", f"**Points in all:** {points}."]
    parts += [f"**Variant:** {variant}."] if variant else []
    return " ".join(part for part in parts if part)


def points_line(points: int) -> str:
    """Return what a task is worth, as a line of its own."""
    return f"*{points} {'point' if points == 1 else 'points'}.*"


def told(entry: dict[str, Any]) -> str:
    """Return an expected answer as it stands in the key's table."""
    expected = entry["expected"]
    if entry["free_text"]:
        return "in words: see the rubric"
    if isinstance(expected, float):
        return f"{expected:.6g}"
    text = ", ".join(map(str, expected)) if isinstance(expected, list) else str(expected)
    return text.replace("|", r"\|")


def kind_asked(entry: dict[str, Any]) -> str:
    """Return of what kind an expected answer is, as `received` names it."""
    expected = entry["expected"]
    if entry["free_text"]:
        return WORDS
    if is_truth(expected):
        return TRUTH
    if isinstance(expected, list):
        return LIST
    return WORD if isinstance(expected, str) else NUMBER
