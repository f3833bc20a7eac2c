"""What is wrong with what stands in the cells of an exercise, before anything is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from classwork.lesson.exercises import (
    COMMENT,
    FENCE,
    HINTS,
    WHY,
    LessonError,
    section,
    variants_of,
)
from classwork.lesson.syntax import bound, is_open, python_of, tree_of
from classwork.lint.tags import CELL_TYPES, Fault, Tag, tags_of


def faults_of_parts(notebook: Any) -> Iterator[Fault]:
    """Yield what is wrong with the exercise, check and solution cells."""
    tags = list(tags_of(notebook))
    numbers = {tag.number for tag in tags}
    code = [(n, c) for n, c in enumerate(notebook.cells, start=1) if c.cell_type == "code"]
    taken = {name for n, cell in code if n not in numbers for name in names_set(cell.source)}
    for tag in tags:
        if not tag.name or tag.cell.cell_type != CELL_TYPES[tag.kind]:
            continue
        if tag.kind == "exercise":
            same = {twin.number for twin in tags if twin[2:4] == tag[2:4]}
            others = [(number, cell) for number, cell in code if number not in same]
            yield from faults_of_exercise(tag, others)
        elif tag.kind == "check":
            yield from faults_of_check(tag)
        elif tag.kind == "solution":
            words = [*faults_of_wording(tag), *faults_of_blocks(tag, taken)]
            yield from ((tag.number, said) for said in words)


def faults_of_exercise(tag: Tag, others: list[tuple[int, Any]]) -> Iterator[Fault]:
    """Yield what is wrong with an exercise cell, and with other cells that meddle with it.

    Args:
        tag: the exercise's.
        others: (number, cell) of all other code cells.
    """
    tree = tree_of(python_of(tag.cell.source))
    values = values_of(tag.name, tree) if tree else []
    if tree and not values:
        yield (
            tag.number,
            f"The cell sets no name {tag.name}, as its tag says. Write {tag.name} = None.",
        )
    if values and not is_open(values[-1]):
        yield (
            tag.number,
            f'The answer is still in the cell. Write {tag.name} = None, or {tag.name} = "" '
            "where the answer is in words.",
        )
    for number, cell in others:
        if tag.name in names_set(cell.source):
            yield number, f"The cell sets {tag.name} too, so Run All undoes the student's answer."


def values_of(name: str, tree: ast.Module) -> list[ast.expr]:
    """Return what is assigned to a name, in order."""
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return [node.value for node in plain if name in map(ast.unparse, node.targets)]


def faults_of_check(tag: Tag) -> Iterator[Fault]:
    """Yield what is wrong with a check cell."""
    tree = tree_of(python_of(tag.cell.source))
    if tree is None:
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [ast.unparse(call) for call in calls if ast.unparse(call.func) == "check"]
    wanted = f'check("{tag.name}", {tag.name})'
    if [ast.unparse(ast.parse(wanted))] != found:
        yield tag.number, f"The cell must say {wanted}, once."


def faults_of_wording(tag: Tag) -> Iterator[str]:
    """Yield what a solution cell lacks besides its Python."""
    text, name = tag.cell.source.strip(), tag.name
    try:
        variants_of(name, text)
    except LessonError as error:
        yield str(error)
    if not (text.startswith("<details>") and text.endswith("</details>")):
        yield "The solution is not folded: begin with <details>, end with </details>."
    if not section(text, WHY):
        yield f"The solution of {name} does not say {WHY}"
    hints = section(text, HINTS)
    if not hints:
        yield f"The solution of {name} gives no {HINTS}"
    elif not any(line.startswith("- ") for line in hints.splitlines()):
        yield f"The hints of {name} must be a list, each on a line that begins with '- '."


def faults_of_blocks(tag: Tag, taken: set[str]) -> Iterator[str]:
    """Yield what is wrong with the Python blocks of a solution cell.

    Args:
        tag: the solution's.
        taken: the names that the lesson's own code gives a value.
    """
    blocks = FENCE.findall(COMMENT.sub("", tag.cell.source))
    if not blocks:
        yield f"The solution of {tag.name} holds no block fenced with ```python."
        return
    trees = [tree_of(block) for block in blocks]
    if None in trees:
        yield f"Block {trees.index(None) + 1} in the solution of {tag.name} is not valid Python."
    listed = [value for tree in trees[1:] if tree for value in values_of("mistakes", tree)]
    if not all(is_pair(item) for value in listed for item in getattr(value, "elts", ())):
        yield f"The typical mistakes of {tag.name} must be pairs: (wrong value, what to say)."
    if trees[0] and tag.name not in bound(trees[0]):
        yield f"The solution never sets {tag.name}."
    for lost in sorted((bound(trees[0]) if trees[0] else set()) & taken - {tag.name}):
        yield f"The solution overwrites {lost}, which the lesson uses. Give it another name."


def is_pair(item: ast.expr) -> bool:
    """Tell whether some code is a pair in round brackets."""
    return isinstance(item, ast.Tuple) and len(item.elts) == 2


@lru_cache(maxsize=512)
def names_set(source: str) -> frozenset[str]:
    """Return the names that a cell gives a value."""
    tree = tree_of(python_of(source))
    return frozenset(bound(tree) if tree else ())
