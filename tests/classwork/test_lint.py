"""What a teacher is told about her notebook: all that is wrong, where, in plain words."""

import json
import re

import nbformat
import pytest
from classwork.course import current
from classwork.lesson.exercises import exercises
from classwork.lint import run as lint_run
from classwork.lint.cells import faults_of_cells
from classwork.lint.leaks import leaks
from classwork.lint.lint import lint
from classwork.lint.parts import faults_of_parts
from classwork.lint.tags import faults_of_tags
from courses import course_with
from lessons import ALL, KEYS, LESSONS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SOLUTION = """<details><summary>Show a solution</summary>

```python
{solution}
```

**Why it matters.** A rate is a choice.

**Hints.**

- {hint}

**Typical mistakes.**

```python
mistakes = {mistakes}
```

<!--
**Variants.**

{variants}
-->

</details>"""
GOOD = {
    "hint": "Multiply.",
    "mistakes": '[(1.5, "Per cent?")]',
    "variants": "- 1.5 → 2.5",
}


def exercise(name="rate", points=":2", given=None, check=None, said="", **solution):
    """Return the task, exercise, check (with what it `said`) and solution cells of an exercise."""
    outputs = [nbformat.v4.new_output("stream", text=said)] if said else []
    if "solution" in solution:
        solution["variants"] = ""
    text = SOLUTION.format(**GOOD | {"solution": f"{name} = 100 * 1.5"} | solution)
    return [
        new_markdown_cell(f"How large is the {name}?"),
        tagged(new_code_cell(given or f"{name} = None"), f"exercise:{name}{points}"),
        tagged(
            new_code_cell(check or f'check("{name}", {name})', outputs=outputs), f"check:{name}"
        ),
        tagged(new_markdown_cell(text), f"solution:{name}"),
    ]


def tagged(cell, *tags):
    cell.metadata["tags"] = list(tags)
    return cell


def saved(folder, cells):
    path = folder / "mine.ipynb"
    tags = [tag.split(":") for cell in cells for tag in cell.metadata.get("tags", [])]
    known = {tag[1]: {} for tag in tags if tag[0] == "exercise" and tag[1:]}
    (current().keys / "mine.json").write_text(json.dumps(known), encoding="utf-8")
    start = [new_markdown_cell("# Mine"), new_code_cell("from two_winds import check")]
    nbformat.write(new_notebook(cells=start + cells), path)
    return path


@pytest.fixture(autouse=True, scope="module")
def keys(tmp_path_factory):
    """A folder for the key of what is linted."""
    with course_with(keys=tmp_path_factory.mktemp("keys")):
        yield


def test_a_name_of_another_lesson_and_one_that_no_key_knows_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("classwork.lint.lint.faults_of_a_run", lambda *_: [])
    path = saved(tmp_path, exercise("rate") + exercise("pace"))
    (current().keys / "mine.json").write_text("{}", encoding="utf-8")
    (current().keys / "02_other.json").write_text('{"rate": {}}', encoding="utf-8")
    one, other = lint(path)
    (current().keys / "02_other.json").unlink()
    assert one.startswith("Cell 4 (rate = None): An exercise of 02_other is called rate too")
    assert "check does not know pace yet. Run" in other


def at(cells, number):
    """Return a cell by its number in the saved notebook, which has two cells before these."""
    return cells[number - 3]


# --- tags and solutions: told without a run ---


def retag(number, *tags):
    return lambda cells: tagged(at(cells, number), *tags)


def rewrite(number, old, new):
    def change(cells):
        assert re.search(old, at(cells, number).source)
        at(cells, number).source = re.sub(old, new, at(cells, number).source, count=1)

    return change


def drop(number):
    return lambda cells: cells.pop(number - 3)


def repeat(number):
    def change(cells):
        cells.append(nbformat.from_dict(at(cells, number) | {"id": "again"}))

    return change


def add(source):
    return lambda cells: cells.append(new_code_cell(source))


SPOILT = [
    (drop(5), 4, "Exercise rate has no cell tagged check:rate."),
    (drop(6), 4, "Exercise rate has no cell tagged solution:rate."),
    (drop(4), 4, "There is a check of rate, but no cell tagged exercise:rate:2."),
    (drop(4), 5, "There is a solution of rate, but no cell tagged exercise:rate:2."),
    (retag(3, "rubric:pace"), 3, "There is a rubric of pace, but no cell tagged exercise:pace:2."),
    (retag(4, "exercise:rate"), 4, "'exercise:rate' needs points at its end, a whole number"),
    (retag(4, "exercise:rate:1.5"), 4, "'exercise:rate:1.5' needs points"),
    (retag(4, "exercise:rate:0"), 4, "'exercise:rate:0' needs points"),
    (retag(4, "exercise:rate:²"), 4, "'exercise:rate:²' needs points"),
    (retag(4, "exercise"), 4, "'exercise' names no exercise"),
    (retag(4, "exercise::2"), 4, "'exercise::2' names no exercise"),
    (retag(4, "exercise:my rate:2"), 4, "'my rate' in the tag 'exercise:my rate:2' is no name"),
    (retag(4, "exercise:class:2"), 4, "'class' in the tag 'exercise:class:2' is no name"),
    (retag(4, "exercise:speed:2"), 4, "sets no name speed, as its tag says. Write speed = None."),
    (retag(4, "excercise:rate:2"), 4, "Did you mean 'exercise:rate:2'?"),
    (retag(5, "Check:rate"), 5, "Did you mean 'check:rate'?"),
    (retag(6, "solutions:rate"), 6, "Did you mean 'solution:rate'?"),
    (retag(3, "Teacher"), 3, "Did you mean 'teacher'?"),
    (retag(3, "selfstudy"), 3, "Did you mean 'self-study'?"),
    (retag(5, "check:rate:2"), 5, "Only exercise tags carry points."),
    (retag(5, "solution:rate"), 5, "A cell tagged solution must be a Markdown cell."),
    (repeat(4), 7, "A second cell is tagged exercise:rate; the first is cell 4."),
    (add("rate = 3"), 7, "The cell sets rate too, so Run All undoes the student's answer."),
    (lambda cells: cells.insert(0, cells.pop(2)), 3, "check of rate must come after the exercise"),
    (rewrite(4, "None", "150"), 4, "The answer is still in the cell. Write rate = None"),
    (rewrite(5, '"rate"', '"speed"'), 5, 'The cell must say check("rate", rate), once.'),
    (rewrite(5, ", rate", ", 150"), 5, 'The cell must say check("rate", rate), once.'),
    (rewrite(5, ".*", "print(rate)"), 5, 'The cell must say check("rate", rate), once.'),
    (rewrite(6, "```python\nrate.*\n```", ""), 6, "The solution never sets rate."),
    (rewrite(6, "```[\\s\\S]*```", ""), 6, "holds no block fenced with ```python."),
    (rewrite(6, "rate = 100", "speed = 100"), 6, "The solution never sets rate."),
    (rewrite(6, "rate = 100", "rate = = 100"), 6, "Block 1 in the solution of rate is not valid"),
    (rewrite(6, "rate = 100", "check = rate = 100"), 6, "The solution overwrites check"),
    (rewrite(6, "Why it matters", "Why"), 6, "does not say **Why it matters.**"),
    (rewrite(6, "Hints", "Help"), 6, "The solution of rate gives no **Hints.**"),
    (rewrite(6, "- Multiply", "Multiply"), 6, "must be a list, each on a line that begins with"),
    (
        rewrite(6, '\\(1.5, "Per cent\\?"\\)', "1.5"),
        6,
        "mistakes of rate must be pairs: (wrong value",
    ),
    (rewrite(6, "1.5 → 2.5", "1.5 to 2.5"), 6, "has a variant that cannot be read: '1.5 to 2.5'"),
    (rewrite(6, "</details>", ""), 6, "The solution is not folded"),
]


@pytest.mark.parametrize(("spoil", "number", "words"), SPOILT)
def test_what_is_wrong_with_tags_and_solutions_is_told(spoil, number, words, tmp_path):
    cells = exercise()
    spoil(cells)
    path = saved(tmp_path, cells)
    first = nbformat.read(path, 4).cells[number - 1].source.splitlines()[0]
    told = [line for line in lint(path) if words in line]
    assert [line.startswith(f"Cell {number} ({first[:50]}") for line in told] == [True]


def test_what_a_lesson_is_refused_for_is_always_told(tmp_path):
    refused = 0
    for spoil, *_ in SPOILT:
        cells = exercise()
        spoil(cells)
        path = saved(tmp_path, cells)
        try:
            exercises(nbformat.read(path, 4))
        except ValueError:
            refused += 1
            assert lint(path)
    assert refused > 10


def test_everything_is_told_at_once_in_the_order_of_the_cells(tmp_path):
    cells = exercise("rate", "") + exercise("my rate") + exercise("speed")[:2]
    at(cells, 7).source = "![](rate.png)"
    numbers = [int(re.match(r"Cell (\d+) ", line)[1]) for line in lint(saved(tmp_path, cells))]
    assert numbers == sorted(numbers)
    assert {4, 7, 8, 12} <= set(numbers)


def test_tags_of_other_tools_are_left_alone_and_the_notebook_stays_as_it_is(tmp_path):
    cells = exercise()
    tagged(
        at(cells, 3), "parameters", "hide-input", "remove_cell", "nbval-skip", "raises-exception"
    )
    path = saved(tmp_path, cells)
    before = path.read_bytes()
    assert lint(path) == []
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# --- what only a run shows, and what needs no run but stands beside it ---

WRONG_CELLS = {
    "runs = globals().get('runs', 0) + 1": "gives something else when it is run a second time",
    "print(steel)": "The cell fails: NameError: name 'steel' is not defined.",
    "import os": "fails when it is run a second time: FileNotFoundError",
    "address = 'https://example.org/a.csv'": "an address of the web in the code (https://...)",
    "place = '/home/me/steel.csv'": "'/home/me/steel.csv' is a place on your machine",
    "file = 'C:/lessons/steel.csv'": "'C:/lessons/steel.csv' is a place on your machine",
    "for = 3": "This is not valid Python.",
    "![steel.png](steel.png)": "A picture is described by 'steel.png'",
    "A map: <img src='map.png'>": "A picture is described by ''",
    "input('Your name?')": "The cell fails: StdinNotImplementedError",
    "Stuck? hint('rate') helps.": "speaks of hint(), which a copy to hand in",
}
IN_WORDS = {cell for cell in WRONG_CELLS if "png" in cell or "?" in cell[:6]}
REST = {
    "runs = globals().get('runs', 0) + 1": "\nprint(runs)",
    "import os": "\nos.rename('a.txt', 'b.txt')",
}
WRONG_EXERCISES = {
    "unready": ({"given": "unready = None\nunready + 1"}, "An exercise must run as long as nobody"),
    "raising": ({"solution": "raising = 1 / 0"}, "The solution of raising fails: ZeroDivision"),
    "empty": ({"solution": "empty = None"}, "The solution leaves empty empty."),
    "nan": (
        {"solution": "nan = float('nan')"},
        "gives nan, which the check finds equal to nothing",
    ),
    "table": ({"solution": "import pandas\ntable = pandas.DataFrame()"}, "cannot compare"),
    "pairs": ({"solution": "pairs = {'a': 1}"}, "The check cannot compare what the solution gives"),
    "chance": (
        {"solution": "import random\nchance = random.random()"},
        "gives chance another value when it is run a second time",
    ),
    "right": ({"mistakes": '[(150.2, "No.")]'}, "is the right answer, so nobody will read: No."),
    "blank": ({"mistakes": '[(None, "No.")]'}, "A typical mistake is no answer"),
    "twin": ({"mistakes": '[(1, "One."), (1.0, "Two.")]'}, "so nobody will read: Two."),
    "loud": ({"mistakes": '[(1, "It is 150.")]'}, "gives the answer away: It is 150."),
    "broken": (
        {"mistakes": '[(1 / 0, "No.")]'},
        "The typical mistakes of broken fail: ZeroDivisionError",
    ),
    "single": ({"mistakes": "list('ab')"}, "must be pairs: (wrong value, what to say)"),
    "stray": ({"variants": "- 7.5 → 8.5"}, "Variant 1 of stray fails: A variant of stray replaces"),
    "failing": ({"variants": "- 1.5 → 2.5\n- 1.5 → nine"}, "Variant 2 of failing fails: NameError"),
    "alike": ({"variants": "- 1.5 → 1.50"}, "Variant 1 of alike has the published answer."),
    "mute": ({"variants": "- `100 * 1.5` → None"}, "Variant 1 of mute gives nothing that a check"),
    "hinted": ({"hint": "You get 150."}, "A hint names the answer to hinted: You get 150."),
    "praised": ({"said": "Correct. A rate is a choice.\n"}, "What the check said"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What is told of one notebook with something for each fault, and with something good."""
    folder = tmp_path_factory.mktemp("teacher")
    (folder / "a.txt").write_text("moved by the first run, not there for the second")
    cells = []
    for first in WRONG_CELLS:
        new = new_markdown_cell if first in IN_WORDS else new_code_cell
        cells.append(new(first + REST.get(first, "")))
    cells.append(new_code_cell("half = 7 // 2\nprint(half, 'a/b')"))
    cells.append(new_markdown_cell("![Steel works in the Urals](works.png)"))
    for name, (parts, _) in WRONG_EXERCISES.items():
        cells += exercise(name, **parts)
    cells += exercise("good")
    cells.append(new_markdown_cell("Each rate here is 150 per cent."))
    return lint(saved(folder, cells))


@pytest.mark.parametrize("first", WRONG_CELLS)
def test_what_is_wrong_with_a_cell_is_told(first, told):
    number = 3 + list(WRONG_CELLS).index(first)
    mine = [line for line in told if line.startswith(f"Cell {number} ({first}")]
    assert any(WRONG_CELLS[first] in line for line in mine), mine


@pytest.mark.parametrize("name", WRONG_EXERCISES)
def test_what_is_wrong_with_an_exercise_is_told(name, told):
    start = 5 + len(WRONG_CELLS) + 4 * list(WRONG_EXERCISES).index(name)
    mine = [
        line for line in told if int(re.match(r"Cell (\d+)", line)[1]) in range(start, start + 4)
    ]
    assert len(mine) == 1 and WRONG_EXERCISES[name][1] in mine[0], mine


def test_an_answer_that_stands_in_the_text_is_told(told):
    assert any("The text says 150, which is the answer to good." in line for line in told)


def test_good_cells_and_exercises_are_left_alone(told):
    numbers = {int(re.match(r"Cell (\d+)", line)[1]) for line in told}
    after = 3 + len(WRONG_CELLS)
    good = {1, 2, after, after + 1}
    good |= {*range(after + 2 + 4 * len(WRONG_EXERCISES), max(numbers))}
    assert numbers & good == set()


def test_a_cell_that_never_ends_is_interrupted(tmp_path, monkeypatch):
    monkeypatch.setattr(lint_run, "SECONDS", 1)
    lines = lint(saved(tmp_path, [new_code_cell("import time\ntime.sleep(1000)")]))
    assert lines == ["Cell 3 (import time): The cell fails: it takes more than 1 seconds."]


def test_a_cell_that_ends_python_is_told(tmp_path):
    lines = lint(saved(tmp_path, [new_code_cell("import os\nos._exit(0)")]))
    assert lines == ["Python stopped while the lesson ran. Is there an exit() in a cell?"]


# --- files that are no notebooks ---


@pytest.mark.parametrize("content", [b"", b"# Steel\n", b"[]", b'{"cells": 3}', b"\xff\xfe\x00"])
def test_a_file_that_is_no_notebook_is_named(content, tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_bytes(content)
    (line,) = lint(path)
    assert line.startswith("mine.ipynb ") and "notebook" in line


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert lint(tmp_path / "no.ipynb")[0].startswith(f"There is no file {tmp_path / 'no.ipynb'}.")
    assert "cannot be read" in lint(tmp_path)[0]


# --- the lessons of the package ---


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_nothing_is_wrong_with_a_lesson_as_it_stands(lesson):
    found = [*faults_of_tags(lesson.notebook), *faults_of_parts(lesson.notebook)]
    handed_out = lesson.name != "00_start_here"
    assert [*found, *faults_of_cells(lesson.notebook, handed_out)] == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_no_lesson_tells_its_answers(lesson):
    key = json.loads((KEYS / f"{lesson.name}.json").read_text(encoding="utf-8"))
    judged = [exercise for exercise in lesson.exercises if not exercise.free_text]
    told = [leaks(lesson.notebook, e, key[e.name]["expected"]) for e in judged]
    assert [fault for faults in told for fault in faults] == []
