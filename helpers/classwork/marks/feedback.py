"""A page for each student: what was got, what was said, what is still to be marked.

The pages hold no expected answer, need nothing from the network, and print on white paper.
"""

from __future__ import annotations

import re
from html import escape

from classwork.grading.results import BLANK, WRITTEN
from classwork.marks.gradebook import Line, Sheet, each_person, points_in_words, said_of_late
from classwork.marks.spreadsheet import printable
from classwork.marks.store import Person, Register, Task

FOLDER = "feedback"
SAID = {BLANK: "Not answered.", WRITTEN: "Your teacher will read it."}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: feedback for {student}</title>
<style>
body {{ font: 1rem/1.5 sans-serif; color: #222; background: #fff; max-width: 50rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: left; font-weight: bold; padding: .5rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .5rem;
  border-bottom: 1px solid #767676; }}
tbody th p {{ font-weight: normal; }}
th:nth-child(1), th:nth-child(4) {{ width: 32%; }}
thead th, tfoot th, tfoot td {{ border-bottom: 2px solid #222; }}
p {{ margin: 0 0 .5rem; white-space: pre-wrap; }}
@media print {{ body {{ margin: 0; }} tr {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>Feedback for {student} (file {file})</p>
{late}<table>
<caption>{total}</caption>
<thead><tr>
<th scope="col">Exercise</th><th scope="col">Points</th><th scope="col">Your answer</th>
<th scope="col">What is said of it</th>
</tr></thead>
<tbody>
{rows}
</tbody>
<tfoot><tr><th scope="row">Total</th><td>{points}</td><td></td><td>{still}</td></tr></tfoot>
</table>
</main>
</body>
</html>
"""
ROW = '<tr><th scope="row">{exercise}</th><td>{points}</td><td>{typed}</td><td>{said}</td></tr>'
MOST_TYPED = 600
# Names that Windows keeps for devices, and characters that it allows in no name.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\ufffd]')
LONGEST_NAME = 150


def page(register: Register, sheet: Sheet, person: Person) -> str:
    """Return the page of feedback on one submission, as HTML.

    Args:
        register: what belongs together: the lesson's title and its exercises.
        sheet: the submission's marks.
        person: who reads it.
    """
    tasks = {task.name: task for task in register.tasks}
    still = f"{sheet.open} still to be marked" if sheet.open else "everything is marked"
    points = points_in_words(sheet.points, sheet.of)
    return PAGE.format(
        title=shown(register.title),
        student=shown(person.name),
        file=shown(sheet.result.file),
        late=f"<p>{shown(said_of_late(sheet))}</p>\n" if said_of_late(sheet) else "",
        total=f"{points} points so far" if sheet.open else f"{points} points",
        rows="\n".join(row(line, tasks[line.mark.exercise]) for line in sheet.lines),
        points=points,
        still=still.capitalize(),
    )


def row(line: Line, task: Task) -> str:
    """Return the row of one exercise: its number and question, points, answer, what is said."""
    mark = line.mark
    said = [said_of(line)]
    if mark.next_step and line.marked_by != "hand":
        said.append(f"Next step: {mark.next_step}")
    if line.hand and line.hand.told:
        said.append(f"Your teacher says: {line.hand.told}")
    typed = mark.answer if mark.verdict == WRITTEN else mark.typed
    if len(typed) > MOST_TYPED and mark.verdict != WRITTEN:
        typed = f"{typed[:MOST_TYPED]} ..."
    return ROW.format(
        exercise=paragraphs(task.label or mark.exercise, task.question, first="strong"),
        points=points_in_words(line.points, mark.of),
        typed=paragraphs(typed),
        said=paragraphs(*said),
    )


def paragraphs(*texts: str, first: str = "p") -> str:
    """Return texts as paragraphs, the empty ones left out; the first may be of another kind."""
    kept = [shown(text) for text in texts if text]
    kinds = [first, *["p"] * len(kept)]
    return "".join(f"<{k}>{text}</{k}>" for k, text in zip(kinds, kept, strict=False))


def said_of(line: Line) -> str:
    """Return what the program says of an answer, or that it has nothing to say."""
    if line.marked_by == "hand":
        return "Marked by your teacher."
    return SAID.get(line.mark.verdict) or line.mark.words


def shown(text: str) -> str:
    """Return a text so that a browser shows it and runs nothing of it."""
    return escape(printable(text))


def page_names(sheets: list[Sheet]) -> list[str]:
    """Return a file name for each page: the student's name, safe on Windows, no two the same."""
    taken: set[str] = set()
    names = []
    for _, person in each_person(sheets):
        stem = safe_name(person.name)
        number, name = 2, stem
        while name.casefold() in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name.casefold())
        names.append(f"{FOLDER}/{name}.html")
    return names


def safe_name(student: str) -> str:
    """Return a student's name as the stem of a file's name on any system.

    >>> safe_name("Анна: Петрова/2"), safe_name("con"), safe_name("...")
    ('Анна_ Петрова_2', 'con_', 'student')
    """
    name = FORBIDDEN.sub("_", student)
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    name = name.strip(" .") or "student"
    return f"{name}_" if RESERVED.fullmatch(name) else name
