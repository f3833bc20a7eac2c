"""Grading what honest students hand in, however unlucky they were with their cells and files."""

import ast
import json
import os

import nbformat
import pytest
from classwork.editions.assignment import Assignment
from classwork.editions.editions import student_edition, teacher_edition
from classwork.grading.grader import Grader, Limits
from classwork.grading.provided_cells import given_cells
from classwork.grading.results import BLANK, RIGHT, STOPPED, UNMARKED, WRITTEN, WRONG
from classwork.grading.sandbox import process
from classwork.lesson.exercises import exercises
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from submissions import (
    FULL,
    RIGHT_ANSWERS,
    data,
    lesson_06,
    marks,
    place_of,
    points,
    small_assignment,
    solved,
    untouched,
)

NOTHING = dict.fromkeys(FULL, 0)


@pytest.fixture(scope="module")
def small():
    return small_assignment()


@pytest.fixture(scope="module")
def grader(small):
    with Grader(small, Limits(seconds=5)) as one:
        yield one


@pytest.fixture
def grade(grader):
    return lambda notebook: grader.grade("Anna", "anna.ipynb", data(notebook))


# What is right, wrong, blank and written


def test_right_answers_get_full_marks_and_words_wait_for_a_person(small, grade):
    result = grade(solved(small))
    assert points(result) == FULL
    assert [m.verdict for m in result.marks] == [RIGHT] * 4 + [WRITTEN]
    assert marks(result)["claim"].answer.startswith("Steel grew by 24")
    assert result.attention == []
    assert (result.student, result.file) == ("Anna", "anna.ipynb")


def test_an_untouched_notebook_gets_nothing_and_is_called_blank(small, grade):
    result = grade(untouched(small))
    assert points(result) == NOTHING
    assert {m.verdict for m in result.marks} == {BLANK}
    assert result.attention == []


def test_a_typical_mistake_gets_its_own_words(small, grade):
    mark = marks(grade(solved(small, gain="gain = 51")))["gain"]
    assert (mark.verdict, mark.points) == (WRONG, 0)
    assert mark.words == "Not quite. That is the level, not the gain."


def test_words_never_hold_the_expected_answer(small, grade):
    for wrong in ("gain = 23", "gain = 'x'", "gain = table", "gain = [1]", "gain = {}"):
        assert "24" not in marks(grade(solved(small, gain=wrong)))["gain"].words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("gain = stel", "Your cell stopped: NameError: name 'stel' is not defined (line 1)."),
        ("x = 1\ngain = x / 0", "Your cell stopped: ZeroDivisionError: division by zero (line 2)."),
        ("gain = (51 - 27", "Your cell stopped: SyntaxError: '(' was never closed (line 1)."),
        ("gain = exit()", "Your cell stopped: SystemExit (line 1)."),
        ("raise KeyboardInterrupt\ngain = 24", "Your cell stopped: KeyboardInterrupt (line 1)."),
    ],
)
def test_a_cell_that_stops_says_why_and_the_others_are_marked(small, grade, code, words):
    result = grade(solved(small, gain=code, per_year="per_year = 24 / 7"))
    assert (marks(result)["gain"].words, marks(result)["gain"].points) == (words, 0)
    assert points(result) == FULL | {"gain": 0}


@pytest.mark.parametrize(
    "code",
    [
        "gain = float(24)",
        "import numpy as np\ngain = np.int64(24)",
        "from fractions import Fraction\ngain = Fraction(48, 2)",
        "from decimal import Decimal\ngain = Decimal('24')",
        "gain = table['steel'].iloc[1] - table['steel'].iloc[0]",
        "gain = table['steel'].diff().iloc[1]",
        "gain = 24.0\ncheck('gain', gain)",
        "%matplotlib inline\ngain = 24",
        "%%time\ngain = 24",
        "a, gain = 1, 24",
        "gain: int = 24",
        "if (gain := 24): pass",
        "for gain in [23, 24]: pass",
        "def f():\n    global gain\n    gain = 24\nf()",
    ],
)
def test_ways_to_say_the_same(small, grade, code):
    assert points(grade(solved(small, gain=code))) == FULL


@pytest.mark.parametrize(
    "code",
    [
        "big = ('Steel',)",
        "big = {'steel'}",
        "big = pd.Series(['steel'])",
        "import numpy as np\nbig = np.array(['steel'])",
        "big = [p for p in products if p.startswith('s')]",
        "big = []\nbig.append('steel')",
    ],
)
def test_a_list_may_be_any_collection(small, grade, code):
    assert points(grade(solved(small, big=code))) == FULL


def test_one_number_is_not_a_column(small, grade):
    mark = marks(grade(solved(small, gain="gain = pd.Series([24])")))["gain"]
    assert "yours is a Series" in mark.words


# What a student wrote is never lost


@pytest.mark.parametrize(
    "typed",
    ['claim = "Steel grew,\nbut not bread."', 'claim = "It grew" + bread', "claim = It grew."],
)
def test_an_essay_that_does_not_run_is_read_as_typed(small, grade, typed):
    result = grade(solved(small, claim=typed))
    mark = marks(result)["claim"]
    assert (mark.points, mark.verdict, mark.answer) == (None, UNMARKED, typed)
    assert result.attention == ["claim: to be read as typed, for its cell gives no text."]


@pytest.mark.parametrize("typed", ["gain = 24%", "gain = twenty", "gain = (24"])
def test_an_answer_that_stops_is_shown_to_the_teacher_as_typed(small, grade, typed):
    result = grade(solved(small, gain=typed, per_year="per_year = 24 / 7"))
    mark = marks(result)["gain"]
    assert (mark.points, mark.verdict, mark.answer) == (0, STOPPED, typed)
    (line,) = result.attention
    assert line.startswith("gain: Your cell stopped: ") and line.endswith(f"As typed: {typed}")


def test_some_of_a_list_earns_some_of_its_points(small, grade, monkeypatch):
    monkeypatch.setattr(small.exercises[2], "points", 3)
    key = small.key["big"] | {"expected": ["coal", "gas", "steel", "wool"], "mistakes": []}
    monkeypatch.setitem(small.key, "big", key)
    answers = [
        (["coal", "gas", "steel"], 2),
        (["coal", "gas", "steel", "rice"], 1.5),
        (["coal", "rice"], 0),
        (["coal", "gas", "steel", "wool"], 3),
    ]
    for answer, got in answers:
        assert points(grade(solved(small, big=f"big = {answer!r}")))["big"] == got, answer


# Cells moved, lost, copied


def test_an_answer_may_stand_below_its_untouched_cell(small, grade):
    notebook = solved(small, big=None)
    place = place_of(notebook, "big")
    notebook.cells.insert(place + 1, new_code_cell("big = ['steel'] if limit == 30 else []"))
    assert points(grade(notebook)) == FULL


def test_an_answer_may_be_added_to_in_a_later_cell(small, grade):
    notebook = solved(small, big="big = []")
    place = place_of(notebook, "big")
    notebook.cells.insert(place + 1, new_code_cell("big.append('steel')"))
    assert points(grade(notebook)) == FULL


def test_no_tags_and_no_ids_left(small, grade):
    notebook = solved(small)
    for cell in notebook.cells:
        cell.metadata = {}
        del cell["id"]
    result = grade(notebook)
    assert points(result) == FULL
    assert result.attention == []


def test_given_and_check_cells_deleted(small, grade):
    notebook = new_notebook(cells=[new_code_cell(code) for code in RIGHT_ANSWERS.values()])
    assert points(grade(notebook)) == FULL


def test_a_deleted_cell_is_reported(small, grade):
    notebook = solved(small)
    del notebook.cells[place_of(notebook, "big")]
    result = grade(notebook)
    assert points(result) == FULL | {"big": 0}
    assert result.attention == ["big: its cell is missing."]


def test_a_cell_copied_unchanged_is_no_matter(small, grade):
    notebook = solved(small)
    cell = notebook.cells[place_of(notebook, "gain")]
    notebook.cells.append(cell)
    result = grade(notebook)
    assert (points(result), result.attention) == (FULL, [])


def test_the_last_of_two_answers_counts_and_is_reported(small, grade):
    notebook = solved(small, gain="gain = 51")
    notebook.cells.append(new_code_cell("gain = 24"))
    result = grade(notebook)
    assert points(result)["gain"] == 2
    assert len(result.attention) == 1
    assert result.attention[0].startswith("gain: answered in cells 3 and 13, not in the same way")


def test_a_blank_after_an_answer_does_not_wipe_it_out(small, grade):
    notebook = solved(small)
    notebook.cells.append(new_code_cell("gain = None"))
    assert points(grade(notebook)) == FULL


def test_an_answer_split_over_cells(small, grade):
    notebook = solved(small)
    place = place_of(notebook, "gain")
    notebook.cells[place].source = "late = 51"
    notebook.cells[place + 1 : place + 1] = [
        new_code_cell("early = 27"),
        new_code_cell("gain = late - early"),
    ]
    assert points(grade(notebook)) == FULL


def test_all_answers_merged_into_one_cell(small, grade):
    code = "\n".join(RIGHT_ANSWERS.values())
    assert points(grade(new_notebook(cells=[new_code_cell(code)]))) == FULL


def test_all_cells_in_reverse_order(small, grade):
    notebook = solved(small)
    notebook.cells.reverse()
    assert points(grade(notebook)) == FULL


def test_the_name_of_the_answer_changed(small, grade):
    result = grade(solved(small, gain="my_gain = 51 - 27", per_year="per_year = 24 / 7"))
    mark = marks(result)["gain"]
    assert (mark.verdict, mark.points, mark.answer) == (UNMARKED, None, "my_gain = 51 - 27")
    assert result.attention == ["gain: its cell (3) gives gain no value."]


def test_what_a_student_did_to_a_given_name_does_not_reach_the_next_answer(small, grade):
    spoilt = "table = None\npd = None\nproducts = []\ngain = 24"
    right = "big = [p for p in products if len(p) == 5]\nassert pd.DataFrame is type(table)"
    assert points(grade(solved(small, gain=spoilt, big=right))) == FULL


def test_what_a_student_made_of_a_given_name_may_be_used_further(small, grade):
    first = "table = table.assign(half=table['steel'] / 2)\ngain = 24"
    second = "per_year = 2 * (table['half'].iloc[1] - table['half'].iloc[0]) / 7"
    assert points(grade(solved(small, gain=first, per_year=second))) == FULL


def test_what_a_student_prepared_for_an_answer_goes_before_what_was_given(small, grade):
    notebook = solved(small, gain="gain = table['steel'].sum()")
    before = new_code_cell("table = pd.DataFrame({'steel': [24]})")
    notebook.cells.insert(place_of(notebook, "gain"), before)
    assert points(grade(notebook)) == FULL


def test_the_edition_is_compared_with_what_was_handed_out(small, grader):
    small.notebook.metadata["two_winds"] = {"lesson": "steel", "variant": 2}
    notebook = solved(small)
    notebook.metadata["two_winds"] = {"lesson": "steel", "variant": 1}
    try:
        result = grader.grade("Anna", "a.ipynb", data(notebook))
    finally:
        del small.notebook.metadata["two_winds"]
    assert result.attention == [
        "The notebook says that its variant is 1, not 2: is it the right edition?"
    ]


# Follow-through


def test_an_answer_that_follows_rightly_from_a_wrong_one_gets_its_points(small, grade):
    result = grade(solved(small, gain="gain = 51"))
    assert points(result) == FULL | {"gain": 0}
    mark = marks(result)["per_year"]
    assert (mark.verdict, mark.note) == (RIGHT, "right once gain is put right")
    assert "gain" in mark.words
    assert "24" not in mark.words


def test_follow_through_through_another_name_and_from_a_blank(small, grade):
    code = "seven = gain\nper_year = seven / 7"
    notebook = solved(small, gain="gain = None", per_year=code)
    assert points(grade(notebook)) == FULL | {"gain": 0}


def test_follow_through_within_one_cell(small, grade):
    code = "\n".join(RIGHT_ANSWERS.values()).replace("gain = 51 - 27", "gain = 51")
    result = grade(new_notebook(cells=[new_code_cell(code)]))
    assert points(result) == FULL | {"gain": 0}


def test_an_answer_that_is_wrong_by_itself_stays_wrong(small, grade):
    result = grade(solved(small, gain="gain = 51", per_year="per_year = gain / 8"))
    assert points(result) == FULL | {"gain": 0, "per_year": 0}


def test_the_right_value_lent_for_one_exercise_does_not_mend_the_other(small, grade):
    result = grade(solved(small, gain="gain = 51", per_year="gain_again = gain\nper_year = gain"))
    assert points(result) == FULL | {"gain": 0, "per_year": 0}


# Files


def as_v3(notebook):
    sheet = [
        {"cell_type": "code", "input": cell.source, "language": "python", "outputs": [],
         "metadata": {}, "collapsed": False, "prompt_number": 1}
        for cell in notebook.cells if cell.cell_type == "code"
    ]  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    return old | {"worksheets": [{"cells": sheet, "metadata": {}}]}


def with_list_sources(notebook):
    for cell in notebook.cells:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return notebook


def without_metadata(notebook):
    bare = json.loads(json.dumps(notebook))
    del bare["metadata"], bare["nbformat_minor"]
    for cell in bare["cells"]:
        for name in ("metadata", "id", "outputs", "execution_count"):
            cell.pop(name, None)
    return bare


def with_windows_line_ends(notebook):
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    return notebook


FORMS = {
    "format 3": lambda n: data(as_v3(n)),
    "sources as lists": lambda n: data(with_list_sources(n)),
    "no metadata": lambda n: data(without_metadata(n)),
    "line ends of Windows in the cells": lambda n: data(with_windows_line_ends(n)),
    "line ends of Windows in the file": lambda n: nbformat.writes(n).replace("\n", "\r\n").encode(),
    "mark of byte order": lambda n: b"\xef\xbb\xbf" + data(n),
    "UTF-16": lambda n: json.dumps(n).encode("utf-16"),
    "odd cells": lambda n: data(dict(n) | {"cells": [None, 3, {"cell_type": 5}, *n.cells]}),
    "odd metadata": lambda n: data(dict(n) | {"metadata": [1], "nbformat": "four"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_notebook_in_an_odd_form_is_read_all_the_same(small, grader, form):
    result = grader.grade("Anna", "a.ipynb", FORMS[form](solved(small)))
    assert points(result) == FULL


UNREADABLE = {
    b"": "The file is empty.",
    b" \r\n": "The file is empty.",
    b"PK\x03\x04\xff\xff": "The file is not a notebook: it is not text in UTF-8.",
    b"gain = 24": "The file is not a notebook (not JSON): perhaps a copy that broke off.",
    b'{"cells": [': "The file is not a notebook (not JSON): perhaps a copy that broke off.",
    b"[" * 200_000: "The file is not a notebook (not JSON): perhaps a copy that broke off.",
    b"[1]": "The file is not a notebook: it has no cells.",
    b'{"gain": 24}': "The file is not a notebook: it has no cells.",
    b'{"cells": 7}': "The file is not a notebook: it has no cells.",
    b'{"worksheets": [7]}': "The notebook is of an old format and cannot be read.",
    data({"cells": [{"cell_type": "code", "source": "1"}] * 3000}): (
        "The notebook holds more code than anybody could read."
    ),
    b" " * 100_000_000: "The file is too large to be a notebook (100 MB): it was not read.",
}


@pytest.mark.parametrize("given", UNREADABLE, ids=lambda given: repr(given[:12]))
def test_a_file_that_is_no_notebook_gets_a_sentence(grader, given):
    result = grader.grade("Anna", "a.ipynb", given)
    assert result.marks == []
    assert result.attention == [UNREADABLE[given]]


@pytest.mark.parametrize("name", ["Анна Каренина", "王小明", "Anna O'Neil & <b>"])
def test_names_in_any_script(small, grader, name):
    result = grader.grade(name, f"{name}.ipynb", data(solved(small)))
    assert (result.student, result.file, points(result)) == (name, f"{name}.ipynb", FULL)


def test_answers_in_any_script(small, grader):
    notebook = solved(small, claim='claim = "钢产量增加了 24 百万吨。 Сталь выросла."')
    result = grader.grade("A", "a.ipynb", nbformat.writes(notebook).encode("utf-8"))
    assert marks(result)["claim"].answer == "钢产量增加了 24 百万吨。 Сталь выросла."


# Copies


def test_copies_are_told_by_what_is_written_in_words(small, grade):
    text = 'claim = "Steel grew by twenty four million tonnes and oil grew faster still."'
    one, other = grade(solved(small, claim=text)), grade(solved(small, claim=text, gain="gain=1"))
    assert one.fingerprint == other.fingerprint != ""


def test_two_right_sheets_are_no_copies(small, grade):
    short = {"claim": 'claim = "It grew."'}
    assert grade(solved(small, **short)).fingerprint == ""
    assert grade(untouched(small)).fingerprint == ""


def test_the_same_code_with_other_spaces_and_comments_is_a_copy(small, grade):
    code = "a = 51\nb = 27\nc = a - b\ngain = c"
    spaced = "# mine!\na=51\nb =27\n\nc = a-b\ngain = c"
    other = "x = 51\ny = 27\nz = x - y\ngain = z"
    prints = [
        grade(solved(small, gain=text, claim="claim = ''")).fingerprint
        for text in (code, spaced, other)
    ]
    assert prints[0] == prints[1] != ""
    assert prints[2] not in ("", prints[0])


def test_the_lessons_own_sample_answer_is_noted(small, grade):
    sample = 'claim = "The output of steel nearly doubled, from 27 to 51."'
    assert "sample answer" in marks(grade(solved(small, claim=sample)))["claim"].note


# A whole lesson, with both engines


@pytest.fixture(scope="module")
def grader_06():
    with Grader(lesson_06(), Limits()) as one:
        yield one


def test_lesson_06_solved_blank_and_mistaken(grader_06):
    lesson = grader_06.assignment
    right = grader_06.grade("A", "a.ipynb", data(solved(lesson)))
    assert {m.exercise: m.points for m in right.marks} == {
        e.name: None if e.free_text else e.points for e in lesson.exercises
    }
    assert right.attention == []
    blank = grader_06.grade("B", "b.ipynb", data(untouched(lesson)))
    assert {m.verdict for m in blank.marks} == {BLANK}
    slips = {n: k["mistakes"][0] for n, k in lesson.key.items() if k["mistakes"]}
    wrong = {name: f"{name} = {value!r}" for name, (value, _) in slips.items()}
    mistaken = marks(grader_06.grade("C", "c.ipynb", data(solved(lesson, **wrong))))
    assert {n: mistaken[n].words for n in slips} == {
        n: f"Not quite. {words}" for n, (_, words) in slips.items()
    }


def test_grading_again_gives_the_same(small, grade):
    notebook = solved(
        small,
        gain="import random\ngain = random.random()",
        big="big = list({'a', 'b', 'c', 'steel'})[:1]",
    )
    assert grade(notebook) == grade(notebook)


def test_a_lesson_that_does_not_run_says_so(small):
    broken = small_assignment()
    broken.notebook.cells[1].source += "\nmissing_name"
    with (
        Grader(broken, Limits()) as grader,
        pytest.raises(RuntimeError, match="own cells stops: NameError: name 'missing_name'"),
    ):
        grader.grade("A", "a.ipynb", data(solved(small)))


def test_a_students_edition_is_graded_against_the_lesson_and_against_its_key(grader_06):
    lesson = grader_06.assignment
    edition = Assignment(student_edition(lesson), lesson.exercises, lesson.key)
    solved_key = teacher_edition(lesson)
    key = Assignment(solved_key, exercises(solved_key), lesson.key)
    full = {e.name: None if e.free_text else e.points for e in lesson.exercises}
    with Grader(key, Limits()) as against_the_key:
        for grader in (grader_06, against_the_key):
            for notebook, expected in (
                (solved(edition), full),
                (untouched(edition), dict.fromkeys(full, 0)),
            ):
                result = grader.grade("A", "a.ipynb", data(notebook))
                assert (points(result), result.attention) == (expected, [])


def test_the_given_cells_hold_no_answer_even_of_a_solved_lesson():
    lesson = small_assignment()
    lesson.notebook = solved(lesson)
    lesson.notebook.cells.append(new_code_cell("answer = 24", metadata={"tags": ["teacher"]}))
    lesson.notebook.cells.append(new_markdown_cell("## End"))
    for cell in given_cells(lesson):
        tree = ast.parse(cell["code"])
        assert not {"gain", "per_year", "big", "answer"} & {
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
        }


def test_what_a_killed_grader_left_is_taken_away_a_day_later(tmp_path, monkeypatch):
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path))
    for name in ("classwork_old", "classwork_held", "classwork_now", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "classwork_held/work.txt").touch()
    for name in ("classwork_old", "classwork_held", "other"):
        os.utime(tmp_path / name, (0, 0))
    process.sweep()
    assert {path.name for path in tmp_path.iterdir()} == {
        "classwork_held",
        "classwork_now",
        "other",
    }
