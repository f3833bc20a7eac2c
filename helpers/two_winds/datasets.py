"""The tables of Two Winds: `load` one, read its `passport`, `cite` a source.

Everything about a table stands in datasets/datapackage.json, a Frictionless Data Package, so that a
table can be changed without changing code. Properties of our own are: for the passport
`counted_by`, `why`, `how`, `known_faults`, `licence` and `altered`; for UNVERIFIED.md `raised_by`;
for the check `measures` (unit, plausible bounds and definition of each quantity; those of a table
itself go before those of the package), `measured_by` (the column that names the quantity), `rising`
(two columns, the first never above the second), `form` (a text that is a date, or several sources)
and `rows` (how many there are, so that lost ones are missed).
"""

import json
from functools import lru_cache
from pathlib import Path

import pandas as pd

from two_winds.passports import Passport
from two_winds.plain import among, in_lines
from two_winds.table_file import DatasetError
from two_winds.table_rules import Row, read_rows

__all__ = ["DatasetError", "cite", "load", "passport"]

FOLDER = Path(__file__).resolve().parents[2] / "datasets"
GRADES = {
    "A": "read in a source text",
    "B": "read in a dataset or a secondary table, or derived by a stated step",
    "C": "recalled, not read again: unverified",
}


class Citations(dict):
    """The short citations of a table's sources; pandas hands them on with every step."""

    def __deepcopy__(self, _memo: dict) -> "Citations":
        # pandas would copy them each time, which takes longer than most steps do.
        return self


def load(name: str) -> pd.DataFrame:
    """Load a dataset as a table of its own, sorted by its key.

    Columns: `year` and other whole numbers int64; `value`, `low`, `high` and other numbers float64,
    in the unit of the row, nan where one may be left out; columns of a few fixed words categories,
    in the order of datapackage.json; all others str, dates among them (ISO, cut short where the day
    is not established). `table.attrs` holds the name and title of the dataset and the short
    citation of each source.

    Raises DatasetError if there is no such dataset, or if its file is damaged: then with the line
    and the column of each fault, and what to do about it.
    """
    return read_table(name, FOLDER)


def passport(name: str) -> Passport:
    """The passport of a dataset: what it is, who counted, why, how, and what is wrong with it.

    Raises DatasetError as `load` does: sources and grades are taken from the table itself.
    """
    table = load(name)
    package = read_package(FOLDER)
    resource = find_resource(package, name)
    return Passport(
        resource["title"],
        (
            ("What it is", resource["description"]),
            ("Who counted", resource["counted_by"]),
            ("Why", resource["why"]),
            ("How", resource["how"]),
            ("Known faults", resource["known_faults"]),
            ("Definitions and units", definitions(package, resource, table)),
            ("Licence", resource["licence"]),
            ("Sources", [f"{short} ({key})" for key, short in table.attrs["citations"].items()]),
            ("What was altered", resource["altered"]),
            ("Grades", grade_counts(table)),
        ),
    )


def cite(key: str) -> str:
    """The full reference of a source: citation, address if it has one, and how it was read.

    `key` is what stands in the column `source` of a table. Raises DatasetError if it is unknown.
    """
    sources = read_sources(FOLDER, read_package(FOLDER))
    if key not in sources:
        raise DatasetError(f"No source '{key}'. {among('key', key, sources)}")
    source = sources[key]
    citation, note = (in_lines(source[part]) for part in ("citation", "note"))
    return "\n".join(part for part in (citation, source["url"], note) if part)


def read_table(name: str, folder: Path) -> pd.DataFrame:
    """What `load` does, from another folder with a datapackage.json and a sources.csv."""
    package = read_package(folder)
    resource = find_resource(package, name)
    sources = read_sources(folder, package)
    known = {"source": list(sources), "more_sources": list(sources)}
    rows = read_rows(folder / resource["path"], resource, measures_of(package, resource), known)
    return as_table(rows, resource, sources)


def read_package(folder: Path) -> dict:
    """The description of all tables in a folder, from its datapackage.json."""
    path = folder / "datapackage.json"
    try:
        return parsed(path, stamp(path))
    except FileNotFoundError:
        words = f"{path.name} is missing from the folder '{folder.name}'; put the file back"
        raise DatasetError(words) from None
    except ValueError as error:
        raise DatasetError(
            f"{path.name} is not valid JSON: {error}; undo the last change"
        ) from None


def stamp(path: Path) -> tuple[int, int]:
    """What tells one state of a file from the next: when it was changed, and its size."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def parsed(path: Path, _stamp: tuple[int, int]) -> dict:
    """What a JSON file holds, read anew only when it has changed; not to be altered."""
    return json.loads(path.read_text(encoding="utf-8"))


def all_names() -> list[str]:
    """The names of all datasets, in alphabetical order."""
    return sorted(described(read_package(FOLDER)))


def described(package: dict) -> dict[str, dict]:
    """The descriptions of the datasets by name; the list of sources is none of them."""
    return {res["name"]: res for res in package["resources"] if res["name"] != "sources"}


def find_resource(package: dict, name: str) -> dict:
    """The description of one dataset; raises DatasetError with the nearest name."""
    resources = described(package)
    if name not in resources:
        raise DatasetError(f"No dataset '{name}'. {among('name', name, resources)}")
    return resources[name]


def read_sources(folder: Path, package: dict) -> dict[str, Row]:
    """The rows of sources.csv by their key."""
    resource = next(res for res in package["resources"] if res["name"] == "sources")
    path = folder / resource["path"]
    state = stamp(path) if path.is_file() else None
    return checked_sources(path, state, json.dumps(resource))


@lru_cache(maxsize=8)
def checked_sources(path: Path, _stamp: tuple[int, int] | None, description: str) -> dict[str, Row]:
    """The sources of a file under their description, read anew only when either has changed."""
    rows = read_rows(path, json.loads(description), {}, {})
    return {row["source"]: row for row in rows}


def measures_of(package: dict, resource: dict) -> dict:
    """The quantities that a table may name: its own go before those of the package."""
    return package["measures"] | resource.get("measures", {})


def as_table(rows: list[Row], resource: dict, sources: dict[str, Row]) -> pd.DataFrame:
    """Checked rows as a table with the types that `load` promises."""
    columns = {}
    for field in resource["schema"]["fields"]:
        values = [row[field["name"]] for row in rows]
        columns[field["name"]] = pd.Series(values, dtype=column_type(field))
    table = pd.DataFrame(columns)
    table.attrs = {
        "dataset": resource["name"],
        "title": resource["title"],
        "citations": Citations(
            {key: sources[key]["short"] for key in sorted(named_sources(table))}
        ),
    }
    return table


def named_sources(table: pd.DataFrame) -> set[str]:
    """The keys of all sources that the rows of a table name, the further ones included."""
    further = table.get("more_sources", ())
    return {*table["source"], *(key for cell in further for key in cell.split("; ") if key)}


def column_type(field: dict) -> str | pd.CategoricalDtype:
    """The pandas type of a field of the description."""
    if choices := field["constraints"].get("enum"):
        return pd.CategoricalDtype(choices)
    return {"integer": "int64", "number": "float64", "string": "str"}[field["type"]]


def definitions(package: dict, resource: dict, table: pd.DataFrame) -> list[str]:
    """A line for each quantity that a table holds: its name, unit and definition."""
    if "definitions" in resource:
        return resource["definitions"]
    column = resource.get("measured_by")
    items = table[column].sort_values().unique() if column else [resource["name"]]
    known = measures_of(package, resource)
    measures = [known[item] for item in items]
    return [f"{m['name']} ({m['unit']}): {m['definition']}" for m in measures]


def grade_counts(table: pd.DataFrame) -> list[str]:
    """A line for each grade of evidence: how many rows have it, and what it means."""
    counts = table["grade"].value_counts()
    return [f"{g} ({counts[g]} of {len(table)} rows): {words}" for g, words in GRADES.items()]
