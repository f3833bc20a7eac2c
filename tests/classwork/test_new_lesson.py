"""A new lesson in a copy of the project: written beside the others, and it passes every test."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from classwork.lesson.exercises import LessonError
from classwork.lint.new_lesson import filled, new_lesson, next_number, slug_of
from courses import course_with
from lessons import NOTEBOOKS, ROOT

FOLDERS = ["datasets", "helpers", "notebooks", "tests", "tools"]
FILES = ["conftest.py", "pyproject.toml", "start.py"]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "artefacts", ".ipynb_checkpoints", "*.egg-info")
TITLE = "The Cuban missile crisis"
# The lesson is made and tested in one process, and its kernels are forks of one other.
MAKE = """
import functools, pathlib, sys
import classwork.ground.quick_start
import classwork.lesson.answer_key as answer_key
from forked_kernel import FORKED
answer_key.NotebookClient = functools.partial(answer_key.NotebookClient, **FORKED)
from classwork.lint.lint import lint
from classwork.lint.new_lesson import new_lesson
import two_winds
written = new_lesson(sys.argv[1])
print(*[path.relative_to(pathlib.Path.cwd()).as_posix() for path in written], sep="\\n")
print(lint(written[0]))
import pytest
name = written[0].stem
chosen = f"{name} or _{name[:2]} or its_lesson or known_number"
options = ["-q", "-p", "no:cacheprovider", "-W", "ignore:Module already imported", "-k", chosen]
files = ["lessons_structure", "first_hours", "teaching_pages", "classroom"]
sys.exit(pytest.main([*options, *(f"tests/lessons/test_{file}.py" for file in files)]))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project in which a lesson has been made, and what was said."""
    folder = tmp_path_factory.mktemp("copy")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    before = {path: path.read_bytes() for path in (folder / "notebooks").rglob("*.*")}
    return SimpleNamespace(folder=folder, before=before, said=python(folder, "-c", MAKE, TITLE))


def python(folder, *arguments):
    """Run Python on the copy's own helpers and return what it prints."""
    environment = os.environ | {
        "PYTHONPATH": f"{folder}/helpers{os.pathsep}{folder}/tests/support",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_notebook_page_and_key_are_written_and_the_map_is_brought_up_to_date(copy):
    number = next_number(NOTEBOOKS)
    name = f"{number}_the_cuban_missile_crisis"
    *written, told = copy.said.splitlines()[:5]
    assert written == [
        f"notebooks/{name}.ipynb",
        f"notebooks/teaching/{name}.md",
        f"helpers/two_winds/keys/{name}.json",
        "notebooks/00_start_here.ipynb",
    ]
    assert told == "[]"
    start, lesson = ((copy.folder / path).read_text(encoding="utf-8") for path in written[::-3])
    assert f"[{number} {TITLE}]({name}.ipynb)" in start
    assert f"# {number} {TITLE}" in lesson
    page = (copy.folder / written[1]).read_text(encoding="utf-8")
    assert page.startswith(f"# Teaching lesson {number}: {TITLE}\n")
    for text in (lesson, page):
        assert not {"NN", "LESSON_TITLE", "LESSON_FILE"} & set(text.split())


def test_no_other_file_is_touched(copy):
    changed = [path.name for path, text in copy.before.items() if path.read_bytes() != text]
    assert changed == ["00_start_here.ipynb"]


def test_every_part_is_explained_to_the_author_and_to_nobody_else(copy):
    path = copy.folder / copy.said.splitlines()[0]
    cells = nbformat.read(path, as_version=4).cells
    notes = [cell for cell in cells if "To the author" in cell.source]
    assert all(cell.metadata["tags"] == ["teacher"] for cell in notes)
    places = [cells.index(cell) for cell in notes]
    parts = [i for i, cell in enumerate(cells) if cell.source.startswith(("# ", "## "))]
    starts = [i for i in parts if not cells[i].source.startswith(("## Key", "## Go", "### "))]
    ends = [*starts[1:], len(cells)]
    assert all(
        any(start < place < end for place in places)
        for start, end in zip(starts, ends, strict=True)
    )


def test_every_test_of_a_lesson_passes_for_it(copy):
    passed, *others = copy.said.strip().splitlines()[-1].split(",")
    assert int(passed.split()[0]) > 80
    assert "failed" not in copy.said and "skipped" not in copy.said


# --- titles and numbers ---


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Cuban missile crisis", "the_cuban_missile_crisis"),
        ("Suez / Hungary, 1956?", "suez_hungary_1956"),
        ("Élysée", "elysee"),
        ("Карибский кризис", "lesson"),
        ("古巴导弹危机", "lesson"),
        ("Кризис 1962", "1962"),
        ("../../etc", "etc"),
        ("one two three four five six seven eight nine", "one_two_three_four_five_six_seven_eight"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_title_becomes_a_file_name_that_every_system_takes(title, slug):
    assert slug_of(title) == slug


def test_blanks_are_filled_and_the_title_is_left_as_it_is():
    names = {"NN": "10", "nn": "10", "LESSON_TITLE": "NN, _nn and ANNA", "LESSON_FILE": "10_a"}
    assert filled("# NN LESSON_TITLE", names) == "# 10 NN, _nn and ANNA"
    assert filled('check("rate_nn", rate_nn); progress("LESSON_FILE")', names) == (
        'check("rate_10", rate_10); progress("10_a")'
    )


def test_the_next_number_is_after_the_last(tmp_path):
    assert next_number(tmp_path) == "01"
    for name in ("00_start_here", "07_leap", "09_split", "notes"):
        (tmp_path / f"{name}.ipynb").touch()
    assert next_number(tmp_path) == "10"
    (tmp_path / "99_last.ipynb").touch()
    with pytest.raises(LessonError, match="up to 99"):
        next_number(tmp_path)


# --- refusals; nothing is written ---


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "notebooks"
    (folder / "teaching").mkdir(parents=True)
    with course_with(notebooks=folder, keys=tmp_path / "keys"):
        yield folder


@pytest.mark.parametrize(
    ("there", "title", "words"),
    [
        (None, " \n", "A lesson needs a title"),
        ("03_suez.ipynb", "Suez!", "There is a lesson 03_suez.ipynb already"),
        ("teaching/01_suez.md", "Suez", "01_suez.md is left from an earlier lesson"),
        ("../keys/01_suez.json", "Suez", "01_suez.json is left from an earlier lesson"),
    ],
)
def test_what_is_there_is_never_overwritten(there, title, words, folder):
    if there:
        (folder / there).parent.mkdir(exist_ok=True)
        (folder / there).write_text("mine", encoding="utf-8")
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(LessonError, match=words):
        new_lesson(title)
    assert sorted(folder.parent.rglob("*")) == before
    assert not there or (folder / there).read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    missing = course_with(notebooks=tmp_path / "lessons")
    with missing, pytest.raises(LessonError, match="There is no folder .*lessons"):
        new_lesson("Suez")
