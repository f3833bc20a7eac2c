"""Finding the student's own work in a submission, whatever became of its cells."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import Any

from classwork.editions.assignment import Assignment
from classwork.grading.provided_cells import as_handed_out, is_answered, names_given
from classwork.grading.read_submission import Cell, Submission
from classwork.lesson.exercises import cells_tagged
from classwork.lesson.syntax import bound, canonical, only_shows, python_of, read, tree_of


@dataclass
class Step:
    """One cell of the student's own work.

    Attributes:
        number: the cell's place in the submission, from 1.
        source: as the student wrote it.
        python: the same as Python.
        tree: its syntax tree, None where it is not Python.
        answers: the exercises whose names it gives a value to.
        mentions: the exercises whose names stand in it.
        meant_for: the exercise whose cell it is by tag or id, or "".
        group: the exercise that it leads up to, or "" after the last answer.
        opens: whether it is the first cell of its group.
    """

    number: int
    source: str
    python: str
    tree: ast.Module | None
    answers: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    meant_for: str = ""
    group: str = ""
    opens: bool = False


@dataclass
class Work:
    """A student's own work, and what is to be said of how it was handed in.

    Attributes:
        steps: the student's cells, in the order of the submission.
        present: the exercises that have a cell at all, touched or not.
        remarks: what a person should know, each in a sentence.
    """

    steps: list[Step]
    present: set[str]
    remarks: list[str]


class Lesson:
    """What of a lesson tells the student's work from what was given."""

    def __init__(self, assignment: Assignment) -> None:
        """Read the lesson's cells once, for all submissions."""
        self.given, self.given_names = as_handed_out(assignment), names_given(assignment)
        self.names = [exercise.name for exercise in assignment.exercises]
        homes = cells_tagged(assignment.notebook, "exercise")
        self.home_ids = {str(cell.get("id")): name for name, cell in homes.items()}

    def home_of(self, cell: Cell) -> str:
        """Return the exercise whose cell this is by its tag or its id, or ""."""
        for tag in cell.tags:
            parts = tag.split(":")
            if parts[0] == "exercise" and len(parts) > 1 and parts[1] in self.names:
                return parts[1]
        return self.home_ids.get(cell.name, "")


def find_work(submission: Submission, lesson: Lesson) -> Work:
    """Return the student's own work in a submission.

    A cell answers an exercise when it gives the exercise's name a value: tags and ids may be lost.
    """
    steps, present = [], set()
    for cell in submission.cells:
        python = python_of(cell.source)
        step = Step(cell.number, cell.source, python, tree_of(python))
        step.meant_for = lesson.home_of(cell)
        step.answers = answers_of(step, lesson.names)
        present |= set(step.answers) | {step.meant_for}
        if canonical(python) in lesson.given or (step.tree and only_shows(step.tree)):
            continue
        step.mentions = mentions_of(step, lesson.names)
        steps.append(step)
    put_in_groups(steps)
    return Work(steps, present - {""}, remarks_on(steps, lesson.names, present))


def answers_of(step: Step, names: list[str]) -> list[str]:
    """Return the exercises that a cell answers; broken code is judged by how its lines begin."""
    if step.tree is not None:
        given = bound(step.tree)
        return [name for name in names if name in given]
    found = [n for n in names if re.search(rf"^{re.escape(n)}\s*=(?!=)", step.source, re.MULTILINE)]
    return found or [name for name in (step.meant_for,) if name]


def mentions_of(step: Step, names: list[str]) -> list[str]:
    """Return the exercises whose names a cell reads."""
    used = read(step.tree) if step.tree is not None else set()
    return [name for name in names if name in used]


def put_in_groups(steps: list[Step]) -> None:
    """Say of each cell which answer it leads up to, and which cell begins such a group."""
    group = ""
    for step in reversed(steps):
        group = step.answers[-1] if step.answers else group
        step.group = group
    before = None
    for step in steps:
        step.opens = before is None or bool(before.answers)
        before = step


def remarks_on(steps: list[Step], names: list[str], present: set[str]) -> list[str]:
    """Return what a person should know about missing and repeated cells."""
    remarks = [f"{name}: its cell is missing." for name in names if name not in present]
    for name in names:
        cells = [
            step
            for step in steps
            if name in step.answers and (step.tree is None or is_answered(step.tree, name))
        ]
        if len({canonical(step.python) for step in cells}) > 1:
            places = " and ".join(str(step.number) for step in cells)
            remarks.append(
                f"{name}: answered in cells {places}, not in the same way; the last answer counts."
            )
    return remarks


def under_another_name(work: Work, name: str) -> Step | None:
    """Return the cell of an exercise in which there is code, but no value for its name."""
    if any(name in step.answers for step in work.steps):
        return None
    return next((step for step in work.steps if step.meant_for == name), None)


def leans_on(work: Work, names: list[str]) -> dict[str, set[str]]:
    """Return for each exercise the others whose values its cells use, also through other names."""
    sources: dict[str, set[str]] = {}
    used: dict[str, set[str]] = {name: set() for name in names}
    gathered: set[str] = set()
    for step in work.steps:
        if step.tree is None:
            continue
        gathered = set() if step.opens else gathered
        reads = read(step.tree)
        here = {name for name in reads if name in used}
        here = here.union(*(sources.get(name, set()) for name in reads))
        gathered |= here
        for name in bound(step.tree):
            sources[name] = here
        for name in step.answers:
            used[name] |= gathered - {name}
            sources[name] = set()
    return used


def in_a_circle(leans: dict[str, set[str]], name: str) -> bool:
    """Tell whether an answer leans, through others, on itself or on answers that do so."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            new = leans[waiting.pop()] - found
            found |= new
            waiting += new
        return found

    return any(other in reached(other) for other in {name} | reached(name))


def statement_by_statement(steps: list[Step]) -> list[Step]:
    """Return cells of which those with several answers are taken apart into their statements."""
    found = []
    for step in steps:
        if step.tree is None or len(step.answers) < 2:
            found.append(step)
            continue
        for place, statement in enumerate(step.tree.body):
            tree = ast.Module([statement], [])
            answers = [name for name in step.answers if name in bound(statement)]
            opens = step.opens and place == 0
            part = replace(step, python=ast.unparse(tree), tree=tree, answers=answers, opens=opens)
            found.append(part)
    return found


def builds_on_changes(work: Work, given_names: set[str]) -> set[str]:
    """Return the exercises that use a name of the lesson's which an earlier answer had changed."""
    found, changed, of_group, reads = set(), set(), set(), set()
    for step in work.steps:
        if step.opens:
            changed, of_group, reads = changed | of_group, set(), set()
        if step.tree is not None:
            of_group = of_group | (bound(step.tree) & given_names)
            reads = reads | read(step.tree)
        if reads & changed:
            found |= set(step.answers)
    return found


def as_request(
    steps: list[Step], substitutes: dict[str, Any], restoring: bool = True
) -> dict[str, Any]:
    """Return what the runner is asked to do with a student's cells.

    A cell that answers nothing may still add to an answer (`found.append(...)`): then the value is
    looked at again.

    Args:
        steps: the student's cells.
        substitutes: right values for the names of exercises, set again before each cell.
        restoring: whether the lesson's names get their values back before each answer.
    """
    return {
        "restoring": restoring,
        "cells": [
            {
                "number": step.number,
                "code": step.python,
                "group": step.group,
                "opens": step.opens,
                "look_at": step.answers or step.mentions,
            }
            for step in steps
        ],
        "substitutes": substitutes,
    }
