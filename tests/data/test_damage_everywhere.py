"""Every dataset under every damage: the very same table, or a refusal in plain words; no third."""

import csv
import io
import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_winds.datasets import FOLDER, DatasetError, all_names, read_sources
from two_winds.datasets.description import describe, measures_of
from two_winds.datasets.rules import read_rows

SOURCES = list(read_sources(FOLDER))
NAMES = all_names()
DESCRIPTIONS = {name: describe(name, FOLDER) for name in NAMES}
# What befalls a whole file befalls every file alike: a few are tried, which together hold every
# kind of column and sign. What befalls one cell is tried in all.
SOME = ["events", "farm_targets", "launches", "missiles", "people", "production"]
ENOUGH = 120


def thinned(name):
    """The lines of a file, of a long one some; its description is made to count as many."""
    head, *rows = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines(True)
    kept = [row for i, row in enumerate(rows) if i % (len(rows) // ENOUGH + 1) == 0]
    kept = [row for row in rows if row in kept or not row.isascii()]
    DESCRIPTIONS[name] = replace(DESCRIPTIONS[name], rows=len(kept))
    return head + "".join(kept)


TEXTS = {name: thinned(name) for name in NAMES}
GRIDS = {name: list(csv.reader(io.StringIO(TEXTS[name]))) for name in NAMES}
COLUMNS = {name: DESCRIPTIONS[name].columns for name in NAMES}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_OURS = re.compile(r"Traceback|codec|Errno|csv\.|pandas|\bNone\b|0x[0-9a-f]")


def read(name, path):
    """What stands in a file, as `load` would read it; the same text for the same table."""
    described = DESCRIPTIONS[name]
    return repr(read_rows(path, described, measures_of(described, FOLDER), SOURCES))


def write(folder, name, data):
    """Put a damaged file into a folder; return where it stands."""
    path = folder / f"{name}.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture(scope="module")
def undamaged(tmp_path_factory):
    """What each dataset holds."""
    folder = tmp_path_factory.mktemp("undamaged")
    return {name: read(name, write(folder, name, TEXTS[name])) for name in NAMES}


@pytest.fixture(scope="module")
def outcome(undamaged, tmp_path_factory):
    """Ask for the refusal of a damaged file, or "" where it is read as the undamaged one is."""
    folder = tmp_path_factory.mktemp("damaged")
    return lambda name, data: outcome_of(name, write(folder, name, data), undamaged[name])


def outcome_of(name, path, expected):
    try:
        found = read(name, path)
    except DatasetError as error:
        words = str(error)
        assert words.startswith(f"{name}.csv") and not NOT_OURS.search(words), words
        return words
    assert found == expected, f"{name}: another table was read in silence"
    return ""


def saved(rows, separator=",", **options):
    """A grid of cells as a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n", **options).writerows(rows)
    return file.getvalue()


def kinds(name):
    """What each column of a dataset holds: integer, number, date, choice or text."""
    for title, column in COLUMNS[name].items():
        if column.type in ("date", "partial_date"):
            yield "date"
        elif column.choices or column.type == "sources" or title == "source":
            yield "choice"
        else:
            yield column.type


def cells_changed(name, change, *wanted):
    """The grid with `change` done to every filled cell of these kinds of column."""
    head, *rows = GRIDS[name]
    kinds_of = list(kinds(name))
    return [head] + [
        [
            change(cell) if cell and kind in wanted else cell
            for cell, kind in zip(row, kinds_of, strict=True)
        ]
        for row in rows
    ]


def one_changed(name, change, column=0, row=-1):
    """The grid with one cell changed."""
    rows = [list(cells) for cells in GRIDS[name]]
    rows[row][column] = change(rows[row][column])
    return saved(rows)


def rearranged(name, order):
    return saved([[row[place] for place in order] for row in GRIDS[name]])


# --- damage that leaves one way to read the file: it must be read right ---


def decimal_commas(name, separator):
    return saved(
        cells_changed(name, lambda cell: cell.replace(".", ","), "number", "integer"), separator
    )


def with_lines(text, place, *lines):
    """A text with lines put in after a place."""
    old = text.splitlines()
    return "\n".join([*old[:place], *lines, *old[place:]]) + "\n"


READ_RIGHT = {
    "semicolons": lambda name: saved(GRIDS[name], ";"),
    "tabs": lambda name: saved(GRIDS[name], "\t"),
    "semicolons and decimal commas": lambda name: decimal_commas(name, ";"),
    "tabs and decimal commas": lambda name: decimal_commas(name, "\t"),
    "byte order mark": lambda name: "\ufeff" + TEXTS[name],
    "Windows line ends": lambda name: TEXTS[name].replace("\n", "\r\n"),
    "as Google Sheets saves": lambda name: TEXTS[name].rstrip("\n").replace("\n", "\r\n"),
    "old Macintosh line ends": lambda name: TEXTS[name].replace("\n", "\r"),
    "everything between quotation marks": lambda name: saved(GRIDS[name], quoting=csv.QUOTE_ALL),
    "spaces around every cell": lambda name: saved(
        [[f" {cell}\u00a0" for cell in row] for row in GRIDS[name]]
    ),
    "trailing spaces": lambda name: TEXTS[name].replace("\n", "  \n"),
    "an empty last row": lambda name: TEXTS[name] + "," * (len(GRIDS[name][0]) - 1) + "\n\n  \n",
    "blank lines in the middle": lambda name: with_lines(TEXTS[name], 4, "", " ", ",,"),
    "a blank line first": lambda name: "\n" + TEXTS[name],
    "empty columns at the end": lambda name: saved([[*row, "", ""] for row in GRIDS[name]]),
    "columns backwards": lambda name: rearranged(name, range(len(COLUMNS[name]))[::-1]),
    "rows backwards": lambda name: saved([GRIDS[name][0], *GRIDS[name][:0:-1]]),
    "years as 1957.0": lambda name: saved(cells_changed(name, lambda cell: f"{cell}.0", "integer")),
    "accents apart from their letters, as a Mac copies": lambda name: unicodedata.normalize(
        "NFD", TEXTS[name]
    ),
}


def traits(name):
    """What the columns and the text of a dataset hold, as far as reading depends on it."""
    described = DESCRIPTIONS[name]
    found = {(one.type, one.required) for one in described.columns.values()}
    found |= {"words" for one in described.columns.values() if one.choices}
    found |= {"pattern" for one in described.columns.values() if one.pattern}
    found |= {"measured"} if described.measured_by else set()
    found |= {"rising"} if described.rising else set()
    scripts = {
        "Cyrillic": "[\u0400-\u04ff]",
        "Chinese": "[\u4e00-\u9fff]",
        "accents": "[\u00e0-\u00ff]",
    }
    return found | {word for word, signs in scripts.items() if re.search(signs, TEXTS[name])}


def test_the_tables_tried_hold_together_what_all_tables_hold():
    assert set().union(*map(traits, NAMES)) - set().union(*map(traits, SOME)) == set()


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("damage", READ_RIGHT)
def test_what_can_be_read_in_one_way_only_is_read_right(damage, name, outcome):
    assert outcome(name, READ_RIGHT[damage](name)) == ""


# --- damage that must be refused, with words that fit it ---


def lost(encoding):
    """A file saved in an old encoding: signs that it lacks become question marks."""
    return lambda name: TEXTS[name].encode(encoding, "replace")


def last_row(name):
    return TEXTS[name].splitlines()[-1] + "\n"


def column_of(name, wanted):
    return list(COLUMNS[name]).index(wanted)


def one_source_changed(name):
    return one_changed(name, lambda _: "NOBODY_1899", column_of(name, "source"))


def cut_short(name, share):
    return TEXTS[name].encode()[: round(len(TEXTS[name].encode()) * share)]


def first_text(name):
    """The place of the first column of free text, or of the first choice."""
    return next((i for i, kind in enumerate(kinds(name)) if kind == "text"), 0)


REFUSED = {
    "UTF-16, as Excel's Unicode text": (lambda n: TEXTS[n].encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": (lambda n: TEXTS[n].encode("utf-16-le"), "NUL|UTF-16"),
    "UTF-16 the other way round": (lambda n: TEXTS[n].encode("utf-16-be"), "NUL|UTF-16"),
    "an Excel workbook": (lambda n: b"PK\x03\x04" + TEXTS[n].encode(), "workbook"),
    "a web page": (lambda n: f"<!DOCTYPE html>\n<html>\n{TEXTS[n]}</html>\n", "line|column"),
    "nothing": (lambda n: "", "empty"),
    "only its header": (lambda n: TEXTS[n].splitlines()[0] + "\n", "no rows"),
    "a lost header": (lambda n: TEXTS[n].partition("\n")[2], "line 1"),
    "a header that stands twice": (lambda n: with_lines(TEXTS[n], 2, TEXTS[n].splitlines()[0]),
                                   r"line 3"),
    "another table under its name": (lambda n: TEXTS[SOME[SOME.index(n) - 1]], "column"),
    "the table twice": (lambda n: TEXTS[n] + TEXTS[n].partition("\n")[2], "repeats line"),
    "a row that stands twice": (lambda n: TEXTS[n] + last_row(n), "repeats line"),
    "a row without its first cell": (lambda n: TEXTS[n] + last_row(n).partition(",")[2],
                                     "line|cell"),
    "a cell too many": (lambda n: saved([*GRIDS[n][:-1], [*GRIDS[n][-1], "x"]]),
                        "cells, the header"),
    "NUL bytes": (lambda n: TEXTS[n].encode().replace(b"\n", b"\0\n", 9), "NUL"),
    "smart quotes around every cell": (
        lambda n: saved([[f"\u201c{cell}\u201d" for cell in row] for row in GRIDS[n]]), "line 1"),
    "a line break within a cell": (
        lambda n: one_changed(n, lambda cell: f"{cell[:1]}\n{cell[1:]}", first_text(n)),
        "quotation mark is not closed"),
    "a merge left unfinished": (
        lambda n: with_lines(TEXTS[n], 3, "<<<<<<< HEAD", "=======", ">>>>>>> mine"), "line 4"),
    "an unknown source": (one_source_changed, "column 'source': 'NOBODY_1899' is not known here"),
    "an unknown grade": (lambda n: one_changed(n, lambda _: "D", column_of(n, "grade")),
                         "column 'grade': 'D' is not known here; write one of: A, B, C"),
    "its last row lost": (lambda n: TEXTS[n].removesuffix(last_row(n)), "rows"),
    "its first row lost": (lambda n: saved([GRIDS[n][0], *GRIDS[n][2:]]), "rows"),
    "cut in half": (lambda n: cut_short(n, 0.5), "line|rows"),
    "cut near its end": (lambda n: cut_short(n, 0.97), "line|rows"),
    "its last line end lost": (lambda n: TEXTS[n][:-1], "last line"),
    "its last two letters lost": (lambda n: TEXTS[n][:-2], "last line|line"),
    "scientific numbers": (
        lambda n: saved(cells_changed(n, lambda c: f"{float(c):.3E}", "number", "integer")),
        "scientific"),
    "day/month/year": (lambda n: saved(cells_changed(n, slashes, "date")), "as a spreadsheet"),
    "month names": (lambda n: saved(cells_changed(n, month_name, "date")), "as a spreadsheet"),
    "day numbers": (lambda n: saved(cells_changed(n, day_number, "date")), "day number"),
    "quoted decimal commas": (
        lambda n: saved(cells_changed(n, lambda c: c.replace(".", ","), "number")),
        "decimal comma|two ways"),
    "decimal commas": (lambda n: unquoted_commas(n), "line"),
    "thousands": (lambda n: saved(cells_changed(n, grouped, "number")), "thousands|two ways"),
    "formula errors": (lambda n: saved(cells_changed(n, lambda _: "#REF!", "number", "integer")),
                       "left by a spreadsheet"),
    "nought for every number": (lambda n: saved(cells_changed(n, lambda _: "NaN", "number")),
                                "not a number"),
    "leading noughts eaten": (lambda n: saved(cells_changed(n, uneaten, "text")), "another form"),
    "times as Excel shows them": (lambda n: saved(cells_changed(n, clock, "text")), "another form"),
}  # fmt: skip


def slashes(cell):
    return "/".join(reversed(cell.split("-"))) if ISO_DAY.fullmatch(cell) else cell


def month_name(cell):
    return date.fromisoformat(cell).strftime("%d-%b-%y") if ISO_DAY.fullmatch(cell) else cell


def day_number(cell):
    if not ISO_DAY.fullmatch(cell):
        return cell
    return str((date.fromisoformat(cell) - date(1899, 12, 30)).days)


def grouped(cell):
    return f"{float(cell):,}" if float(cell) >= 1000 else cell


def uneaten(cell):
    """What a spreadsheet makes of 01 or 001: a number."""
    return str(int(cell)) if re.fullmatch(r"0\d+", cell) else cell


def clock(cell):
    found = re.fullmatch(r"(\d\d):(\d\d)(:\d\d)?", cell)
    if not found:
        return cell
    hour = int(found[1])
    return f"{hour % 12 or 12}:{found[2]}{found[3] or ''} {'AM' if hour < 12 else 'PM'}"


def unquoted_commas(name):
    """Decimal commas in a file that separates its cells by commas, no quotation marks."""
    head, *rows = cells_changed(name, lambda cell: cell.replace(".", ","), "number")
    return "".join(f"{','.join(row)}\n" for row in [head, *rows])


def is_touched(name, data):
    return data not in (TEXTS[name], TEXTS[name].encode())


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("damage", REFUSED)
def test_what_could_be_read_wrong_is_refused(damage, name, outcome):
    spoil, words = REFUSED[damage]
    data = spoil(name)
    if is_touched(name, data):
        assert re.search(words, outcome(name, data)), outcome(name, data)


ENCODINGS = ["cp1252", "cp1251", "cp1250", "latin-1", "mac_roman", "cp437", "gbk", "shift_jis"]


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_old_encoding_loses_nothing_in_silence(encoding, name, outcome):
    outcome(name, lost(encoding)(name))


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "latin-1", "mac_roman"])
def test_utf_8_read_as_something_else_is_noticed(encoding, name, outcome):
    outcome(name, TEXTS[name].encode().decode(encoding, "replace"))


@pytest.mark.parametrize("name", SOME)
def test_every_column_is_missed_when_it_is_gone_renamed_or_there_twice(name, outcome):
    head, *rows = GRIDS[name]
    for place, column in enumerate(head):
        rest = [i for i in range(len(head)) if i != place]
        assert f"column '{column}'" in outcome(name, rearranged(name, rest))
        renamed = saved([[*head[:place], column.upper(), *head[place + 1 :]], *rows])
        assert f"did you mean '{column}'" in outcome(name, renamed)
        twice = outcome(name, rearranged(name, [*range(len(head)), place]))
        assert f"two columns are named '{column}'" in twice
    more = outcome(name, saved([[*head, "remarks"], *([*row, "x"] for row in rows)]))
    assert "column 'remarks': this column is not known" in more


# --- one cell damaged, anywhere ---


def of_kind(*wanted):
    """A damage that cannot be told from an honest change in other kinds of cell."""
    return lambda change: lambda cell, kind: change(cell) if cell and kind in wanted else None


number_only, no_text = of_kind("number", "integer"), of_kind("number", "integer", "choice", "date")
anywhere = of_kind("number", "integer", "choice", "date", "text")
DAMAGE = {
    "spaces": anywhere(lambda cell: f"  {cell} "),
    "spreadsheet error": anywhere(lambda cell: "#VALUE!"),
    "wrong encoding": anywhere(lambda cell: f"{cell} Ã©"),
    "Russian in a wrong encoding": anywhere(lambda cell: f"{cell} РњР°Рѕ"),
    "lost sign": anywhere(lambda cell: f"{cell}\ufffd"),
    "signs lost as question marks": anywhere(lambda cell: f"{cell} ???"),
    "a sign that nobody sees": anywhere(lambda cell: f"{cell[:1]}\u200b{cell[1:]}"),
    "line break": anywhere(lambda cell: f"{cell[:1]}\n{cell[1:]}"),
    "NUL": anywhere(lambda cell: f"{cell}\0"),
    "emptied": no_text(lambda cell: ""),
    "doubled": no_text(lambda cell: cell + cell),
    "a stray letter": no_text(lambda cell: f"{cell}x"),
    "smart quotes": no_text(lambda cell: f"\u201c{cell}\u201d"),
    "minus": number_only(lambda cell: f"-{cell}" if float(cell) > 0 else None),
    "not a number": number_only(lambda cell: "nan"),
    "infinite": number_only(lambda cell: "inf"),
    "scientific": number_only(lambda cell: "1.5E+10"),
    "letter for nought": number_only(lambda cell: cell.replace("0", "O")),
    "a date for a number": number_only(lambda cell: "1/2/1957"),
    "decimal comma": number_only(lambda cell: cell.replace(".", ",")),
    "a currency": number_only(lambda cell: f"${cell}"),
    "a per cent": number_only(lambda cell: f"{cell}%"),
    "other digits": number_only(lambda cell: cell.translate({49: "\u0661", 57: "\u0669"})),
    "capitals": of_kind("choice", "date")(str.swapcase),
    "last letter lost": of_kind("choice", "date")(lambda cell: cell[:-1]),
    "first letter lost": of_kind("choice", "date")(lambda cell: cell[1:]),
}


@settings(max_examples=600, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_damaged_cell_is_read_wrong_in_silence(outcome, data):
    name = data.draw(st.sampled_from(NAMES))
    row = data.draw(st.integers(1, len(GRIDS[name]) - 1))
    column = data.draw(st.integers(0, len(COLUMNS[name]) - 1))
    damage = data.draw(st.sampled_from(sorted(DAMAGE)))
    cells = list(GRIDS[name][row])
    changed = DAMAGE[damage](cells[column], list(kinds(name))[column])
    if changed is None:
        return
    cells[column] = changed
    file = saved([*GRIDS[name][:row], cells, *GRIDS[name][row + 1 :]])
    words = outcome(name, file)
    assert not words or re.search(rf"line {row + 1}\b", words), words
