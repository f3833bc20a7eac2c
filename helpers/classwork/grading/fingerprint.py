"""Telling copies: the same short text for two submissions whose answers are the same work."""

from __future__ import annotations

import ast
import hashlib

from classwork.grading.results import WRITTEN, Mark
from classwork.grading.student_cells import Work
from classwork.lesson.syntax import canonical

ENOUGH_WORDS = 8
ENOUGH_STATEMENTS = 3


def of(work: Work, marks: list[Mark], names: list[str]) -> str:
    """Return a submission's fingerprint, "" where too little of its own is in it.

    Two right sheets of numbers are bound to be alike; what students write in their own words, or
    code beside the answers, is not.

    Args:
        work: the student's cells.
        marks: what they got.
        names: the names of the exercises.
    """
    texts = [" ".join(m.answer.casefold().split()) for m in marks if m.verdict == WRITTEN]
    long = [text for text in texts if len(text.split()) >= ENOUGH_WORDS]
    if long:
        return digest(long)
    if statements_beside(work, names) >= ENOUGH_STATEMENTS:
        return digest([canonical(step.python) for step in work.steps])
    return ""


def statements_beside(work: Work, names: list[str]) -> int:
    """Return how many statements a student wrote beside those that answer."""
    trees = [step.tree for step in work.steps if step.tree is not None]
    statements = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    return sum(not is_answer(statement, names) for statement in statements)


def is_answer(statement: ast.stmt, names: list[str]) -> bool:
    """Tell whether a statement merely gives an exercise its value."""
    return isinstance(statement, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id in names for target in statement.targets
    )


def digest(texts: list[str]) -> str:
    """Return a short text that differs for different texts."""
    return hashlib.sha256("\n\n".join(texts).encode()).hexdigest()[:16]
