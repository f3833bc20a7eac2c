"""Merging what was marked by hand, and putting together piles that were graded apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from classwork.grading.results import Result
from classwork.lesson.exercises import LessonError
from classwork.marks import store
from classwork.marks.comments import COMMENTS, Bank, add, found, read_bank
from classwork.marks.hand_marks import (
    TO_READ,
    HandMark,
    Placed,
    place,
    read_hand_marks,
    refuse,
)
from classwork.marks.store import Register
from classwork.marks.writing import Summary, write_marks

Part = tuple[Register, list[Result], list[HandMark]]


def merge(folder: Path) -> Summary:
    """Make the gradebook and the pages anew with the marks in to_read.csv, which is left alone.

    Args:
        folder: a folder of marks, as `grade` wrote it.

    Raises:
        LessonError: if a row of to_read.csv has to be mended; nothing is changed then.
    """
    register, results, hand = opened(folder)
    placed = place(hand, results, register.tasks)
    placed.faults += unknown(placed, register) + lost(placed, results)
    bank = read_bank(folder / COMMENTS)
    return write_marks(folder, register, results, placed, bank, leave_to_read=True)


def opened(folder: Path) -> Part:
    """Return what a folder of marks holds.

    Raises:
        LessonError: if it is not one, or something in it cannot be read.
    """
    register = store.read_register(folder)
    if register is None:
        raise LessonError(f"{folder} holds no marks yet. Run grade first, with --out {folder}.")
    if not (folder / TO_READ).exists():
        raise LessonError(f"{folder / TO_READ} is missing. Put it back, or run grade again.")
    return register, store.results_of(folder, register), read_hand_marks(folder / TO_READ)


def unknown(placed: Placed, register: Register) -> list[str]:
    """Return a fault for each mark that belongs to nobody we know of."""
    known = {task.name for task in register.tasks}
    faults = []
    for hand in placed.gone:
        student, file, exercise = (hand.cells[c] for c in ("student", "file", "exercise"))
        if (file, exercise) in register.gone:
            continue
        if exercise in known:
            words = f"column student: there is no {student!r} with a file {file!r}"
        else:
            words = f"column exercise: there is no {exercise!r}, only {', '.join(sorted(known))}"
        faults.append(f"row {hand.row}, {words}")
    return faults


def lost(placed: Placed, results: list[Result]) -> list[str]:
    """Return a fault for each answer that waits for a mark and has no row any more."""
    return [
        f"the row of {result.student} ({result.file}), exercise {mark.exercise}, is lost; "
        "put it back, or run grade again"
        for result in results
        for mark in result.marks
        if mark.points is None and (result.file, mark.exercise) not in placed.marks
    ]


def join(folders: list[Path], out: Path) -> Summary:
    """Put marks together that were made apart, such as on several machines.

    Args:
        folders: folders of marks of one lesson; they are left as they are.
        out: a new folder for all marks together.

    Raises:
        LessonError: if they are not of the same exercises, or `out` is there already.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise LessonError(f"{out} is there already. Name a new folder to put the marks together.")
    places = [folder.resolve() for folder in folders]
    if twice := [f for f, place in zip(folders, places, strict=True) if places.count(place) > 1]:
        raise LessonError(f"{twice[0]} is named twice. Name each folder of marks once.")
    parts = [opened(folder) for folder in folders]
    first = parts[0][0]
    for folder, (register, results, hand) in zip(folders, parts, strict=True):
        if register.tasks != first.tasks:
            raise LessonError(
                f"{folders[0]} and {folder} hold marks of different exercises or "
                "points. Grade both with the same lesson first."
            )
        placed = place(hand, results, register.tasks)
        refuse(folder / TO_READ, placed.faults + unknown(placed, register))
    everything, results, hand = put_together(folders, parts)
    for name, result in zip(everything.results, results, strict=True):
        store.keep_result(out, name, result)
    bank = one_bank(read_bank(folder / COMMENTS) for folder in folders)
    return write_marks(out, everything, results, place(hand, results, first.tasks), bank)


def one_bank(banks: Iterable[Bank]) -> Bank:
    """Return the comments of several banks; where two have a name in common, one gets another."""
    whole: Bank = {}
    for name, comment in (pair for bank in banks for pair in bank.items()):
        if comment in whole.values():
            continue
        if found(name, whole) is None:
            whole[name] = comment
        else:
            add(whole, comment)
    return whole


def put_together(folders: list[Path], parts: list[Part]) -> Part:
    """Return the parts as one; files that two parts have alike get their folder's name too."""
    everything = Register(parts[0][0].title, parts[0][0].tasks)
    often = Counter(result.file for _, results, _ in parts for result in results)
    found: list[tuple[str, Result]] = []
    rows: list[HandMark] = []
    for folder, (register, results, hand) in zip(folders, parts, strict=True):
        clear = {file: f"{folder.as_posix()}/{file}" for file in often if often[file] > 1}
        for name, result in zip(register.results, results, strict=True):
            file = clear.get(result.file, result.file)
            own = name if file == result.file else store.digest_of(f"{name} {file}".encode())[:32]
            found.append((own, replace(result, file=file)))
        for row in hand:
            file = clear.get(row.cells["file"], row.cells["file"])
            # Two banks may mean different comments by one name.
            rows.append(replace(row, cells=row.cells | {"file": file}, comment=row.told))
        for file, hand_in in register.hand_ins.items():
            everything.hand_ins[clear.get(file, file)] = hand_in
        everything.remarks += [(clear.get(file, file), what) for file, what in register.remarks]
    found.sort(key=lambda pair: (pair[1].student.casefold(), pair[1].student, pair[1].file))
    everything.results = [name for name, _ in found]
    return everything, [result for _, result in found], rows
