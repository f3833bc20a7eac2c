"""Leaving exercises out of a lesson, with everything that belongs to them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from classwork.lesson.exercises import SELF_STUDY, cells_tagged, exercises, task_of
from classwork.lesson.syntax import bound, python_of, read, tree_of

OWN = ("exercise", "check", "solution", "rubric")
EMPTY = "Nothing of this part belongs to the assignment."


def keep_only(notebook: Any, names: Sequence[str]) -> None:
    """Take out of a lesson the exercises not named, and what is for studying alone.

    Of an exercise that goes, the lines stay on which something else in the lesson rests. A part of
    which only the heading is left says that nothing of it is asked for.

    Args:
        notebook: an nbformat notebook; it is changed.
        names: the exercises to keep.
    """
    full = [part[0] for part in parts(notebook) if len(part) > 1]
    gone = [e.name for e in exercises(notebook) if e.name not in names]
    unwanted = [c for c in notebook.cells if SELF_STUDY in c.metadata.get("tags", [])]
    own = [cells_tagged(notebook, kind) for kind in OWN[1:]]
    for name in gone:
        unwanted += [task_of(notebook, name), *(cells.get(name) for cells in own)]
    notebook.cells = [c for c in notebook.cells if not any(c is other for other in unwanted)]
    reduce_to_needed(notebook, gone)
    for heading, *rest in parts(notebook):
        for_students = [c for c in rest if "teacher" not in c.metadata.get("tags", [])]
        if not for_students and any(heading is other for other in full):
            heading.source = f"{heading.source.splitlines()[0]}\n\n{EMPTY}"


def parts(notebook: Any) -> Iterator[list[Any]]:
    """Yield the cells of each part of a lesson, that with the heading first."""
    part: list[Any] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            if part:
                yield part
            part = [cell]
        elif part:
            part.append(cell)
    if part:
        yield part


def reduce_to_needed(notebook: Any, gone: Sequence[str]) -> None:
    """Reduce the cells of exercises that go to the lines on which the cells that stay rest."""
    tagged = cells_tagged(notebook, "exercise")
    answers = {name: tagged[name] for name in gone}
    going = list(answers.values())
    staying = [
        c.source
        for c in notebook.cells
        if c.cell_type == "code"
        if not any(c is other for other in going)
    ]
    for cell in cells_tagged(notebook, "solution").values():
        staying += cell.source.split("```python\n")[1:]
    needed = {name for source in staying for name in names_read(source.split("```")[0])}
    for name, cell in reversed(answers.items()):
        cell.source = needed_lines(cell.source, name, needed)
        cell.metadata, cell.outputs, cell.execution_count = {}, [], None
    notebook.cells = [
        c for c in notebook.cells if c.source or not any(c is other for other in going)
    ]


@cache
def names_read(source: str) -> frozenset[str]:
    """Return the names that code reads; none where it is no Python."""
    tree = tree_of(python_of(source))
    return frozenset(read(tree) if tree else ())


def needed_lines(source: str, name: str, needed: set[str]) -> str:
    """Return the statements of an exercise's cell that give a needed name its value.

    Args:
        source: the cell.
        name: the student's own name, which nothing else may rest on.
        needed: names; those that the statements read in their turn are added.
    """
    tree = tree_of(source)
    kept: list[str] = []
    for statement in reversed(tree.body if tree else []):
        gives = bound(statement)
        if gives & needed and name not in gives:
            kept.insert(0, ast.get_source_segment(source, statement))
            needed |= read(statement)
    return "\n".join(kept)
