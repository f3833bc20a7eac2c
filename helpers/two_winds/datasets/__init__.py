"""The tables of Two Winds: `load` one, read its `passport`, `cite` a source.

A table is three things at one place: datasets/production.csv, its description in
datasets/production.yaml (see `description`), and the rows of datasets/sources.csv that it names.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd
from classwork.ground.csv_text import DatasetError
from classwork.ground.errors import among, in_lines

from two_winds.argument_checks import lesson_helper
from two_winds.course import CITATION, DATASETS
from two_winds.datasets.description import (
    Column,
    Dataset,
    Description,
    dataset_names,
    describe,
    describe_sources,
    measures_of,
    stamp,
)
from two_winds.datasets.passports import Passport
from two_winds.datasets.published import CHANGED, is_changed
from two_winds.datasets.rules import Row, read_rows

__all__ = ["DatasetError", "cite", "load", "passport"]

FOLDER = DATASETS
GRADES = {
    "A": "read in a source text",
    "B": "read in a dataset or a secondary table, or derived by a stated step",
    "C": "recalled, not read again: unverified",
}


class Citations(dict):
    """The short citations of a table's sources; pandas hands them on with every step."""

    def __deepcopy__(self, _memo: dict) -> Citations:
        # pandas would copy them each time, which takes longer than most steps do.
        return self


@lesson_helper
def load(name: str) -> pd.DataFrame:
    """Load a dataset as a table of its own, sorted by its key.

    Columns: `year` and other whole numbers int64; `value`, `low`, `high` and other numbers float64,
    in the unit of the row, nan where one may be left out; columns of a few fixed words categories,
    in the order of its description; all others str, dates among them (ISO, cut short where the day
    is not established). `table.attrs` holds the name and title of the dataset and the short
    citation of each source.

    Raises DatasetError if there is no such dataset, or if its file is damaged: then with the line
    and the column of each fault, and what to do about it.
    """
    return read_table(name, FOLDER)


@lesson_helper
def passport(name: str, short: bool = False) -> Passport:
    """The passport of a dataset: what it is, who counted, why, how, and what is wrong with it.

    Args:
        name: the dataset.
        short: only what a first hour needs: who counted, why, and the fault that matters most.

    Raises:
        DatasetError: as `load` does, for sources and grades are taken from the table itself; if
            `short` is asked of a dataset that has no short passport.
    """
    dataset = describe(name, FOLDER)
    if short:
        if not dataset.short:
            raise DatasetError(f"{name} has no short passport; write one under 'short' in its yaml")
        return Passport(dataset.title, (("In short", dataset.short), *changed(name)))
    table = load(name)
    return Passport(
        dataset.title,
        (
            ("What it is", dataset.description),
            ("Who counted", dataset.counted_by),
            ("Why", dataset.why),
            ("How", dataset.how),
            ("Known faults", list(dataset.known_faults)),
            ("Definitions and units", definitions(name, dataset, table)),
            ("Licence", dataset.licence),
            ("Sources", [f"{short} ({key})" for key, short in table.attrs["citations"].items()]),
            ("What was altered", list(dataset.altered)),
            ("Grades", grade_counts(table)),
            *changed(name),
        ),
    )


def changed(name: str) -> list[tuple[str, str]]:
    """The entry of a passport for a table that is no longer as it was published, or none."""
    return [("Changed", CHANGED.format(name=name))] if is_changed(name, FOLDER) else []


@lesson_helper
def cite(key: str) -> str:
    """The full reference of a source: citation, address if it has one, and how it was read.

    `key` is what stands in the column `source` of a table, or "two_winds" for the package itself.
    Raises DatasetError if it is unknown.
    """
    if key == "two_winds":
        return CITATION
    sources = read_sources(FOLDER)
    if key not in sources:
        raise DatasetError(f"No source '{key}'. {among('key', key, sources)}")
    source = sources[key]
    citation, note = (in_lines(source[part]) for part in ("citation", "note"))
    return "\n".join(part for part in (citation, source["url"], note) if part)


def read_table(name: str, folder: Path) -> pd.DataFrame:
    """What `load` does, from another folder with descriptions and a sources.csv."""
    files = [f"{name}.csv", f"{name}.yaml", "sources.csv", "sources.yaml", "measures.yaml"]
    table = checked_table(name, folder, *(stamp(folder / file) for file in files)).copy()
    table.attrs["citations"] = Citations(table.attrs["citations"])
    return table


@lru_cache(maxsize=64)
def checked_table(name: str, folder: Path, *_stamps: object) -> pd.DataFrame:
    """The table of a file, read and checked anew only when it or what describes it has changed."""
    dataset = describe(name, folder)
    sources = read_sources(folder)
    measures = measures_of(dataset, folder)
    rows = read_rows(folder / f"{name}.csv", dataset, measures, list(sources))
    return as_table(name, rows, dataset, sources)


def all_names() -> list[str]:
    """The names of all datasets, in alphabetical order."""
    return dataset_names(FOLDER)


def read_sources(folder: Path) -> dict[str, Row]:
    """The rows of sources.csv by their key."""
    path = folder / "sources.csv"
    return checked_sources(path, stamp(path), stamp(path.with_suffix(".yaml")))


@lru_cache(maxsize=8)
def checked_sources(path: Path, _table: object, _description: object) -> dict[str, Row]:
    """The sources of a file under their description, read anew only when either has changed."""
    rows = read_rows(path, describe_sources(path.parent), {}, [])
    return {str(row["source"]): row for row in rows}


def as_table(
    name: str, rows: list[Row], dataset: Description, sources: dict[str, Row]
) -> pd.DataFrame:
    """Checked rows as a table with the types that `load` promises."""
    columns = {
        title: pd.Series([row[title] for row in rows], dtype=column_type(column))
        for title, column in dataset.columns.items()
    }
    table = pd.DataFrame(columns)
    shorts = {key: sources[key]["short"] for key in sorted(named_sources(table))}
    table.attrs = {"dataset": name, "title": dataset.title, "citations": Citations(shorts)}
    return table


def named_sources(table: pd.DataFrame) -> set[str]:
    """The keys of all sources that the rows of a table name, the further ones included."""
    further = table.get("more_sources", ())
    return {*table.get("source", ()), *(key for cell in further for key in cell.split("; ") if key)}


def column_type(column: Column) -> str | pd.CategoricalDtype:
    """The pandas type of a column of the description."""
    if column.choices:
        return pd.CategoricalDtype(list(column.choices))
    return {"integer": "int64", "number": "float64"}.get(column.type, "str")


def definitions(name: str, dataset: Dataset, table: pd.DataFrame) -> list[str]:
    """A line for each quantity that a table holds: its name, unit and definition."""
    if dataset.definitions:
        return list(dataset.definitions)
    column = dataset.measured_by
    items = table[column].sort_values().unique() if column else [name]
    known = measures_of(dataset, FOLDER)
    return [f"{m.name} ({m.unit}): {m.definition}" for m in (known[str(item)] for item in items)]


def grade_counts(table: pd.DataFrame) -> list[str]:
    """A line for each grade of evidence: how many rows have it, and what it means."""
    if "grade" not in table:
        return ["Not given."]
    counts = table["grade"].value_counts()
    return [f"{g} ({counts[g]} of {len(table)} rows): {words}" for g, words in GRADES.items()]
