"""Who gets the marks of a file, and whether it came late: extra time, pairs and groups.

What a platform does not know stands in a small table, people.csv. Of its columns only the name is
needed:

name       as the gradebook or the platform calls a student
number     the platform's number, where names differ
extra_time 2 (days) or 12 h
group      the same word for all who hand in one file together, be it a pair
handed_in  2026-11-20 18:00, where the file's own time does not tell
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from classwork.lesson.due import read_moment
from classwork.lesson.exercises import LessonError
from classwork.marks.hand_marks import refuse
from classwork.marks.spreadsheet import read_records, read_rows
from classwork.marks.store import HandIn, Person
from classwork.marks.submissions import Submission

COLUMNS = ("name", "number", "extra_time", "group", "handed_in")
EXTRA_TIME = re.compile(r"(?P<number>\d+([.,]\d+)?)\s*(?P<unit>d|days?|h|hours?)?", re.IGNORECASE)
NUMBER = re.compile(r"\D*(\d+)")
# Files that were all saved within this time were packed or copied, not handed in.
PACKED = timedelta(minutes=10)
PACKED_WORDS = (
    "All files were saved or packed within ten minutes, after the work was due: their times do not "
    "tell when they were handed in, and all count as in time. Of one that came late, write when it "
    "came into the column handed_in of people.csv."
)
Remarks = list[tuple[str, str]]


@dataclass(frozen=True)
class Deadline:
    """Until when work could be handed in.

    Attributes:
        at: the moment; None where nobody said.
        per_day: what each begun day costs, in per cent of the points that can be had.
    """

    at: datetime | None = None
    per_day: float = 0


@dataclass(frozen=True)
class Listed:
    """A row of people.csv.

    Attributes:
        row: its number in the spreadsheet.
        name: the student.
        number: the platform's number, or "".
        extra_time: by how much later the student may hand in.
        group: the word for a pair or group, or "".
        handed_in: when the work came, or None where the file's own time tells.
    """

    row: int
    name: str
    number: str = ""
    extra_time: timedelta = timedelta(0)
    group: str = ""
    handed_in: datetime | None = None


def read_people(path: Path) -> list[Listed]:
    """Return the rows of people.csv.

    Raises:
        LessonError: if the file cannot be understood; the message says which rows to mend.
    """
    faults = [
        f"row 1: there is a column {name!r}. {near(name)}The columns are {', '.join(COLUMNS)}"
        for heading in read_records(path)[0]
        if (name := plain(heading)) and name not in COLUMNS
    ]
    refuse(path, faults)
    listed = []
    for row, cells in read_rows(path, ("name",)):
        try:
            listed.append(read_row(row, {plain(name): cell for name, cell in cells.items()}))
        except LessonError as error:
            faults.append(f"row {row}, {str(error).rstrip('.')}")
    for one, other in twice(listed):
        words = "have the same number" if one.number else "have the same name; give each its number"
        faults.append(f"rows {one.row} and {other.row} {words}")
    refuse(path, faults)
    return listed


def plain(heading: str) -> str:
    """Return a heading as it is compared.

    >>> plain(" Extra time")
    'extra_time'
    """
    return "_".join(heading.casefold().split())


def near(name: str) -> str:
    """Return the question whether another column was meant, or ""."""
    found = difflib.get_close_matches(name, COLUMNS, n=1)
    return f"Did you mean {found[0]!r}? " if found else ""


def read_row(row: int, cells: dict[str, str]) -> Listed:
    """Return a row of people.csv.

    Raises:
        LessonError: if a cell cannot be read; the message begins with the column.
    """
    number, extra, came = (cells.get(name, "") for name in ("number", "extra_time", "handed_in"))
    digits, time = NUMBER.fullmatch(number), EXTRA_TIME.fullmatch(extra)
    if not cells["name"]:
        raise LessonError("column name: it is empty")
    if number and not digits:
        raise LessonError(f"column number: {number!r} is not a number such as 12345")
    if extra and not time:
        raise LessonError(f"column extra_time: {extra!r} cannot be read; write 2 (days) or 12 h")
    try:
        moment = read_moment(came) if came else None
    except LessonError as error:
        raise LessonError(f"column handed_in: {error}") from None
    return Listed(
        row,
        cells["name"],
        digits[1] if digits else "",
        length_of(time) if time else timedelta(0),
        cells.get("group", ""),
        moment,
    )


def length_of(time: re.Match[str]) -> timedelta:
    """Return extra time; a number without a unit counts days."""
    number = float(time["number"].replace(",", "."))
    hours = (time["unit"] or "d").casefold().startswith("h")
    return timedelta(hours=number) if hours else timedelta(days=number)


def twice(listed: list[Listed]) -> list[tuple[Listed, Listed]]:
    """Return pairs of rows that nobody can tell apart."""
    first: dict[tuple[str, str], Listed] = {}
    pairs = []
    for one in listed:
        known = first.setdefault((one.number, "" if one.number else key_of(one.name)), one)
        if known is not one:
            pairs.append((known, one))
    return pairs


def key_of(name: str) -> str:
    """Return a name as it is compared; Canvas leaves out capitals, commas and spaces.

    >>> key_of("Petrova, Anna"), key_of("petrovaanna")
    ('petrovaanna', 'petrovaanna')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name)).casefold()


def hand_ins_of(
    submissions: Sequence[Submission], listed: Sequence[Listed], deadline: Deadline
) -> tuple[dict[str, HandIn], Remarks]:
    """Return for each file who gets its marks and how late it came, and what to look at.

    Of those who hand in together the one with the most extra time counts. Whoever has handed in a
    file gets the marks of that file alone.

    Args:
        submissions: the pile.
        listed: the rows of people.csv.
        deadline: until when work could be handed in.
    """
    rows = {s.file: row_of(s, listed) for s in submissions}
    sharing, remarks = shared(submissions, rows, listed)
    times = [s.time for s in submissions if s.time]
    packed = not times or max(times) - min(times) <= PACKED
    hand_ins, doubtful = {}, False
    for one in submissions:
        row, others = rows[one.file], sharing[one.file]
        owner = [Person(one.student, one.number or (row.number if row else ""))]
        # What has no row but is shared bears the name of a group, which is nobody's.
        of_group = bool(others) and not row
        people = ([] if of_group else owner) + [Person(o.name, o.number) for o in others]
        involved = [*([row] if row else []), *others]
        hand_in = HandIn(people, involved[0].group if involved else "")
        told = next((o.handed_in for o in involved if o.handed_in), None)
        came, due = told or one.time, due_for(involved, deadline)
        if packed and not told and days_late(came, due):
            doubtful = True
        else:
            hand_in = timed(hand_in, came, due, one.named_late, deadline.per_day)
        hand_ins[one.file] = hand_in
    if doubtful:
        remarks.append(("", PACKED_WORDS))
    return hand_ins, remarks


def row_of(submission: Submission, listed: Iterable[Listed]) -> Listed | None:
    """Return the row of whoever has handed in a file: known by the number, else by the name."""
    by_number = [o for o in listed if o.number and o.number == submission.number]
    key = key_of(submission.student)
    by_name = [o for o in listed if key_of(o.name) == key and not (o.number and submission.number)]
    found = by_number or by_name
    return found[0] if len(found) == 1 else None


def shared(
    submissions: Sequence[Submission], rows: dict[str, Listed | None], listed: Sequence[Listed]
) -> tuple[dict[str, list[Listed]], Remarks]:
    """Return for each file who else gets its marks, and remarks on those who get none."""
    files = defaultdict(list)
    for one in submissions:
        row = rows[one.file]
        files[key_of(row.group if row and row.group else one.student)].append(one.file)
    sharing: dict[str, list[Listed]] = {one.file: [] for one in submissions}
    have_own = {row.row for row in rows.values() if row}
    remarks = []
    for one in listed:
        if one.row in have_own:
            continue
        of_group = files[key_of(one.group)] if one.group else []
        owners = {rows[file] for file in of_group}
        if len(owners) == 1:
            for file in of_group:
                sharing[file].append(one)
        elif owners:
            words = f"{one.name} of {one.group!r} has no mark: the group has several files."
            remarks.append(("people.csv", f"Row {one.row}: {words}"))
        else:
            words = f"{one.name} has handed in nothing, or is called otherwise here."
            remarks.append(("people.csv", f"Row {one.row}: {words}"))
    return sharing, remarks


def due_for(involved: Iterable[Listed], deadline: Deadline) -> datetime | None:
    """Return until when some could hand in, the most extra time counted in; None if nobody said."""
    extra = max((o.extra_time for o in involved), default=timedelta(0))
    return deadline.at + extra if deadline.at else None


def days_late(came: datetime | None, due: datetime | None) -> int:
    """Return how many days too late work came, a begun one counting; 0 where nobody can tell.

    >>> due = datetime(2026, 11, 20, 18)
    >>> days_late(datetime(2026, 11, 20, 18, 0, 59), due), days_late(datetime(2026, 11, 21), due)
    (0, 1)
    """
    if came is None or due is None:
        return 0
    return max(0, math.ceil((came.replace(second=0, microsecond=0) - due) / timedelta(days=1)))


def timed(
    hand_in: HandIn,
    came: datetime | None,
    due: datetime | None,
    named_late: bool,
    per_day: float,
) -> HandIn:
    """Return a hand-in with how late it came, where it came late.

    Args:
        hand_in: who has handed in.
        came: when, or None where that is not known.
        due: until when it could be handed in, or None where nobody said.
        named_late: whether the platform calls it late; that counts where the moments do not tell.
        per_day: what each begun day costs, in per cent of the points that can be had.
    """
    if came is None or due is None:
        return replace(hand_in, days=None, due=moment(due)) if named_late else hand_in
    days = days_late(came, due)
    if not days:
        return hand_in
    cost = min(100, days * per_day)
    return replace(hand_in, days=days, per_cent=cost, due=moment(due), received=moment(came))


def moment(at: datetime | None) -> str:
    """Return a moment as it is kept, to the minute."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
