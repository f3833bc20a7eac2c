"""A lesson as somebody reads it who cannot run it.

Nothing is run: what the saved notebook shows is shown. Code is folded away. The cells of an
exercise become its hints and its solution, both folded, and room to write in when it is printed.
"""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from classwork.lesson.exercises import Exercise, LessonError, exercises
from classwork.practice.check import read_keys
from reading_html import markdown
from two_winds.charts.common.style import number

PICTURE = re.compile(r'(<img [^>]*src=")data:image/png;base64,([^"]+)("[^>]*>)')
ALT = re.compile(r'<img [^>]*alt="([^"]*)"')
PART = re.compile(r"^\| *\d (.+?) *\| *(\d+) *\|$", re.MULTILINE)
# The cells that count what a student has answered, by their ids.
COUNTING = ("how-far", "progress")
NOT_YET = "You have not committed to a guess yet."
WRITE_IT_DOWN = "Write your guess down before you read on."
MOVES = "In JupyterLab this picture has controls and follows them. Here you see its first view."
MOVES_BELOW = (
    "In JupyterLab there are controls here, with a picture that follows them. "
    "The next picture is its first view."
)


@dataclass
class Lesson:
    """What the reading copy holds of one notebook.

    Attributes:
        name: the name of the notebook without its ending, such as "06_overtake_america".
        title: its heading.
        header: its first cell, as Markdown.
        parts: the parts of the lesson with their minutes.
        blocks: its cells as HTML, the header first; cells that show nothing are left out.
        pictures: PNG files by their path from the index.
    """

    name: str
    title: str
    header: str
    parts: list[tuple[str, int]]
    blocks: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


def read_lesson(path: Path) -> Lesson:
    """Return a saved notebook as a lesson to read.

    Raises:
        LessonError: if an exercise lacks its check, its solution or its points, or if the lesson
            has not been refreshed since the exercise was written.
    """
    notebook = nbformat.read(path, as_version=4)
    header = notebook.cells[0].source
    parts = [(part, int(minutes)) for part, minutes in PART.findall(header)]
    lesson = Lesson(path.stem, header.splitlines()[0].removeprefix("# "), header, parts)
    todo = {exercise.name: exercise for exercise in exercises(notebook)}
    shown_plainly = plain_pictures(notebook)
    for cell in notebook.cells:
        html = block(cell, todo, shown_plainly)
        if html:
            lesson.blocks.append(take_pictures(html, lesson))
    return lesson


def block(cell: Any, todo: dict[str, Exercise], shown_plainly: set[str]) -> str:
    """Return one cell as HTML, or nothing if it is not for readers."""
    kind, _, name = ":".join(cell.metadata.get("tags", [])).partition(":")
    exercise = todo.get(name.split(":")[0])
    if kind in ("teacher", "check") or cell.id in COUNTING:
        return ""
    if kind == "exercise":
        return given(cell.source, exercise) + outputs(cell, shown_plainly) + room(exercise)
    if kind == "solution":
        return hints(exercise) + solution(exercise)
    if cell.cell_type == "markdown":
        return markdown(cell.source)
    return fold("Show the code", code(cell.source), "code") + outputs(cell, shown_plainly)


# --- exercises ---


def given(source: str, exercise: Exercise) -> str:
    """Return the code that belongs to a question, without the line that waits for the answer."""
    waiting = (f"{exercise.name} = None", f'{exercise.name} = ""')
    kept = "\n".join(line for line in source.splitlines() if line not in waiting)
    return code(kept) if kept else ""


def room(exercise: Exercise) -> str:
    """Return lines to write on, seen on paper only."""
    lines = "<span></span>" * (9 if exercise.free_text else 2)
    return f'<div class="room">{lines}</div>'


def hints(exercise: Exercise) -> str:
    """Return the hints of an exercise, folded."""
    listed = "".join(f"<li>{escape(words)}</li>" for words in exercise.hints)
    return fold("Show the hints", f"<ol>{listed}</ol>", "hints") if listed else ""


def solution(exercise: Exercise) -> str:
    """Return the answer, how it is worked out, why it matters and typical mistakes, folded."""
    key = read_keys().get(exercise.name)
    if key is None:
        raise LessonError(f"Exercise {exercise.name} is new. First run: python start.py refresh")
    heading = "One good answer." if exercise.free_text else "Answer."
    parts = [f"<p><strong>{heading}</strong> {escape(spoken(key['expected']))}</p>"]
    if not isinstance(key["expected"], str):
        parts.append(code(exercise.solution.rstrip()))
    parts.append(f"<p><strong>Why it matters.</strong> {escape(exercise.why)}</p>")
    mistakes = "".join(
        f"<li><strong>{escape(spoken(answer))}</strong>: {escape(words)}</li>"
        for answer, words in key["mistakes"]
    )
    if mistakes:
        parts.append(f"<p><strong>Did you find something else?</strong></p><ul>{mistakes}</ul>")
    return fold("Show a solution", "".join(parts), "solution")


def spoken(answer: Any) -> str:
    """Return an answer as people write it.

    >>> spoken(9.41), spoken(1971), spoken(["coal", "cement"]), spoken("b")
    ('9.4', '1971', 'coal, cement', 'b')
    """
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return number(answer) if isinstance(answer, float) else str(answer)


# --- code and what it gave ---


def code(source: str) -> str:
    """Return Python as HTML."""
    return f"<pre><code>{escape(source)}</code></pre>"


def fold(summary: str, html: str, kind: str) -> str:
    """Return something folded away, to be opened by a click or a key, without any script."""
    return f'<details class="{kind}"><summary>{summary}</summary>{html}</details>'


def outputs(cell: Any, shown_plainly: set[str]) -> str:
    """Return what a code cell has left in the saved notebook."""
    return "".join(output_html(output, shown_plainly) for output in cell.outputs)


def output_html(output: Any, shown_plainly: set[str]) -> str:
    """Return one output as HTML: HTML before Markdown before text."""
    data = output.get("data", {})
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    if "text/html" not in data:
        text = output.get("text", data.get("text/plain", ""))
        return f'<div class="printed">{escape(text.strip())}</div>'
    html = data["text/html"].replace(NOT_YET, WRITE_IT_DOWN)
    if output.output_type != "execute_result" or "<img" not in html:
        return html
    # An explorer. The lessons often show its first view a second time, plainly: once will do.
    again = ALT.search(html)[1] in shown_plainly
    note = f'<p class="moves">{MOVES_BELOW if again else MOVES}</p>'
    return note if again else note + html


# --- pictures ---


def plain_pictures(notebook: Any) -> set[str]:
    """Return the pictures that a notebook shows without controls, by their descriptions."""
    shown = [
        output.data.get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "display_data"
    ]
    return {description for html in shown for description in ALT.findall(html)}


def take_pictures(html: str, lesson: Lesson) -> str:
    """Move the pictures out of a block into files; leave links to them in full size."""

    def replace(found: re.Match[str]) -> str:
        place = len(lesson.pictures) + 1
        path = f"pictures/{lesson.name[:2]}-{place:02}.png"
        lesson.pictures[path] = png = base64.b64decode(found[2])
        width, height = struct.unpack(">II", png[16:24])
        image = f'{found[1]}{path}" width="{width}" height="{height}{found[3]}'
        return f'{image}<a class="full" href="{path}">Picture {place} in full size</a>'

    return PICTURE.sub(replace, html)
