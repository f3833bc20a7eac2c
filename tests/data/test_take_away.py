"""The tables to take away: whole, the same each time, and readable by other people's tools."""

import csv
import hashlib
import io
import json
import tomllib
import zipfile

import pytest
import take_away
import yaml
from frictionless import Package
from lessons import ROOT
from openpyxl import load_workbook
from two_winds import cite, load
from two_winds.datasets import all_names


@pytest.fixture(scope="module")
def files():
    return take_away.files()


@pytest.fixture(scope="module")
def book(files):
    return load_workbook(io.BytesIO(files["two_winds.xlsx"]))


def test_what_was_written_is_the_same_each_time_and_can_be_unpacked_and_checked(files, tmp_path):
    assert take_away.main(tmp_path / "tables.zip") == 0
    assert (tmp_path / "tables.zip").read_bytes() == take_away.as_zip(files)
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []


def test_the_workbook_has_a_sheet_a_table_with_its_passport_and_all_its_rows(book):
    assert book.sheetnames == ["contents", *all_names(), "sources"]
    for name in all_names():
        rows = list(book[name].values)
        assert rows[0][0] == "What it is"
        header = rows.index(
            tuple(load(name).columns) + (None,) * (len(rows[0]) - load(name).shape[1])
        )
        assert len(rows) - header - 1 == len(load(name))


def test_chinese_and_cyrillic_are_right_in_the_workbook_and_nothing_is_a_formula(book):
    words = {cell for row in book["glossary"].values for cell in row}
    assert {"纸老虎"} & words and any(
        "Ленин" in str(word) or "спутник" in str(word) for word in words
    )
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_croissant_names_every_column_and_the_bytes_of_every_table(files):
    said = json.loads(files["croissant.json"])
    sums = {entry["contentUrl"]: entry["sha256"] for entry in said["distribution"]}
    assert sums == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if path.endswith(".csv") and not path.endswith("sources.csv")
    }
    for record in said["recordSet"]:
        head = next(csv.reader(io.StringIO(files[f"csv/{record['name']}.csv"].decode())))
        assert [field["name"] for field in record["field"]] == head


def test_the_citation_the_package_and_its_metadata_name_one_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert citation["version"] == project["version"]
    assert project["version"] in cite("two_winds")
    assert str(citation["date-released"])[:4] in cite("two_winds")
