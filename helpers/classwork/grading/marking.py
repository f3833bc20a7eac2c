"""From the values that a run gave to marks. This runs in the teacher's process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from classwork.editions.assignment import Assignment
from classwork.grading.results import BLANK, RIGHT, UNMARKED, WRITTEN, WRONG, Mark
from classwork.grading.sandbox.engine import Run
from classwork.grading.sandbox.serialise import LONGEST_TEXT
from classwork.grading.student_cells import Step, Work, under_another_name
from classwork.lesson.exercises import Exercise
from classwork.practice.check import (
    CORRECT,
    NOT_ANSWERED,
    TRIED,
    Verdict,
    is_blank,
    judge,
    same,
)

REASONS = {
    "time": "Your cell took too long and was stopped.",
    "died": "Your cell ended the program it ran in.",
    "flood": "Your cell wrote far too much.",
    "processes": "Your cell started too many programs.",
    "memory": "Your cell needed far too much memory.",
    "runner": "Your cell ended the program it ran in.",
}
LONGEST_MESSAGE = 300


@dataclass
class Played:
    """What running a student's work gave, in as many runs as it took.

    Attributes:
        run: values and errors of all runs together.
        cut: the cells that were left out because they could not be run to their end, with why.
        unfinished: whether the rest could not be run either.
    """

    run: Run
    cut: list[tuple[Step, str]] = field(default_factory=list)
    unfinished: bool = False


def marks_of(assignment: Assignment, work: Work, played: Played) -> list[Mark]:
    """Return a mark for each exercise, in the lesson's order."""
    return [mark(e, assignment.key[e.name], work, played) for e in assignment.exercises]


def mark(exercise: Exercise, key: dict[str, Any], work: Work, played: Played) -> Mark:
    """Return the mark for one exercise: all its points or none."""
    answer = last_answer(played.run.values.get(exercise.name, []))
    if is_blank(answer):
        return without_answer(exercise, key, work, played)
    if key["free_text"]:
        return written(exercise, key, answer)
    return judged(exercise, key, answer)


def judged(exercise: Exercise, key: dict[str, Any], answer: Any) -> Mark:
    """Return the mark for an answer that can be compared."""
    value, kind = for_comparison(answer, key["expected"])
    try:
        verdict = judge(exercise.name, value, key, kind)
    except (ValueError, OverflowError, TypeError):
        words = "Not quite. The answer is of a kind that cannot be compared."
        verdict = Verdict(TRIED, words)
    right = verdict.state == CORRECT
    points = exercise.points if right else 0
    return Mark(exercise.name, points, exercise.points, RIGHT if right else WRONG, verdict.words)


def written(exercise: Exercise, key: dict[str, Any], answer: Any) -> Mark:
    """Return the mark for an answer in words, which waits for a person."""
    words = judge(exercise.name, answer, key).words
    if not isinstance(answer, str):
        return Mark(exercise.name, 0, exercise.points, WRONG, words)
    note = "cut: it was too long" if len(answer) > LONGEST_TEXT else ""
    if same(answer, key["expected"]):
        note = "word for word the lesson's own sample answer"
    text = answer[:LONGEST_TEXT]
    return Mark(exercise.name, None, exercise.points, WRITTEN, words, note, text)


def without_answer(exercise: Exercise, key: dict[str, Any], work: Work, played: Played) -> Mark:
    """Return the mark where there is no value: stopped, unmarked or blank."""
    own = [step for step in work.steps if exercise.name in step.answers]
    stopped = [played.run.stopped[s.number] for s in own if s.number in played.run.stopped]
    cut = [why for step, why in played.cut if step in own or step.meant_for == exercise.name]
    nothing = Mark(exercise.name, 0, exercise.points, WRONG)
    if cut:
        nothing.words = REASONS[cut[-1]]
    elif stopped:
        nothing.words = words_for_error(stopped[-1])
    elif own and played.unfinished:
        return unmarked(exercise, own, "not run: the submission could not be run to its end")
    elif elsewhere := under_another_name(work, exercise.name):
        note = f"its cell ({elsewhere.number}) gives {exercise.name} no value"
        return unmarked(exercise, [elsewhere], note)
    else:
        nothing.verdict, nothing.words = BLANK, NOT_ANSWERED
    return nothing


def unmarked(exercise: Exercise, steps: list[Step], note: str) -> Mark:
    """Return the mark of an answer that a person has to look at."""
    code = "\n\n".join(step.source for step in steps)[:LONGEST_TEXT]
    words = "Your teacher will look at this answer."
    return Mark(exercise.name, None, exercise.points, UNMARKED, words, note, code)


def words_for_error(stopped: dict[str, Any]) -> str:
    """Return what a student is told of the error that stopped a cell."""
    kind, message = str(stopped.get("kind", "error")), str(stopped.get("message", ""))
    line = stopped.get("line")
    place = f" (line {line})" if type(line) is int else ""
    about = f"{kind}: {' '.join(message.split())}" if message.strip() else kind
    return f"Your cell stopped: {about[:LONGEST_MESSAGE]}{place}."


def last_answer(values: list[Any]) -> Any:
    """Return the last of the values that is not blank."""
    return next((value for value in reversed(values) if not is_blank(value)), None)


def for_comparison(value: Any, expected: Any) -> tuple[Any, str]:
    """Return a value as `judge` compares it, and the name of its type, "" where it is itself.

    A column of a table counts as a list where a list is asked for; where it is not, and for
    everything that is not compared, the student is told what kind of thing it is.
    """
    if isinstance(value, list):
        return object(), "list"
    if not isinstance(value, dict):
        return value, ""
    members, kind = value.get("members"), value.get("kind")
    if isinstance(members, list) and (isinstance(expected, list) or kind in ("list", "tuple")):
        kept = [member for member in members if not isinstance(member, (dict, list))]
        return (tuple(kept) if kind == "tuple" else kept), ""
    return object(), kind if isinstance(kind, str) and kind.isidentifier() else "value"
