"""Rows of text against their description in datapackage.json: typed rows, or all the faults."""

import re
from collections import Counter
from pathlib import Path

from two_winds import table_cells
from two_winds.table_cells import CellError
from two_winds.table_file import Fault, TextTable, read_text_table, refusal

Row = dict[str, object]


def read_rows(path: Path, resource: dict, measures: dict, known: dict[str, list[str]]) -> list[Row]:
    """Read and check a table.

    `resource` is its description (a Frictionless resource), `measures` the unit and the plausible
    bounds of each quantity, `known` the words allowed in columns that point to another table.
    Returns one dictionary a row, typed, sorted by primary key. Raises DatasetError with the faults.
    """
    fields = resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    table = read_text_table(path, names)
    faults = header_faults(table.header, names) or column_faults(table.header, names)
    if faults:
        raise refusal(path, [Fault(words, table.first_line, name) for words, name in faults])
    decimal = decimal_mark(table, fields)
    rows, seen = [], {}
    for line, cells in table.rows:
        texts = dict(zip(table.header, cells, strict=True))
        row, wrong = read_row(texts, fields, known, decimal)
        wrong = wrong or row_faults(row, resource, measures, seen, line)
        faults += [Fault(words, line, column) for column, words in wrong]
        rows.append(row)
    faults = faults or lost_rows(len(rows), resource)
    if faults:
        raise refusal(path, faults)
    key = resource["schema"]["primaryKey"]
    return sorted(rows, key=lambda row: [row[name] for name in key])


def lost_rows(found: int, resource: dict) -> list[Fault]:
    """A fault if there are fewer rows than the description counts; a teacher may add some."""
    counted = resource.get("rows", 0)
    if found >= counted:
        return []
    words = f"{found} rows, but datapackage.json counts {counted}: some are lost; put them back"
    return [Fault(f'{words} (if you took them out, write "rows": {found} there)')]


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


def decimal_mark(table: TextTable, fields: list[dict]) -> str:
    """',' if the file separates cells by another mark and writes a number with a comma."""
    if table.separator == ",":
        return "."
    numeric = [f["name"] for f in fields if f["type"] in ("number", "integer")]
    places = [table.header.index(name) for name in numeric]
    return "," if any("," in cells[place] for _, cells in table.rows for place in places) else "."


def read_row(
    texts: dict[str, str], fields: list[dict], known: dict[str, list[str]], decimal: str
) -> tuple[Row, list[tuple[str, str]]]:
    """Read the cells of a row by their types; returns it with (column, words) for each fault."""
    row, wrong = {}, []
    for field in fields:
        name = field["name"]
        try:
            row[name] = read_cell(texts[name], field, known.get(name), decimal)
        except CellError as fault:
            wrong.append((name, str(fault)))
    return row, wrong


def read_cell(text: str, field: dict, known: list[str] | None, decimal: str) -> object:
    """Read one cell by its type and constraints; raises CellError.

    An empty cell is refused where a value is required; elsewhere it is nan for a number, or "".
    """
    limits = field["constraints"]
    if not text and limits["required"]:
        raise CellError("the cell is empty; it needs a value")
    if not text:
        return float("nan") if field["type"] == "number" else ""
    table_cells.refuse_leftovers(text)
    if field["type"] == "integer":
        return within(table_cells.read_whole(text, decimal), limits)
    if field["type"] == "number":
        return within(table_cells.read_number(text, decimal), limits)
    if field.get("form") in ("date", "partial_date"):
        return table_cells.read_date(text, partial=field["form"] == "partial_date")
    if not re.fullmatch(limits.get("pattern", ".*"), text):
        raise CellError(f"'{text}' has another form than this column; write as {field['example']}")
    allowed = limits.get("enum") or known
    if field.get("form") == "sources":
        return table_cells.read_choices(text, allowed)
    return table_cells.read_choice(text, allowed) if allowed else table_cells.read_text(text)


def within(number: float, limits: dict) -> float:
    """The number, if its field's bounds allow it; raises CellError."""
    least, most = limits.get("minimum"), limits.get("maximum")
    if least is not None and number < least:
        raise CellError(f"{number:g} is too small: this column starts at {least}")
    if most is not None and number > most:
        raise CellError(f"{number:g} is too large: this column ends at {most}")
    return number


def row_faults(
    row: Row, resource: dict, measures: dict, seen: dict[tuple, int], line: int
) -> list[tuple[str | None, str]]:
    """Faults that show only when the cells of a row, or two rows, are seen together.

    `seen` holds the line of every key met so far and takes this row's.
    """
    wrong = []
    key = tuple(row[name] for name in resource["schema"]["primaryKey"])
    if seen.setdefault(key, line) != line:
        words = f"repeats line {seen[key]} ({', '.join(map(str, key))}); delete one of the two"
        wrong.append((None, words))
    if measured_by := resource.get("measured_by"):
        item = row[measured_by]
        numbers = [f["name"] for f in resource["schema"]["fields"] if f["type"] == "number"]
        wrong += measure_faults(row, item, measures[item], numbers)
    low, high = resource.get("rising", (None, None))
    if low and row[low] > row[high]:
        wrong.append((low, f"{row[low]:g} is more than '{high}', {row[high]:g}; swap the two"))
    return wrong


def measure_faults(row: Row, item: str, measure: dict, numbers: list[str]) -> list[tuple[str, str]]:
    """A unit that is not the quantity's own, and numbers that it cannot plausibly reach."""
    unit, least, most = measure["unit"], measure["lowest"], measure["highest"]
    if row["unit"] != unit:
        words = f"'{row['unit']}' for {item}, which is counted in {unit}; convert the value too"
        return [("unit", words)]
    return [
        (name, f"{row[name]:g} {unit} of {item} cannot be: expected {least} to {most}; check it")
        for name in numbers
        if not least <= row[name] <= most
    ]
