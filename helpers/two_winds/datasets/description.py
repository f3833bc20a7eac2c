"""The description of a table: datasets/production.yaml, read beside datasets/production.csv.

A description says what a table is (its passport), which columns it has, and what its quantities
may plausibly be, so that a table can be changed without changing code. Whoever writes one by hand
is told what is wrong with it: in which file, under which key, and what to write instead.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from classwork.ground.csv_text import DatasetError, Fault, refusal
from classwork.ground.errors import among

ColumnType = Literal["text", "integer", "number", "date", "partial_date", "sources"]
MEASURES = "measures"
SOURCES = "sources"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        title: its name for a reader.
        about: what it holds, where the title does not say it all.
        type: `text`, `integer`, `number`, `date` (1957-11-06), `partial_date` (the day or the
            month may be missing), or `sources` (keys of sources.csv, with "; " between them).
        required: whether every row must have a value.
        choices: the only words allowed; empty where any word is.
        lowest, highest: bounds of a number.
        decimals: how many digits a number may have behind the point; None where any.
        longest: the greatest length of a text.
        pattern: a regular expression for codes and times, with an `example` for whoever errs.
    """

    title: str
    type: ColumnType
    about: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    decimals: int | None = None
    longest: int | None = None
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A quantity: its name, the unit it is counted in, plausible bounds, and its definition."""

    name: str
    unit: str
    lowest: float
    highest: float
    definition: str


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a table is made of: its columns by name, its key, and how many rows it has.

    Attributes:
        rows: how many there are, so that lost ones are missed; a teacher may add some.
        key: the columns that tell one row from every other.
    """

    title: str
    description: str
    rows: int
    key: tuple[str, ...]
    columns: Mapping[str, Column]


@dataclass(frozen=True, kw_only=True)
class Dataset(Description):
    """A table with its passport.

    Attributes:
        counted_by, why, how, known_faults, licence, altered: the passport.
        short: the passport in at most 110 words, for a first hour; "" where none opens with it.
        raised_by: what would raise its rows of grade C, for UNVERIFIED.md.
        measured_by: the column that names the quantity of a row; "" where there is none.
        measures: quantities of this table alone; they go before those of measures.yaml.
        definitions: what its words mean, where no measures say it.
        rising: two columns, the first never above the second.
    """

    counted_by: str
    why: str
    how: str
    known_faults: tuple[str, ...]
    licence: str
    altered: tuple[str, ...]
    short: str = ""
    raised_by: tuple[str, ...] = ()
    measured_by: str = ""
    measures: Mapping[str, Measure] = ()
    definitions: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()


def dataset_names(folder: Path) -> list[str]:
    """Return the names of all tables described in a folder, in alphabetical order."""
    names = {path.stem for path in folder.glob("*.yaml")}
    return sorted(names - {MEASURES, SOURCES})


def describe(name: str, folder: Path) -> Dataset:
    """Return the description of a table.

    Raises:
        DatasetError: if no such table is described there, or its description is wrong: then with
            each fault, its key, and what to write.
    """
    known = dataset_names(folder)
    if name not in known:
        raise DatasetError(f"No dataset '{name}'. {among('name', name, known)}")
    return read_description(folder / f"{name}.yaml", Dataset)


def describe_sources(folder: Path) -> Description:
    """Return the description of sources.csv; raises DatasetError as `describe` does."""
    return read_description(folder / f"{SOURCES}.yaml", Description)


def measures_of(dataset: Dataset, folder: Path) -> Mapping[str, Measure]:
    """Return the quantities that a table may name: its own go before those of measures.yaml."""
    path = folder / f"{MEASURES}.yaml"
    return {**read_measures(path, stamp(path)), **dict(dataset.measures)}


def read_description(path: Path, kind: type[Description]) -> Any:
    """Return the description that a file holds, read anew only when it has changed."""
    return _read_description(path, stamp(path), kind)


def stamp(path: Path) -> tuple[int, int] | None:
    """Return what tells one state of a file from the next; None where it is missing."""
    if not path.is_file():
        return None
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _read_description(path: Path, _stamp: object, kind: type[Description]) -> Description:
    faults: list[Fault] = []
    described = fill(kind, read_yaml(path), "", faults)
    if not faults:
        faults += inner_faults(described)
    if faults:
        raise refusal(path, faults)
    return described


@lru_cache(maxsize=8)
def read_measures(path: Path, _stamp: object) -> Mapping[str, Measure]:
    """Return the quantities that several tables share; raises DatasetError."""
    faults: list[Fault] = []
    found = fill(Mapping[str, Measure], read_yaml(path), "", faults)
    if faults:
        raise refusal(path, faults)
    return found


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds; raises DatasetError if it is missing or not YAML."""
    if not path.is_file():
        words = f"{path.name} is missing from the folder '{path.parent.name}'; put the file back"
        raise DatasetError(words)
    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        words = f"this is not YAML ({error.problem}); a text with ': ' in it wants quotation marks"
        raise refusal(path, [Fault(words, line)]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise refusal(path, [Fault(f"this is not YAML: {error}")]) from None


def fill(kind: Any, value: Any, place: str, faults: list[Fault]) -> Any:
    """Return a value as the kind that a field wants; what does not fit becomes a fault.

    Args:
        kind: a dataclass of this module, or the type hint of one of its fields.
        value: what the file holds there.
        place: the keys that lead there, such as "columns, year".
        faults: takes what is wrong.
    """
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        if value not in parts:
            said = among("it", value, parts).replace("it can", "It can")
            faults.append(fault(place, f"'{value}' is not known here. {said}"))
        return value
    if origin is Mapping:
        if not isinstance(value, dict):
            faults.append(fault(place, "write a name and, indented below it, what belongs to it"))
            return {}
        return {
            str(name): fill(parts[1], one, join(place, name), faults) for name, one in value.items()
        }
    if origin is tuple:
        if not isinstance(value, list):
            faults.append(fault(place, "write a list: a line for each, beginning with '- '"))
            return ()
        return tuple(fill(parts[0], one, place, faults) for one in value)
    if origin is not None:
        return fill(parts[0], value, place, faults)
    if hasattr(kind, "__dataclass_fields__"):
        return fill_class(kind, value, place, faults)
    wanted = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}[kind]
    if isinstance(value, bool) is not (kind is bool) or not isinstance(
        value, (int, float) if kind is float else kind
    ):
        shown = "nothing" if value is None else repr(value)
        faults.append(fault(place, f"{shown} stands where {wanted} belongs"))
    return value


def fill_class(kind: Any, value: Any, place: str, faults: list[Fault]) -> Any:
    """Return a mapping of the file as a dataclass, or None with the faults that forbid it."""
    if not isinstance(value, dict):
        faults.append(fault(place, "write its keys below it, indented, such as 'title: Year'"))
        return None
    hints = typing.get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for name in value:
        if name not in known:
            words = among("a key here", name, known)
            faults.append(fault(join(place, name), f"this key is not known. {words}"))
    for name, field in known.items():
        if name not in value and field.default is MISSING:
            words = f"this key is missing; write '{name}:' and what belongs there"
            faults.append(fault(join(place, name), words))
    given = {
        name: fill(hints[name], value[name], join(place, name), faults)
        for name in known
        if name in value
    }
    return None if faults else kind(**given)


def inner_faults(described: Description) -> list[Fault]:
    """Return what is wrong between the keys of a description, each of them right by itself."""
    columns = list(described.columns)
    named = [("key", name) for name in described.key]
    if isinstance(described, Dataset):
        named += [("rising", name) for name in described.rising]
        named += [("measured_by", described.measured_by)] if described.measured_by else []
        if not described.measured_by and not described.definitions and described.measures:
            return [fault("measured_by", "name the column that says which measure a row holds")]
    faults = [
        fault(place, f"there is no column '{name}'. {among('a column', name, columns)}")
        for place, name in named
        if name not in described.columns
    ]
    faults += [
        fault(join(join("columns", name), "example"), "a pattern wants an example of a right cell")
        for name, column in described.columns.items()
        if column.pattern and column.type == "text" and not column.example
    ]
    return faults


def fault(place: str, words: str) -> Fault:
    """Return a fault of a description, at its key."""
    return Fault(f"key '{place}': {words}" if place else words)


def join(place: str, name: object) -> str:
    """Return the keys that lead to a place within another."""
    return f"{place}, {name}" if place else str(name)
