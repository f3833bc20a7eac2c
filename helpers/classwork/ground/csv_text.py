"""From a CSV file to rows of text, each with the line it stands on.

A teacher may have saved the file from a spreadsheet. What can be read in one way only is read:
semicolons or tabs for commas, a byte order mark, Windows line ends, accents apart from their
letters, empty rows and columns at the end. Everything else is refused in words that say where the
fault is and what to do about it. Two things nobody can tell from an honest change: another word in
a free text, and a file with Windows line ends that was cut off within its very last cell.
"""

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from classwork.ground.errors import PlainError

SHOWN = 5
SAVE_AS = "open it in the spreadsheet and save it again as 'CSV UTF-8'"
SIGNATURES = {
    b"PK\x03\x04": f"this is an Excel or LibreOffice workbook, not a CSV file; {SAVE_AS}",
    b"\xd0\xcf\x11\xe0": f"this is an old Excel workbook (.xls), not a CSV file; {SAVE_AS}",
    b"\xff\xfe": f"the file is saved as 'Unicode text' (UTF-16); {SAVE_AS}",
    b"\xfe\xff": f"the file is saved as 'Unicode text' (UTF-16); {SAVE_AS}",
}
CUT_OFF = (
    "the last line has no end: the file may be cut off; "
    "see whether its last row is whole, then press Enter behind it"
)


class DatasetError(PlainError):
    """A dataset that cannot be used, in words for the person who has to mend it."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file: the line as an editor counts it, the column, and the words."""

    message: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        column = f"column '{self.column}'" if self.column else ""
        place = ", ".join(part for part in (line, column) if part)
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True)
class TextTable:
    """A file as text: column names, rows with their line numbers, what stands between cells."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str
    first_line: int


def refusal(path: Path, faults: list[Fault]) -> DatasetError:
    """The error for a file with these faults: the first five of them, and how many there are."""
    if len(faults) == 1:
        joint = ", " if faults[0].line or faults[0].column else ": "
        return DatasetError(f"{path.name}{joint}{faults[0]}")
    shown = "".join(f"\n  {fault}" for fault in faults[:SHOWN])
    first = f", the first {SHOWN} of them" if len(faults) > SHOWN else ""
    return DatasetError(f"{path.name}: {len(faults)} faults{first}:{shown}")


def read_text_table(path: Path, names: list[str]) -> TextTable:
    """Read a CSV file as text; `names` are those that its columns should have, in any order.

    Returns the header, and every row that is not empty as (line number, cells), cells stripped and
    as many as the header has. Raises DatasetError if the file is missing, is no CSV file, has lost
    its header, or is torn (a quotation mark left open, rows of unequal length).
    """
    lines = read_lines(path)
    separator = max(",;\t", key=lines[0].count)
    records, faults = split_lines(lines, separator)
    if faults:
        raise refusal(path, faults)
    (first, header), *body = records
    if len(header) > 1 and not set(header) & set(names):
        words = f"this is not the header of this table; put it back: {','.join(names)}"
        raise refusal(path, [Fault(words, first)])
    saved_width = len(header)
    while header and not header[-1]:
        header.pop()
    faults = [
        fault for line, cells in body if (fault := fit(cells, len(header), saved_width, line))
    ]
    if not body:
        faults.append(Fault("the file has a header and no rows; put the rows back"))
    if faults:
        raise refusal(path, faults)
    return TextTable(header, body, separator, first)


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 text file; raises DatasetError if it is missing, empty or not text."""
    data = read_bytes(path)
    ends_as_windows = b"\r\n" in data
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not data.strip():
        raise refusal(path, [Fault("the file is empty; put its header and rows back")])
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refusal(path, [Fault(f"a NUL byte, so the file is damaged; {SAVE_AS}", line)])
    faults = [fault for i, raw in enumerate(data.split(b"\n"), 1) if (fault := not_utf8(raw, i))]
    if faults:
        raise refusal(path, faults)
    lines = unicodedata.normalize("NFC", data.decode("utf-8")).split("\n")
    # Google Sheets ends no last line, but all others as Windows does.
    if lines[-1] and not ends_as_windows:
        raise refusal(path, [Fault(CUT_OFF, len(lines))])
    return lines


def read_bytes(path: Path) -> bytes:
    """The bytes of a text file; raises DatasetError if it is missing, locked or a workbook."""
    if not path.is_file():
        advice = "put the file back, or check that its name is spelt so"
        raise DatasetError(f"{path.name} is missing from the folder '{path.parent.name}'; {advice}")
    try:
        data = path.read_bytes()
    except OSError as error:
        words = (
            f"the file cannot be read ({error.strerror}); close it elsewhere, or ask whose it is"
        )
        raise refusal(path, [Fault(words)]) from None
    for signature, words in SIGNATURES.items():
        if data.startswith(signature):
            raise refusal(path, [Fault(words)])
    return data


def not_utf8(raw: bytes, line: int) -> Fault | None:
    """The fault of a line in another encoding.

    Such a line is refused, not guessed at: the byte that is an accented letter in one encoding
    is a Russian letter in the next, and nothing in the file tells which was meant.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        seen = raw[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace")
        words = f"'{seen}' is not saved as UTF-8 (older Excel saves as Windows-1252); {SAVE_AS}"
        return Fault(words, line)
    return None


def split_lines(
    lines: list[str], separator: str
) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Split every line into cells; no cell of these tables runs over a line break."""
    records, faults = [], []
    for number, line in enumerate(lines, 1):
        try:
            cells = next(csv.reader([line.rstrip(" ")], delimiter=separator, strict=True), [])
        except csv.Error:
            words = 'a quotation mark is not closed, or stands inside a text; write "" for it'
            faults.append(Fault(words, number))
            continue
        cells = [cell.strip() for cell in cells]
        if any(cells):
            records.append((number, cells))
    return records, faults


def fit(cells: list[str], width: int, saved_width: int, line: int) -> Fault | None:
    """Bring a row to the width of the header; a fault if more than empty cells is at stake.

    A spreadsheet saves empty columns at the end, in the header too (`saved_width`). Excel also
    leaves off the last comma where the last column is empty for some rows on end.
    """
    if len(cells) == width - 1:
        cells.append("")
    if len(cells) < width:
        cause = "leave a cell empty, but do not leave it out"
    elif len(cells) > saved_width or any(cells[width:]):
        cause = "a decimal comma or a text with a comma in it needs quotation marks around it"
    else:
        del cells[width:]
        return None
    return Fault(f"the row has {len(cells)} cells, the header {width}; {cause}", line)
