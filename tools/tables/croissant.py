"""The tables as Croissant metadata (MLCommons, version 1.0), the passports as its RAI fields."""

from __future__ import annotations

import hashlib
from typing import Any

import yaml
from two_winds import cite
from two_winds.course import CHECKOUT, DATASETS
from two_winds.datasets import all_names
from two_winds.datasets.description import Column, Dataset, describe
from two_winds.datasets.frictionless import PACKAGE

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
CONFORMS = ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"]
CITATION = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}


def croissant(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the metadata of the tables.

    Args:
        files: the files of the zip by path; each table is csv/NAME.csv among them.
    """
    tables = {name: describe(name, DATASETS) for name in all_names()}
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "two-winds",
        "description": "Tables for teaching 1957: Mao in Moscow, two Sputniks, a promise to "
        "out-produce America. Every row names its source and says how far it can be trusted.",
        "conformsTo": CONFORMS,
        "license": PACKAGE["licenses"][0]["path"],
        "creator": {"@type": "sc:Organization", "name": "The Two Winds authors"},
        "datePublished": str(CITATION["date-released"]),
        "version": CITATION["version"],
        "citeAs": cite("two_winds"),
        "isLiveDataset": False,
        "keywords": ["history", "1957", "Soviet Union", "China", "space race", "teaching"],
        **responsible(tables),
        "distribution": [file_object(name, files[f"csv/{name}.csv"]) for name in tables],
        "recordSet": [record_set(name, table) for name, table in tables.items()],
    }


def responsible(tables: dict[str, Dataset]) -> dict[str, Any]:
    """Return what responsible use must know, taken from the passports."""
    return {
        "rai:dataCollection": "\n".join(f"{t.title}: {t.how}" for t in tables.values()),
        "rai:dataCollectionRawData": "\n".join(
            f"{t.title}: {t.counted_by}" for t in tables.values()
        ),
        "rai:dataBiases": [f"{table.title}: {table.why}" for table in tables.values()],
        "rai:dataLimitations": [
            f"{table.title}: {fault}" for table in tables.values() for fault in table.known_faults
        ],
        "rai:dataManipulationProtocol": [
            f"{table.title}: {change}" for table in tables.values() for change in table.altered
        ],
        "rai:dataCollectionMissingData": "Rows of grade C were recalled and not read in a source; "
        "UNVERIFIED.md of the project lists them.",
        "rai:dataUseCases": "Teaching history and statistics. Not for training models that state "
        "historical facts: rival figures stand side by side on purpose.",
        "rai:personalSensitiveInformation": "Names and offices of public figures of the time.",
        "rai:dataReleaseMaintenancePlan": "Corrections appear with each edition; see CHANGELOG.md.",
    }


def file_object(name: str, content: bytes) -> dict[str, Any]:
    """Return one table as a file."""
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.csv",
        "name": f"{name}.csv",
        "contentUrl": f"csv/{name}.csv",
        "encodingFormat": "text/csv",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def record_set(name: str, table: Dataset) -> dict[str, Any]:
    """Return the rows of one table: its columns, their types, and its key."""
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{table.title}. {table.description}",
        "key": [{"@id": f"{name}/{column}"} for column in table.key],
        "field": [field(name, title, column) for title, column in table.columns.items()],
    }


def field(table: str, title: str, column: Column) -> dict[str, Any]:
    """Return one column."""
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{title}",
        "name": title,
        "description": column.about or column.title,
        "dataType": TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": title}},
    }
