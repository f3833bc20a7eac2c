"""Grading one submission after another: from a file's bytes to its marks.

with Grader(open_assignment(path), Limits()) as grader:
    result = grader.grade("Anna", "anna.ipynb", data)
"""

from __future__ import annotations

import sys

from classwork.course import current
from classwork.editions.assignment import Assignment
from classwork.grading import fingerprint, marking, remarks, static_checks
from classwork.grading.marking import Played
from classwork.grading.provided_cells import given_cells
from classwork.grading.read_submission import Submission, UnreadableError, read_submission
from classwork.grading.results import BLANK, RIGHT, WRITTEN, Mark, Result
from classwork.grading.sandbox.engine import Engine, EngineError, Limits, Run
from classwork.grading.student_cells import (
    Lesson,
    Step,
    Work,
    as_request,
    builds_on_changes,
    find_work,
    in_a_circle,
    leans_on,
    statement_by_statement,
)
from classwork.practice.check import same

__all__ = ["EngineError", "Grader", "Limits"]
MOST_CUT = 5
BEYOND_US = "It could not be marked by program, through a fault of ours: mark it by hand."


class Grader:
    """Grades the submissions of one assignment.

    Attributes:
        confined: whether what runs is confined; if not, suspicious submissions are held back.
        engine: "fork" or "fresh".
    """

    def __init__(self, assignment: Assignment, limits: Limits, engine: str = "auto") -> None:
        """Prepare; the first submission starts the process in which all of them run.

        Args:
            assignment: what `open_assignment` gives.
            limits: what one submission may use.
            engine: "fork" (Linux), "fresh" (a process anew for each), or "auto".
        """
        if engine == "auto":
            engine = "fork" if sys.platform == "linux" else "fresh"
        self.assignment, self.limits, self.engine = assignment, limits, engine
        self.lesson = Lesson(assignment)
        setting = {
            "given": given_cells(assignment),
            "exercises": self.lesson.names,
            "lessons": str(current().notebooks),
            "quiet": current().quiet,
        }
        self.runs = Engine(setting, limits, engine)
        self.confined = self.runs.confined

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_error: object) -> None:
        self.runs.finish()

    def grade(self, student: str, file: str, data: bytes, released: bool = False) -> Result:
        """Return the marks of one submission; whatever it holds, this does not fail.

        Args:
            student: who handed it in.
            file: where it was found.
            data: the file's bytes.
            released: whether a person has read it: then it is run even where it cannot be confined.

        Raises:
            EngineError: if the lesson's own cells do not run, or no process can be started.
        """
        result = Result(student, file)
        try:
            self.fill_in(result, read_submission(data), released)
        except UnreadableError as error:
            result.attention.append(str(error))
        except EngineError:
            raise
        except Exception as error:  # one odd file must not keep thirty students from their marks
            what = f"{type(error).__name__}: {error}"
            return Result(student, file, attention=[f"{BEYOND_US} ({what})"])
        return result

    def fill_in(self, result: Result, submission: Submission, released: bool) -> None:
        """Fill in the marks of a submission that could be read."""
        work = find_work(submission, self.lesson)
        result.attention += [*remarks.on_edition(submission, self.assignment), *work.remarks]
        found = [what for step in work.steps for what in static_checks.look(step)]
        if found and not self.confined and not released:
            result.marks = held_back(self.assignment, work)
            result.attention.append(remarks.why_held_back(found))
            return
        if found:
            result.attention.append(f"It goes beyond what answers need: {remarks.listed(found)}.")
        self.run_and_mark(work, result)
        result.fingerprint = fingerprint.of(work, result.marks, self.lesson.names)

    def run_and_mark(self, work: Work, result: Result) -> None:
        """Run a student's work and fill in marks and what calls for attention."""
        played = self.play(work)
        result.marks = marking.marks_of(self.assignment, work, played)
        self.as_it_stood(work, result.marks, played)
        self.follow_through(work, result.marks, played)
        result.attention += remarks.on_run(played)
        result.attention += remarks.on_marks(result.marks)

    def play(self, work: Work) -> Played:
        """Run a student's work; a cell that does not let the others run is left out."""
        played = Played(Run())
        steps = list(work.steps)
        while steps and len(played.cut) < MOST_CUT:
            run = self.runs.run(as_request(steps, {}), self.limits.whole - played.run.took)
            add(played.run, run)
            if not run.why:
                return played
            culprit = next((step for step in steps if step.number == run.at), None)
            if run.why == "whole" or culprit is None:
                break
            played.cut.append((culprit, run.why))
            steps.remove(culprit)
        played.unfinished = bool(steps)
        return played

    def as_it_stood(self, work: Work, marks: list[Mark], played: Played) -> None:
        """Mark again what is right in the student's own notebook, run from top to bottom.

        Before each answer the lesson's names get their values back, which undoes mishaps; but some
        change them on purpose, and go on with what they made.
        """
        amiss = {mark.exercise for mark in marks if mark.verdict not in (RIGHT, WRITTEN)}
        if amiss & builds_on_changes(work, self.lesson.given_names):
            request = as_request(without_cut(work.steps, played), {}, restoring=False)
            run = self.runs.run(request, self.limits.whole - played.run.took)
            played.run.took += run.took
            again = marking.marks_of(self.assignment, work, Played(run))
            marks[:] = [
                new if old.exercise in amiss and new.verdict == RIGHT else old
                for old, new in zip(marks, again, strict=True)
            ]

    def follow_through(self, work: Work, marks: list[Mark], played: Played) -> None:
        """Mark again what went wrong only because an earlier answer was wrong.

        For that right values are lent to the process that runs the exercise: never its own, never
        one that equals it, and none where answers lean on each other in a circle.
        """
        leans = leans_on(work, self.lesson.names)
        amiss = {m.exercise for m in marks if m.verdict not in (RIGHT, WRITTEN)}
        amiss -= {e.name for e in self.assignment.exercises if e.free_text}
        for place, mark in enumerate(marks):
            causes = sorted(leans[mark.exercise] & amiss)
            if (
                mark.exercise in amiss
                and causes
                and not in_a_circle(leans, mark.exercise)
                and not any(self.equal(mark.exercise, cause) for cause in causes)
                and played.run.took < self.limits.whole
            ):
                marks[place] = self.marked_again(work, mark, place, causes, played)

    def equal(self, one: str, other: str) -> bool:
        """Tell whether the answer to one exercise would pass for that to another."""
        key = self.assignment.key
        return same(key[other]["expected"], key[one]["expected"])

    def marked_again(
        self, work: Work, mark: Mark, place: int, causes: list[str], played: Played
    ) -> Mark:
        """Return the mark an exercise gets once the answers it leans on are put right."""
        key = self.assignment.key
        last = max(n for n, step in enumerate(work.steps) if mark.exercise in step.answers)
        steps = statement_by_statement(without_cut(work.steps[: last + 1], played))
        right_values = {name: key[name]["expected"] for name in causes}
        left = self.limits.whole - played.run.took
        run = self.runs.run(as_request(steps, right_values), left)
        played.run.took += run.took
        exercise = self.assignment.exercises[place]
        again = marking.mark(exercise, key[mark.exercise], work, Played(run))
        if again.verdict != RIGHT:
            return mark
        names, why = " and ".join(causes), key[mark.exercise]["why"]
        again.note = f"right once {names} is put right"
        again.words = f"Correct, given your answer to {names}: only that one went wrong. {why}"
        again.typed = mark.typed
        return again


def without_cut(steps: list[Step], played: Played) -> list[Step]:
    """Return the cells without those that could not be run to their end."""
    cut = [step for step, _ in played.cut]
    return [step for step in steps if step not in cut]


def add(all_runs: Run, run: Run) -> None:
    """Add one run to what is known from those before."""
    for name, values in run.values.items():
        all_runs.values.setdefault(name, []).extend(values)
    all_runs.stopped.update(run.stopped)
    all_runs.strays = all_runs.strays or run.strays
    all_runs.took += run.took


def held_back(assignment: Assignment, work: Work) -> list[Mark]:
    """Return marks for a submission that is not run: a person has to look at each answer."""
    marks = []
    for exercise in assignment.exercises:
        own = [step for step in work.steps if exercise.name in (*step.answers, step.meant_for)]
        if own:
            marks.append(marking.unmarked(exercise, own, "held back: not run"))
        else:
            marks.append(Mark(exercise.name, 0, exercise.points, BLANK, "Not answered yet."))
    return marks
