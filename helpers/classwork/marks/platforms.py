"""Marks back into the sheet that a platform gave, and the feedback as the zip that it takes.

Moodle  the grading worksheet. Its headings are in the teacher's language, so its columns are known
        by what stands in them: "Participant 12345", and a mark left of the most that can be had,
        which is the same in each row.
Canvas  the exported gradebook. Its headings are English everywhere: Student, ID, and one
        "Title (12345)" for each assignment; a row "Points Possible" says what can be had.

A row is known by the platform's number alone. Nothing but the cells of marks is changed, and
numbers are all that is written into them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from classwork.ground.csv_text import SIGNATURES
from classwork.lesson.exercises import LessonError
from classwork.marks import feedback, store
from classwork.marks.gradebook import Sheet, each_person, sheets_of
from classwork.marks.hand_marks import place
from classwork.marks.merging import merge, opened
from classwork.marks.people import key_of
from classwork.marks.spreadsheet import plain_number
from classwork.marks.store import Person, Register

MOODLE, CANVAS = "Moodle", "Canvas"
BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PARTICIPANT = re.compile(r"(?P<word>\D*[^\d\s])\s*(?P<number>\d+)\s*")
ASSIGNMENT = re.compile(r"(?P<title>.+) \((?P<id>\d+)\)")
POINTS = re.compile(r"\d+([.,]\d+)?")
# What Canvas writes where a student is excused, or was not given the assignment.
NO_MARK = ("EX", "N/A")
UNKNOWN = (
    "is neither Moodle's grading worksheet nor Canvas's gradebook. In Moodle: the assignment, "
    "Submissions, Download grading worksheet. In Canvas: Grades, Export. Save it as it comes, as "
    "CSV."
)
NO_NUMBERS = (
    "No submission bears a platform's number: they were not downloaded there. Write the numbers "
    "into people.csv and grade again with --people."
)
OTHER_CLASS = (
    "None of these students stands in the sheet. Is it of this class, and of the platform from "
    "which the submissions came? Groups have to be named in people.csv."
)
Owned = list[tuple[Sheet, Person]]


@dataclass
class Worksheet:
    """A platform's sheet, and how it was saved.

    Attributes:
        rows: the cells, the headings first.
        bom: the byte order mark, or nothing.
        encoding: how the rest is encoded.
        separator: what stands between two cells.
        line_end: what stands at the end of a row.
    """

    rows: list[list[str]]
    bom: bytes
    encoding: str
    separator: str
    line_end: str


@dataclass
class Places:
    """Where in a sheet the marks go.

    Attributes:
        platform: MOODLE or CANVAS.
        people: the row of each student by the platform's number.
        column: the column of the marks.
        most: the points that can be had there, as they are written; "" where it does not say.
    """

    platform: str
    people: dict[str, list[str]]
    column: int
    most: str


@dataclass
class GivenBack:
    """What was written.

    Attributes:
        sheet: the filled copy.
        feedback: the zip of feedback.
        platform: MOODLE or CANVAS.
        column: the heading of the column that was filled in.
        filled: how many marks.
        pages: how many pages are in the zip; 0 where there is none.
        scale: the lesson's points and the sheet's, where they differ, or None.
        notes: what the teacher should look at, a line each.
    """

    sheet: Path
    feedback: Path
    platform: str
    column: str
    filled: int = 0
    pages: int = 0
    scale: tuple[str, str] | None = None
    notes: list[str] = field(default_factory=list)


def give_back(folder: Path, path: Path, heading: str = "") -> GivenBack:
    """Fill in a copy of a platform's sheet, and pack the feedback if the platform takes it so.

    The marks are merged first, so that what is in to_read.csv counts. Who has still an answer to be
    marked is left out.

    Args:
        folder: a folder of marks.
        path: the sheet; the copy is written beside it, never over anything.
        heading: the column for the marks, "" where it can be told.

    Raises:
        LessonError: if the sheet is not one of a platform, or the marks cannot be merged.
    """
    register, _, _ = opened(folder)
    worksheet = read_worksheet(path)
    places = places_in(worksheet.rows, path.name, heading, register.title)
    merge(folder)
    register, results, hand = opened(folder)
    sheets = sheets_of(register, results, place(hand, results, register.tasks))
    sheet, packed = free_names(path)
    given = GivenBack(sheet, packed, places.platform, worksheet.rows[0][places.column])
    marked = fill(places, sheets, given)
    store.write_mark_file(sheet, as_bytes(worksheet))
    if places.platform == MOODLE and marked:
        given.pages = sum(len(owned) for owned in marked.values())
        store.write_mark_file(packed, feedback_zip(register, marked))
    return given


def read_worksheet(path: Path) -> Worksheet:
    """Return a platform's sheet.

    Raises:
        LessonError: if it is not there, or not a CSV file.
    """
    if not path.is_file():
        raise LessonError(f"There is no sheet {path}. Is its name spelt so?")
    data = path.read_bytes()
    for signature in WORKBOOKS:
        if data.startswith(signature):
            raise LessonError(f"{path.name}: {SIGNATURES[signature]}.")
    bom = next((mark for mark in BOMS if data.startswith(mark)), b"")
    encoding = BOMS.get(bom, "utf-8")
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        # Each byte stands for itself: what the old code page meant does not matter, since rows are
        # known by their numbers, and each byte is written back as it was.
        encoding, text = "latin-1", data[len(bom) :].decode("latin-1")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        words = f"it cannot be read as CSV ({error}); download it again and leave it as it comes"
        raise LessonError(f"{path.name}: {words}.") from None
    if not rows or not rows[0]:
        raise LessonError(f"{path.name} is empty. Download it again.")
    return Worksheet(rows, bom, encoding, separator, "\r\n" if first.endswith("\r") else "\n")


def as_bytes(worksheet: Worksheet) -> bytes:
    """Return a sheet as it was saved."""
    stream = io.StringIO(newline="")
    form = {"delimiter": worksheet.separator, "lineterminator": worksheet.line_end}
    csv.writer(stream, **form).writerows(worksheet.rows)
    return worksheet.bom + stream.getvalue().encode(worksheet.encoding)


def places_in(rows: list[list[str]], name: str, heading: str, title: str) -> Places:
    """Return where the marks go.

    Args:
        rows: the sheet, the headings first.
        name: the sheet's file name, for what is said.
        heading: the column for the marks, or "".
        title: the lesson's title, by which one of Canvas's assignments may be called.

    Raises:
        LessonError: if that cannot be told.
    """
    width = len(rows[0])
    for row in rows:
        row += [""] * (width - len(row))
    whole = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    number = number_column(rows[0])
    if number is not None:
        return places_in_canvas(rows[0], whole, number, heading, title)
    for column in range(width):
        found = [PARTICIPANT.fullmatch(row[column]) for row in whole]
        if not found or not all(found) or len({one["word"] for one in found}) > 1:
            continue
        people = {one["number"]: row for one, row in zip(found, whole, strict=True)}
        if len(people) == len(whole):
            mark, most = mark_column(rows[0], whole, heading)
            return Places(MOODLE, people, mark, most)
    raise LessonError(f"{name} {UNKNOWN}")


def number_column(headings: list[str]) -> int | None:
    """Return the column of Canvas's numbers, or None where it is not Canvas's sheet."""
    student, second, third = [*headings, "", "", ""][:3]
    if "Student" in student and second == "ID":
        return 1
    return 2 if (student, second, third) == ("LastName", "FirstName", "ID") else None


def places_in_canvas(
    headings: list[str], rows: list[list[str]], number: int, heading: str, title: str
) -> Places:
    """Return where the marks go in Canvas's gradebook.

    Raises:
        LessonError: if it cannot be told which assignment is meant.
    """
    possible = next((row for row in rows if "Points Possible" in row[0]), [""] * len(headings))
    known = {
        column: found
        for column, cell in enumerate(headings)
        if (found := ASSIGNMENT.fullmatch(cell)) and is_points(possible[column] or "0")
    }
    lesson, wanted = key_of(title), heading.strip()
    if wanted:
        fitting = [c for c, found in known.items() if wanted in (found[0], *found.groups())]
    else:
        fitting = [c for c, found in known.items() if key_of(found["title"]) == lesson]
        fitting = fitting or list(known)
    if len(fitting) != 1:
        raise LessonError(which_column([found[0] for found in known.values()]))
    people = {row[number].strip(): row for row in rows if row[number].strip().isdecimal()}
    return Places(CANVAS, people, fitting[0], possible[fitting[0]].strip())


def mark_column(headings: list[str], rows: list[list[str]], heading: str) -> tuple[int, str]:
    """Return the column of the marks in Moodle's worksheet, and the points that can be had.

    Raises:
        LessonError: if it cannot be told.
    """
    fitting = []
    for column in range(1, len(headings)):
        most = {row[column].strip() for row in rows}
        marks = {row[column - 1].strip() for row in rows} - {""}
        if len(most) == 1 and all(map(is_points, most | marks)):
            limit = max(map(as_number, most))
            if limit > 0 and all(as_number(mark) <= limit for mark in marks):
                fitting.append((column - 1, most.pop()))
    if heading:
        named = [c for c, cell in enumerate(headings) if cell.strip() == heading.strip()]
        if len(named) == 1:
            return named[0], dict(fitting).get(named[0], "")
    elif len(fitting) == 1:
        return fitting[0]
    elif not fitting:
        raise LessonError(
            "No column of the sheet holds the most points that can be had. Does the assignment "
            "use a scale of words? Set its grade to points in Moodle and download the sheet again. "
            "Or name the column of the marks with --column."
        )
    raise LessonError(which_column(headings))


def which_column(headings: list[str]) -> str:
    """Return the question which column is meant."""
    listed = "".join(f"\n  {heading}" for heading in headings)
    return f"Which column are the marks for? Say --column and one of these, quoted:{listed}"


def is_points(cell: str) -> bool:
    """Tell whether a cell holds points."""
    return POINTS.fullmatch(cell.strip()) is not None


def as_number(cell: str) -> float:
    """Return the points in a cell."""
    return float(cell.strip().replace(",", "."))


def fill(places: Places, sheets: list[Sheet], given: GivenBack) -> dict[str, Owned]:
    """Put the marks into their cells, note what is left, and return what was marked by number.

    Raises:
        LessonError: if nobody's number stands in the sheet.
    """
    by_number: dict[str, Owned] = defaultdict(list)
    for sheet, person in each_person(sheets):
        if person.number:
            by_number[person.number].append((sheet, person))
        else:
            words = "the platform's number is not known; give it in people.csv and grade again"
            given.notes.append(f"{person.name}: {words}.")
    if not by_number:
        raise LessonError(NO_NUMBERS)
    if by_number.keys().isdisjoint(places.people):
        raise LessonError(OTHER_CLASS)
    marked = {}
    for number, owned in by_number.items():
        name = owned[0][1].name
        still = sum(sheet.open for sheet, _ in owned)
        if number not in places.people:
            given.notes.append(f"{name}: the sheet has no row with the number {number}.")
        elif still:
            given.notes.append(f"{name}: {still} still to mark in to_read.csv.")
        else:
            marked[number] = owned
            put_mark(places, number, owned, given)
    return marked


def put_mark(places: Places, number: str, owned: Owned, given: GivenBack) -> None:
    """Put one student's mark into its cell; of several files the best counts."""
    row, name = places.people[number], owned[0][1].name
    best = max((sheet for sheet, _ in owned), key=lambda sheet: sheet.points)
    most = as_number(places.most) if is_points(places.most) else 0
    points = best.points
    if most and best.of and most != best.of:
        points = best.points * most / best.of
        given.scale = (plain_number(best.of), plain_number(most))
    before = row[places.column].strip()
    if before in NO_MARK:
        given.notes.append(f"{name}: {before} stands in the sheet and was left.")
        return
    if len(owned) > 1:
        given.notes.append(f"{name}: {len(owned)} files, of which the best counts.")
    text = plain_number(round(points, 2))
    if is_points(before) and as_number(before) != float(text):
        given.notes.append(f"{name}: {before} stood in the sheet; it is {text} now.")
    row[places.column] = text.replace(".", ",") if "," in places.most else text
    given.filled += 1


def free_names(path: Path) -> tuple[Path, Path]:
    """Return names for the filled sheet and the zip beside it, under which nothing lies yet."""
    number, end = 2, ""
    while True:
        names = (
            path.with_name(f"{path.stem}_filled{end}{path.suffix}"),
            path.with_name(f"{path.stem}_feedback{end}.zip"),
        )
        if not any(name.exists() for name in names):
            return names
        number, end = number + 1, f"_{number}"


def feedback_zip(register: Register, marked: dict[str, Owned]) -> bytes:
    """Return the zip that Moodle takes under "Upload multiple feedback files in a zip".

    Moodle splits a folder's name at the underlines: a name, the participant's number, then the kind
    of plugin. The last underline is there for Moodle before 4.1.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, owned in marked.items():
            for count, (sheet, person) in enumerate(owned, start=1):
                name = feedback.safe_name(person.name).replace("_", " ")
                page = f"feedback{'' if count == 1 else count}.html"
                place_in_zip = f"{name}_{number}_assignsubmission_file_/{page}"
                archive.writestr(place_in_zip, feedback.page(register, sheet, person))
    return stream.getvalue()
