"""Marks that a teacher has typed into to_read.csv: read, held against the pile, never lost."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from classwork.grading.results import Result
from classwork.lesson.exercises import LessonError
from classwork.marks.comments import COMMENTS, in_full, read_bank, unknown_names
from classwork.marks.spreadsheet import plain_number, printable, read_rows
from classwork.marks.store import Task

TO_READ = "to_read.csv"
COLUMNS = ("student", "file", "exercise", "verdict", "note", "changed", "answer", "rubric",
           "offered", "of", "points", "comment")  # fmt: skip
NEEDED = ("student", "file", "exercise", "changed", "answer", "of", "points", "comment")
CHANGED = "The answer changed after it was marked. Empty this cell when you have looked."
NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?")
SHOWN = 5
Key = tuple[str, str]


@dataclass
class HandMark:
    """What a teacher has typed into one row of to_read.csv.

    Attributes:
        row: the row's number in the spreadsheet.
        cells: the row, by column.
        points: what is given, or None.
        comment: what was typed for the student, or "".
        told: what the student is told: the comment, with names from comments.csv in full.
        changed: a sentence while the teacher has not looked at the answer again, or "".
    """

    row: int
    cells: dict[str, str]
    points: float | None
    comment: str
    told: str
    changed: str

    @property
    def has_content(self) -> bool:
        """Whether the teacher has typed anything."""
        return self.points is not None or bool(self.comment)


@dataclass
class Placed:
    """Hand marks held against the pile.

    Attributes:
        marks: by file and exercise.
        gone: those whose submission or exercise is not in the pile now.
        faults: what the teacher has to mend, each with its row and column.
    """

    marks: dict[Key, HandMark] = field(default_factory=dict)
    gone: list[HandMark] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_hand_marks(path: Path) -> list[HandMark]:
    """Return what a teacher has typed, a row each; nothing where there is no such file.

    Names of comments are those of the bank beside it.

    Raises:
        LessonError: if the file cannot be understood; the message says which rows to mend.
    """
    if not path.exists():
        return []
    bank = read_bank(path.with_name(COMMENTS))
    found, faults = [], []
    for row, cells in read_rows(path, NEEDED, exact=("student", "file")):
        typed = cells["points"]
        if typed and not NUMBER.fullmatch(typed):
            words = f"'{typed}' is not a number of points; write one such as 2 or 2.5"
            faults.append(f"row {row}, column points: {words}")
            continue
        points = float(typed.replace(",", ".")) if typed else None
        comment = cells["comment"]
        if missing := unknown_names(comment, bank):
            words = f"there is no #{missing[0]} in {COMMENTS}"
            faults.append(f"row {row}, column comment: {words}")
        mark = HandMark(row, cells, points, comment, in_full(comment, bank), cells["changed"])
        found.append(mark if mark.has_content else replace(mark, changed=""))
    refuse(path, faults)
    return found


def refuse(path: Path, faults: list[str]) -> None:
    """Raise LessonError if there are faults: the first few of them, and how many there are."""
    if not faults:
        return
    shown = "".join(f"\n  {fault}." for fault in faults[:SHOWN])
    more = f"\n  and {len(faults) - SHOWN} more." if len(faults) > SHOWN else ""
    raise LessonError(f"{path} has to be mended first; nothing has been changed.{shown}{more}")


def place(hand: list[HandMark], results: list[Result], tasks: list[Task]) -> Placed:
    """Hold hand marks against the pile.

    A row is known by its file, or, when a file was renamed, by a student with one file only.
    """
    placed = Placed()
    known = {task.name: task for task in tasks}
    by_student = defaultdict(list)
    for result in results:
        by_student[result.student].append(result.file)
    files = {result.file for result in results}
    for mark in hand:
        exercise, file = mark.cells["exercise"], mark.cells["file"]
        own = by_student[mark.cells["student"]]
        if file not in files and len(own) == 1:
            file = own[0]
        if file in files and exercise in known:
            put(placed, (file, exercise), mark, known[exercise])
        elif mark.has_content:
            placed.gone.append(mark)
    return placed


def put(placed: Placed, key: Key, mark: HandMark, task: Task) -> None:
    """Put a mark into its place, if its points are possible and the place is free."""
    other = placed.marks.get(key)
    if mark.points is not None and mark.points > task.points:
        words = f"{plain_number(mark.points)} points, but {task.name} is worth {task.points}"
        placed.faults.append(f"row {mark.row}, column points: {words}")
        placed.marks[key] = mark
    elif other is None or not other.has_content:
        placed.marks[key] = mark
    elif mark.has_content and (mark.points, mark.comment) != (other.points, other.comment):
        words = f"this row and row {other.row} mark the same answer differently; keep one"
        placed.faults.append(f"row {mark.row}: {words}")


def note_changes(placed: Placed, results: list[Result]) -> None:
    """Note which answers are not the ones that were marked.

    A row that the teacher has added herself, with no word of ours in it, was not marked from an
    answer in it.
    """
    for result in results:
        for mark in result.marks:
            hand = placed.marks.get((result.file, mark.exercise))
            if not hand or not hand.has_content or not hand.cells["of"]:
                continue
            if not same_words(hand.cells["answer"], mark.answer):
                hand.changed = CHANGED


def same_words(kept: str, answer: str) -> bool:
    """Tell whether two answers have the same words; a spreadsheet may have cut the longer."""
    one, other = " ".join(kept.split()), " ".join(printable(answer).split())
    return one == other or (len(one) > 20_000 and other.startswith(one[:20_000]))
