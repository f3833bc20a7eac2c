"""From a pile of files to a gradebook, and a teacher's own marks through all that may happen."""

import io
import json
import os
import shutil
import sys
import zipfile

import pytest
from classwork.grading.results import UNMARKED
from classwork.lesson.exercises import LessonError
from classwork.marks import store
from classwork.marks.batch import StoppedError
from classwork.marks.merging import join, merge
from classwork.marks.spreadsheet import csv_text, guarded, unguarded
from classwork.marks.submissions import read_pile
from hypothesis import given
from hypothesis import strategies as st
from marks_lab import (
    StandIn,
    contents,
    grade,
    hand_in,
    points,
    save,
    small_assignment,
    table,
    type_in,
)

CLAIM = "In part: more steel,\nbut not per head; see 1971."
LESSON = "06_overtake_america"


@pytest.fixture
def pile(tmp_path):
    """Three students: all right, half right, and one who has answered nothing."""
    folder = tmp_path / "submissions"
    hand_in(folder / "Анна.ipynb", rate=13.86, claim=CLAIM, year=1974)
    hand_in(folder / "毛毛.ipynb", rate=7.5, claim="Yes.", year=1974)
    hand_in(folder / "Ben.ipynb")
    return folder


@pytest.fixture
def marks(tmp_path):
    return tmp_path / "marks"


@pytest.fixture
def graded(pile, marks):
    grade(pile, marks)
    return marks


def students(folder, lesson=LESSON):
    return {s.file: s.student for s in read_pile(folder, lesson).submissions}


def remarks(folder):
    return dict(read_pile(folder, LESSON).remarks)


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def attention(marks):
    return [(row["student"], row["what"]) for row in table(marks / "attention.csv")]


# --- who handed in what ---


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["anna.ipynb", "Иван Петров.ipynb", "李明.ipynb"], ["anna", "Иван Петров", "李明"]),
        (["anna.IPYNB", "ben.ipynb.txt", "carl.ipynb.json"], ["anna", "ben", "carl"]),
        (
            [
                "Анна Петрова_101_assignsubmission_file/a.ipynb",
                "Jo O'Neil_102_assignsubmission_file_/b.ipynb",
                "Max Li_103_assignsubmission_file_work.ipynb",
            ],
            ["Анна Петрова", "Jo O'Neil", "Max Li"],
        ),
        (
            ["petrovaanna_123_4567_lesson.ipynb", "limax_LATE_124_4568_lesson-1.ipynb"],
            ["petrovaanna", "limax"],
        ),
        (["anna/lesson.ipynb", "ben/lesson.ipynb", "carl/final.ipynb"], ["anna", "ben", "carl"]),
        (["anna/week_6/lesson.ipynb", "ben/week_6/lesson.ipynb"], ["anna", "ben"]),
        (["anna/06_overtake_america.ipynb"], ["anna"]),
        (["week_6/anna.ipynb", "week_6/ben.ipynb"], ["anna", "ben"]),
        (
            ["06_overtake_america_student_anna.ipynb", "ben 06_Overtake_America.ipynb"],
            ["anna", "ben"],
        ),
        (["anna_2026_12_01.ipynb", "ben_2026_12_01.ipynb"], ["anna", "ben"]),
    ],
)
def test_students_are_named_as_their_platform_names_them(tmp_path, files, names):
    for file in files:
        hand_in(tmp_path / file)
    assert students(tmp_path) == dict(zip(files, names, strict=True))


NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["**Your name:** Мария Li\n"]}],
}


def test_a_file_called_as_the_lesson_is_takes_its_name_from_the_name_line(tmp_path):
    for name in ("06_overtake_america_student", "06_overtake_america_student (1)", "ben"):
        hand_in(tmp_path / f"{name}.ipynb", **NOTEBOOK)
    hand_in(tmp_path / "06_overtake_america_student (2).ipynb", cells=[])
    assert set(students(tmp_path).values()) == {
        "Мария Li",
        "Мария Li (2)",
        "ben",
        "06_overtake_america_student (2)",
    }


def test_what_lies_in_a_students_zip_is_hers_whatever_it_is_called(tmp_path):
    inner = zipped({"petrovaanna_12345_99999_lesson.ipynb": b"{}"})
    pile = zipped({"mallory_666_777_work.zip": inner, "petrovaanna_12345_88_a.ipynb": b"{}"})
    (tmp_path / "pile.zip").write_bytes(pile)
    assert sorted(students(tmp_path / "pile.zip").values()) == ["mallory", "petrovaanna"]


def test_one_students_zip_of_very_many_notebooks_is_named_not_opened(tmp_path):
    inner = zipped({f"{number}.ipynb": b"{}" for number in range(21)})
    (tmp_path / "pile.zip").write_bytes(zipped({"m_6_7_w.zip": inner, "anna.ipynb": b"{}"}))
    assert list(students(tmp_path / "pile.zip")) == ["anna.ipynb"]
    assert "21 notebooks in one zip" in remarks(tmp_path / "pile.zip")["m_6_7_w.zip"]


def test_a_very_long_name_costs_nobody_a_row(tmp_path, marks):
    long = f"{'n' * 60_000}.ipynb"
    (tmp_path / "pile.zip").write_bytes(zipped({long: b'{"claim": "Yes."}', "anna.ipynb": b"{}"}))
    grade(tmp_path / "pile.zip", marks)
    merge(marks)
    assert max(len(row["file"]) for row in table(marks / "gradebook.csv")) < 300


def test_a_space_at_the_beginning_of_a_name_is_part_of_it(tmp_path, marks):
    for name in ("anna", " anna"):
        hand_in(tmp_path / "pile" / f"{name}.ipynb", claim="In part.")
    grade(tmp_path / "pile", marks)
    rows = table(marks / "to_read.csv")
    next(row for row in rows if row["file"] == "anna.ipynb")["points"] = "4"
    save(marks / "to_read.csv", rows, list(rows[0]))
    merge(marks)
    got = {(r["file"], r["exercise"]): r["points"] for r in table(marks / "gradebook.csv")}
    assert (got["anna.ipynb", "claim"], got[" anna.ipynb", "claim"]) == ("4", "")


def test_a_row_with_a_cell_too_many_is_named(graded):
    path = graded / "to_read.csv"
    text = path.read_text(encoding="utf-8-sig")
    type_in(graded, "Анна", "claim", "2.5", "good")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",2.5,good", ",2,5,good"), encoding="utf-8-sig")
    with pytest.raises(LessonError, match=r"row \d+: a cell too many.*2\.5"):
        merge(graded)


def test_a_folder_of_marks_named_twice_is_refused(graded, tmp_path):
    with pytest.raises(LessonError, match="named twice"):
        join([graded, graded], tmp_path / "all")


def test_the_same_marks_are_there_with_a_row_for_each_student(graded):
    rows = {row["student"]: row for row in table(graded / "students.csv")}
    got = points(graded)
    assert len(rows) > 1
    for student, row in rows.items():
        assert [row[name] for name in ("rate", "claim", "year", "total")] == [
            got[student, name] for name in ("rate", "claim", "year", "total")
        ]


def test_two_students_of_one_name_are_told_apart(tmp_path):
    for file in ("10a/anna.ipynb", "10b/Anna.ipynb", "10a/ben.ipynb", "10b/carl.ipynb"):
        hand_in(tmp_path / file)
    found = students(tmp_path)
    assert (found["10a/anna.ipynb"], found["10b/Anna.ipynb"]) == ("anna (10a)", "Anna (10b)")
    assert "listed as anna (10a)" in remarks(tmp_path)["10a/anna.ipynb"]


def test_a_moodle_download_is_read_as_it_comes_zips_within_it_too(tmp_path):
    inner = zipped({"homework/mine.ipynb": b"{}", "__MACOSX/homework/._mine.ipynb": b"x"})
    data = {
        "Анна Петрова_101_assignsubmission_file/урок.ipynb": b"{}",
        "Max Li_102_assignsubmission_file/work.zip": inner,
        "Max Li_102_assignsubmission_onlinetext/onlinetext.html": b"<p>",
    }
    (tmp_path / "download.zip").write_bytes(zipped(data))
    pile = read_pile(tmp_path / "download.zip", LESSON)
    assert [(s.student, s.file.rsplit("/", 1)[-1]) for s in pile.submissions] == [
        ("Max Li", "mine.ipynb"),
        ("Анна Петрова", "урок.ipynb"),
    ]
    assert [s.read() for s in pile.submissions] == [b"{}", b"{}"]
    assert [file for file, _ in pile.remarks] == [
        "Max Li_102_assignsubmission_onlinetext/onlinetext.html"
    ]


def test_what_is_no_notebook_is_named_and_litter_is_not(tmp_path):
    hand_in(tmp_path / "anna.ipynb")
    for name in ("essay.pdf", "Thumbs.db", ".DS_Store", "._anna.ipynb"):
        (tmp_path / name).write_bytes(b"x")
    hand_in(tmp_path / ".ipynb_checkpoints" / "anna-checkpoint.ipynb")
    hand_in(tmp_path / "__MACOSX" / "anna.ipynb")
    assert students(tmp_path) == {"anna.ipynb": "anna"}
    assert list(remarks(tmp_path)) == ["essay.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right that Windows gives to few")
def test_links_out_of_the_folder_and_pipes_are_left_alone(tmp_path):
    secret, pile = tmp_path / "secret", tmp_path / "pile"
    hand_in(secret / "key.ipynb")
    hand_in(pile / "anna.ipynb")
    (pile / "ben.ipynb").symlink_to(secret / "key.ipynb")
    (pile / "folder").symlink_to(secret)
    os.mkfifo(pile / "pipe.ipynb")
    assert students(pile) == {"anna.ipynb": "anna"}
    assert sorted(remarks(pile)) == ["ben.ipynb", "folder", "pipe.ipynb"]


def test_a_zip_that_unpacks_to_something_enormous_is_not_opened(tmp_path, marks, monkeypatch):
    monkeypatch.setattr("classwork.marks.submissions.LARGEST_UNPACKED", 2_000_000)
    monkeypatch.setattr("classwork.marks.submissions.LARGEST_NOTEBOOK", 500_000)
    hand_in(tmp_path / "pile" / "anna.ipynb", rate=13.86)
    (tmp_path / "pile" / "bomb.zip").write_bytes(zipped({"b.ipynb": b"0" * 3_000_000}))
    (tmp_path / "pile" / "large.zip").write_bytes(zipped({"c.ipynb": b"0" * 1_000_000}))
    grade(tmp_path / "pile", marks)
    assert points(marks)["anna", "rate"] == "2"
    assert any("too large" in what for _, what in attention(marks))
    assert ("c", "Larger than 0 MB: it was not read.") in attention(marks)


def test_locked_and_damaged_zips_are_named_and_the_rest_is_graded(tmp_path, marks):
    pile = tmp_path / "pile"
    hand_in(pile / "anna.ipynb", rate=13.86)
    (pile / "broken.zip").write_bytes(b"PK\x03\x04 not really")
    locked = bytearray(zipped({"ben.ipynb": b"{}"}))
    for start in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[start] |= 1
    (pile / "locked.zip").write_bytes(locked)
    bent = bytearray(zipped({"carl.ipynb": b"{} " * 40}))
    bent[bent.index(b"carl.ipynb") + 12] ^= 0xFF
    (pile / "bent.zip").write_bytes(bent)
    grade(pile, marks)
    assert points(marks)["anna", "rate"] == "2"
    said = dict(attention(marks))
    assert said[""] == "Damaged, or not a zip: it cannot be read."
    assert said["ben"] == "Locked with a password: it cannot be read."
    assert said["carl"] == "Damaged within the zip: it cannot be read."


def test_a_file_that_cannot_be_opened_is_named_and_waits_for_a_mark(pile, marks, monkeypatch):
    def refuse(path, *rest, **more):
        if path.name == "Ben.ipynb":
            raise PermissionError(13, "Permission denied", str(path))
        return as_before(path, *rest, **more)

    as_before = type(pile).open
    monkeypatch.setattr(type(pile), "open", refuse)
    grade(pile, marks)
    assert ("Ben", "Cannot be read: Permission denied.") in attention(marks)
    assert points(marks)["Ben", "rate"] == ""
    assert points(marks)["Анна", "rate"] == "2"


@pytest.mark.parametrize("name", ["nothing", "empty", "notes.txt"])
def test_a_pile_without_a_notebook_is_refused_in_a_sentence(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(LessonError, match=name):
        read_pile(tmp_path / name, LESSON)


# --- the tables ---


def test_the_gradebook_has_a_row_for_each_exercise_and_a_total(graded):
    rows = [tuple(row.values())[:8] for row in table(graded / "gradebook.csv")]
    assert rows[4:] == [
        ("Анна", "Анна.ipynb", "rate", "2", "2", "right", "", "program"),
        ("Анна", "Анна.ipynb", "claim", "", "4", "written", "", ""),
        ("Анна", "Анна.ipynb", "year", "1", "1", "right", "", "program"),
        ("Анна", "Анна.ipynb", "total", "3", "7", "", "1 still to mark", ""),
        ("毛毛", "毛毛.ipynb", "rate", "0", "2", "wrong", "", "program"),
        ("毛毛", "毛毛.ipynb", "claim", "", "4", "written", "", ""),
        ("毛毛", "毛毛.ipynb", "year", "1", "1", "right", "", "program"),
        ("毛毛", "毛毛.ipynb", "total", "1", "7", "", "1 still to mark", ""),
    ]
    assert rows[3][:5] == ("Ben", "Ben.ipynb", "total", "0", "7")


def test_answers_in_words_stand_next_to_the_rubric(graded):
    rows = table(graded / "to_read.csv")
    assert [(r["student"], r["answer"]) for r in rows] == [("Анна", CLAIM), ("毛毛", "Yes.")]
    assert "| Limit | named |" in rows[0]["rubric"]
    assert "details" not in rows[0]["rubric"]
    assert (rows[0]["points"], rows[0]["comment"], rows[0]["of"]) == ("", "", "4")


def test_graded_again_every_file_is_the_same_and_nobody_is_asked_again(pile, graded):
    before, handed_in = contents(graded), contents(pile)
    grader = StandIn(small_assignment())
    grade(pile, graded, grader)
    assert contents(graded) == before
    assert contents(pile) == handed_in
    assert grader.asked == []


def test_one_that_cannot_be_read_waits_for_the_teacher_exercise_by_exercise(pile, marks):
    (pile / "zoe.ipynb").write_bytes(b"not a notebook")
    assert grade(pile, marks).open == 5
    assert ("zoe", "It is not a notebook.") in attention(marks)
    waiting = [r["exercise"] for r in table(marks / "to_read.csv") if r["student"] == "zoe"]
    assert waiting == ["rate", "claim", "year"]


def test_two_alike_name_each_other_without_a_verdict(pile, marks):
    hand_in(pile / "copy.ipynb", rate=1, year=2, fingerprint="f")
    hand_in(pile / "original.ipynb", rate=1, year=1974, fingerprint="f")
    shutil.copy(pile / "Анна.ipynb", pile / "zed.ipynb")
    hand_in(pile / "untouched.ipynb")
    grade(pile, marks)
    said = [(who, what) for who, what in attention(marks) if "alike" in what]
    assert [who for who, _ in said] == ["copy", "original", "zed", "Анна"]
    assert "original" in said[0][1] and "copy" in said[1][1] and "zed" in said[3][1]


def test_both_files_of_one_student_are_graded_and_named(tmp_path, marks):
    hand_in(tmp_path / "pile/Max Li_7_assignsubmission_file/a.ipynb", rate=1)
    hand_in(tmp_path / "pile/Max Li_7_assignsubmission_file/b.ipynb", rate=13.86)
    grade(tmp_path / "pile", marks)
    totals = [r["points"] for r in table(marks / "gradebook.csv") if r["exercise"] == "total"]
    assert totals == ["0", "2"]
    assert [who for who, what in attention(marks) if "2 files" in what] == ["Max Li", "Max Li"]
    assert sorted(p.name for p in (marks / "feedback").iterdir()) == [
        "Max Li (2).html",
        "Max Li.html",
    ]


@pytest.mark.parametrize(
    "answer", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "x;=1", "x\n=1", "x\t=1"]
)
def test_no_cell_is_run_as_a_formula_however_a_spreadsheet_splits_it(answer):
    text = csv_text(["student", "answer"], [["a", answer], ["b", "right"]]).removeprefix("\ufeff")
    for separators in (",", ";", "\t", ";,\t"):
        cells = text.replace('"', "")
        for separator in separators + "\r":
            cells = cells.replace(separator, "\n")
        starts = {cell.lstrip(" ")[:1] for cell in cells.split("\n")}
        assert not starts & set("=+-@＝＋－＠")


@given(st.text(alphabet="=+-@'a ;\t\r\n＝", max_size=12))
def test_what_was_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


def test_a_name_that_looks_like_a_formula_comes_back_from_the_spreadsheet(pile, marks):
    hand_in(pile / "=cmd.ipynb", claim="-3 per cent")
    grade(pile, marks)
    row = table(marks / "to_read.csv")[0]
    assert (row["student"], row["answer"]) == ("'=cmd", "'-3 per cent")
    type_in(marks, "'=cmd", "claim", "4", "'- well said")
    merge(marks)
    assert points(marks)["'=cmd", "claim"] == "4"
    assert "Your teacher says: - well said" in (marks / "feedback/=cmd.html").read_text("utf-8")


# --- stopped and gone on with ---


def test_stopped_in_the_middle_it_goes_on_from_there(pile, marks):
    class Interrupted(StandIn):
        def grade(self, student, *rest, **more):
            if student == "毛毛":
                raise KeyboardInterrupt
            return super().grade(student, *rest, **more)

    with pytest.raises(StoppedError, match="2 of 3 are graded. Nothing is lost."):
        grade(pile, marks, Interrupted(small_assignment()))
    assert not [name for name in contents(marks) if name.endswith(".part")]
    grader = StandIn(small_assignment())
    grade(pile, marks, grader)
    assert grader.asked == ["毛毛"]
    whole = contents(marks)
    shutil.rmtree(marks)
    grade(pile, marks)
    assert contents(marks) == whole


def test_a_result_torn_by_a_power_cut_is_graded_again(pile, graded):
    before = contents(graded)
    result = next(
        p
        for p in (graded / "results").iterdir()
        if "毛" in json.loads(p.read_text()).get("student", "")
    )
    result.write_bytes(result.read_bytes()[:50])
    grader = StandIn(small_assignment())
    grade(pile, graded, grader)
    assert grader.asked == ["毛毛"]
    assert contents(graded) == before


def test_another_key_or_another_submission_is_graded_anew(pile, graded):
    assignment = small_assignment()
    assignment.key["rate"]["expected"] = 7.5
    grade(pile, graded, assignment=assignment)
    assert (points(graded)["Анна", "rate"], points(graded)["毛毛", "rate"]) == ("0", "2")
    hand_in(pile / "Ben.ipynb", year=1974)
    grader = StandIn(assignment)
    grade(pile, graded, grader, assignment)
    assert grader.asked == ["Ben"]
    assert points(graded)["Ben", "year"] == "1"


def test_a_fault_of_the_grader_costs_one_mark_and_is_tried_again(pile, marks):
    class Faulty(StandIn):
        def grade(self, student, *rest, **more):
            if student == "Ben":
                raise ZeroDivisionError("oh")
            return super().grade(student, *rest, **more)

    grade(pile, marks, Faulty(small_assignment()))
    assert "ZeroDivisionError" in dict(attention(marks))["Ben"]
    assert points(marks)["Анна", "rate"] == "2"
    grader = StandIn(small_assignment())
    grade(pile, marks, grader)
    assert grader.asked == ["Ben"]


def test_only_a_released_file_is_run_and_a_wrong_name_is_refused(pile, marks):
    released = {}

    class Careful(StandIn):
        def grade(self, student, file, data, released_=released, released=False):
            released_[file] = released
            return super().grade(student, file, data)

    with pytest.raises(LessonError, match=r"'ben\.ipynb'"):
        grade(pile, marks, released=["ben.ipynb"])
    grade(pile, marks, Careful(small_assignment()), released=["Ben.ipynb"])
    assert released == {"Ben.ipynb": True, "Анна.ipynb": False, "毛毛.ipynb": False}


# --- marks by hand ---


def test_a_mark_by_hand_reaches_gradebook_total_and_page(graded):
    type_in(graded, "Анна", "claim", "3", "Which figure?")
    typed = (graded / "to_read.csv").read_bytes()
    summary = merge(graded)
    assert summary.open == 1
    row = table(graded / "gradebook.csv")[5]
    assert (row["points"], row["marked_by"], row["verdict"]) == ("3", "hand", "written")
    assert (points(graded)["Анна", "total"], points(graded)["毛毛", "total"]) == ("6", "1")
    assert "Your teacher says: Which figure?" in (graded / "feedback/Анна.html").read_text("utf-8")
    assert (graded / "to_read.csv").read_bytes() == typed


@pytest.mark.parametrize(
    ("separator", "encoding", "line_end", "typed"),
    [
        (";", "utf-8-sig", "\r\n", "2,5"),
        (",", "utf-8", "\n", "2,5"),
        ("\t", "utf-8-sig", "\r\n", "2.5"),
        (",", "utf-8-sig", "\r", "2.50"),
    ],
)
def test_whatever_spreadsheet_saved_it_the_mark_is_read(
    graded, separator, encoding, line_end, typed
):
    rows = table(graded / "to_read.csv")
    rows[0] |= {"points": typed, "comment": 'Say "per head";\nthen 1,5'}
    columns = [*reversed(rows[0]), "my own column"]
    save(graded / "to_read.csv", rows, columns, separator, encoding, line_end)
    merge(graded)
    assert points(graded)["Анна", "claim"] == "2.5"
    assert points(graded)["Анна", "total"] == "5.5"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"points": "5"}, r"row 2, column points: 5 points, but claim is worth 4"),
        ({"points": "three"}, r"row 2, column points: 'three' is not a number"),
        ({"points": "-1"}, r"row 2, column points: '-1' is not"),
        ({"points": "02. Mai"}, r"row 2, column points"),
        ({"points": "1", "student": "Nobody", "file": "x.ipynb"}, r"row 2, .*'Nobody'"),
        ({"points": "1", "exercise": "clam"}, r"row 2, column exercise: there is no 'clam'"),
        ({"exercise": "rate", "file": "x.ipynb", "student": "?"}, r"the row of Анна .* is lost"),
    ],
)
def test_a_slip_is_named_with_its_row_and_nothing_is_changed(graded, cells, said):
    rows = table(graded / "to_read.csv")
    rows[0] |= cells
    save(graded / "to_read.csv", rows, list(rows[0]))
    before = contents(graded)
    with pytest.raises(LessonError, match=said):
        merge(graded)
    assert contents(graded) == before


@pytest.mark.parametrize("column", ["student", "file", "exercise", "answer", "points", "comment"])
def test_a_lost_column_is_named_by_merge_and_by_grade(pile, graded, column):
    rows = table(graded / "to_read.csv")
    save(graded / "to_read.csv", rows, [name for name in rows[0] if name != column])
    before = contents(graded)
    for do in (lambda: merge(graded), lambda: grade(pile, graded)):
        with pytest.raises(LessonError, match=f"row 1: the column '{column}' is missing"):
            do()
    assert contents(graded) == before


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            lambda data: data.decode("utf-8").replace("毛毛", "é").encode("cp1251", "replace"),
            "UTF-8",
        ),
        (lambda data: b"PK\x03\x04" + data, "workbook"),
        (lambda data: data.decode("utf-8-sig").encode("utf-16"), "UTF-16"),
        (lambda data: b"", "empty"),
        (lambda data: data + b'"torn', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_is_never_overwritten(pile, graded, damage, said):
    path = graded / "to_read.csv"
    path.write_bytes(damage(path.read_bytes()))
    hand_in(pile / "new.ipynb", claim="Hello.")
    before = contents(graded)
    for do in (lambda: merge(graded), lambda: grade(pile, graded)):
        with pytest.raises(LessonError, match=said):
            do()
    assert contents(graded) == before


def test_a_mark_survives_grading_again(pile, graded):
    type_in(graded, "Анна", "claim", "3,5", "Which figure?")
    hand_in(pile / "Ben.ipynb", claim="No.")
    grade(pile, graded)
    assert points(graded)["Анна", "claim"] == "3.5"
    rows = {row["student"]: row for row in table(graded / "to_read.csv")}
    assert (rows["Анна"]["points"], rows["Анна"]["comment"]) == ("3.5", "Which figure?")
    assert rows["Ben"]["answer"] == "No."
    assert not any("changed" in what for _, what in attention(graded))


def test_what_was_marked_before_the_answer_changed_is_kept_until_looked_at(pile, graded):
    type_in(graded, "Анна", "claim", "3")
    hand_in(pile / "Анна.ipynb", rate=13.86, claim="Something else.", year=1974)
    for _ in range(2):
        assert grade(pile, graded).changed == 1
        assert points(graded)["Анна", "claim"] == "3"
        assert ("Анна", "claim: the answer changed after it was marked.") in attention(graded)
        assert "changed after" in table(graded / "gradebook.csv")[5]["note"]
    type_in(graded, "Анна", "claim", "2", changed="")
    assert merge(graded).changed == 0
    assert grade(pile, graded).changed == 0
    assert points(graded)["Анна", "claim"] == "2"


def test_a_mark_follows_a_student_whose_file_was_renamed(tmp_path, marks):
    old = tmp_path / "pile/Max Li_7_assignsubmission_file/a.ipynb"
    hand_in(old, claim="Yes, in part.")
    grade(tmp_path / "pile", marks)
    type_in(marks, "Max Li", "claim", "4")
    old.rename(old.with_name("final.ipynb"))
    assert grade(tmp_path / "pile", marks).gone == 0
    assert points(marks)["Max Li", "claim"] == "4"


def test_a_mark_of_a_student_who_is_gone_is_kept_and_comes_back_with_her(pile, graded):
    type_in(graded, "Анна", "claim", "3", "Which figure?")
    away = pile.parent / "Анна.ipynb"
    (pile / "Анна.ipynb").rename(away)
    assert grade(pile, graded).gone == 1
    assert ("Анна", "total") not in points(graded)
    assert not (graded / "feedback/Анна.html").exists()
    merge(graded)
    last = table(graded / "to_read.csv")[-1]
    assert (last["student"], last["points"], last["comment"]) == ("Анна", "3", "Which figure?")
    away.rename(pile / "Анна.ipynb")
    assert grade(pile, graded).gone == 0
    assert points(graded)["Анна", "claim"] == "3"


def test_a_student_number_that_a_spreadsheet_has_shortened_is_still_known(pile, marks):
    hand_in(pile / "0012345.ipynb", claim="Yes.")
    grade(pile, marks)
    type_in(marks, "0012345", "claim", "1", student="12345")
    merge(marks)
    assert points(marks)["0012345", "claim"] == "1"


def test_a_row_of_her_own_overrules_the_program(pile, graded):
    rows = table(graded / "to_read.csv")
    rows.append({"student": "毛毛", "exercise": "rate", "points": "1", "comment": "Nearly."})
    save(graded / "to_read.csv", rows, list(rows[0]))
    merge(graded)
    assert (points(graded)["毛毛", "rate"], points(graded)["毛毛", "total"]) == ("1", "2")
    assert grade(pile, graded).changed == 0
    assert points(graded)["毛毛", "rate"] == "1"
    assert grade(pile, graded).changed == 0


def test_two_rows_that_contradict_each_other_are_named(graded):
    type_in(graded, "Анна", "claim", "3")
    rows = table(graded / "to_read.csv")
    save(graded / "to_read.csv", [*rows, rows[0] | {"points": "4"}], list(rows[0]))
    with pytest.raises(LessonError, match="row 4: this row and row 2"):
        merge(graded)


def test_a_gradebook_changed_by_hand_is_put_aside_not_overwritten(pile, graded):
    changed = (graded / "gradebook.csv").read_bytes() + b"my own,sum\r\n"
    (graded / "gradebook.csv").write_bytes(changed)
    copies = grade(pile, graded).copies
    assert [path.read_bytes() for path in copies] == [changed]
    assert b"my own" not in (graded / "gradebook.csv").read_bytes()
    assert grade(pile, graded).copies == []


def test_marks_typed_while_the_pile_is_graded_are_kept(pile, graded):
    class Slow(StandIn):
        def grade(self, *rest, **more):
            type_in(graded, "毛毛", "claim", "2")
            return super().grade(*rest, **more)

    hand_in(pile / "late.ipynb", claim="Late.")
    grade(pile, graded, Slow(small_assignment()))
    assert points(graded)["毛毛", "claim"] == "2"


def test_a_stop_while_the_tables_are_written_costs_nothing(pile, graded, monkeypatch):
    type_in(graded, "Анна", "claim", "3")
    hand_in(pile / "Ben.ipynb", year=1974, claim="No.")
    written = []

    def stop(path, text, write=store.write_mark_file):
        written.append(path.name)
        if path.name == "to_read.csv":
            raise KeyboardInterrupt
        write(path, text)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_mark_file", stop)
        with pytest.raises(KeyboardInterrupt):
            grade(pile, graded)
    assert "gradebook.csv" in written
    grade(pile, graded)
    assert (points(graded)["Анна", "claim"], points(graded)["Ben", "year"]) == ("3", "1")
    assert not [name for name in contents(graded) if name.startswith("kept/gradebook")]


@pytest.mark.parametrize("name", ["gradebook.csv", "to_read.csv"])
def test_somebody_elses_gradebook_is_not_touched(pile, marks, name):
    marks.mkdir()
    (marks / name).write_bytes(b"mine")
    with pytest.raises(LessonError, match="not made here"):
        grade(pile, marks)
    assert contents(marks) == {name: b"mine"}


def test_marks_of_another_lesson_are_not_touched(pile, graded):
    other = small_assignment()
    for exercise in other.exercises:
        other.key[f"new_{exercise.name}"] = other.key.pop(exercise.name)
        exercise.name = f"new_{exercise.name}"
    before = contents(graded)
    with pytest.raises(LessonError, match="another lesson"):
        grade(pile, graded, assignment=other)
    assert contents(graded) == before


def test_merging_before_grading_says_so(tmp_path):
    with pytest.raises(LessonError, match="Run grade first"):
        merge(tmp_path)


# --- a large class in parts ---


def test_a_class_graded_in_parts_is_put_together_as_if_it_had_been_one(tmp_path, pile, marks):
    hand_in(pile / "copy.ipynb", rate=1, year=2, fingerprint="f")
    hand_in(pile / "other.ipynb", rate=2, year=2, fingerprint="f")
    grade(pile, marks)
    type_in(marks, "Анна", "claim", "3", "Which figure?")
    merge(marks)
    parts = []
    for number, names in enumerate([["Анна", "copy"], ["Ben", "other", "毛毛"]]):
        parts.append(tmp_path / f"marks_{number}")
        for name in names:
            target = tmp_path / f"part_{number}" / f"{name}.ipynb"
            target.parent.mkdir(exist_ok=True)
            shutil.copy(pile / f"{name}.ipynb", target)
        grade(tmp_path / f"part_{number}", parts[-1])
    type_in(parts[0], "Анна", "claim", "3", "Which figure?")
    before = [contents(part) for part in parts]
    join(parts, tmp_path / "all")
    for name in ("gradebook.csv", "attention.csv", "feedback/Анна.html"):
        assert (tmp_path / "all" / name).read_bytes() == (marks / name).read_bytes()
    assert table(tmp_path / "all/to_read.csv") == table(marks / "to_read.csv")
    assert [contents(part) for part in parts] == before
    type_in(tmp_path / "all", "毛毛", "claim", "1")
    assert merge(tmp_path / "all").open == 0
    with pytest.raises(LessonError, match="there already"):
        join(parts, tmp_path / "all")


def test_files_of_one_name_in_two_parts_are_all_kept(tmp_path):
    for part, claim in (("a", "Yes."), ("b", "No.")):
        hand_in(tmp_path / part / "anna.ipynb", claim=claim)
        grade(tmp_path / part, tmp_path / f"marks_{part}")
        type_in(tmp_path / f"marks_{part}", "anna", "claim", "3" if part == "a" else "1")
    join([tmp_path / "marks_a", tmp_path / "marks_b"], tmp_path / "all")
    totals = [
        r["points"] for r in table(tmp_path / "all/gradebook.csv") if r["exercise"] == "total"
    ]
    assert totals == ["3", "1"]


def test_parts_with_other_points_are_refused(tmp_path, pile):
    grade(pile, tmp_path / "a")
    other = small_assignment()
    other.exercises[0].points = 3
    grade(pile, tmp_path / "b", assignment=other)
    with pytest.raises(LessonError, match="different exercises or points"):
        join([tmp_path / "a", tmp_path / "b"], tmp_path / "all")
    assert not (tmp_path / "all").exists()


def test_an_odd_answer_waits_with_its_code_and_its_note(pile, marks):
    hand_in(pile / "odd.ipynb", rate={"code": "rates = 13.86"})
    grade(pile, marks)
    row = next(r for r in table(marks / "to_read.csv") if r["student"] == "odd")
    assert (row["verdict"], row["answer"], row["note"]) == (UNMARKED, "rates = 13.86", "odd")


# --- comments with a short name ---


def test_a_comment_typed_twice_is_offered_by_a_short_name_and_told_in_full(tmp_path, pile, marks):
    hand_in(pile / "Ольга.ipynb", claim="No.")
    grade(pile, marks)
    assert not (marks / "comments.csv").exists()
    twice = "Where is your evidence, #1?"
    for student in ("Анна", "毛毛"):
        type_in(marks, student, "claim", "2", twice)
    assert merge(marks).comments == 1
    assert table(marks / "comments.csv") == [{"name": "evidence", "comment": twice}]
    # The teacher adds one of her own, in a spreadsheet with other separators, without a name.
    own = [*table(marks / "comments.csv"), {"name": "", "comment": "=1 is not a year."}]
    save(marks / "comments.csv", own, ["name", "comment"], separator=";")
    save(tmp_path / "typed.csv", own, ["name", "comment"], separator=";")
    grade(pile, marks)
    offered = {row["offered"] for row in table(marks / "to_read.csv")}
    assert offered == {f"#evidence: {twice}\n#year: =1 is not a year."}
    type_in(marks, "Ольга", "claim", "1", "Evidence")
    type_in(marks, "毛毛", "claim", "1", "Short. #YEAR Think of page 3.")
    merge(marks)
    page = {
        name: (marks / f"feedback/{name}.html").read_text("utf-8") for name in ("Ольга", "毛毛")
    }
    assert f"Your teacher says: {twice}" in page["Ольга"]
    assert "Your teacher says: Short. =1 is not a year. Think of page 3." in page["毛毛"]
    assert "#YEAR" in (marks / "to_read.csv").read_text("utf-8-sig")
    # Nothing that she wrote was written over.
    kept = [*marks.glob("kept/comments*"), marks / "comments.csv"]
    assert (tmp_path / "typed.csv").read_bytes() in [path.read_bytes() for path in kept]


def test_a_name_that_is_not_in_the_bank_is_named_before_a_student_reads_it(graded):
    (graded / "comments.csv").write_text("name,comment\nevidence,Which?\n", encoding="utf-8")
    type_in(graded, "Анна", "claim", "2", "#evidense")
    with pytest.raises(LessonError, match="row 2, column comment: there is no #evidense in"):
        merge(graded)
    (graded / "comments.csv").write_text("name,comment\n2 words,Which?\n", encoding="utf-8")
    with pytest.raises(LessonError, match="row 2, column name: '2 words'"):
        merge(graded)


def test_two_banks_put_together_keep_every_comment(tmp_path):
    for part in ("a", "b"):
        hand_in(tmp_path / part / f"{part}.ipynb", claim="Yes.")
        grade(tmp_path / part, tmp_path / f"marks_{part}")
        bank = f"name,comment\nyear,Which year? {part}\n"
        (tmp_path / f"marks_{part}" / "comments.csv").write_text(bank, encoding="utf-8")
        type_in(tmp_path / f"marks_{part}", part, "claim", "3", "#year")
    join([tmp_path / "marks_a", tmp_path / "marks_b"], tmp_path / "all")
    whole = {row["comment"] for row in table(tmp_path / "all/comments.csv")}
    assert whole == {"Which year? a", "Which year? b"}
    assert "says: Which year? b" in (tmp_path / "all/feedback/b.html").read_text("utf-8")
