"""From what grading found and what the teacher typed to the tables she opens in a spreadsheet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from classwork.grading.results import BLANK, STOPPED, UNMARKED, Mark, Result
from classwork.lesson.due import in_words
from classwork.marks.hand_marks import COLUMNS, HandMark, Placed
from classwork.marks.spreadsheet import csv_text, plain_number
from classwork.marks.store import HandIn, Person, Register

GRADEBOOK, STUDENTS, ATTENTION = "gradebook.csv", "students.csv", "attention.csv"
GRADEBOOK_COLUMNS = ("student", "file", "exercise", "points", "of", "verdict", "note", "marked_by",
                     "number", "late")  # fmt: skip
LATE_UNKNOWN = "late"
NAMED = 3
ATTENTION_COLUMNS = ("student", "file", "what")
CHANGED = "the answer changed after it was marked"
GONE = "Not among the submissions now; kept."
UNREAD = "Your answer could not be read by the program. Your teacher will look at it."
FOLD = re.compile(r"</?(details|summary)[^>]*>")


@dataclass
class Line:
    """What one student gets for one exercise, the teacher's word coming before the program's.

    Attributes:
        mark: what the program found.
        points: what is given; None while it is still to be marked.
        hand: what the teacher typed, or None.
    """

    mark: Mark
    points: float | None
    hand: HandMark | None

    @property
    def marked_by(self) -> str:
        """Who gave the points: "hand", "program", or "" while nobody has."""
        if self.hand and self.hand.points is not None:
            return "hand"
        return "" if self.points is None else "program"

    @property
    def note(self) -> str:
        """What the teacher should know."""
        changed = CHANGED if self.hand and self.hand.changed else ""
        return "; ".join(note for note in (self.mark.note, changed) if note)


@dataclass
class Sheet:
    """All marks of one submission.

    Attributes:
        result: what the program found.
        lines: one for each exercise, in the lesson's order.
        hand_in: how it was handed in, and who gets its marks.
    """

    result: Result
    lines: list[Line]
    hand_in: HandIn

    @property
    def points(self) -> float:
        """The points given so far, less what is taken off for coming late."""
        return self.got - self.deducted

    @property
    def got(self) -> float:
        """The points given so far."""
        return sum(line.points or 0 for line in self.lines)

    @property
    def deducted(self) -> float:
        """What is taken off for coming late; never more than there is."""
        return min(self.got, self.of * self.hand_in.per_cent / 100)

    @property
    def of(self) -> int:
        """The points that can be had in all."""
        return sum(line.mark.of for line in self.lines)

    @property
    def open(self) -> int:
        """How many exercises are still to be marked."""
        return sum(line.points is None for line in self.lines)


def sheets_of(register: Register, results: list[Result], placed: Placed) -> list[Sheet]:
    """Return the marks of each submission, in the order of the results."""
    sheets = []
    for result in results:
        found = {mark.exercise: mark for mark in result.marks}
        lines = []
        for task in register.tasks:
            mark = found.get(task.name) or unread(task.name, task.points)
            hand = placed.marks.get((result.file, task.name))
            by_hand = hand is not None and hand.points is not None
            lines.append(Line(mark, hand.points if by_hand else mark.points, hand))
        hand_in = register.hand_ins.get(result.file) or HandIn([Person(result.student)])
        sheets.append(Sheet(result, lines, hand_in))
    return sheets


def unread(exercise: str, points: int) -> Mark:
    """Return the mark of an exercise in a submission that could not be read."""
    return Mark(exercise, None, points, UNMARKED, UNREAD, "the submission could not be read")


def gradebook_text(sheets: list[Sheet]) -> str:
    """Return the gradebook: a row an exercise, then the student's total."""
    rows: list[tuple[object, ...]] = []
    for sheet, person in each_person(sheets):
        who, end = (person.name, sheet.result.file), (person.number, late_cell(sheet.hand_in))
        for line in sheet.lines:
            mark = line.mark
            place = (*who, mark.exercise, line.points, mark.of)
            rows.append((*place, mark.verdict, line.note, line.marked_by, *end))
        if sheet.deducted:
            taken = (*who, "late", -sheet.deducted, 0, "", said_of_late(sheet))
            rows.append((*taken, "program", *end))
        still = f"{sheet.open} still to mark" if sheet.open else ""
        rows.append((*who, "total", sheet.points, sheet.of, "", still, "", *end))
    return csv_text(GRADEBOOK_COLUMNS, rows)


def each_person(sheets: list[Sheet]) -> list[tuple[Sheet, Person]]:
    """Return each submission with each of those who get its marks."""
    return [(sheet, person) for sheet in sheets for person in sheet.hand_in.people]


def late_cell(hand_in: HandIn) -> int | str | None:
    """Return how many days too late a submission came; a word where that is not known."""
    return LATE_UNKNOWN if hand_in.days is None else hand_in.days or None


def said_of_late(sheet: Sheet) -> str:
    """Return a sentence on a submission that came late; "" of one that did not."""
    hand_in = sheet.hand_in
    if hand_in.days == 0:
        return ""
    until = f" It was due {in_words(hand_in.due)}." if hand_in.due else ""
    if hand_in.days is None:
        return f"Late, as the platform says; by how much is not known.{until}"
    days = f"{hand_in.days} day{'' if hand_in.days == 1 else 's'}"
    said = f"Late by {days}: it came {in_words(hand_in.received)}.{until}"
    if not hand_in.per_cent:
        return said
    share = f"{plain_number(hand_in.per_cent)} per cent of {sheet.of} points"
    return f"{said} {share} are taken off."


def students_text(register: Register, sheets: list[Sheet]) -> str:
    """Return the points with a row for each student and a column for each exercise."""
    names = [task.name for task in register.tasks]
    rows = [
        [
            person.name,
            sheet.result.file,
            *(line.points for line in sheet.lines),
            sheet.points,
            sheet.of,
            sheet.open or None,
            person.number,
            late_cell(sheet.hand_in),
            -sheet.deducted if sheet.deducted else None,
        ]
        for sheet, person in each_person(sheets)
    ]
    end = ["total", "of", "still to mark", "number", "late", "deducted"]
    return csv_text(["student", "file", *names, *end], rows)


def to_read_text(
    register: Register, sheets: list[Sheet], gone: list[HandMark], offered: str
) -> str:
    """Return the table of what a person has to mark, with what she has typed so far.

    `offered` stands beside each comment: what may be written there by a short name.
    """
    rubrics = {task.name: plain_rubric(task.rubric) for task in register.tasks}
    rows = []
    for sheet in sheets:
        for line in sheet.lines:
            if needs_reading(line):
                rubric = rubrics[line.mark.exercise]
                rows.append(row_to_read(sheet.result, line, rubric, offered))
    for hand in gone:
        rows.append([hand.cells.get(column, "") for column in COLUMNS[:-2]])
        rows[-1][COLUMNS.index("note")] = GONE
        rows[-1] += [hand.points, hand.comment]
    return csv_text(COLUMNS, rows)


def needs_reading(line: Line) -> bool:
    """Tell whether a row belongs in the table of what a person has to mark."""
    to_see = line.mark.points is None or line.mark.verdict == STOPPED
    return to_see or (line.hand is not None and line.hand.has_content)


def row_to_read(result: Result, line: Line, rubric: str, offered: str) -> list[object]:
    """Return one row of the table of what a person has to mark."""
    mark, hand = line.mark, line.hand
    found = [result.student, result.file, mark.exercise, mark.verdict, mark.note]
    typed = [hand.points, hand.comment] if hand else [None, ""]
    changed = hand.changed if hand else ""
    return [*found, changed, mark.answer, rubric, offered, mark.of, *typed]


def plain_rubric(rubric: str) -> str:
    """Return a rubric without the marks of its fold."""
    return FOLD.sub("", rubric).strip()


def attention_rows(register: Register, sheets: list[Sheet]) -> list[tuple[str, str, str]]:
    """Return what a person should look at: student, file, and a sentence, in that order."""
    rows = [
        (sheet.result.student, sheet.result.file, what)
        for sheet in sheets
        for what in sheet.result.attention
    ]
    for sheet in sheets:
        result = sheet.result
        if said := said_of_late(sheet):
            rows.append((result.student, result.file, said))
        for line in sheet.lines:
            if line.hand and line.hand.changed:
                rows.append((result.student, result.file, f"{line.mark.exercise}: {CHANGED}."))
    rows += two_files(sheets) + alike(sheets)
    students = {sheet.result.file: sheet.result.student for sheet in sheets}
    rows += [(students.get(file, ""), file, what) for file, what in register.remarks]
    return sorted(rows, key=lambda row: (row[0].casefold(), *row))


def two_files(sheets: list[Sheet]) -> list[tuple[str, str, str]]:
    """Return a row for each file of a student who has handed in several."""
    files = defaultdict(list)
    for sheet in sheets:
        files[sheet.result.student].append(sheet.result.file)
    return [
        (student, file, f"One of {len(own)} files of this student; each was graded by itself.")
        for student, own in files.items()
        for file in own
        if len(own) > 1
    ]


def alike(sheets: list[Sheet]) -> list[tuple[str, str, str]]:
    """Return a row for each submission whose answers are the same as another student's."""
    groups = defaultdict(list)
    together = {sheet.result.file: sheet.hand_in.group for sheet in sheets}
    for sheet in sheets:
        if sheet.result.fingerprint:
            groups[f"answers {sheet.result.fingerprint}"].append(sheet.result)
        # Two who have handed in the lesson as they got it have not copied from each other.
        if sheet.result.digest and any(line.mark.verdict != BLANK for line in sheet.lines):
            groups[f"bytes {sheet.result.digest}"].append(sheet.result)
    rows = {}
    for group in groups.values():
        for one in group:
            own = together[one.file]
            apart = {o.student for o in group if not own or together[o.file] != own}
            others = sorted(apart - {one.student})
            if others:
                what = (
                    f"Answers alike: the same as those of {listed(others)}. "
                    "It need not mean anything."
                )
                rows[one.file] = (one.student, one.file, what)
    return list(rows.values())


def listed(names: list[str]) -> str:
    """Return names in a row, of many only the first ones.

    >>> listed(["Anna", "Ben"]), listed(["Anna", "Ben", "Mei", "Olga", "Ivan"])
    ('Anna, Ben', 'Anna, Ben, Mei and 2 others')
    """
    named, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return named
    return f"{named} and {more} other{'s' if more > 1 else ''}"


def attention_text(rows: list[tuple[str, str, str]]) -> str:
    """Return the table of what a person should look at."""
    return csv_text(ATTENTION_COLUMNS, rows)


def points_in_words(points: float | None, of: int) -> str:
    """Return points as a student reads them.

    >>> points_in_words(2.5, 4), points_in_words(None, 4)
    ('2.5 of 4', 'not yet marked, of 4')
    """
    return f"{'not yet marked,' if points is None else plain_number(points)} of {of}"
