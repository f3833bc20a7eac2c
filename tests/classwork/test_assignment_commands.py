"""The command line as a teacher meets it: what it prints and writes, what it says of a slip."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from classwork.__main__ import main
from classwork.editions import assignment
from marks_lab import (
    StandIn,
    contents,
    hand_in,
    points,
    small_assignment,
    table,
    type_in,
)

COMMANDS = ("student", "teacher", "gift", "lint", "new", "to-nbgrader", "grade", "merge", "return")
KILLED = """
import classwork.ground.quick_start
import os, sys
from pathlib import Path
from marks_lab import StandIn, grade, small_assignment
class Killed(StandIn):
    def grade(self, student, *rest, **more):
        if student == "c":
            os._exit(9)
        return super().grade(student, *rest, **more)
grade(Path(sys.argv[1]), Path(sys.argv[2]), Killed(small_assignment()))
"""


@pytest.fixture
def quick(monkeypatch):
    """A lesson that needs no kernel and a grader that needs no process; what was asked for."""
    asked = {}

    def open_quickly(path, only=(), variant=0):
        asked.update(path=path, only=only, variant=variant)
        return small_assignment()

    monkeypatch.setattr("classwork.editions.assignment.open_assignment", open_quickly)
    monkeypatch.setattr("classwork.grading.grader.Grader", StandIn)
    return asked


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder a teacher works in, with two submissions."""
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "submissions" / "anna.ipynb", rate=13.86, claim="In part.", year=1974)
    hand_in(tmp_path / "submissions" / "ben.ipynb", rate=7.5)
    (tmp_path / "submissions" / "essay.pdf").write_bytes(b"%PDF")
    return tmp_path


def typed(capsys, *arguments):
    """Return the exit code, what was printed, and what was said of a slip."""
    code = main([str(argument) for argument in arguments])
    printed, slip = capsys.readouterr()
    assert "Traceback" not in slip
    return code, printed, slip


def test_help_names_every_command_and_is_there_at_once():
    """No library of Jupyter's or pandas' is loaded for it."""
    code = (
        "import sys; from classwork.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'pandas', 'nbformat', 'nbclient', 'matplotlib', 'numpy'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for command in COMMANDS:
        assert f"    {command}" in shown.stdout
    assert shown.stdout.endswith("set()\n")


def test_without_a_command_the_commands_are_listed(capsys):
    assert main([]) == 1
    shown = capsys.readouterr().out
    assert all(f"    {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_grading_says_what_there_is_and_what_to_do_next(quick, folder, capsys):
    before = contents(folder / "submissions")
    arguments = ("grade", "06", "submissions", "--out", "marks", "--only", "rate, claim")
    code, printed, slip = typed(capsys, *arguments, "--variant", "2")
    assert (code, slip) == (0, "")
    assert "2 submissions graded" in printed
    assert re.search(r"attention.csv +1 thing to look at", printed)
    assert re.search(r"to_read.csv +1 answer still to mark", printed)
    assert printed.endswith("python3 start.py merge marks\n")
    assert (quick["path"].name, quick["only"], quick["variant"]) == (
        "06_overtake_america.ipynb",
        ("rate", "claim"),
        2,
    )
    assert contents(folder / "submissions") == before
    assert points(folder / "marks")["anna", "total"] == "3"
    type_in(folder / "marks", "anna", "claim", "4")
    code, printed, _ = typed(capsys, "merge", "marks")
    assert code == 0
    assert "to_read.csv     0 answers still to mark" in printed
    assert points(folder / "marks")["anna", "total"] == "7"


def test_a_quiz_says_what_was_left_out_of_it(quick, folder, capsys):
    code, printed, _ = typed(capsys, "gift", "06", "--out", "quiz.txt")
    assert code == 0
    assert "Written: quiz.txt (2 questions)" in printed
    assert "Left out: 1 exercise that no quiz of this kind can check: claim." in printed
    assert (folder / "quiz.txt").read_text("utf-8").startswith("$CATEGORY: Two Winds/Lesson 6")


def test_a_quiz_that_somebody_has_changed_is_not_overwritten(quick, folder, capsys):
    assert typed(capsys, "gift", "06")[0] == 0
    assert typed(capsys, "gift", "06")[0] == 0
    quiz = folder / "06_overtake_america_gift.txt"
    quiz.write_bytes(quiz.read_bytes() + b"// a question of my own\n")
    code, _, slip = typed(capsys, "gift", "06")
    assert code == 1
    assert f"{quiz.name} is there already and is not the same" in slip and "--out" in slip
    assert b"my own" in quiz.read_bytes()


def test_graded_again_it_says_where_what_she_typed_is_kept_too(quick, folder, capsys):
    typed(capsys, "grade", "06", "submissions", "--out", "marks")
    type_in(folder / "marks", "anna", "claim", "4")
    hand_in(folder / "submissions" / "anna.ipynb", claim="Something else.")
    _, printed, _ = typed(capsys, "grade", "06", "submissions", "--out", "marks")
    assert "Changed since you marked: 1 answer." in printed
    kept = Path(re.search(r"kept in (.+)", printed)[1])
    assert kept.name == "to_read_1.csv"
    assert b"4" in kept.read_bytes()


@pytest.mark.parametrize(
    "out", ["submissions", "submissions/marks", "submissions/../submissions/m"]
)
def test_marks_are_not_written_beside_what_students_handed_in(quick, folder, capsys, out):
    before = contents(folder)
    code, _, slip = typed(capsys, "grade", "06", "submissions", "--out", out)
    assert code == 1
    assert "choose a folder of its own" in slip
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "06", "nothing", "--out", "m"], "There is no folder or zip nothing"),
        (["grade", "17", "submissions", "--out", "m"], "There is no lesson 17. The lessons are"),
        (["grade", "06_b", "submissions", "--out", "m"], "There is no lesson 06_b"),
        (["grade", "submissions", "submissions", "--out", "m"], "submissions is a folder"),
        (["grade", "06", "submissions", "--out", "file.txt"], "file.txt is a file"),
        (["grade", "06", "submissions", "--out", "m", "--release", "x"], "no submission 'x'"),
        (["grade", "06", "submissions", "--out", "m", "--due", "Friday"], "Write it as 2026-12-01"),
        (["grade", "06", "submissions", "--out", "m", "--late-per-day", "5"], "needs --due"),
        (["grade", "06", "submissions", "--out", "m", "--people", "p.csv"], "p.csv is missing"),
        (["merge", "nothing"], "holds no marks yet"),
        (["return", "nothing", "sheet.csv"], "holds no marks yet"),
        (["merge", "a", "b"], "name a new one for all with --out"),
    ],
)
def test_a_slip_is_answered_in_a_sentence(quick, folder, capsys, arguments, said):
    (folder / "file.txt").write_text("x", encoding="utf-8")
    code, printed, slip = typed(capsys, *arguments)
    assert (code, printed) == (1, "")
    assert said in slip
    assert not (folder / "m" / "gradebook.csv").exists()


@pytest.mark.parametrize("text", ["hello", "", "{}", "[1]", '{"cells": 1, "nbformat": 4}'])
@pytest.mark.parametrize("command", ["student", "teacher", "grade"])
def test_what_is_not_a_notebook_is_called_so(folder, capsys, command, text):
    (folder / "mine.ipynb").write_text(text, encoding="utf-8")
    more = ["submissions", "--out", "m"] if command == "grade" else []
    code, _, slip = typed(capsys, command, "mine.ipynb", *more)
    assert code == 1
    assert slip.startswith("mine.ipynb ")
    assert "notebook" in slip


def test_a_class_in_parts_is_put_together(quick, folder, capsys):
    for name in ("anna", "ben"):
        (folder / name).mkdir()
        shutil.move(folder / "submissions" / f"{name}.ipynb", folder / name)
        typed(capsys, "grade", "06", name, "--out", f"marks_{name}")
    code, printed, _ = typed(capsys, "merge", "marks_anna", "marks_ben", "--out", "all")
    assert code == 0
    assert "2 submissions graded. In all you find" in printed
    assert {student for student, _ in points(folder / "all")} == {"anna", "ben"}


def test_killed_in_the_middle_it_goes_on_from_there(quick, folder, capsys):
    for name in "abcd":
        hand_in(folder / "class" / f"{name}.ipynb", year=1974)
    code = [sys.executable, "-c", KILLED, "class", "marks"]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    killed = subprocess.run(code, env={**os.environ, "PYTHONPATH": path})
    assert killed.returncode == 9
    done = {json.loads(p.read_text())["student"] for p in (folder / "marks/results").iterdir()}
    assert done == {"a", "b"}
    assert typed(capsys, "grade", "06", "class", "--out", "marks")[0] == 0
    assert [points(folder / "marks")[name, "year"] for name in "abcd"] == ["1"] * 4


def test_ctrl_c_says_how_to_go_on(quick, folder, capsys, monkeypatch):
    def stop(*_arguments, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(StandIn, "grade", stop)
    code, _, slip = typed(capsys, "grade", "06", "submissions", "--out", "marks")
    assert code == 130
    assert slip.startswith("Stopped: 0 of 2 are graded. Nothing is lost. Give the same command")


def test_nothing_on_the_screen_moves_when_nobody_looks(quick, folder, capsys):
    _, printed, slip = typed(capsys, "grade", "06", "submissions", "--out", "marks")
    assert slip == ""
    assert "\r" not in printed


# --- the whole round with a real lesson ---


def solved(notebook, answers):
    """Return a student's copy with answers filled in."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for name, answer in answers.items():
            if cell.cell_type == "code" and re.search(rf"^{name} = ", cell.source, re.MULTILINE):
                cell.source = f"{name} = {answer!r}"
    return nbformat.writes(copy)


def test_the_whole_round_from_a_lesson_to_marks_given_back(folder, capsys, monkeypatch):
    """The lesson is run for the first two commands together, and anew for the last."""
    shutil.copy(Path(__file__).parent / "handed_out_before" / "lesson.json", "06_steel.ipynb")
    only = "steel_1957,doubled,claim"
    monkeypatch.setattr(assignment, "open_assignment", cache(assignment.open_assignment))
    code, printed, slip = typed(
        capsys, "student", "06_steel.ipynb", "--only", only, "--due", "2026-12-01"
    )
    assert (code, slip) == (0, "")
    assert "06_steel_student.ipynb (3 exercises, 7 points)" in printed
    handed_out = nbformat.read("06_steel_student.ipynb", as_version=4)
    right = {"steel_1957": 51.2, "doubled": 7.177}
    claim = "In part: more steel, but less of it for each person in 1971."
    pile = folder / "class"
    for name, answers in {
        "Анна": right | {"claim": claim},
        "Ben": right | {"doubled": 10},
        "copy of Анна": right | {"claim": claim},
        "untouched": {},
    }.items():
        (pile / name).mkdir(parents=True)
        path = pile / name / "06_steel_student.ipynb"
        path.write_text(solved(handed_out, answers), encoding="utf-8")
    (pile / "empty.ipynb").write_bytes(b"")
    before = contents(pile)
    arguments = ("grade", "06_steel.ipynb", "class", "--out", "marks", "--only", only)
    assert typed(capsys, *arguments)[0] == 0
    type_in(folder / "marks", "Анна", "claim", "3,5", "Which figure would convince a doubter?")
    assert typed(capsys, "merge", "marks")[0] == 0
    got = points(folder / "marks")
    assert (got["Анна", "steel_1957"], got["Анна", "doubled"]) == ("1", "2")
    assert (got["Анна", "total"], got["Ben", "total"], got["untouched", "total"]) == (
        "6.5",
        "1",
        "0",
    )
    page = (folder / "marks/feedback/Анна.html").read_text(encoding="utf-8")
    assert "Which figure would convince a doubter?" in page
    looked_at = {row["student"] for row in table(folder / "marks/attention.csv")}
    assert looked_at >= {"Анна", "copy of Анна", "empty"}
    assert contents(pile) == before
    first = contents(folder / "marks")
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert typed(capsys, *arguments)[0] == 0
    again = contents(folder / "marks")
    differing = {name for name in again if again[name] != first.get(name)}
    assert differing == {"to_read.csv", "kept/to_read_1.csv", "results/pile.json"}
    assert points(folder / "marks") == got
