"""The folder of marks: one result a file as soon as it is there, and nothing overwritten.

gradebook.csv  to_read.csv  attention.csv  feedback/    for the teacher and the students
results/       what grading found, a file a submission, and pile.json: what belongs together
kept/          earlier versions of a file that somebody had changed by hand
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.editions.assignment import Assignment, about_in
from classwork.editions.editions import title_of
from classwork.grading.results import Result
from classwork.ground.atomic_write import write_atomically
from classwork.lesson.exercises import (
    LessonError,
    cells_tagged,
    label_and_question,
    task_of,
)

PACKAGE = Path(__file__).resolve().parents[1]
RESULTS, KEPT, REGISTER = "results", "kept", "pile.json"


@dataclass
class Task:
    """An exercise as the folder of marks remembers it.

    Attributes:
        name: its name.
        points: what it is worth.
        rubric: how it is judged, or "".
        label: what the lesson calls it, such as "Exercise 3", or its name.
        question: what it asks, or "".
    """

    name: str
    points: int
    rubric: str = ""
    label: str = ""
    question: str = ""


@dataclass
class Person:
    """Somebody who gets marks.

    Attributes:
        name: as it stands in the gradebook.
        number: the platform's number, or "".
    """

    name: str
    number: str = ""


@dataclass
class HandIn:
    """How one file was handed in.

    Attributes:
        people: who gets its marks; several where a pair or group has handed in one file.
        group: what people.csv calls their pair or group, or "".
        due: until when it could be handed in, an extension counted in; "" where nobody said.
        received: when it came, or "" where that is not known.
        days: how many days too late it came, a begun one counting; None where it came late and
            nobody knows by how much.
        per_cent: what is taken off for it, in per cent of the points that can be had.
    """

    people: list[Person]
    group: str = ""
    due: str = ""
    received: str = ""
    days: int | None = 0
    per_cent: float = 0


@dataclass
class Register:
    """What belongs together in a folder of marks.

    Attributes:
        title: the lesson's title.
        tasks: its exercises, in the lesson's order.
        results: the names of the results, in the order of the gradebook.
        remarks: pairs of a file of the pile and what a person should know about it.
        gone: pairs of a file and an exercise that have hand marks but are not in the pile now.
        written: for each file for people the SHA-256 of what it may hold as we wrote it.
        hand_ins: for each file of the pile how it was handed in.
    """

    title: str
    tasks: list[Task]
    results: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    written: dict[str, list[str]] = field(default_factory=dict)
    hand_ins: dict[str, HandIn] = field(default_factory=dict)


def register_of(assignment: Assignment) -> Register:
    """Return the register of an assignment of which nothing has been graded yet."""
    rubrics = cells_tagged(assignment.notebook, "rubric")
    tasks = []
    for e in assignment.exercises:
        rubric = rubrics[e.name].source if e.name in rubrics else ""
        label, question = label_and_question(task_of(assignment.notebook, e.name))
        tasks.append(Task(e.name, e.points, rubric, label or e.name, question))
    return Register(title_of(assignment.notebook), tasks)


def read_register(folder: Path) -> Register | None:
    """Return the register of a folder of marks, or None where there is none yet.

    Raises:
        LessonError: if it cannot be read.
    """
    path = folder / RESULTS / REGISTER
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        pairs = {name: [tuple(pair) for pair in kept[name]] for name in ("remarks", "gone")}
        tasks = [Task(**task) for task in kept["tasks"]]
        # What was kept by an older version knows nothing of how a file was handed in.
        hand_ins = {file: as_hand_in(one) for file, one in kept.get("hand_ins", {}).items()}
        return Register(**kept | pairs | {"tasks": tasks, "hand_ins": hand_ins})
    except (ValueError, TypeError, KeyError):
        raise LessonError(f"{path} is damaged. Take it away and run grade again.") from None


def as_hand_in(kept: dict[str, Any]) -> HandIn:
    """Return how a file was handed in from what was kept of it."""
    return HandIn(**kept | {"people": [Person(**person) for person in kept["people"]]})


def write_register(folder: Path, register: Register) -> None:
    """Write the register."""
    write_mark_file(folder / RESULTS / REGISTER, as_text(asdict(register)))


def result_name(digest: str, student: str, file: str, assignment: str) -> str:
    """Return the name under which a result is kept: another one if anything it rests on changes."""
    return sha256(json.dumps([digest, student, file, assignment]).encode()).hexdigest()[:32]


def assignment_digest(assignment: Assignment, limits: Any) -> str:
    """Return a digest of all that a mark rests on but the submission: lesson, key, limits, code."""
    exercises = [asdict(exercise) for exercise in assignment.exercises]
    notebook = assignment.notebook
    cells = [[cell.cell_type, cell.source, cell.metadata.get("tags")] for cell in notebook.cells]
    whole = [
        about_in(notebook),
        cells,
        exercises,
        assignment.key,
        repr(limits),
        code_digest(),
    ]
    return sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


@cache
def code_digest() -> str:
    """Return a digest of our code and the course's, as it is when it is first asked for."""
    code, folders = sha256(), [PACKAGE, current().package_folder]
    for path in sorted(path for folder in folders if folder for path in folder.rglob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()


def keep_result(folder: Path, name: str, result: Result) -> None:
    """Keep a result; it is there whole or not at all."""
    write_mark_file(folder / RESULTS / f"{name}.json", as_text(result.as_json()))


def kept_result(folder: Path, name: str) -> Result | None:
    """Return a result that was kept, or None where there is none that can be read."""
    try:
        text = (folder / RESULTS / f"{name}.json").read_text(encoding="utf-8")
        return Result.from_json(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def results_of(folder: Path, register: Register) -> list[Result]:
    """Return the results that belong together.

    Raises:
        LessonError: if one is missing or damaged.
    """
    results = [kept_result(folder, name) for name in register.results]
    found = [result for result in results if result is not None]
    if len(found) < len(results):
        missing = len(results) - len(found)
        where = folder / RESULTS
        raise LessonError(f"{missing} results in {where} are missing or damaged. Run grade again.")
    return found


def write_all(
    folder: Path, register: Register, texts: dict[str, str], leave: Set[str] = frozenset()
) -> list[Path]:
    """Write the files for people, and the register.

    A file that somebody has changed since we wrote it is copied to `kept` first. A page of feedback
    that no longer belongs to anybody is taken away, unless somebody has changed it.

    Args:
        folder: the folder of marks.
        register: as it is now; what we wrote before is still in `written`.
        texts: the text of each file by its place within the folder.
        leave: places of files that stay as they are.

    Returns:
        Where the changed files were copied.
    """
    before = register.written
    new = {place: digest_of(text.encode()) for place, text in texts.items()}
    left = {place: before[place] for place in leave & set(before)}
    for place in set(before) - set(new) - leave:
        if digest_of_file(folder / place) in before[place]:
            (folder / place).unlink()
    # Should we be stopped half-way, a file holds either the text of before or the new one.
    halfway = {place: [*before.get(place, [])[-1:], new[place]] for place in sorted(new)}
    write_register(folder, replace(register, written=left | halfway))
    ours = {place: [*before.get(place, []), new[place]] for place in sorted(new)}
    copies = [
        copy_aside(folder, folder / place)
        for place in ours
        if was_changed(folder / place, ours[place])
    ]
    for place in sorted(new):
        if digest_of_file(folder / place) != new[place]:
            write_mark_file(folder / place, texts[place])
    register.written = left | {place: [new[place]] for place in sorted(new)}
    write_register(folder, register)
    return copies


def was_changed(path: Path, ours: Iterable[str]) -> bool:
    """Tell whether a file is there that holds something we did not write."""
    digest = digest_of_file(path)
    return digest is not None and digest not in ours


def copy_aside(folder: Path, path: Path) -> Path:
    """Copy a file to `kept`, unless there is such a copy, and return where the copy is."""
    number = 1
    while (copy := folder / KEPT / f"{path.stem}_{number}{path.suffix}").exists():
        if copy.read_bytes() == path.read_bytes():
            return copy
        number += 1
    write_mark_file(copy, path.read_bytes())
    return copy


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return sha256(data).hexdigest()


def digest_of_file(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None where there is none."""
    return digest_of(path.read_bytes()) if path.is_file() else None


def as_text(value: Any) -> str:
    """Return plain dictionaries and lists as the text of a JSON file."""
    return json.dumps(value, indent=1) + "\n"


def write_mark_file(path: Path, content: str | bytes) -> None:
    """Write a file of the folder of marks whole or not at all.

    Raises:
        LessonError: if another program holds it open, as a spreadsheet does on Windows.
    """
    try:
        write_atomically(path, content)
    except PermissionError:
        advice = "If it is open in another program, close it there and give the same command again."
        raise LessonError(f"{path} cannot be written. {advice}") from None
