"""What each command of the command line does; `__main__` says which there are.

What a command needs is imported when it is run: --help shall not wait for Jupyter.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from classwork.course import CourseError, current
from classwork.lesson.exercises import LessonError

if TYPE_CHECKING:
    from classwork.editions.assignment import Assignment
    from classwork.marks.people import Deadline, Listed
    from classwork.marks.writing import Summary

Command = Callable[[argparse.Namespace], int]
LINT = "The command lint says which, and fresh lays a clean copy of a lesson that was played in."
TO_MEND, STOPPED = 1, 130


def run(chosen: argparse.Namespace) -> int:
    """Run a command and return its exit code; what goes wrong is said in a sentence or two."""
    try:
        return chosen.do(chosen)
    except (LessonError, CourseError) as error:
        words, code = str(error), TO_MEND
    except KeyboardInterrupt:
        words, code = "Stopped. Nothing is lost: give the same command again.", STOPPED
    except OSError as error:
        words, code = f"{error.filename or 'A file'}: {error.strerror or error}.", TO_MEND
    except Exception as error:
        words = f"A fault of ours, not yours ({type(error).__name__}: {error}). Please report it."
        code = TO_MEND
    print(words, file=sys.stderr)
    return code


def student(chosen: argparse.Namespace) -> int:
    """Write the edition to hand out."""
    from classwork.editions.editions import student_edition, write_edition

    path, assignment = opened(chosen)
    out = chosen.out or Path(f"{path.stem}{of_variant(chosen)}_student.ipynb")
    write_edition(student_edition(assignment, chosen.title, chosen.due), out)
    say_written(out, assignment)
    return 0


def of_variant(chosen: argparse.Namespace) -> str:
    """Return what a file's name says of the variant, so that two of them can lie in one folder."""
    return f"_variant_{chosen.variant}" if chosen.variant else ""


def teacher(chosen: argparse.Namespace) -> int:
    """Write the key."""
    from classwork.editions.editions import teacher_edition, write_edition

    path, assignment = opened(chosen)
    out = chosen.out or Path(f"{path.stem}{of_variant(chosen)}_teacher.ipynb")
    write_edition(teacher_edition(assignment, chosen.title, chosen.due), out)
    say_written(out, assignment)
    print("It holds the answers: keep it to yourself.")
    return 0


def gift(chosen: argparse.Namespace) -> int:
    """Write the exercises that a quiz can ask."""
    from classwork.editions.editions import write_new
    from classwork.editions.gift import gift_of

    path, assignment = opened(chosen)
    out = chosen.out or Path(f"{path.stem}{of_variant(chosen)}_gift.txt")
    text, left_out = gift_of(assignment)
    write_new(text, out)
    asked = counted(len(assignment.exercises) - len(left_out), "question")
    print(f"Written: {out} ({asked}). It holds the answers: keep it to yourself.")
    if left_out:
        exercises = counted(len(left_out), "exercise")
        print(f"Left out: {exercises} that no quiz of this kind can check: {', '.join(left_out)}.")
    return 0


def lint(chosen: argparse.Namespace) -> int:
    """Say what is wrong with a lesson."""
    from classwork.lint.lint import lint

    path = find_lesson(chosen.lesson)
    faults = lint(path)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} to mend in {path}." if faults else f"Nothing to mend in {path}.")
    return TO_MEND if faults else 0


def refresh(chosen: argparse.Namespace) -> int:
    """Run a lesson and save it, with its key."""
    from classwork.lesson.refresh import refresh_all

    refresh_all([find_lesson(chosen.lesson)])
    return 0


def new(chosen: argparse.Namespace) -> int:
    """Write a new lesson."""
    from classwork.lint.new_lesson import new_lesson

    for path in new_lesson(chosen.title):
        print(f"Written: {path}")
    return 0


def fresh(chosen: argparse.Namespace) -> int:
    """Lay a clean copy of a lesson beside those that are there, or of each that is missing."""
    from classwork.lesson.copies import lay_fresh, lay_out

    if chosen.lesson:
        path = lay_fresh(find_lesson(chosen.lesson))
        print(f"Written: {path}. What you worked in before is as you left it.")
    elif laid := lay_out():
        print(f"Your own copies of {counted(len(laid), 'lesson')} lie in {laid[0].parent}.")
    return 0


def to_nbgrader(chosen: argparse.Namespace) -> int:
    """Write a lesson into a course of nbgrader."""
    from classwork.editions.nbgrader import export

    path, assignment = opened(chosen)
    written = export(assignment, path.stem, chosen.course, chosen.title, chosen.due)
    say_written(written, assignment)
    print(f"Next, in {chosen.course}: nbgrader generate_assignment {path.stem}")
    return 0


def grade(chosen: argparse.Namespace) -> int:
    """Grade a pile of submissions."""
    from classwork.grading.grader import EngineError, Grader, Limits
    from classwork.marks.batch import Job, StoppedError, grade_pile
    from classwork.marks.submissions import read_pile

    refuse_out(chosen.out, chosen.submissions)
    deadline, people = told_of_time(chosen)
    pile = read_pile(chosen.submissions, find_lesson(chosen.lesson).stem)
    if sys.stderr.isatty():
        print("First the lesson itself is run, for its answers.", file=sys.stderr)
    _, assignment = opened(chosen)
    job = Job(assignment, Limits(), Grader, frozenset(chosen.release), deadline, people)
    try:
        summary = grade_pile(job, pile, chosen.out)
    except EngineError as error:
        raise LessonError(str(error)) from None
    except StoppedError as stopped:
        print(stopped, file=sys.stderr)
        return STOPPED
    say_summary(summary)
    return 0


def told_of_time(chosen: argparse.Namespace) -> tuple[Deadline, list[Listed]]:
    """Return until when work could be handed in, and what people.csv says.

    Raises:
        LessonError: if one of them cannot be read.
    """
    from classwork.lesson.due import read_moment
    from classwork.marks.people import Deadline, read_people

    per_day = chosen.late_per_day
    if per_day and not chosen.due:
        raise LessonError("--late-per-day needs --due: from when on is work late?")
    if not 0 <= per_day <= 100:
        raise LessonError(f"--late-per-day is {per_day:g}; it is per cent, from 0 to 100.")
    at = read_moment(chosen.due) if chosen.due else None
    return Deadline(at, per_day), read_people(chosen.people) if chosen.people else []


def give_back(chosen: argparse.Namespace) -> int:
    """Fill in the sheet of marks that a platform gave, and pack the feedback for it."""
    from classwork.marks.platforms import give_back

    given = give_back(chosen.marks, chosen.sheet, chosen.column)
    marks = counted(given.filled, "mark")
    print(f"Written: {given.sheet} ({marks} filled in, {given.platform}, column {given.column!r})")
    if given.scale:
        print(f"The sheet counts to {given.scale[1]}, the lesson to {given.scale[0]}: scaled.")
    if given.pages:
        print(f"Written: {given.feedback} ({counted(given.pages, 'page')} of feedback)")
    if given.notes:
        print(f"{counted(len(given.notes), 'thing')} to look at:")
    for line in given.notes:
        print(f"  {line}")
    return 0


def merge(chosen: argparse.Namespace) -> int:
    """Merge marks given by hand, or put several folders of marks together."""
    from classwork.marks.merging import join, merge

    if chosen.out is None and len(chosen.marks) > 1:
        raise LessonError("To put several folders together, name a new one for all with --out.")
    say_summary(join(chosen.marks, chosen.out) if chosen.out else merge(chosen.marks[0]))
    return 0


def opened(chosen: argparse.Namespace) -> tuple[Path, Assignment]:
    """Return a lesson's file and the assignment it makes with what was chosen.

    Raises:
        LessonError: if it is not a notebook, or one of its cells fails.
    """
    from nbclient.exceptions import CellExecutionError

    from classwork.editions.assignment import open_assignment

    path = find_lesson(chosen.lesson)
    only = tuple(name.strip() for name in chosen.only.split(",") if name.strip())
    try:
        return path, open_assignment(path, only=only, variant=chosen.variant)
    except CellExecutionError as error:
        words = f"{error.ename}: {error.evalue}"
        raise LessonError(f"{path.name} does not run: a cell stops with {words}. {LINT}") from None


def find_lesson(name: str) -> Path:
    """Return a lesson's file from its path or from a part of its name, such as "06" or "leap".

    Raises:
        LessonError: if there is none, or several.
    """
    path = Path(name)
    if path.is_file():
        return path
    stem = path.name.removesuffix(".ipynb")
    found = sorted(current().notebooks.glob("[0-9][0-9]_*.ipynb")) if path.name == name else []
    fitting = [p for p in found if p.stem == stem] or [p for p in found if begins(p.stem, stem)]
    fitting = fitting or [p for p in found if stem and stem.casefold() in p.stem]
    if len(fitting) == 1:
        return fitting[0]
    if path.is_dir():
        raise LessonError(f"{name} is a folder. Name a lesson's file, or write 06 for lesson 06.")
    choice = ", ".join(p.stem for p in fitting or found)
    offer = f" The lessons are: {choice}." if choice else ""
    raise LessonError(f"There is no lesson {name}.{offer}")


def begins(stem: str, name: str) -> bool:
    """Tell whether a lesson's name begins so; 6 is as good as 06."""
    number = name.zfill(2) if name.isdecimal() else name
    return bool(name) and stem.startswith(number)


def refuse_out(out: Path, submissions: Path) -> None:
    """Raise LessonError if the marks would be written where they must not."""
    if out.resolve().is_relative_to(submissions.resolve()):
        raise LessonError(
            f"{out} lies within {submissions}. Nothing is ever written beside what students handed "
            "in: choose a folder of its own for the marks."
        )
    if out.exists() and not out.is_dir():
        raise LessonError(f"{out} is a file. Name a folder for the marks.")


def say_written(path: Path, assignment: Assignment) -> None:
    """Say what was written, what it is worth, and what is left out of it."""
    exercises = assignment.exercises
    points = sum(exercise.points for exercise in exercises)
    print(f"Written: {path} ({len(exercises)} exercises, {points} points)")
    if left_out := assignment.left_out:
        print(f"Left out of this variant: {', '.join(left_out)}.")


def say_summary(summary: Summary) -> None:
    """Say what there is now, and what to do next."""
    folder = summary.folder
    print(f"{counted(summary.submissions, 'submission')} graded. In {folder} you find")
    print("  gradebook.csv   the points of each student and exercise")
    print("  students.csv    the same, a row for each student")
    print("  feedback        a page for each student")
    print(f"  attention.csv   {counted(summary.attention, 'thing')} to look at")
    if summary.late:
        print(f"  late            {counted(summary.late, 'submission')}: see attention.csv")
    print(f"  to_read.csv     {counted(summary.open, 'answer')} still to mark by hand")
    if summary.comments:
        comments = counted(summary.comments, "comment")
        print(f"  comments.csv    {comments} that you can write by a short name")
    if summary.changed:
        answers = counted(summary.changed, "answer")
        print(f"Changed since you marked: {answers}. See the column 'changed' of to_read.csv.")
    if summary.gone:
        print(
            f"{counted(summary.gone, 'mark')} of work that is not there now: kept in to_read.csv."
        )
    for path in summary.copies:
        print(f"A copy of what you had changed by hand is kept in {path}")
    if summary.open:
        print("Next: type points and comments into to_read.csv, save it as CSV, then run")
        print(f"  {current().command} merge {quoted(folder)}")


def counted(number: int, thing: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "answer"), counted(3, "answer")
    ('1 answer', '3 answers')
    """
    return f"{number} {thing}" + ("" if number == 1 else "s")


def quoted(path: Path) -> str:
    """Return a path as it has to be typed."""
    return f'"{path}"' if " " in str(path) else str(path)
