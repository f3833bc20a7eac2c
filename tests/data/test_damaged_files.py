"""A CSV that a spreadsheet or a hand has damaged is read right, or refused in plain words."""

import re
import shutil

import pandas as pd
import pytest
from two_winds.datasets import FOLDER, DatasetError, read_table

OUTPUT = """country,product,year,value,unit,series,source,grade,note
SUN,steel,1956,48.698,Mt,official,COW_NMC7,B,
SUN,steel,1957,51.176,Mt,official,COW_NMC7,B,Forty years after
USA,natural_gas,1957,302.4,bcm,official,COW_NMC7,B,
"""
PROMISES = """product,target_set,announced,year,low,high,unit,counted_alike,source,grade,note
steel,speech_1957,1957-11-06,1972,100,120,Mt,yes,MEMORY,C,
"""
SAVE = "open it in the spreadsheet and save it again as 'CSV UTF-8'"


@pytest.fixture
def folder(tmp_path):
    """A folder with sources, and two short tables with their descriptions."""
    for name in ("sources.csv", "sources.yaml", "measures.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    for name in ("production.yaml", "targets.yaml"):
        text = re.sub(r"(?m)^rows: \d+$", "rows: 1", (FOLDER / name).read_text("utf-8"))
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "production.csv").write_bytes(OUTPUT.encode())
    (tmp_path / "targets.csv").write_bytes(PROMISES.encode())
    return tmp_path


def refusal(folder, data, name="production"):
    """What a teacher reads when the file holds `data`."""
    data = data.encode() if isinstance(data, str) else data
    (folder / f"{name}.csv").write_bytes(data)
    with pytest.raises(DatasetError) as error:
        read_table(name, folder)
    return str(error.value)


SEMICOLONS = OUTPUT.replace(",", ";")
DECIMAL_COMMAS = SEMICOLONS.replace("48.698", "48,698").replace("51.176", "51,176")
DECIMAL_COMMAS = DECIMAL_COMMAS.replace("302.4", "302,4")
READ_RIGHT = {
    "semicolons": SEMICOLONS,
    "semicolons and decimal commas, as Excel in German or French saves": DECIMAL_COMMAS,
    "tabs": OUTPUT.replace(",", "\t"),
    "byte order mark": "\ufeff" + OUTPUT,
    "Windows line ends": OUTPUT.replace("\n", "\r\n"),
    "old Macintosh line ends": OUTPUT.replace("\n", "\r"),
    "no line end after the last row, as Google Sheets saves": OUTPUT.rstrip("\n").replace(
        "\n", "\r\n"
    ),
    "empty rows at the end": OUTPUT + ",,,,,,,,\n\n   \n",
    "an empty row between": OUTPUT.replace("\nUSA", "\n,,,,,,,,\nUSA"),
    "empty columns at the end": "".join(f"{line},,\n" for line in OUTPUT.splitlines()),
    "no comma before an empty last cell, as Excel saves": OUTPUT.replace(",B,\n", ",B\n"),
    "spaces around values": OUTPUT.replace(",", " , ").replace("SUN", "\u00a0SUN"),
    "quotation marks around everything": '"'
    + OUTPUT.replace(",", '","').replace("\n", '"\n"')[:-1],
    "a year with a decimal": OUTPUT.replace("1957", "1957.0"),
    "rows in another order": "".join(OUTPUT.splitlines(True)[i] for i in (0, 3, 1, 2)),
    "columns in another order": "".join(
        ",".join(reversed(line.split(","))) + "\n" for line in OUTPUT.splitlines()
    ),
}


@pytest.mark.parametrize("data", READ_RIGHT.values(), ids=READ_RIGHT.keys())
def test_read_right(folder, data):
    expected = read_table("production", folder)
    (folder / "production.csv").write_bytes(data.encode())
    pd.testing.assert_frame_equal(read_table("production", folder), expected)


def test_accents_russian_and_chinese_are_read_right(folder):
    note = "Émile’s “naïve” „Größe“ É» – Хрущёв, её, 毛泽东"
    (folder / "production.csv").write_text(
        OUTPUT.replace("Forty years after", f'"{note.replace(chr(34), chr(34) * 2)}"'), "utf-8"
    )
    assert note in set(read_table("production", folder)["note"])


CELLS = {
    "decimal comma": (
        "51.176",
        '"51,5"',
        "column 'value': '51,5' has a decimal comma; write 51.5",
    ),
    "comma that can be two things": (
        "51.176",
        '"51,176"',
        "column 'value': '51,176' can be read in two ways; write 51176 or 51.176",
    ),
    "thousands, English": (
        "51.176",
        '"1,234.5"',
        "column 'value': '1,234.5' has marks between the thousands; write 1234.5",
    ),
    "thousands, German": (
        "51.176",
        '"1.234,5"',
        "column 'value': '1.234,5' has marks between the thousands; write 1234.5",
    ),
    "thousands, French": (
        "51.176",
        "1 234",
        "column 'value': '1 234' has marks between the thousands; write 1234",
    ),
    "thousands, Swiss": (
        "51.176",
        "1'234.5",
        "column 'value': '1'234.5' has marks between the thousands; write 1234.5",
    ),
    "millions with points": (
        "51.176",
        "1.234.567",
        "column 'value': '1.234.567' has marks between the thousands; write 1234567",
    ),
    "point taken for a thousands mark and dropped": (
        "51.176",
        "51176",
        "column 'value': 51176 Mt of steel cannot be: expected 15 to 300; check it",
    ),
    "letter O": (
        "51.176",
        "5O.176",
        "column 'value': '5O.176' has a letter among its digits; write 50.176",
    ),
    "date for a number": (
        "51.176",
        "6-May",
        "column 'value': '6-May' looks like a date that a spreadsheet made of a number; "
        "write the number",
    ),
    "spreadsheet error": (
        "51.176",
        "#REF!",
        "column 'value': '#REF!' is an error left by a spreadsheet; write the value itself",
    ),
    "spreadsheet error in a text": (
        "Forty years after",
        "#N/A",
        "column 'note': '#N/A' is an error left by a spreadsheet; write the value itself",
    ),
    "not a number": (
        "51.176",
        "NaN",
        "column 'value': 'NaN' is not a number; write digits only, as 12.5",
    ),
    "infinity": (
        "51.176",
        "inf",
        "column 'value': 'inf' is not a number; write digits only, as 12.5",
    ),
    "nothing": ("51.176", "", "column 'value': the cell is empty; it needs a value"),
    "negative": (
        "51.176",
        "-51.176",
        "column 'value': -51.176 is too small: this column starts at 0",
    ),
    "nought": (
        "51.176",
        "0",
        "column 'value': 0 Mt of steel cannot be: expected 15 to 300; check it",
    ),
    "year with an apostrophe": (
        "1957",
        "'57",
        "column 'year': '57 has an apostrophe; write the year in four digits, as 1957",
    ),
    "year in two digits": (
        "1957",
        "57",
        "column 'year': 57 is too small: this column starts at 1950",
    ),
    "year with a fraction": (
        "1957",
        "1957.5",
        "column 'year': '1957.5' is not a whole number; write one, as 1957",
    ),
    "year as a date": (
        "1957",
        "1/1/1957",
        "column 'year': '1/1/1957' looks like a date that a spreadsheet made of a number; "
        "write the number",
    ),
    "unit of another quantity": (
        "Mt",
        "bcm",
        "column 'unit': 'bcm' for steel, which is counted in Mt; convert the value too",
    ),
    "unknown unit": (
        "Mt",
        "kt",
        "column 'unit': 'kt' is not known here; write one of: "
        "Mt, bcm, TWh, million m, million m2, million pairs",
    ),
    "unknown country": (
        "SUN",
        "RUS",
        "column 'country': 'RUS' is not known here; write one of: SUN, USA",
    ),
    "capitals": (
        "official",
        "Official",
        "column 'series': 'Official' is not known here; did you mean 'official'?",
    ),
    "unknown grade": (",B,", ",D,", "column 'grade': 'D' is not known here; write one of: A, B, C"),
    "misspelt source": (
        "COW_NMC7",
        "COW_NMC",
        "column 'source': 'COW_NMC' is not known here; did you mean 'COW_NMC7'?",
    ),
    "source that is not listed": (
        "COW_NMC7",
        "My grandfather",
        "column 'source': 'My grandfather' is not known here; see the list of them in sources.csv",
    ),
    "accent read in a wrong encoding": (
        "Forty years after",
        "CafÃ© talk",
        "column 'note': 'Ã©' is 'é' read in a wrong encoding; write 'é'",
    ),
    "accent read on an old Macintosh": (
        "Forty years after",
        "Caf√© talk",
        "column 'note': '√©' is 'é' read in a wrong encoding; write 'é'",
    ),
    "apostrophe read in a wrong encoding": (
        "Forty years after",
        "Maoâ€™s trip",
        "column 'note': 'â€™' is '’' read in a wrong encoding; write '’'",
    ),
    "sign lost in an encoding": (
        "Forty years after",
        "Caf\ufffd",
        "column 'note': 'Caf\ufffd' holds signs that no keyboard writes; type the text again",
    ),
}


@pytest.mark.parametrize(("old", "new", "words"), CELLS.values(), ids=CELLS.keys())
def test_a_damaged_cell_is_refused_with_its_place(folder, old, new, words):
    lines = OUTPUT.splitlines(True)
    lines[2] = lines[2].replace(old, new, 1)
    joint = ", " if words.startswith("column") else ": "
    assert refusal(folder, "".join(lines)) == f"production.csv, line 3{joint}{words}"


DATES = {
    "as Excel rewrites it": "is a date as a spreadsheet rewrites it; write year-month-day, "
    "as 1957-11-06",
    "serial": "is a spreadsheet's day number; write 1957-11-06, if that is meant",
    "calendar": "is not a day of the calendar; check it",
    "words": "is not a date; write year-month-day, as 1957-11-06",
}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("1/2/1957", "as Excel rewrites it"),
        ("6-Nov-57", "as Excel rewrites it"),
        ("06.11.1957", "as Excel rewrites it"),
        ("Nov-57", "as Excel rewrites it"),
        ("6 novembre 1957", "as Excel rewrites it"),
        ("21130", "serial"),
        ("1957-11-31", "calendar"),
        ("1957-13", "calendar"),
        ("autumn", "words"),
    ],
)
def test_a_rewritten_date_is_refused(folder, written, kind):
    message = refusal(folder, PROMISES.replace("1957-11-06", written), "targets")
    assert message == f"targets.csv, line 2, column 'announced': '{written}' {DATES[kind]}"


def test_a_date_without_a_day_is_read(folder):
    (folder / "targets.csv").write_text(PROMISES.replace("1957-11-06", "1957-11"), "utf-8")
    assert read_table("targets", folder)["announced"].tolist() == ["1957-11"]


def test_a_range_upside_down_is_refused(folder):
    assert refusal(folder, PROMISES.replace("100,120", "120,100"), "targets") == (
        "targets.csv, line 2, column 'low': 120 is more than 'high', 100; swap the two"
    )


FIRST = OUTPUT.splitlines()[1]
WORKBOOK = "not a CSV file; " + SAVE
FILES = {
    "empty": (b"", "production.csv: the file is empty; put its header and rows back"),
    "blank lines": (b"\n\n", "production.csv: the file is empty; put its header and rows back"),
    "header only": (
        OUTPUT.splitlines()[0] + "\n",
        "production.csv: the file has a header and no rows; put the rows back",
    ),
    "xlsx": (
        b"PK\x03\x04\x14\x00",
        f"production.csv: this is an Excel or LibreOffice workbook, {WORKBOOK}",
    ),
    "xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        f"production.csv: this is an old Excel workbook (.xls), {WORKBOOK}",
    ),
    "UTF-16": (
        OUTPUT.encode("utf-16"),
        f"production.csv: the file is saved as 'Unicode text' (UTF-16); {SAVE}",
    ),
    "NUL bytes": (
        OUTPUT.replace("51.176", "51\0.176"),
        f"production.csv, line 3: a NUL byte, so the file is damaged; {SAVE}",
    ),
    "Windows-1252": (
        OUTPUT.replace("Forty years after", "Mao’s café").encode("cp1252"),
        "production.csv, line 3: 'W_NMC7,B,Mao’s café' is not saved as UTF-8 "
        f"(older Excel saves as Windows-1252); {SAVE}",
    ),
    "renamed column": (
        OUTPUT.replace("value", "Value"),
        "production.csv, line 1, column 'Value': this column is not known; did you mean 'value'?",
    ),
    "missing column": (
        "".join(f"{line.rpartition(',')[0]}\n" for line in OUTPUT.splitlines()),
        "production.csv, line 1, column 'note': this column is missing; put it back",
    ),
    "extra column": (
        OUTPUT.replace("\n", ",x\n").replace("note,x", "note,remarks"),
        "production.csv, line 1, column 'remarks': this column is not known; "
        "the columns are country, product, year, value, unit, series, source, grade, note",
    ),
    "column without a name": (
        OUTPUT.replace("grade", ""),
        "production.csv, line 1: column 8 has no name; name it, or delete the column",
    ),
    "two columns of one name": (
        OUTPUT.replace("grade", "source"),
        "production.csv, line 1: two columns are named 'source'; keep one",
    ),
    "header in one cell": (
        "".join(f'"{line}"\n' for line in OUTPUT.splitlines()),
        "production.csv, line 1: the header is one cell, 'country,product,year,value,unit,series,"
        "source,grade,note'; put a comma between the columns",
    ),
    "row with a cell too many": (
        OUTPUT.replace("51.176", "51,176"),
        "production.csv, line 3: the row has 10 cells, the header 9; "
        "a decimal comma or a text with a comma in it needs quotation marks around it",
    ),
    "row with cells left out": (
        OUTPUT.replace("SUN,steel,1957,51.176,Mt", "51.176,Mt"),
        "production.csv, line 3: the row has 6 cells, the header 9; "
        "leave a cell empty, but do not leave it out",
    ),
    "quotation mark left open": (
        OUTPUT.replace("Forty", '"Forty'),
        "production.csv, line 3: a quotation mark is not closed, or stands inside a text; "
        'write "" for it',
    ),
    "row that stands twice": (
        OUTPUT + FIRST + "\n",
        "production.csv, line 5: repeats line 2 (SUN, steel, 1956, official, COW_NMC7); "
        "delete one of the two",
    ),
    "decimal points among decimal commas": (
        DECIMAL_COMMAS.replace("51,176", "51.176"),
        "production.csv, line 3, column 'value': '51.176' can be read in two ways; "
        "write 51176 or 51,176",
    ),
    "thousands among decimal commas": (
        DECIMAL_COMMAS.replace("51,176", "1.234,5"),
        "production.csv, line 3, column 'value': '1.234,5' has marks between the thousands; "
        "write 1234,5",
    ),
}


@pytest.mark.parametrize(("data", "message"), FILES.values(), ids=FILES.keys())
def test_a_damaged_file_is_refused(folder, data, message):
    assert refusal(folder, data) == message


def test_a_row_that_lost_a_cell_in_the_middle_is_refused(folder):
    message = refusal(folder, OUTPUT.replace("51.176,Mt,", "51.176,"))
    assert message.splitlines()[1:] == [
        "  line 3, column 'unit': 'official' is not known here; write one of: "
        "Mt, bcm, TWh, million m, million m2, million pairs",
        "  line 3, column 'series': 'COW_NMC7' is not known here; write one of: "
        "official, contemporary, revised, estimate, reckoned",
        "  line 3, column 'source': 'B' is not known here; see the list of them in sources.csv",
        "  line 3, column 'grade': 'Forty years after' is not known here; write one of: A, B, C",
    ]


def test_a_missing_file(folder):
    (folder / "production.csv").unlink()
    with pytest.raises(DatasetError) as error:
        read_table("production", folder)
    assert str(error.value) == (
        f"production.csv is missing from the folder '{folder.name}'; "
        "put the file back, or check that its name is spelt so"
    )


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    read_table("production", folder)
    # As when a spreadsheet has saved it and holds it open.
    (folder / "production.csv").touch()
    monkeypatch.setattr(type(folder), "read_bytes", refuse)
    with pytest.raises(DatasetError) as error:
        read_table("production", folder)
    assert str(error.value) == (
        "production.csv: the file cannot be read (Permission denied); "
        "close it elsewhere, or ask whose it is"
    )


def test_what_is_done_to_a_table_does_not_reach_the_next_that_is_loaded(folder):
    table = read_table("production", folder)
    whole = table.copy()
    table.loc[0, "value"] = -1
    table.attrs["citations"].clear()
    again = read_table("production", folder)
    pd.testing.assert_frame_equal(again, whole)
    assert again.attrs["citations"]


def test_what_was_read_once_is_read_again_when_its_file_has_changed(folder):
    assert set(read_table("production", folder)["source"]) == {"COW_NMC7"}
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace("COW_NMC7", "COW_NMC77"), "utf-8")
    with pytest.raises(DatasetError, match="did you mean 'COW_NMC77'"):
        read_table("production", folder)


WRONG = {
    "title: Output": ("titel: Output", "key 'titel': this key is not known. Did you mean"),
    "    type: integer": (
        "    type: integr",
        "'integr' is not known here. Did you mean 'integer'?",
    ),
    "measured_by: product": ("measured_by: prodct", "there is no column 'prodct'. Did you mean"),
    "rows: 1\n": ("rows: many\n", "key 'rows': 'many' stands where a whole number belongs"),
    "why: >-": ("wherefore: >-", "key 'why': this key is missing; write 'why:' and what belongs"),
    "columns:\n": ("columns:\n - x:\n", "line "),
}


@pytest.mark.parametrize("old", WRONG)
def test_a_wrong_description_is_answered_with_its_key_and_what_to_write(folder, old):
    new, answer = WRONG[old]
    path = folder / "production.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DatasetError) as error:
        read_table("production", folder)
    assert str(error.value).startswith("production.yaml")
    assert answer in str(error.value)


def test_a_description_that_is_missing(folder):
    (folder / "measures.yaml").unlink()
    with pytest.raises(DatasetError, match=r"^measures.yaml is missing from the folder"):
        read_table("production", folder)
    (folder / "production.yaml").unlink()
    with pytest.raises(DatasetError, match=r"^No dataset 'production'"):
        read_table("production", folder)


def test_a_damaged_list_of_sources_is_refused_by_its_own_name(folder):
    text = (folder / "sources.csv").read_text("utf-8")
    (folder / "sources.csv").write_text(text.replace(",memory,", ",memoir,"), "utf-8")
    with pytest.raises(DatasetError) as error:
        read_table("production", folder)
    place = next(i for i, line in enumerate(text.splitlines(), 1) if line.startswith("MEMORY"))
    assert str(error.value) == (
        f"sources.csv, line {place}, column 'kind': 'memoir' is not known here; "
        "did you mean 'memory'?"
    )


def test_many_faults_are_counted_and_the_first_five_shown(folder):
    header, *rows = OUTPUT.splitlines()
    text = "\n".join([header, *(row.replace("B", "D").replace("19", "18") for row in rows), ""])
    assert refusal(folder, text).splitlines() == [
        "production.csv: 6 faults, the first 5 of them:",
        "  line 2, column 'year': 1856 is too small: this column starts at 1950",
        "  line 2, column 'grade': 'D' is not known here; write one of: A, B, C",
        "  line 3, column 'year': 1857 is too small: this column starts at 1950",
        "  line 3, column 'grade': 'D' is not known here; write one of: A, B, C",
        "  line 4, column 'year': 1857 is too small: this column starts at 1950",
    ]
