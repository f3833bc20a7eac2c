"""A lesson of three exercises and a grader that only compares, for trying all that is around one.

A submission here is a JSON object of answers; what is not JSON is one that cannot be read.
"""

import csv
import io
import json
from pathlib import Path

from classwork.editions.assignment import Assignment
from classwork.grading.results import BLANK, RIGHT, UNMARKED, WRITTEN, WRONG, Mark, Result
from classwork.lesson.exercises import Exercise
from classwork.marks.batch import Job, grade_pile
from classwork.marks.submissions import read_pile
from classwork.practice.check import judge, same
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

RUBRIC = (
    "<details><summary>How?</summary>\n\n| | Secure |\n| --- | --- |\n| Limit | named |\n</details>"
)


def exercise(name, points, free_text=False):
    return Exercise(name, points, f"{name} = ...", "", "Steel is not bread.", [], free_text)


def key_of(expected, free_text=False):
    said = {"why": "Steel is not bread.", "hints": [], "free_text": free_text}
    return said | {"expected": expected, "mistakes": [[7.5, "That is the growth of coal."]]}


def small_assignment():
    """Return an assignment: two that a program marks, and one in words."""
    todo = [exercise("rate", 2), exercise("claim", 4, free_text=True), exercise("year", 1)]
    cells = [new_markdown_cell("# Lesson 6: Overtake & pass")]
    for number, one in enumerate(todo, start=1):
        tag = f"exercise:{one.name}:{one.points}"
        cells.append(new_markdown_cell(f"**Exercise {number}.** What about `{one.name}`?\n\nMore."))
        cells.append(new_code_cell(f"{one.name} = None", metadata={"tags": [tag]}))
    cells.append(new_markdown_cell(RUBRIC, metadata={"tags": ["rubric:claim"]}))
    notebook = new_notebook(cells=cells)
    key = {"rate": key_of(13.86), "claim": key_of("In part.", True), "year": key_of(1974)}
    return Assignment(notebook=notebook, exercises=todo, key=key)


class StandIn:
    """Compares answers; notes whom it was asked about."""

    def __init__(self, assignment, limits=None):
        self.assignment, self.asked = assignment, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def grade(self, student, file, data, released=False):
        self.asked.append(student)
        try:
            answers = json.loads(data)
        except ValueError:
            return Result(student, file, attention=["It is not a notebook."])
        marks = [self.mark(e, answers.get(e.name)) for e in self.assignment.exercises]
        return Result(student, file, marks, [], answers.get("fingerprint", ""))

    def mark(self, exercise, answer):
        key = self.assignment.key[exercise.name]
        words, of = judge(exercise.name, answer, key).words, exercise.points
        if isinstance(answer, dict):
            code = answer["code"]
            return Mark(exercise.name, None, of, UNMARKED, "To be seen.", "odd", code, code)
        if answer is None:
            return Mark(exercise.name, 0, of, BLANK, words)
        if exercise.free_text:
            return Mark(exercise.name, None, of, WRITTEN, words, "", answer)
        right = same(answer, key["expected"])
        verdict, typed = RIGHT if right else WRONG, f"{exercise.name} = {answer!r}"
        return Mark(exercise.name, of if right else 0, of, verdict, words, typed=typed)


def hand_in(place, **answers):
    """Put a submission where a student, or a platform, would."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(json.dumps(answers).encode())


def grade(pile: Path, marks: Path, grader=None, assignment=None, released=()):
    """Grade a pile and return the summary."""
    assignment = assignment or small_assignment()
    grader = grader or StandIn(assignment)
    job = Job(assignment, None, lambda *_: grader, frozenset(released))
    return grade_pile(job, read_pile(pile, "06_overtake_america"), marks)


def table(path):
    """Return a CSV file's rows as a spreadsheet would show them."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def points(marks):
    """Return the points in a gradebook by student and exercise."""
    return {(r["student"], r["exercise"]): r["points"] for r in table(marks / "gradebook.csv")}


def type_in(marks, student, exercise, points, comment="", /, **cells):
    """Fill a row of to_read.csv as a teacher would, and save it."""
    rows = table(marks / "to_read.csv")
    for row in rows:
        if (row["student"], row["exercise"]) == (student, exercise):
            row |= {"points": points, "comment": comment} | cells
    save(marks / "to_read.csv", rows, list(rows[0]))


def save(path, rows, columns, separator=",", encoding="utf-8-sig", line_end="\r\n"):
    """Save rows as a spreadsheet does."""
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if line_end == "\r" else csv.QUOTE_MINIMAL
    form = {"delimiter": separator, "lineterminator": line_end, "quoting": quoting}
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", **form)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))


def contents(folder):
    """Return every file in a folder with its bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
