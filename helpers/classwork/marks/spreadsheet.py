"""CSV files that go to a spreadsheet and come back from one, unharmed in both directions."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from classwork.ground.csv_text import SAVE_AS, DatasetError, read_lines
from classwork.lesson.exercises import LessonError

BOM = "\ufeff"
# Excel takes no more than 32,767 characters in a cell and lets the rest run into the next row.
LONGEST_CELL = 30_000
CUT = " [... the rest is in the submission]"
# What a spreadsheet would run as a formula, at the start of a cell or where a spreadsheet with
# other separators than ours would begin a new one. An apostrophe is among them so that the one
# that is put before them can be taken off again without taking off somebody's own.
RUN = "=+\\-@\t\r'\uff1d\uff0b\uff0d\uff20"
START = r"(\A|(?<=[;\t\r\n]))( *)"
TO_GUARD = re.compile(f"{START}(?=[{RUN}])")
GUARDED = re.compile(f"{START}'(?=[{RUN}])")
# Control characters, and those that turn the direction of reading within a line.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text that any file, page or cell can hold: line ends as LF, no control characters.

    >>> printable("a\\r\\nb\\x00c")
    'a\\nb\ufffdc'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("\ufffd", text))


def guarded(text: str) -> str:
    """Return a text with an apostrophe before all that a spreadsheet would run as a formula.

    >>> guarded("=1+1"), guarded("- one;- two"), guarded("1957-11-06")
    ("'=1+1", "'- one;'- two", '1957-11-06')
    """
    return TO_GUARD.sub(r"\1\2'", text)


def unguarded(text: str) -> str:
    """Return the text that was given to `guarded`."""
    return GUARDED.sub(r"\1\2", text)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as the text of a CSV file that Excel and LibreOffice open right."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([[cell_of(value) for value in row] for row in rows])
    return BOM + stream.getvalue()


def cell_of(value: object) -> str:
    """Return a value as the text of a cell; None is an empty one."""
    if value is None:
        return ""
    if isinstance(value, float | int):
        return plain_number(value)
    text = printable(str(value))
    return guarded(text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + CUT)


def plain_number(value: float) -> str:
    """Return points as people write them.

    >>> plain_number(2.0), plain_number(2.5), plain_number(12)
    ('2', '2.5', '12')
    """
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")


def read_rows(
    path: Path, needed: Sequence[str], exact: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file that a spreadsheet has saved, each with its row number.

    Args:
        path: the file; commas, semicolons or tabs, with or without a byte order mark.
        needed: the columns that must be there, in any order.
        exact: the columns of which a space at the beginning or end is part.

    Returns:
        For each row that is not empty its number in the spreadsheet and its cells by column.

    Raises:
        LessonError: if it is not a CSV file in UTF-8, is torn, lacks a column, or a row has too
            many cells.
    """
    records = read_records(path)
    header = [name.strip().casefold() for name in records[0]]
    for name in needed:
        if header.count(name) != 1:
            fault = f"the column '{name}' is " + ("there twice" if name in header else "missing")
            advice = f"The first row must hold: {', '.join(needed)}"
            raise LessonError(f"{path.name}, row 1: {fault}. {advice}. Nothing has been changed.")
    rows = []
    for number, cells in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in cells[len(header) :]):
            words = "a cell too many. A comma within a cell, as in 2,5? Write 2.5"
            raise LessonError(f"{path.name}, row {number}: {words}. Nothing has been changed.")
        if any(cell.strip() for cell in cells):
            found = {name: cell_at(cells, place) for place, name in enumerate(header)}
            rows.append((number, {n: c if n in exact else c.strip() for n, c in found.items()}))
    return rows


def cell_at(cells: list[str], place: int) -> str:
    """Return a cell as it was before it was guarded; "" where the row is too short."""
    return unguarded(cells[place]) if place < len(cells) else ""


def read_records(path: Path) -> list[list[str]]:
    """Return the cells of each row of a CSV file, the header first."""
    try:
        lines = read_lines(path)
        separator = max(",;\t", key=lines[0].count)
        text = io.StringIO("\n".join(lines), newline="")
        return list(csv.reader(text, delimiter=separator, strict=True))
    except DatasetError as error:
        raise LessonError(f"{error}. Nothing has been changed.") from None
    except csv.Error:
        words = "a quotation mark is not closed, or stands inside a cell"
        raise LessonError(f"{path.name}: {words}; {SAVE_AS}. Nothing has been changed.") from None
