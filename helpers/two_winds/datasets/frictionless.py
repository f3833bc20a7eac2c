"""The descriptions of all tables as one Frictionless Data Package, for other people's tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from two_winds.datasets.description import (
    Column,
    Dataset,
    Description,
    dataset_names,
    describe,
    describe_sources,
)
from two_winds.datasets.published import fingerprint

PACKAGE = {
    "name": "two-winds",
    "title": "Two Winds: data for teaching 1957",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "sources": [
        {
            "title": "Every source is listed, with its full citation, in sources.csv",
            "path": "sources.csv",
        }
    ],
}
PASSPORT = ("counted_by", "why", "how", "known_faults", "licence", "altered")


def data_package(folder: Path) -> dict[str, Any]:
    """Return what datapackage.json holds: every table of a folder, its columns and its passport."""
    tables: dict[str, Description] = {
        name: describe(name, folder) for name in dataset_names(folder)
    }
    tables["sources"] = describe_sources(folder)
    resources = [
        resource(name, tables[name]) | {"hash": fingerprint(folder / f"{name}.csv")}
        for name in sorted(tables)
    ]
    return PACKAGE | {"resources": resources}


def resource(name: str, described: Description) -> dict[str, Any]:
    """Return one table as a Frictionless resource."""
    fields = [field(title, column) for title, column in described.columns.items()]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(described.key)}
    if "source" in described.columns and name != "sources":
        there = {"resource": "sources", "fields": ["source"]}
        schema["foreignKeys"] = [{"fields": ["source"], "reference": there}]
    whole = {
        "name": name,
        "path": f"{name}.csv",
        "title": described.title,
        "description": described.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    if isinstance(described, Dataset):
        whole |= {part: as_json(getattr(described, part)) for part in PASSPORT}
    return whole


def field(name: str, column: Column) -> dict[str, Any]:
    """Return one column as a Frictionless field."""
    limits = {
        "required": column.required,
        "enum": list(column.choices),
        "minimum": column.lowest,
        "maximum": column.highest,
        "maxLength": column.longest,
        "pattern": column.pattern,
    }
    kept = {limit: value for limit, value in limits.items() if value not in (None, "", [])}
    kind = column.type if column.type in ("integer", "number") else "string"
    described = {"name": name, "type": kind, "title": column.title}
    if column.about:
        described["description"] = column.about
    return described | {"constraints": kept}


def as_json(value: Any) -> Any:
    """Return a value of a description as JSON has it: a list for a tuple."""
    return list(value) if isinstance(value, tuple) else value
