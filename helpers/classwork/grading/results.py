"""What grading finds: plain records that can be kept as JSON and read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

RIGHT, PARTLY, WRONG, BLANK = "right", "partly", "wrong", "blank"
WRITTEN, STOPPED, UNMARKED = "written", "stopped", "unmarked"


@dataclass
class Mark:
    """What one student gets for one exercise.

    Attributes:
        exercise: its name.
        points: what is given; None where a person has still to mark it.
        of: what it is worth.
        verdict: RIGHT, PARTLY (some of a list), WRONG, BLANK, WRITTEN (an answer in words, to be
            read), STOPPED (its cell gave nothing: no points until a person gives some) or UNMARKED
            (an answer that no program could mark, to be looked at).
        words: what the student is told; it never holds the expected answer.
        note: what the teacher should know, such as "right once stalin_sum is put right", or "".
        answer: the student's written answer, or the code of an answer that a person must look at.
        typed: what the student typed into the cell that counts.
        next_step: what to try next, or "".
    """

    exercise: str
    points: float | None
    of: int
    verdict: str
    words: str = ""
    note: str = ""
    answer: str = ""
    typed: str = ""
    next_step: str = ""


@dataclass
class Result:
    """What grading one submission gave.

    Attributes:
        student: who handed it in, from the file's name.
        file: the file's place within the folder or zip of submissions.
        marks: one for each exercise, in the lesson's order; empty where nothing could be read.
        attention: what a person should look at, each in a sentence.
        fingerprint: the same for two submissions whose answers are copies of each other; "" where
            too little was written to tell.
        digest: the SHA-256 of the submission's bytes; "" where they could not be read.
    """

    student: str
    file: str
    marks: list[Mark] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    fingerprint: str = ""
    digest: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return this as plain dictionaries and lists."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Result:
        """Return the result that `as_json` gave."""
        return cls(**kept | {"marks": [Mark(**mark) for mark in kept["marks"]]})
