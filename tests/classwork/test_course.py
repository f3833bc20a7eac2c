"""Another course goes the whole round; what was handed out before still counts."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from classwork import course as module
from classwork.course import CourseError, current
from classwork.editions.assignment import open_assignment
from classwork.grading.grader import Grader, Limits
from classwork.grading.sandbox import bubblewrap
from courses import course_with
from lessons import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from submissions import data, points
from two_winds.course import COURSE

BEFORE = Path(__file__).parent / "handed_out_before"
TABLE = "city,height\nBern,540\nBasel,260\nChur,593\n"
PYPROJECT = """
[tool.classwork]
name = "towns"
title = "Towns"
notebooks = "lessons"
data = ["tables"]
"""
READ = """import csv
from classwork import check

with open("../tables/cities.csv", encoding="utf-8") as file:
    cities = [(int(row["height"]), row["city"]) for row in csv.DictReader(file)]"""
NO_TWO_WINDS = 'raise ImportError("There is no two_winds here.")\n'
SOLUTION = """<details><summary>Show a solution</summary>

```python
highest = max(cities)[1]
```

**Why it matters.** The lake lies lower.

**Hints.**

- Sort the table.

**Typical mistakes.**

```python
mistakes = [("Bern", "That is the capital.")]
```

</details>"""


@pytest.fixture
def towns(tmp_path):
    """A course of one lesson with three cells and one table, beside a copy of classwork alone."""
    library, course = tmp_path / "library", tmp_path / "course"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "helpers" / "classwork", library / "classwork", ignore=left_out)
    (library / "two_winds.py").write_text(NO_TWO_WINDS, encoding="utf-8")
    for folder in ("lessons", "tables", "submissions"):
        (course / folder).mkdir(parents=True)
    (course / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (course / "tables" / "cities.csv").write_text(TABLE, encoding="utf-8")
    cells = [
        new_markdown_cell("# Heights"),
        new_code_cell(READ),
        new_code_cell("highest = None", metadata={"tags": ["exercise:highest:2"]}),
        new_code_cell('check("highest", highest)', metadata={"tags": ["check:highest"]}),
        new_markdown_cell(SOLUTION, metadata={"tags": ["solution:highest"]}),
    ]
    nbformat.write(new_notebook(cells=cells), course / "lessons" / "01_heights.ipynb")
    return course


SEVERAL = """
import sys
from classwork.__main__ import main
sys.exit(any([main(command.split()) for command in sys.argv[1:]]))"""


def run(course, *arguments):
    """Run the command line in a course where only classwork can be imported."""
    return run_python(course, "-m", "classwork", *arguments)


def run_several(course, *commands):
    """Run several commands of it one after another, in one process."""
    return run_python(course, "-c", SEVERAL, *commands)


def run_python(course, *arguments):
    environment = os.environ | {"PYTHONPATH": str(course.parent / "library"), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=course, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_another_course_goes_the_whole_round(towns):
    assert "saved" in run(towns, "refresh", "01")
    assert "Nothing to mend" in run_several(towns, "lint 01", "student 01")
    handed_out = nbformat.read(towns / "01_heights_student.ipynb", as_version=4)
    assert "Chur" not in json.dumps(handed_out)
    assert any(cell.source == "from classwork import received" for cell in handed_out.cells)
    for student, answer in (("Anna", '"Chur"'), ("Ben", '"Bern"')):
        for cell in handed_out.cells:
            if any(tag.startswith("exercise:") for tag in cell.metadata.get("tags", [])):
                cell.source = f"highest = {answer}"
        nbformat.write(handed_out, towns / "submissions" / f"{student}.ipynb")
    said = run_several(towns, "grade 01 submissions --out marks", "merge marks")
    assert said.count("2 submissions graded") == 2
    rows = csv.DictReader((towns / "marks/gradebook.csv").read_text("utf-8-sig").splitlines())
    totals = {row["student"]: row["points"] for row in rows if row["exercise"] == "total"}
    assert totals == {"Anna": "2", "Ben": "0"}
    assert "That is the capital." in (towns / "marks/feedback/Ben.html").read_text("utf-8")


def test_an_edition_of_the_version_before_is_graded(tmp_path):
    lesson = tmp_path / "06_steel.ipynb"
    shutil.copy(BEFORE / "lesson.json", lesson)
    edition = nbformat.read(BEFORE / "edition.json", as_version=4)
    answers = {
        "steel_1957": 'steel_1957 = value(production, "SUN", "steel", 1957)',
        "doubled": "doubled = 10",
        "claim": 'claim = "In 1957 it was 51 million tonnes."',
    }
    for cell in edition.cells:
        for name in answers:
            if f"exercise:{name}" in ":".join(cell.metadata.get("tags", [])):
                cell.source = answers[name]
    with Grader(open_assignment(lesson), Limits()) as grader:
        result = grader.grade("Anna", "anna.ipynb", data(edition))
    assert points(result) == {"steel_1957": 1, "doubled": 0, "claim": None}
    assert result.attention == []


def test_of_a_course_that_lies_in_its_package_the_lessons_and_keys_are_covered():
    """As in an installed copy; the models stand for the lessons."""
    if not bubblewrap.can_confine():
        pytest.skip("nothing can be confined here")
    package = COURSE.package_folder
    with course_with(root=package / "texts", notebooks=package / "models"):
        folders = [str(package / name) for name in ("keys", "models", "charts")]
        look = f"import os; print([len(os.listdir(place)) for place in {folders!r}])"
        command = [*bubblewrap.confinement(), sys.executable, "-c", look]
        said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    keys, lessons, charts = json.loads(said)
    assert (keys, lessons) == (0, 0)
    assert charts > 0


def test_the_first_name_of_the_command_line_goes_on_working():
    command = [sys.executable, "-m", "two_winds.assignments", "--help"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert "to-nbgrader" in said


def test_where_no_course_is_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_used", [])
    monkeypatch.setattr(module, "found_above", lambda place: None)
    with pytest.raises(CourseError, match=r"no pyproject.toml with \[tool.classwork\]"):
        current()


def test_a_field_that_no_course_has_is_named(tmp_path):
    words = "says 'notebook', which is none of: .*notebooks"
    with pytest.raises(CourseError, match=words):
        module.read_course({"notebook": "lessons"}, tmp_path)
