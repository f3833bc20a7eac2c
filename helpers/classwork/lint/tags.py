"""What is wrong with the tags of a lesson, whatever stands in its cells."""

from __future__ import annotations

import difflib
import keyword
from collections.abc import Iterator
from typing import Any, NamedTuple

from classwork.lesson.exercises import SELF_STUDY

Fault = tuple[int, str]
CELL_TYPES = {"exercise": "code", "check": "code", "solution": "markdown", "rubric": "markdown"}
TYPE_NAMES = {"code": "a code cell", "markdown": "a Markdown cell"}
NEAR = 0.75


class Tag(NamedTuple):
    """A tag of ours: the cell and its number, the kind, the exercise's name, what follows it."""

    number: int
    cell: Any
    kind: str
    name: str
    rest: list[str]


def faults_of_tags(notebook: Any) -> Iterator[Fault]:
    """Yield what is wrong with the tags, whatever stands in their cells."""
    tags = list(tags_of(notebook))
    yield from misspelt(notebook)
    for tag in tags:
        yield from faults_of_tag(tag)
    yield from doubles(tags)
    yield from missing(tags)


def tags_of(notebook: Any) -> Iterator[Tag]:
    """Yield the tags that give a cell its part in an exercise."""
    for number, cell in enumerate(notebook.cells, start=1):
        for tag in cell.metadata.get("tags", []):
            kind, *rest = tag.split(":")
            if kind in CELL_TYPES:
                yield Tag(number, cell, kind, rest[0] if rest else "", rest[1:])


def misspelt(notebook: Any) -> Iterator[Fault]:
    """Yield tags that are nearly ours, such as "excercise:steel:2" or "Check:steel"."""
    known = [*CELL_TYPES, "teacher", SELF_STUDY]
    for number, cell in enumerate(notebook.cells, start=1):
        for tag in cell.metadata.get("tags", []):
            kind, colon, rest = tag.partition(":")
            near = difflib.get_close_matches(kind.strip().casefold(), known, 1, NEAR)
            if kind not in known and near:
                meant = f"{near[0]}{colon}{rest}"
                yield number, f"The tag {tag!r} is not one of ours. Did you mean {meant!r}?"


def faults_of_tag(tag: Tag) -> Iterator[Fault]:
    """Yield what is wrong with one tag as it is written, and with the type of its cell."""
    text = ":".join([tag.kind, tag.name, *tag.rest]).rstrip(":")
    if not tag.name:
        yield tag.number, f"The tag {text!r} names no exercise. Write it as {tag.kind}:steel."
        return
    if not tag.name.isidentifier() or keyword.iskeyword(tag.name):
        yield (
            tag.number,
            f"The name {tag.name!r} in the tag {text!r} is no name for Python. Use letters, "
            "figures and underscores, and begin with a letter.",
        )
    whole = len(tag.rest) == 1 and tag.rest[0].isascii() and tag.rest[0].isdigit()
    if tag.kind == "exercise" and not (whole and int(tag.rest[0])):
        yield (
            tag.number,
            f"The tag {text!r} needs points at its end, a whole number above 0, as in "
            f"exercise:{tag.name}:2.",
        )
    if tag.kind != "exercise" and tag.rest:
        yield tag.number, f"The tag {text!r} is too long. Only exercise tags carry points."
    if tag.cell.cell_type != CELL_TYPES[tag.kind]:
        wanted = TYPE_NAMES[CELL_TYPES[tag.kind]]
        yield tag.number, f"A cell tagged {tag.kind} must be {wanted}. Change its type."


def doubles(tags: list[Tag]) -> Iterator[Fault]:
    """Yield tags that a cell before has already."""
    first: dict[tuple[str, str], int] = {}
    for tag in (tag for tag in tags if tag.name):
        if (tag.kind, tag.name) in first:
            yield (
                tag.number,
                f"A second cell is tagged {tag.kind}:{tag.name}; the first is cell "
                f"{first[tag.kind, tag.name]}. Give one of them another name.",
            )
        first.setdefault((tag.kind, tag.name), tag.number)


def missing(tags: list[Tag]) -> Iterator[Fault]:
    """Yield exercises without a check or solution below them, and these without an exercise."""
    numbers = {(tag.kind, tag.name): tag.number for tag in reversed(tags) if tag.name}
    for (kind, name), number in numbers.items():
        if kind != "exercise" and ("exercise", name) not in numbers:
            yield number, f"There is a {kind} of {name}, but no cell tagged exercise:{name}:2."
        for part in ("check", "solution") if kind == "exercise" else ():
            if (part, name) not in numbers:
                yield number, f"Exercise {name} has no cell tagged {part}:{name}."
            elif numbers[part, name] < number:
                yield numbers[part, name], f"The {part} of {name} must come after the exercise."
