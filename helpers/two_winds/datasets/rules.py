"""Rows of text against their description: typed rows, or all the faults."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from classwork.ground.csv_text import Fault, TextTable, read_text_table, refusal

from two_winds.datasets import cells as table_cells
from two_winds.datasets.cells import CellError
from two_winds.datasets.description import Column, Dataset, Description, Measure

Row = dict[str, object]


def read_rows(
    path: Path, described: Description, measures: Mapping[str, Measure], known: list[str]
) -> list[Row]:
    """Read and check a table.

    Args:
        path: its CSV file.
        described: what stands beside it.
        measures: the unit and the plausible bounds of each quantity that it may name.
        known: the keys of sources.csv, which a column `source`, or one of sources, points to.

    Returns:
        One dictionary a row, typed, sorted by the key.

    Raises:
        DatasetError: with the faults.
    """
    names = list(described.columns)
    table = read_text_table(path, names)
    faults = header_faults(table.header, names) or column_faults(table.header, names)
    if faults:
        raise refusal(path, [Fault(words, table.first_line, name) for words, name in faults])
    decimal = decimal_mark(table, described.columns)
    rows, seen = [], {}
    for line, cells in table.rows:
        texts = dict(zip(table.header, cells, strict=True))
        row, wrong = read_row(texts, described.columns, known, decimal)
        wrong = wrong or row_faults(row, described, measures, seen, line)
        faults += [Fault(words, line, column) for column, words in wrong]
        rows.append(row)
    faults = faults or lost_rows(len(rows), described.rows, path)
    if faults:
        raise refusal(path, faults)
    return sorted(rows, key=lambda row: [row[name] for name in described.key])


def lost_rows(found: int, counted: int, path: Path) -> list[Fault]:
    """A fault if there are fewer rows than the description counts; a teacher may add some."""
    if found >= counted:
        return []
    beside = path.with_suffix(".yaml").name
    words = f"{found} rows, but {beside} counts {counted}: some are lost; put them back"
    return [Fault(f"{words} (if you took them out, write 'rows: {found}' there)")]


def header_faults(header: list[str], names: list[str]) -> list[tuple[str, str | None]]:
    """What is wrong with a header as such: one cell only, a column without a name, a name twice."""
    if len(header) == 1 and len(names) > 1:
        return [(f"the header is one cell, '{header[0]}'; put a comma between the columns", None)]
    faults = [
        (f"column {place} has no name; name it, or delete the column", None)
        for place, name in enumerate(header, 1)
        if not name
    ]
    twice = [name for name, times in Counter(header).items() if name and times > 1]
    return faults + [(f"two columns are named '{name}'; keep one", None) for name in twice]


def column_faults(header: list[str], names: list[str]) -> list[tuple[str, str | None]]:
    """Columns of the header that the table does not have, and those that are not there."""
    missing = [name for name in names if name not in header]
    faults = []
    for name in header:
        if name in names:
            continue
        guess = table_cells.nearest(name, missing)
        if guess:
            missing.remove(guess)
        advice = f"did you mean '{guess}'?" if guess else f"the columns are {', '.join(names)}"
        faults.append((f"this column is not known; {advice}", name))
    return faults + [("this column is missing; put it back", name) for name in missing]


def decimal_mark(table: TextTable, columns: Mapping[str, Column]) -> str:
    """',' if the file separates cells by another mark and writes a number with a comma."""
    if table.separator == ",":
        return "."
    numeric = [name for name, one in columns.items() if one.type in ("number", "integer")]
    places = [table.header.index(name) for name in numeric]
    return "," if any("," in cells[place] for _, cells in table.rows for place in places) else "."


def read_row(
    texts: dict[str, str], columns: Mapping[str, Column], known: list[str], decimal: str
) -> tuple[Row, list[tuple[str, str]]]:
    """Read the cells of a row by their types; returns it with (column, words) for each fault."""
    row, wrong = {}, []
    for name, column in columns.items():
        points = known if column.type == "sources" or name == "source" else []
        try:
            row[name] = read_cell(texts[name], column, points, decimal)
        except CellError as fault:
            wrong.append((name, str(fault)))
    return row, wrong


def read_cell(text: str, column: Column, known: list[str], decimal: str) -> object:
    """Read one cell by its column; raises CellError.

    An empty cell is refused where a value is required; elsewhere it is nan for a number, or "".
    """
    if not text and column.required:
        raise CellError("the cell is empty; it needs a value")
    if not text:
        return float("nan") if column.type == "number" else ""
    table_cells.refuse_leftovers(text)
    if column.type == "integer":
        return within(table_cells.read_whole(text, decimal), column)
    if column.type == "number":
        number = within(table_cells.read_number(text, decimal), column)
        return table_cells.refuse_decimals(text, number, column.decimals)
    if column.type in ("date", "partial_date"):
        return table_cells.read_date(text, partial=column.type == "partial_date")
    if column.pattern and not re.fullmatch(column.pattern, text):
        raise CellError(f"'{text}' has another form than this column; write as {column.example}")
    if column.type == "sources":
        return table_cells.read_choices(text, known)
    allowed = list(column.choices) or known
    return table_cells.read_choice(text, allowed) if allowed else table_cells.read_text(text)


def within(number: float, column: Column) -> float:
    """The number, if its column's bounds allow it; raises CellError."""
    if column.lowest is not None and number < column.lowest:
        raise CellError(f"{number:g} is too small: this column starts at {column.lowest}")
    if column.highest is not None and number > column.highest:
        raise CellError(f"{number:g} is too large: this column ends at {column.highest}")
    return number


def row_faults(
    row: Row,
    described: Description,
    measures: Mapping[str, Measure],
    seen: dict[tuple, int],
    line: int,
) -> list[tuple[str | None, str]]:
    """Faults that show only when the cells of a row, or two rows, are seen together.

    `seen` holds the line of every key met so far and takes this row's.
    """
    wrong = []
    key = tuple(row[name] for name in described.key)
    if seen.setdefault(key, line) != line:
        words = f"repeats line {seen[key]} ({', '.join(map(str, key))}); delete one of the two"
        wrong.append((None, words))
    if not isinstance(described, Dataset):
        return wrong
    if described.measured_by:
        item = str(row[described.measured_by])
        numbers = [name for name, one in described.columns.items() if one.type == "number"]
        wrong += measure_faults(row, item, measures[item], numbers)
    low, high = described.rising or (None, None)
    if low and row[low] > row[high]:
        wrong.append((low, f"{row[low]:g} is more than '{high}', {row[high]:g}; swap the two"))
    return wrong


def measure_faults(
    row: Row, item: str, measure: Measure, numbers: list[str]
) -> list[tuple[str, str]]:
    """A unit that is not the quantity's own, and numbers that it cannot plausibly reach."""
    unit, least, most = measure.unit, measure.lowest, measure.highest
    if row["unit"] != unit:
        words = f"'{row['unit']}' for {item}, which is counted in {unit}; convert the value too"
        return [("unit", words)]
    return [
        (name, f"{row[name]:g} {unit} of {item} cannot be: expected {least} to {most}; check it")
        for name in numbers
        if not least <= row[name] <= most
    ]
