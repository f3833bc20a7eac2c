"""Grading a whole pile: each submission kept as soon as it is graded, so that it can be resumed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tqdm import tqdm

from classwork.editions.assignment import Assignment
from classwork.grading.results import Result
from classwork.grading.sandbox.engine import EngineError, Limits
from classwork.lesson.exercises import LessonError
from classwork.marks import store
from classwork.marks.comments import COMMENTS, read_bank
from classwork.marks.gradebook import GRADEBOOK
from classwork.marks.hand_marks import TO_READ, note_changes, place, read_hand_marks
from classwork.marks.people import Deadline, Listed, hand_ins_of
from classwork.marks.store import Register
from classwork.marks.submissions import Pile, Submission, UnreadableError
from classwork.marks.writing import Summary, write_marks

MakeGrader = Callable[[Assignment, Limits], Any]


class StoppedError(Exception):
    """Somebody pressed Ctrl-C; the message says what is done and how to go on."""


@dataclass
class Job:
    """What grading a pile needs.

    Attributes:
        assignment: what `open_assignment` gives.
        limits: what one submission may use.
        make_grader: returns a grader for an assignment and limits, to be used in a `with` block.
        released: the files that a person has read and lets run.
        deadline: until when work could be handed in.
        people: what people.csv says.
    """

    assignment: Assignment
    limits: Limits
    make_grader: MakeGrader
    released: frozenset[str] = frozenset()
    deadline: Deadline = Deadline()
    people: Sequence[Listed] = ()


def grade_pile(job: Job, pile: Pile, folder: Path) -> Summary:
    """Grade what is not graded yet and write everything into the folder of marks.

    Args:
        job: what grading needs.
        pile: the submissions.
        folder: the folder of marks; what a teacher has typed in it is kept.

    Raises:
        LessonError: if the folder belongs to another lesson, or its to_read.csv has to be mended,
            or a file to be released is not there.
        StoppedError: on Ctrl-C.
    """
    if missing := sorted(job.released - {s.file for s in pile.submissions}):
        raise LessonError(
            f"There is no submission {missing[0]!r} to release. Copy its name from "
            "the column 'file' of attention.csv."
        )
    register = store.register_of(job.assignment)
    register.written = earlier_register(folder, register).written
    # Should it have to be mended, the teacher learns it before the pile is graded, not after.
    read_hand_marks(folder / TO_READ)
    graded = grade_each(job, pile, folder)
    results = list(graded.values())
    register.hand_ins, remarks = hand_ins_of(pile.submissions, job.people, job.deadline)
    register.results, register.remarks = list(graded), pile.remarks + remarks
    placed = place(read_hand_marks(folder / TO_READ), results, register.tasks)
    note_changes(placed, results)
    return write_marks(folder, register, results, placed, read_bank(folder / COMMENTS))


def earlier_register(folder: Path, register: Register) -> Register:
    """Return what the folder of marks holds from before, or a new register.

    Raises:
        LessonError: if that is not this lesson's, or not a folder of marks.
    """
    before = store.read_register(folder)
    if before is None:
        if any((folder / name).exists() for name in (GRADEBOOK, TO_READ)):
            raise LessonError(
                f"{folder} holds a gradebook that was not made here. "
                "Choose another folder for the marks."
            )
        return register
    if not {task.name for task in before.tasks} & {task.name for task in register.tasks}:
        raise LessonError(
            f"{folder} holds the marks of another lesson ({before.title}). "
            "Choose another folder for the marks."
        )
    return before


def grade_each(job: Job, pile: Pile, folder: Path) -> dict[str, Result]:
    """Return the result of each submission by its name, keeping each as soon as it is there."""
    assignment = store.assignment_digest(job.assignment, job.limits)
    graded: dict[str, Result] = {}
    try:
        with LazyGrader(job) as grader:
            bar = tqdm(pile.submissions, "Grading", unit="submission", disable=None)
            for submission in bar:
                name, result = grade_one(grader, submission, assignment, folder)
                graded[name] = result
    except KeyboardInterrupt:
        raise StoppedError(
            f"Stopped: {len(graded)} of {len(pile.submissions)} are graded. Nothing is lost. "
            "Give the same command again, and it goes on from there."
        ) from None
    return graded


def grade_one(
    grader: LazyGrader, submission: Submission, assignment: str, folder: Path
) -> tuple[str, Result]:
    """Return one submission's result and the name it is kept under; it is graded if need be."""
    student, file = submission.student, submission.file
    try:
        data = submission.read()
    except UnreadableError as error:
        name = store.result_name("unread", student, file, str(error))
        result = Result(student, file, attention=[str(error)])
    else:
        digest = sha256(data).hexdigest()
        released = file in grader.job.released
        name = store.result_name(digest, student, file, f"{assignment} {released}")
        if kept := store.kept_result(folder, name):
            return name, kept
        name, result = grader.grade(submission, data, name)
        result.digest = digest
    store.keep_result(folder, name, result)
    return name, result


class LazyGrader:
    """A grader that is made when the first submission needs it; often everything is kept."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.grader: Any = None

    def __enter__(self) -> LazyGrader:
        self.stack = ExitStack()
        return self

    def __exit__(self, *error: Any) -> None:
        self.stack.close()

    def grade(self, submission: Submission, data: bytes, name: str) -> tuple[str, Result]:
        """Return the name to keep a result under, and the result.

        A fault of the grader itself must not stop the rest of the pile; what comes of it is kept
        under another name, so that it is tried again next time.
        """
        if self.grader is None:
            made = self.job.make_grader(self.job.assignment, self.job.limits)
            self.grader = self.stack.enter_context(made)
        student, file = submission.student, submission.file
        try:
            released = file in self.job.released
            return name, self.grader.grade(student, file, data, released=released)
        except (LessonError, EngineError):
            raise
        except Exception as error:
            what = f"Not graded: the grader itself failed ({type(error).__name__}: {error})."
            return f"{name}_failed", Result(student, file, attention=[what])
