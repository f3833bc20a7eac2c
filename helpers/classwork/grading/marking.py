"""From the values that a run gave to marks. This runs in the teacher's process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from classwork.editions.assignment import Assignment
from classwork.grading.results import (
    BLANK,
    PARTLY,
    RIGHT,
    STOPPED,
    UNMARKED,
    WRITTEN,
    WRONG,
    Mark,
)
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
    is_collection,
    judge,
    same,
    words_of,
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
    """Return the mark for one exercise."""
    answer = last_answer(played.run.values.get(exercise.name, []))
    if is_blank(answer):
        found = without_answer(exercise, key, work, played)
    elif key["free_text"]:
        found = written(exercise, key, answer)
    else:
        found = judged(exercise, key, answer)
    own = [step for step in work.steps if exercise.name in (*step.answers, step.meant_for)]
    found.typed = own[-1].source.strip()[:LONGEST_TEXT] if own else ""
    return found


def judged(exercise: Exercise, key: dict[str, Any], answer: Any) -> Mark:
    """Return the mark for an answer that can be compared."""
    value, kind = for_comparison(answer, key["expected"])
    try:
        verdict = judge(exercise.name, value, key, kind)
    except (ValueError, OverflowError, TypeError):
        words = "Not quite. The answer is of a kind that cannot be compared."
        verdict = Verdict(TRIED, words)
    mark = Mark(exercise.name, 0, exercise.points, WRONG, verdict.words)
    if verdict.state == CORRECT:
        mark.points, mark.verdict = exercise.points, RIGHT
    elif points := part_of_a_list(value, key["expected"], exercise.points):
        mark.points, mark.verdict = points, PARTLY
    elif verdict.remedy:
        mark.next_step = next(iter(key["hints"]), "")
    return mark


def part_of_a_list(answer: Any, expected: Any, of: int) -> float:
    """Return the points for some of a list, in halves: what is right less what is too much.

    >>> part_of_a_list(["coal", "steel", "gas"], ["coal", "steel", "gas", "wool"], 3)
    2.0
    """
    if not (isinstance(expected, list) and is_collection(answer)):
        return 0
    given, wanted = words_of(answer), words_of(expected)
    right, too_much = len(given & wanted), len(given - wanted)
    return max(0, right - too_much) * of * 2 // len(wanted) / 2


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
    if cut or stopped:
        words = REASONS[cut[-1]] if cut else words_for_error(stopped[-1])
        mine = [step for step in work.steps if exercise.name in (*step.answers, step.meant_for)]
        if key["free_text"]:
            return unmarked(exercise, mine, "to be read as typed, for its cell gives no text")
        mark = Mark(exercise.name, 0, exercise.points, STOPPED, words, "", code_of(mine))
        mark.next_step = str(stopped[-1].get("plainly", "")) if stopped and not cut else ""
        return mark
    nothing = Mark(exercise.name, 0, exercise.points, BLANK, NOT_ANSWERED)
    nothing.next_step = next(iter(key["hints"]), "")
    if own and played.unfinished:
        return unmarked(exercise, own, "not run: the submission could not be run to its end")
    elif elsewhere := under_another_name(work, exercise.name):
        note = f"its cell ({elsewhere.number}) gives {exercise.name} no value"
        return unmarked(exercise, [elsewhere], note)
    return nothing


def unmarked(exercise: Exercise, steps: list[Step], note: str) -> Mark:
    """Return the mark of an answer that a person has to look at."""
    words = "Your teacher will look at this answer."
    return Mark(exercise.name, None, exercise.points, UNMARKED, words, note, code_of(steps))


def code_of(steps: list[Step]) -> str:
    """Return what a student typed, cell by cell."""
    return "\n\n".join(step.source for step in steps)[:LONGEST_TEXT]


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
