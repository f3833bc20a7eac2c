"""A page for each student: what was got, what was said, what is still to be marked.

The pages hold no expected answer, need nothing from the network, and print on white paper.
"""

from __future__ import annotations

import re
from html import escape

from classwork.grading.results import BLANK, WRITTEN
from classwork.marks.gradebook import Line, Sheet, points_in_words
from classwork.marks.spreadsheet import printable

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
thead th, tfoot th, tfoot td {{ border-bottom: 2px solid #222; }}
p {{ margin: 0 0 .5rem; white-space: pre-wrap; }}
@media print {{ body {{ margin: 0; }} tr {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>Feedback for {student} (file {file})</p>
<table>
<caption>{total}</caption>
<thead><tr>
<th scope="col">Exercise</th><th scope="col">Points</th><th scope="col">What was said</th>
</tr></thead>
<tbody>
{rows}
</tbody>
<tfoot><tr><th scope="row">Total</th><td>{points}</td><td>{still}</td></tr></tfoot>
</table>
</main>
</body>
</html>
"""
ROW = '<tr><th scope="row">{exercise}</th><td>{points}</td><td>{said}</td></tr>'
# Names that Windows keeps for devices, and characters that it allows in no name.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\ufffd]')
LONGEST_NAME = 150


def page(title: str, sheet: Sheet) -> str:
    """Return the page of feedback on one submission, as HTML.

    Args:
        title: the lesson's title.
        sheet: the submission's marks.
    """
    still = f"{sheet.open} still to be marked" if sheet.open else "everything is marked"
    points = points_in_words(sheet.points, sheet.of)
    return PAGE.format(
        title=shown(title),
        student=shown(sheet.result.student),
        file=shown(sheet.result.file),
        total=f"{points} points so far" if sheet.open else f"{points} points",
        rows="\n".join(row(line) for line in sheet.lines),
        points=points,
        still=still.capitalize(),
    )


def row(line: Line) -> str:
    """Return the row of one exercise."""
    mark = line.mark
    said = [shown(said_of(line))]
    if mark.verdict == WRITTEN and mark.answer:
        said.append(f"You wrote: {shown(mark.answer)}")
    if line.hand and line.hand.comment:
        said.append(f"Your teacher says: {shown(line.hand.comment)}")
    points = points_in_words(line.points, mark.of)
    paragraphs = "".join(f"<p>{words}</p>" for words in said)
    return ROW.format(exercise=shown(mark.exercise), points=points, said=paragraphs)


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
    for sheet in sheets:
        stem = safe_name(sheet.result.student)
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
