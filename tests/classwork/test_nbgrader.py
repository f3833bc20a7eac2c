"""nbgrader itself takes an exported lesson: hands it out, grades it, gives feedback.

nbgrader lives in an environment of its own, made by: python tools/peers.py nbgrader
Without it these tests are skipped, but on a build server (CI=true) they fail.
"""

import csv
import importlib.util
import os
import re

import nbformat
import pytest
from classwork.editions.nbgrader import export
from classwork.lesson.exercises import cells_tagged
from lessons import LESSONS, ROOT
from submissions import assignment_of

LESSON = next(lesson for lesson in LESSONS if lesson.name.startswith("03"))
WRONG = "ratio_1964"


def peers():
    """Return tools/peers.py as a module."""
    spec = importlib.util.spec_from_file_location("peers", ROOT / "tools" / "peers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def nbgrader():
    """Return what runs nbgrader in a course folder and gives back what it said."""
    tool = peers()
    if not tool.is_there("nbgrader"):
        message = "no nbgrader here; make it with: python tools/peers.py nbgrader"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)

    def run(course, *arguments):
        done = tool.run("nbgrader", course, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stderr

    return run


@pytest.fixture(scope="module")
def assignment():
    return assignment_of(LESSON)


@pytest.fixture(scope="module")
def course(tmp_path_factory, assignment, nbgrader):
    """A course in which the lesson was handed out, handed in by two, graded and given back."""
    course = tmp_path_factory.mktemp("course")
    export(assignment, LESSON.name, course, due="2026-12-01")
    nbgrader(course, "generate_assignment", LESSON.name)
    released = course / "release" / LESSON.name / f"{LESSON.name}.ipynb"
    for student, blank in (("anna", ()), ("mei", (WRONG,))):
        notebook = nbformat.read(released, as_version=4)
        solve(notebook, assignment, blank)
        folder = course / "submitted" / student / LESSON.name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / released.name)
    nbgrader(course, "autograde", LESSON.name)
    nbgrader(course, "generate_feedback", LESSON.name)
    nbgrader(course, "export", "--to", "grades.csv")
    return course


def solve(notebook, assignment, blank):
    """Answer all exercises but some."""
    cells = cells_tagged(notebook, "exercise")
    for exercise in assignment.exercises:
        if exercise.name not in blank:
            cells[exercise.name].source += f"\n{exercise.solution}"


def points_of(assignment, free_text):
    return sum(e.points for e in assignment.exercises if e.free_text == free_text)


def test_nbgrader_gives_the_points_that_the_exercises_are_worth(course, assignment):
    with (course / "grades.csv").open(encoding="utf-8") as file:
        grades = {row["student_id"]: row for row in csv.DictReader(file)}
    computed, written = points_of(assignment, False), points_of(assignment, True)
    missing = next(e.points for e in assignment.exercises if e.name == WRONG)
    assert {float(row["max_score"]) for row in grades.values()} == {computed + written}
    # An answer in words has no points until a person has marked it.
    assert float(grades["anna"]["score"]) == computed
    assert float(grades["mei"]["score"]) == computed - missing


def test_what_nbgrader_hands_out_holds_no_solution(course, assignment):
    path = course / "release" / LESSON.name / f"{LESSON.name}.ipynb"
    released = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert "HIDDEN" not in released and "BEGIN SOLUTION" not in released
    for exercise in assignment.exercises:
        telling = max(exercise.solution.splitlines(), key=len)
        assert telling not in released


def test_nbgrader_gives_each_student_a_page_back(course):
    for student in ("anna", "mei"):
        page = course / "feedback" / student / LESSON.name / f"{LESSON.name}.html"
        assert re.search(r"Score: [\d.]+ / [\d.]+", page.read_text("utf-8"))


def test_a_course_keeps_its_own_configuration(tmp_path, assignment):
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()  # mine\n", encoding="utf-8")
    export(assignment, LESSON.name, tmp_path)
    assert config.read_text(encoding="utf-8") == "c = get_config()  # mine\n"
