"""A student's first slips in a real kernel: plain words, and no praise for a cell that stopped."""

import json

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

IMPORT = """from pathlib import Path
from classwork.course import Course, use
from two_winds import check, growth_rate, hint, load
use(Course(Path("KEYS"), keys=Path("KEYS"), package="two_winds"))"""
RIGHT = "steel_growth = 100 * growth_rate(27.3, 51.2, 7)"
CHECK = 'check("steel_growth", steel_growth)'
RECEIVED = """from two_winds import received
received("steel_growth", steel_growth, "a number")"""
# The first four run in a new kernel, before any cell has imported anything.
CELLS = {
    "at once": "exit_power = b",
    "checked at once": 'check("exit_power", exit_power)',
    "tables skipped": "production.head()",
    "guess skipped": "print(steel_guess.value)",
    "import": IMPORT,
    "not run": CHECK,
    "right": RIGHT,
    "praised": CHECK,
    "comma": "steel_growth = 100 * growth_rate(27,3, 51,2, 7)",
    "stale": CHECK,
    "received": RECEIVED,
    "syntax": "steel_growth = 9.4%",
    "stale again": CHECK,
    "mended": "steel_growth = 9.4",
    "praised again": CHECK,
    "in words": "steel_growth = fifty%",
    "letter": "exit_power = b",
    "word": "oil_lead = coal",
    "curly": "oil_lead = \u201ccoal\u201d",
    "thousands": "oil_lead = 8,063",
    "unit": "oil_lead = 975 million",
    "bracket": "oil_lead = round(7.5",
    "one too many": "oil_lead = round(7.5))",
    "two lines": 'claim = "In part.\nBut"',
    "word in quotation marks": 'claim = "He said "meat" twice."',
    "day": "oil_lead = 1958-01-31",
    "hint": "hint(no_such)",
    "hint of": "hint(needed_rate)",
    "not imported": "race(1)",
    "column": 'load("production")["yaer"]',
    "row": 'load("production").set_index("year")["value"].drop_duplicates()[62]',
    "not a slip": "1 / 0",
    "another name": "print(undefined_thing)",
}


def key(expected, free_text=False):
    return {"expected": expected, "free_text": free_text, "hints": [], "mistakes": [], "why": "So."}


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """For each cell what is printed, and its error's lines."""
    folder = tmp_path_factory.mktemp("keys")
    keys = {"steel_growth": key(9.4), "exit_power": key("b"), "oil_lead": key("coal")}
    keys |= {"claim": key("In part.", free_text=True), "needed_rate": key(4.7)}
    (folder / "01_slips.json").write_text(json.dumps(keys), encoding="utf-8")
    sources = [source.replace("KEYS", folder.as_posix()) for source in CELLS.values()]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    return dict(zip(CELLS, notebook.cells, strict=True))


def printed(cell):
    return "".join(out.text for out in cell.outputs if out.output_type == "stream")


def in_red(cell):
    return ["\n".join(out.traceback) for out in cell.outputs if out.output_type == "error"]


def folded(cell):
    shown = [out.data.get("text/html", "") for out in cell.outputs if "data" in out]
    return [text for text in shown if text.startswith("<details>")]


def test_check_speaks_of_what_stands_in_the_cell_now(played):
    assert "Correct." in printed(played["praised"])
    for name in ("stale", "stale again", "received"):
        assert "steel_growth stopped" in printed(played[name])
        assert "Correct" not in printed(played[name])
    assert "Correct." in printed(played["praised again"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not run", "steel_growth has no value yet. Run the cell that begins with steel_growth ="),
        ("syntax", "without the sign or the words for per cent: 9.4"),
        ("in words", "Write a number in figures, without the sign for per cent, such as 50"),
        ("at once", 'A letter stands between quotation marks: "b"'),
        ("checked at once", "check is not there yet: run the cells above it"),
        ("tables skipped", "production is not there yet: run the cells above it"),
        ("guess skipped", "steel_guess is not there yet: run the cells above it"),
        ("letter", 'A letter stands between quotation marks: "b"'),
        ("word", 'If coal is a word, put it between quotation marks: "coal".'),
        ("curly", 'Write: oil_lead = "coal"'),
        ("thousands", "Write 8063 without a comma, or 8.063 with a point"),
        ("unit", "Write the number alone, without words or a unit: 975"),
        ("bracket", "for every ( there must be a )"),
        ("one too many", "There is one ) too many"),
        ("two lines", 'three quotation marks: """'),
        ("word in quotation marks", "A quotation mark within the text ends it."),
        ("day", 'A day stands between quotation marks: "1958-01-31"'),
        ("hint", 'The name of the exercise wants quotation marks: hint("no_such")'),
        ("hint of", 'hint("needed_rate")'),
        ("not imported", "race is not there yet: run the cells above it"),
        ("not imported", "Where no cell fetches it, write: from two_winds import race"),
        ("column", "There is no column 'yaer'. Did you mean 'year'?"),
        ("row", "There is no 62 here. Did you mean '1962'?"),
    ],
)
def test_a_slip_is_answered_in_plain_words_with_pythons_own_folded_below(played, name, words):
    (red,) = in_red(played[name])
    assert words in red
    assert len(red) < 400
    (own,) = folded(played[name])
    assert "Error" in own


def test_a_decimal_comma_in_brackets_is_answered_by_the_helper(played):
    (red,) = in_red(played["comma"])
    assert "Write a point within a number: 27.3." in red


@pytest.mark.parametrize("name", ["not a slip", "another name"])
def test_no_other_error_is_touched(played, name):
    (red,) = in_red(played[name])
    assert "Traceback" in red and not folded(played[name])
