"""What a page needs in order to answer: forms for the exercises, and what `check` knows."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from classwork.editions.wording import kind_asked
from classwork.lesson.exercises import Exercise
from classwork.practice.check import is_truth
from classwork.practice.received import LIST, NUMBER, TRUTH, WORD, WORDS
from two_winds.datasets import load

CHOICE = "choice"
KINDS = {NUMBER: "number", TRUTH: "truth", LIST: "list", WORD: "word", WORDS: "words"}
OPTION = re.compile(r'^[-*\s]*[`"*(]*\b([a-f])\b[`"*).:]*\s+(.+)$', re.MULTILINE)


def is_choice(solution: str) -> bool:
    """Tell whether the answer is the letter of one of the choices in the question.

    >>> is_choice('exit_teller = "c"'), is_choice('winner = "USA"')
    (True, False)
    """
    return re.fullmatch(r"""\w+ = ["'][a-f]["']""", solution.strip()) is not None


def form_kind(key: dict[str, Any], solution: str) -> str:
    """Return what is asked for: number, truth, list, word, words, or the letter of a choice."""
    return CHOICE if is_choice(solution) else KINDS[kind_asked(key)]


def options(kind: str, key: dict[str, Any], task: str) -> list[tuple[str, str]]:
    """Return what can be chosen, each as (value, words): letters with their sentence, or names.

    The names of a list are those of the right answer and of the foreseen mistakes, in alphabetical
    order, so that the order tells nothing.
    """
    if kind == CHOICE:
        known = {key["expected"], *(mistake for mistake, _ in key["mistakes"])}
        told = dict(OPTION.findall(task))
        return [(letter, told.get(letter, letter)) for letter in sorted({*known, *told})]
    if kind == "list":
        answers = [key["expected"], *(m for m, _ in key["mistakes"] if isinstance(m, list))]
        return [(name, name.replace("_", " ")) for name in sorted({n for a in answers for n in a})]
    return [("True", "True"), ("False", "False")] if kind == "truth" else []


def as_answer(value: Any) -> dict[str, Any]:
    """Return an answer as the page compares it: its kind, its value, whether it is whole."""
    if is_truth(value):
        return {"kind": "truth", "value": bool(value)}
    if isinstance(value, list):
        return {"kind": "list", "value": value}
    if isinstance(value, str):
        return {"kind": "word", "value": value}
    return {"kind": "number", "value": value, "whole": isinstance(value, int)}


def as_key(key: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of an exercise, as the page needs it."""
    return {
        "words": key["free_text"],
        "expected": as_answer(key["expected"]),
        "printed": as_answer(key["printed"]) if "printed" in key else None,
        "mistakes": [[as_answer(mistake), words] for mistake, words in key["mistakes"]],
        "hints": key["hints"],
        "why": key["why"],
    }


def lookups(exercises: list[Exercise]) -> dict[str, dict[str, float]]:
    """Return the official figures of every table in which a solution looks something up."""
    code = "\n".join(exercise.solution for exercise in exercises)
    names = {call.args[0].id for call in ast.walk(ast.parse(code)) if is_lookup(call)}
    return {
        name: {
            f"{row.country} {row.product} {row.year}": row.value
            for row in load(name).query("series == 'official'").itertuples()
        }
        for name in sorted(names)
    }


def is_lookup(node: ast.AST) -> bool:
    """Tell whether a piece of code is `value` of a named table with all that it asks spelt out."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "value"
        and len(node.args) == 4
        and isinstance(node.args[0], ast.Name)
        and all(isinstance(part, ast.Constant) for part in node.args[1:])
    )


def as_json(data: dict[str, Any]) -> str:
    """Return data for a block of a page: nothing in it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
