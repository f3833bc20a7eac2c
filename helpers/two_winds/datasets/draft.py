"""A first description for a new table, drafted from its CSV file.

The program guesses what can be seen in the cells: types, fixed words, bounds, the key. What only
its author can know (who counted, why, how, what is wrong with it) stands there as "Write: ...".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml
from classwork.ground.csv_text import DatasetError, TextTable, read_text_table

from two_winds.datasets import cells as table_cells

FEW = 8
TO_WRITE = {
    "title": "Write: what the table is called, as a reader would say it",
    "description": "Write: what a row is, of which places and years",
    "counted_by": "Write: who counted",
    "why": "Write: why it was counted, and who wanted to see which number",
    "how": "Write: how it was counted or estimated, and how it came into this table",
    "known_faults": ["Write: what is wrong with it, a line for each fault"],
    "licence": "Write: under which licence it may be passed on",
    "altered": ["Write: what was changed on the way here, or: Nothing, figures as read"],
}
KNOWN = {
    "source": {
        "title": "Source",
        "about": "Key of a row in sources.csv: what the row rests on first of all.",
        "type": "text",
    },
    "grade": {
        "title": "Grade of evidence",
        "about": "A: read in a source text. B: read in a dataset or a secondary table, or derived "
        "from one by a stated step. C: recalled, not read again.",
        "type": "text",
        "choices": ["A", "B", "C"],
    },
}


def new_table(path: Path, folder: Path) -> Path:
    """Write a first description of a table beside it; copy the table into the folder if need be.

    Args:
        path: the CSV file.
        folder: where the tables are.

    Returns:
        The description, NAME.yaml in that folder.

    Raises:
        DatasetError: if the file cannot be read, its name will not do, or the table is there.
    """
    name = path.stem
    if not (name.isidentifier() and name.isascii() and name.islower()):
        raise DatasetError(
            f"{path.name}: name the file in small letters, digits and _, such as strikes_1962.csv"
        )
    table, description = folder / f"{name}.csv", folder / f"{name}.yaml"
    there = [one.name for one in (table, description) if one.exists() and one != path.resolve()]
    if there:
        raise DatasetError(f"There is a {there[0]} in {folder.name} already. Choose another name.")
    drafted = draft(read_text_table(path, header_of(path)))
    if path.resolve() != table:
        table.write_bytes(path.read_bytes())
    text = yaml.safe_dump(drafted, sort_keys=False, allow_unicode=True, width=100)
    description.write_text(text, encoding="utf-8", newline="\n")
    return description


def header_of(path: Path) -> list[str]:
    """Return the names of a table's columns, whatever they are."""
    if not path.is_file():
        raise DatasetError(f"There is no file {path}.")
    first = path.read_bytes().decode("utf-8-sig", "replace").splitlines()[:1]
    return first[0].replace(";", ",").replace("\t", ",").split(",") if first else []


def draft(table: TextTable) -> dict[str, Any]:
    """Return a description of a table, as its YAML file is to hold it."""
    decimal = "." if table.separator == "," else ","
    columns = {
        name: KNOWN.get(name) or column(name, [cells[place] for _, cells in table.rows], decimal)
        for place, name in enumerate(table.header)
    }
    key = key_of(table, columns)
    return TO_WRITE | {"rows": len(table.rows), "key": key, "columns": columns}


def column(name: str, cells: list[str], decimal: str) -> dict[str, Any]:
    """Return what can be seen of a column in its cells."""
    filled = [cell for cell in cells if cell]
    found: dict[str, Any] = {"title": name.replace("_", " ").capitalize()}
    found |= type_of(filled, decimal)
    if found["type"] == "integer" and len(filled) < len(cells):
        found["type"] = "number"
    if len(filled) < len(cells):
        found["required"] = False
    if found["type"] == "number":
        found["about"] = "Write: in which unit"
    return found


def type_of(cells: list[str], decimal: str) -> dict[str, Any]:
    """Return the type of a column, with the bounds or the words that suggest themselves."""
    whole = read_all(lambda cell: table_cells.read_whole(cell, decimal), cells)
    if whole:
        years = min(whole) >= 1000 and max(whole) <= 2100
        low, high = (min(whole), max(whole)) if years else bounds(whole)
        return {"type": "integer", "lowest": low, "highest": high}
    numbers = read_all(lambda cell: table_cells.read_number(cell, decimal), cells)
    if numbers:
        low, high = bounds(numbers)
        return {"type": "number", "lowest": low, "highest": high}
    for kind in ("date", "partial_date"):
        if read_all(lambda cell, kind=kind: table_cells.read_date(cell, kind != "date"), cells):
            return {"type": kind}
    words = list(dict.fromkeys(cells))
    if words and len(words) <= FEW and 2 * len(words) <= len(cells):
        return {"type": "text", "choices": words}
    return {"type": "text"}


def read_all(read: Callable[[str], Any], cells: list[str]) -> list[Any]:
    """Return every cell as read, or nothing where one cannot be read so."""
    try:
        return [read(cell) for cell in cells]
    except table_cells.CellError:
        return []


def bounds(numbers: list[float]) -> tuple[int, int]:
    """Return bounds that an honest figure keeps and a lost decimal mark does not.

    >>> bounds([12, 51.2]), bounds([-3, 4])
    ((0, 500), (-30, 40))
    """
    size = max(abs(number) for number in numbers) or 1
    step = 10 ** math.floor(math.log10(size))

    def tenfold(number: float) -> int:
        return math.ceil(10 * step * (abs(number) // step))

    low = -tenfold(min(numbers)) if min(numbers) < 0 else 0
    return low, max(tenfold(max(numbers)), 10) if max(numbers) > 0 else 0


def key_of(table: TextTable, columns: dict[str, Any]) -> list[str]:
    """Return the fewest columns that tell every row from all others; numbers are left for last."""
    names = sorted(table.header, key=lambda name: columns[name]["type"] == "number")
    for size in range(1, len(names) + 1):
        for chosen in combinations(names, size):
            places = [table.header.index(name) for name in chosen]
            if len({tuple(cells[i] for i in places) for _, cells in table.rows}) == len(table.rows):
                return list(chosen)
    raise DatasetError("Two rows of the table are the same in every column; delete one of them.")
