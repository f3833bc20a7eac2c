"""A class of twelve from a platform's zip to the platform's sheet; late work, pairs, extra time.

The zips and sheets are made, and what is written is read, by the rules in the platforms' own
sources: mod/assign/classes/downloader.php, gradingtable.php, importgradeslib.php and
importziplib.php of Moodle, content_zipper.rb, gradebook_exporter.rb and gradebook_importer.rb of
Canvas.
"""

import csv
import io
import os
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from classwork.grading.grader import Grader, Limits
from classwork.lesson.due import read_moment
from classwork.lesson.exercises import LessonError
from classwork.marks.batch import Job, grade_pile
from classwork.marks.merging import join, merge
from classwork.marks.people import Deadline, read_people
from classwork.marks.platforms import give_back
from classwork.marks.submissions import read_pile
from marks_lab import StandIn, hand_in, save, table
from marks_lab import small_assignment as assignment_to_compare
from submissions import data, small_assignment, solved

# number, as Moodle calls them, as Canvas sorts them
CLASS = [
    (1001, "Анна Петрова", "Петрова, Анна"),
    (1002, "Ben O'Neil", "O'Neil, Ben"),
    (1003, "毛毛", "毛毛"),
    (1004, "Max Li", "Li, Max"),
    (1005, "Ольга Ким", "Ким, Ольга"),
    (1006, "王伟", "王, 伟"),
    (1007, "Zoë van_Dijk", "van Dijk, Zoë"),
    (1008, "Иван Грозный", "Грозный, Иван"),
    (1009, "Li Na", "Na, Li"),
    (1010, "Li Na", "Na, Li"),
    (1011, "=1+1", "=1+1"),
    (1012, "Paul", "Paul"),
]
WITHOUT_FILE, LATE = {1002}, {1004, 1005}
PEOPLE = """name;number;extra time;group;handed in
Анна Петрова;1001;;red;
Ben O'Neil;1002;;red;
毛毛;1003;2;;2026-11-22 12:00
Max Li;1004;;;2026-11-21 09:00
"""
DUE = Deadline(read_moment("2026-11-20 18:00"), per_day=10)
DOWNLOADED = (2026, 11, 25, 8, 0, 2)
RUSSIAN = [
    "Идентификатор", "Полное имя", "Адрес электронной почты", "Состояние", "Оценка",
    "Максимальная оценка", "Оценка может быть изменена", "Последнее изменение (ответ)",
    "Последнее изменение (оценка)", "Отзыв в виде комментария",
]  # fmt: skip
LESSON = "01_steel"


def cleaned(name):
    """Return a name as Moodle's clean_filename leaves it."""
    return re.sub(r"[\x00-\x1f&<>\"`|':\\/]", "", name)


def moodle_name(number, name, _):
    return f"{cleaned(name.replace('_', ' '))}_{number}_assignsubmission_file/01_steel.ipynb"


def canvas_name(number, _, name):
    late = "LATE" if number in LATE else None
    parts = [name.lower(), late, str(number)]
    whole = "_".join(part for part in parts if part)
    whole = re.sub(r"\W", "", whole)
    return f"{whole}_{number + 7000}_01_steel-1.ipynb"


def download(path, name_of):
    """Write the zip of a platform: each has solved all but the number of exercises in a name."""
    assignment = small_assignment()
    wrong = data(solved(assignment, gain="gain = 51", big="big = []"))
    right = data(solved(assignment))
    with zipfile.ZipFile(path, "w") as archive:
        for student in CLASS:
            if student[0] not in WITHOUT_FILE:
                entry = zipfile.ZipInfo(name_of(*student), DOWNLOADED)
                archive.writestr(entry, wrong if student[0] % 3 == 0 else right)


def moodle_sheet(path):
    rows = [
        [f"Участник {number}", name, "a@example.org", "Отправлено", "", "24,00", "Да",
         "Пятница, 20 ноября 2026, 17:00", "-", "кавычки \" и\nстрока"]
        for number, name, _ in CLASS
    ]  # fmt: skip
    rows.append(["Участник 2000", "Гость", "", "Нет ответа", "", "24,00", "Да", "-", "-", ""])
    write(path, [RUSSIAN, *rows], ",", "\ufeff")


def canvas_sheet(path):
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Iron (41)", "Steel (42)",
            "Assignments Current Score", "Current Score"]  # fmt: skip
    possible = [
        "    Points Possible",
        "",
        "",
        "",
        "",
        "5.00",
        "12.00",
        "(read only)",
        "(read only)",
    ]
    rows = [[n, str(number), "", "", "A", "3.00", "", "", ""] for number, _, n in CLASS]
    rows[11][6] = "EX"
    write(path, [head, ["", "", "", "", "", "Manual Posting"] + [""] * 3, possible, *rows], ";", "")


def write(path, rows, separator, bom):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    path.write_bytes((bom + stream.getvalue()).encode())


class Remembering:
    """A grader that runs the same notebook once, whoever has handed it in."""

    def __init__(self, grader):
        self.grader, self.results = grader, {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def grade(self, student, file, data, released=False):
        if data not in self.results:
            self.results[data] = self.grader.grade(student, file, data)
        return replace(self.results[data], student=student, file=file)


@pytest.fixture(scope="module")
def grader():
    with Grader(small_assignment(), Limits()) as own:
        yield Remembering(own)


def graded(tmp_path, name_of, grader, people=PEOPLE):
    """Take the class through grading and give everybody three points for the claim."""
    download(tmp_path / "download.zip", name_of)
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    marks = tmp_path / "marks"
    listed = read_people(tmp_path / "people.csv")
    job = Job(small_assignment(), Limits(), lambda *_: grader, deadline=DUE, people=listed)
    summary = grade_pile(job, read_pile(tmp_path / "download.zip", LESSON), marks)
    assert summary.submissions == summary.open == 11
    rows = table(marks / "to_read.csv")
    save(marks / "to_read.csv", [row | {"points": "3"} for row in rows], list(rows[0]))
    return marks


def cells(path, separator):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


# Of 12 points the claim has 3 of 4; every third loses 4; the pair has the mark of its one file.
MARKS = {number: 7 if number % 3 == 0 else 11 for number, *_ in CLASS} | {1002: 11}


def test_a_class_goes_from_moodles_zip_to_moodles_sheet_and_back(tmp_path, grader):
    olga = "Ольга Ким;1005;;;2026-11-23 10:00\n"
    marks = graded(tmp_path, moodle_name, grader, PEOPLE + olga)
    moodle_sheet(tmp_path / "Оценки.csv")
    before = (tmp_path / "Оценки.csv").read_bytes()
    given = give_back(marks, tmp_path / "Оценки.csv")
    assert (given.platform, given.column, given.filled) == ("Moodle", "Оценка", 12)
    assert (given.scale, given.notes) == (("12", "24"), [])
    filled = tmp_path / "Оценки_filled.csv"
    assert filled.read_bytes().startswith(b"\xef\xbb\xbf") and b"\r" not in filled.read_bytes()
    expected = MARKS | {1004: 11 - 1.2, 1005: 7 - 3.6}
    rows = cells(tmp_path / "Оценки.csv", ",")
    for row in rows[1:-1]:
        number = int(row[0][len("Участник") :])
        row[4] = f"{2 * expected[number]:g}".replace(".", ",")
    assert cells(filled, ",") == rows
    # Again: nothing is written over.
    give_back(marks, tmp_path / "Оценки.csv")
    assert (tmp_path / "Оценки.csv").read_bytes() == before
    assert (tmp_path / "Оценки_filled_2.csv").read_bytes() == filled.read_bytes()

    students = {row["number"]: row for row in table(marks / "students.csv")}
    assert len(students) == 12
    assert {n: row["late"] for n, row in students.items() if row["late"]} == {
        "1004": "1",
        "1005": "3",
    }
    assert students["1004"]["deducted"] == "-1.2" and students["1002"]["student"] == "Ben O'Neil"
    said = [row["what"] for row in table(marks / "attention.csv")]
    assert any(what.startswith("Late by 1 day: it came 21 November 2026, 09:00.") for what in said)
    assert any("times do not tell when" in what for what in said)

    with zipfile.ZipFile(tmp_path / "Оценки_feedback.zip") as archive:
        pages = {as_moodle_reads(name): archive.read(name).decode() for name in archive.namelist()}
    assert {number for number, _ in pages} == {number for number, *_ in CLASS}
    assert {page for _, page in pages} == {"/feedback.html"}
    assert "Feedback for Ben O&#x27;Neil" in pages[1002, "/feedback.html"]
    assert "10 per cent of 12 points are taken off" in pages[1004, "/feedback.html"]


def as_moodle_reads(name):
    """Return the participant and the file of an entry, as importziplib.php finds them."""
    parts = ["", "import", *name.split("/")]
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 5 or not info[1].isdigit():
            continue
        assert info[2:4] == ["assignsubmission", "file"]
        return int(info[1]), "/".join([info[4], *parts])
    return None


def test_a_class_goes_from_canvas_zip_to_canvas_gradebook(tmp_path, grader):
    marks = graded(tmp_path, canvas_name, grader)
    canvas_sheet(tmp_path / "grades.csv")
    given = give_back(marks, tmp_path / "grades.csv")
    assert (given.platform, given.column, given.filled) == ("Canvas", "Steel (42)", 11)
    assert given.scale is None and not given.feedback.exists()
    assert given.notes == ["paul: EX stands in the sheet and was left."]
    rows = cells(tmp_path / "grades.csv", ";")
    # Of 1005 the platform says that it came late, and nobody knows by how much.
    for row in rows[3:-1]:
        row[6] = f"{(MARKS | {1004: 11 - 1.2})[int(row[1])]:g}"
    assert cells(tmp_path / "grades_filled.csv", ";") == rows
    late = {row["number"]: row["late"] for row in table(marks / "students.csv") if row["late"]}
    assert late == {"1004": "1", "1005": "late"}
    said = [row["what"] for row in table(marks / "attention.csv")]
    assert any(what.startswith("Late, as the platform says; by how much is not") for what in said)


# --- late, without a platform ---


def compared(pile, marks, people=(), deadline=DUE):
    """Grade a pile with the grader that only compares."""
    assignment = assignment_to_compare()
    job = Job(assignment, None, lambda *_: StandIn(assignment), frozenset(), deadline, people)
    return grade_pile(job, read_pile(pile, "06_overtake_america"), marks)


def saved(path, when, **answers):
    hand_in(path, **answers)
    stamp = datetime.fromisoformat(when).timestamp()
    os.utime(path, (stamp, stamp))


def people_in(tmp_path, text):
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    return read_people(tmp_path / "people.csv")


def test_late_is_told_from_the_files_time_and_an_extension_moves_it(tmp_path):
    pile, marks = tmp_path / "pile", tmp_path / "marks"
    right = {"rate": 13.86, "year": 1974}
    saved(pile / "Anna.ipynb", "2026-11-20 18:00:59", **right)
    saved(pile / "Ben.ipynb", "2026-11-20 18:01", **right)
    saved(pile / "Mei.ipynb", "2026-12-24 00:00", **right)
    saved(pile / "Ольга.ipynb", "2026-11-21 05:00", **right)
    people = people_in(tmp_path, "name,extra time\nОльга,12 h\nNobody,1\n")
    assert compared(pile, marks, people).late == 2
    found = {r["student"]: (r["late"], r["total"]) for r in table(marks / "students.csv")}
    assert found == {
        "Anna": ("", "3"),
        "Ben": ("1", "2.3"),
        "Mei": ("34", "0"),
        "Ольга": ("", "3"),
    }
    rows = [r for r in table(marks / "gradebook.csv") if r["student"] == "Ben"]
    assert sum(float(r["points"] or 0) for r in rows[:-1]) == float(rows[-1]["points"]) == 2.3
    nobody = [r["what"] for r in table(marks / "attention.csv") if r["file"] == "people.csv"]
    assert nobody == ["Row 3: Nobody has handed in nothing, or is called otherwise here."]
    before = (marks / "gradebook.csv").read_bytes()
    merge(marks)
    join([marks], tmp_path / "all")
    assert (marks / "gradebook.csv").read_bytes() == before
    assert (tmp_path / "all" / "gradebook.csv").read_bytes() == before
    compared(pile, marks, people, Deadline(DUE.at))
    assert {r["total"] for r in table(marks / "students.csv")} == {"3"}


def test_a_pair_with_a_file_each_and_a_group_under_its_own_name(tmp_path):
    pile, marks = tmp_path / "pile", tmp_path / "marks"
    for name in ("Anna", "Ben"):
        hand_in(pile / f"{name}.ipynb", rate=13.86, fingerprint="same")
    hand_in(pile / "Team Blue_77_assignsubmission_file/lesson.ipynb", year=1974)
    people = people_in(
        tmp_path,
        "name,group,number\nAnna,red,\nBen,red,\nCarl,red,\nDora,team blue,5\nEmil,Team Blue,6\n",
    )
    compared(pile, marks, people, Deadline())
    found = {r["student"]: (r["total"], r["number"]) for r in table(marks / "students.csv")}
    assert found == {"Anna": ("2", ""), "Ben": ("2", ""), "Dora": ("1", "5"), "Emil": ("1", "6")}
    said = [r["what"] for r in table(marks / "attention.csv")]
    assert said == ["Row 4: Carl of 'red' has no mark: the group has several files."]


# --- what cannot be read is said kindly ---


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,extra_tine\nAnna,2\n", "Did you mean 'extra_time'?"),
        ("number\n1\n", "the column 'name' is missing"),
        ("name,extra_time\nAnna,soon\n", "row 2, column extra_time: 'soon' cannot be read"),
        ("name,handed_in\nAnna,20.11.2026\n", "row 2, column handed_in: .*2026-12-01 18:00"),
        ("name,number\nAnna,x\n,1\n", "(?s)row 2, column number: 'x'.*row 3, column name"),
        ("name,number\nAnna,1\nBen,1\n", "rows 2 and 3 have the same number"),
    ],
)
def test_a_people_table_that_has_to_be_mended_is_named_with_its_row(tmp_path, text, words):
    with pytest.raises(LessonError, match=words):
        people_in(tmp_path, text)


def test_who_cannot_be_filled_in_is_named(tmp_path):
    pile, marks = tmp_path / "pile", tmp_path / "marks"
    answers = {"rate": 13.86, "year": 1974}
    for name in ("Anna_11", "Ben_12", "Mei_13", "Oleg_14"):
        more = {"claim": "Yes."} if name == "Mei_13" else {}
        hand_in(pile / f"{name}_assignsubmission_file_/lesson.ipynb", **answers | more)
    hand_in(pile / "Oleg_14_assignsubmission_file_/second.ipynb", rate=13.86)
    hand_in(pile / "carl.ipynb", **answers)
    compared(pile, marks, deadline=Deadline())
    # German writes the number without a space; an old spreadsheet has saved it in its code page.
    lines = [
        "ID;Name;Bewertung;Bestwertung",
        *(f"Teilnehmer/in{n};Zoë;{m};7" for n, m in ((12, ""), (13, ""), (14, "1"))),
    ]
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    given = give_back(marks, sheet)
    assert (given.filled, given.column) == (2, "Bewertung")
    assert sorted(given.notes) == [
        "Anna: the sheet has no row with the number 11.",
        "Mei: 1 still to mark in to_read.csv.",
        "Oleg: 1 stood in the sheet; it is 3 now.",
        "Oleg: 2 files, of which the best counts.",
        "carl: the platform's number is not known; give it in people.csv and grade again.",
    ]
    expected = [line.replace("12;Zoë;;", "12;Zoë;3;").replace(";1;7", ";3;7") for line in lines]
    assert given.sheet.read_bytes() == "\r\n".join([*expected, ""]).encode("cp1252")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04...", "Excel or LibreOffice workbook"),
        (b"", "is empty"),
        (b"name,points\nAnna,3\n", "neither Moodle's grading worksheet nor Canvas's"),
        (b'a,b\n"open', "cannot be read as CSV"),
        (b"Id,Name,Grade,Scale\nP 1,Anna,,bad good\nP 2,Ben,,bad good\n", "scale of words"),
        (b"Id,Name,Grade,Most\nP 1,Anna,,7\nP 2,Ben,,7\n", "None of these students stands"),
        (b"Student,ID,Section,Iron (41),Coal (42)\nAnna,1,A,,\n", r"--column(.|\n)*Coal \(42\)"),
    ],
)
def test_a_sheet_that_is_none_is_answered_kindly_and_nothing_is_written(tmp_path, content, words):
    hand_in(tmp_path / "pile" / "anna_77_assignsubmission_file_" / "a.ipynb", rate=13.86)
    compared(tmp_path / "pile", tmp_path / "marks", deadline=Deadline())
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(content)
    with pytest.raises(LessonError, match=words):
        give_back(tmp_path / "marks", sheet)
    assert not list(tmp_path.glob("sheet_*"))
