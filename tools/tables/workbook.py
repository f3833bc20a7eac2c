"""All tables in one workbook, the passport of each above its rows."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from two_winds import cite, load, passport
from two_winds.course import DATASETS
from two_winds.datasets import all_names
from two_winds.datasets.description import describe

CREATED = datetime(1980, 1, 1)
WIDEST = 60
# Text that begins like this is text all the same, not a formula.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook() -> bytes:
    """Return the workbook: a sheet of contents, a sheet a table, a sheet of sources."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as book:
        book.set_properties({"title": "Two Winds: the tables", "created": CREATED})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        write_contents(book.add_worksheet("contents"), bold)
        for name in all_names():
            write_table(book.add_worksheet(name), name, bold, wrapped)
        write_sources(book.add_worksheet("sources"), bold)
    return memory.getvalue()


def write_contents(sheet, bold) -> None:
    """Write what each table is and how many of its rows have which grade."""
    sheet.write_row(0, 0, ["table", "title", "rows", "grade A", "grade B", "grade C"], bold)
    for place, name in enumerate(all_names(), start=1):
        table = load(name)
        grades = [int((table["grade"] == grade).sum()) for grade in "ABC"]
        sheet.write_row(place, 0, [name, describe(name, DATASETS).title, len(table), *grades])
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, WIDEST)
    sheet.freeze_panes(1, 0)


def write_table(sheet, name: str, bold, wrapped) -> None:
    """Write the passport of a table, then its rows below a header."""
    place = 0
    for heading, words in passport(name).entries:
        lines = [words] if isinstance(words, str) else words
        sheet.write(place, 0, heading, bold)
        sheet.write(place, 1, "\n".join(lines), wrapped)
        place += 1
    table = load(name)
    place += 1
    sheet.write_row(place, 0, list(table.columns), bold)
    for row in table.itertuples(index=False):
        place += 1
        sheet.write_row(place, 0, ["" if cell != cell else cell for cell in row])
    for column, title in enumerate(table.columns):
        longest = max([len(title), *table[title].astype(str).str.len()])
        sheet.set_column(column, column, min(longest + 2, WIDEST))


def write_sources(sheet, bold) -> None:
    """Write every source with its full reference."""
    sheet.write_row(0, 0, ["source", "reference"], bold)
    keys = sorted({key for name in all_names() for key in load(name).attrs["citations"]})
    for place, key in enumerate(keys, start=1):
        sheet.write_row(place, 0, [key, " ".join(cite(key).split())])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 2 * WIDEST)
