"""A teacher adds a table of her own: the description is drafted, the table is read at once."""

import shutil
from pathlib import Path

import pytest
import yaml
from two_winds.datasets import FOLDER, DatasetError, all_names, read_table
from two_winds.datasets.draft import new_table
from two_winds.datasets.published import fingerprint, is_changed

STRIKES = """city,year,strikers,cause,day,share
Kiev,1962,,prices,1962-06,1.25
Kiev,1963,100,bread,1963,2
Donetsk,1963,120,prices,1963-01-02,9.75
Novocherkassk,1962,7000,prices,1962-06-01,0.5
"""


@pytest.fixture
def folder(tmp_path):
    """A folder for tables, with sources and measures."""
    place = tmp_path / "datasets"
    place.mkdir()
    for name in ("sources.csv", "sources.yaml", "measures.yaml"):
        shutil.copy(FOLDER / name, place)
    return place


def added(folder, text, name="strikes.csv"):
    """The description drafted for a table that lies elsewhere."""
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return yaml.safe_load(new_table(path, folder).read_text(encoding="utf-8"))


def test_a_drafted_table_is_read_with_the_types_that_its_cells_show(folder):
    drafted = added(folder, STRIKES)
    types = {name: column["type"] for name, column in drafted["columns"].items()}
    assert types == {
        "city": "text",
        "year": "integer",
        "strikers": "number",
        "cause": "text",
        "day": "partial_date",
        "share": "number",
    }
    assert drafted["rows"] == 4
    table = read_table("strikes", folder)
    assert table.loc[table["city"] == "Novocherkassk", "strikers"].item() == 7000
    assert table["strikers"].isna().sum() == 1
    assert list(table["cause"].cat.categories) == ["prices", "bread"]


def test_what_only_its_author_knows_is_asked_for(folder):
    drafted = added(folder, STRIKES)
    for part in ("title", "counted_by", "why", "how", "licence"):
        assert drafted[part].startswith("Write: ")
    assert drafted["columns"]["share"]["about"] == "Write: in which unit"


def test_a_number_that_lost_its_decimal_mark_is_refused_afterwards(folder):
    added(folder, STRIKES)
    table = folder / "strikes.csv"
    table.write_text(STRIKES.replace("9.75", "975"), encoding="utf-8")
    with pytest.raises(DatasetError, match="line 4, column 'share': 975 is too large"):
        read_table("strikes", folder)


def test_a_table_from_a_spreadsheet_with_semicolons_and_commas_is_drafted_too(folder):
    added(folder, "land;jahr;wert\nSUN;1957;51,2\nUSA;1957;102,3\n")
    assert read_table("strikes", folder)["wert"].tolist() == [51.2, 102.3]


def test_sources_and_grades_are_known_by_their_names(folder):
    columns = added(folder, "year,value,source,grade\n1957,1.5,CHR,A\n1958,2,CHR,B\n")["columns"]
    assert columns["grade"]["choices"] == ["A", "B", "C"]
    assert "sources.csv" in columns["source"]["about"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("My table.csv", "small letters"), ("no_such.csv", "There is no file")],
)
def test_a_name_that_will_not_do_is_answered(folder, name, words):
    path = folder.parent / name
    if "My" in name:
        path.write_text(STRIKES, encoding="utf-8")
    with pytest.raises(DatasetError, match=words):
        new_table(path, folder)


def test_nothing_is_written_over(folder):
    added(folder, STRIKES)
    before = (folder / "strikes.yaml").read_bytes()
    with pytest.raises(DatasetError, match="already"):
        added(folder, STRIKES)
    assert (folder / "strikes.yaml").read_bytes() == before


def test_a_table_with_the_same_row_twice_is_refused(folder):
    with pytest.raises(DatasetError, match="same in every column"):
        added(folder, "year,value\n1957,1\n1957,1\n")


def test_no_published_table_has_a_passport_that_is_still_to_be_written():
    assert [n for n in all_names() if "Write: " in (FOLDER / f"{n}.yaml").read_text("utf-8")] == []


# --- the table as it was published ---


def test_every_table_is_as_it_was_published():
    assert [name for name in all_names() if is_changed(name, FOLDER)] == []


def test_a_changed_figure_is_noticed_and_other_line_ends_are_not(folder):
    for name in ("production.csv", "datapackage.json"):
        shutil.copy(FOLDER / name, folder)
    table = folder / "production.csv"
    whole = table.read_bytes()
    table.write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"))
    assert not is_changed("production", folder)
    table.write_bytes(whole.replace(b"51.176", b"51.716", 1))
    assert is_changed("production", folder)
    assert fingerprint(table) != fingerprint(FOLDER / "production.csv")


def test_a_teachers_own_table_was_never_published(folder):
    shutil.copy(FOLDER / "datapackage.json", folder)
    added(folder, STRIKES)
    assert not is_changed("strikes", folder)


# --- damage that the cells alone show ---


def damaged(folder, name, old, new):
    """A published table with one cell changed, read again."""
    for part in (f"{name}.csv", f"{name}.yaml"):
        shutil.copy(FOLDER / part, folder)
    path = Path(folder / f"{name}.csv")
    text = path.read_text("utf-8")
    assert text.count(old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_table(name, folder)


def test_a_mark_between_thousands_is_no_decimal_point(folder):
    with pytest.raises(DatasetError, match="'1.097' has more digits.*1097 may be meant"):
        damaged(folder, "missiles", ",1097,", ",1.097,")


def test_a_perigee_is_never_above_its_apogee(folder):
    with pytest.raises(DatasetError, match="perigee_km.*more than 'apogee_km'.*swap the two"):
        damaged(folder, "satellites", ",212,1660,", ",1660,212,")


def test_no_satellite_weighs_nothing(folder):
    with pytest.raises(DatasetError, match="0 is too small"):
        damaged(folder, "satellites", ",508.3,", ",0,")
