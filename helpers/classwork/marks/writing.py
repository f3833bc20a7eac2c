"""Writing the folder of marks: gradebook, answers to read, attention, pages of feedback."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classwork.grading.results import Result
from classwork.marks import feedback, gradebook, store
from classwork.marks.comments import COMMENTS, Bank, bank_text, offered, with_repeated
from classwork.marks.gradebook import Sheet
from classwork.marks.hand_marks import TO_READ, Placed, refuse
from classwork.marks.store import Register


@dataclass
class Summary:
    """What was written.

    Attributes:
        folder: the folder of marks.
        submissions: how many there are.
        open: how many answers a person has still to mark.
        attention: how many rows attention.csv has.
        changed: how many hand marks stand on an answer that has changed.
        gone: how many hand marks belong to nothing in the pile.
        comments: how many comments can be written by a short name.
        late: how many submissions came late.
        copies: where files were copied that somebody had changed by hand.
    """

    folder: Path
    submissions: int
    open: int
    attention: int
    changed: int
    gone: int
    comments: int
    late: int
    copies: list[Path]


def write_marks(
    folder: Path,
    register: Register,
    results: list[Result],
    placed: Placed,
    bank: Bank,
    leave_to_read: bool = False,
) -> Summary:
    """Write every file for people.

    Args:
        folder: the folder of marks.
        register: what belongs together.
        results: what the program found, in the order of the gradebook.
        placed: what the teacher has typed.
        bank: comments by their short names; those typed twice are added.
        leave_to_read: whether to_read.csv stays as the teacher saved it.

    Raises:
        LessonError: if a mark is not possible, or a file is open elsewhere.
    """
    refuse(folder / TO_READ, placed.faults)
    register.gone = [(hand.cells["file"], hand.cells["exercise"]) for hand in placed.gone]
    sheets = gradebook.sheets_of(register, results, placed)
    attention = gradebook.attention_rows(register, sheets)
    texts = texts_of(register, sheets, attention)
    typed = [hand.comment for hand in [*placed.marks.values(), *placed.gone]]
    bank, before = with_repeated(bank, typed), bank
    leave = set()
    if leave_to_read:
        leave.add(TO_READ)
    else:
        texts[TO_READ] = gradebook.to_read_text(register, sheets, placed.gone, offered(bank))
    if bank == before and (not bank or (folder / COMMENTS).exists()):
        leave.add(COMMENTS)
    else:
        texts[COMMENTS] = bank_text(bank)
    copies = store.write_all(folder, register, texts, leave)
    return Summary(
        folder,
        submissions=len(sheets),
        open=sum(sheet.open for sheet in sheets),
        attention=len(attention),
        changed=sum(changed(sheet) for sheet in sheets),
        gone=len(placed.gone),
        comments=len(bank),
        late=sum(sheet.hand_in.days != 0 for sheet in sheets),
        copies=copies,
    )


def texts_of(
    register: Register, sheets: list[Sheet], attention: list[tuple[str, str, str]]
) -> dict[str, str]:
    """Return the files that hold nothing a teacher types into, by their place in the folder."""
    names = feedback.page_names(sheets)
    return {
        gradebook.GRADEBOOK: gradebook.gradebook_text(sheets),
        gradebook.STUDENTS: gradebook.students_text(register, sheets),
        gradebook.ATTENTION: gradebook.attention_text(attention),
    } | {
        name: feedback.page(register, sheet, person)
        for name, (sheet, person) in zip(names, gradebook.each_person(sheets), strict=True)
    }


def changed(sheet: Sheet) -> int:
    """Return how many hand marks of a submission stand on an answer that has changed."""
    return sum(bool(line.hand and line.hand.changed) for line in sheet.lines)
