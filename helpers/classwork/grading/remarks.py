"""What a person is told of a submission beside its marks, in sentences."""

from __future__ import annotations

from classwork.editions.assignment import Assignment, about_in
from classwork.grading.marking import Played
from classwork.grading.read_submission import Submission
from classwork.grading.results import STOPPED, UNMARKED, Mark

MOST_LISTED = 10
LONGEST_CODE = 200
CUT = {
    "time": "ran over time and was stopped",
    "died": "ended the process it ran in",
    "flood": "wrote far too much",
    "processes": "started too many processes",
    "memory": "needed far too much memory",
    "runner": "brought down the process that keeps watch",
}


def on_edition(submission: Submission, assignment: Assignment) -> list[str]:
    """Return what is odd about the edition that was handed in."""
    handed_out = about_in(assignment.notebook)
    return [
        f"The notebook says that its {what} is {submission.about[what]!r}, not "
        f"{handed_out[what]!r}: is it the right edition?"
        for what in ("lesson", "variant")
        if what in submission.about and what in handed_out
        if submission.about[what] != handed_out[what]
    ]


def on_run(played: Played) -> list[str]:
    """Return what a person should know about how the run went."""
    remarks = []
    for step, why in played.cut:
        of = ", ".join(step.answers) or step.meant_for or step.group or "no exercise"
        remarks.append(f"Cell {step.number} ({of}) {CUT[why]}; the others were run without it.")
    if played.unfinished:
        remarks.append("It took too long or broke off: not all of its cells were run.")
    if played.run.strays:
        remarks.append("It started another process and left it running; that was ended.")
    return remarks


def on_marks(marks: list[Mark]) -> list[str]:
    """Return what a person should look at in single answers."""
    remarks = []
    for mark in marks:
        if mark.verdict == UNMARKED:
            remarks.append(f"{mark.exercise}: {mark.note}.")
        elif mark.verdict == STOPPED:
            typed = " ".join(mark.answer.split())[:LONGEST_CODE]
            remarks.append(f"{mark.exercise}: {mark.words} As typed: {typed}")
    return remarks


def listed(found: list[str]) -> str:
    """Return findings as one text, the first of them if they are many."""
    more = f"; and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
    return "; ".join(found[:MOST_LISTED]) + more


def why_held_back(found: list[str]) -> str:
    """Return why a submission was not run, line by line, and what to do."""
    return (
        f"Held back, because nothing confines it here and it goes beyond what answers need: "
        f"{listed(found)}. Read it; if it is harmless, grade it with --release and its file's name."
    )
