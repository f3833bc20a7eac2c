"""A lesson as somebody reads it who cannot run it.

What the saved notebook shows is shown. Code is folded away. The cells of an exercise become its
hints and its solution, both folded, and room to write in when it is printed. A guess is asked for
where the lesson asks, and its picture takes it up.
"""

from __future__ import annotations

import ast
import base64
import re
import struct
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import learning_resource
import nbformat
from classwork.lesson.exercises import Exercise, LessonError, exercises
from classwork.practice.check import read_keys
from desks import can_move, desk_data
from finish import markdown
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from live_cells import Live
from page_exercises import as_json, as_key, form_kind, is_choice, is_lookup, lookups, options
from two_winds.charts.common.select import in_year, official
from two_winds.charts.common.style import COUNTRIES
from two_winds.charts.common.wording import number, product_name
from two_winds.datasets import load
from two_winds.start_page.lesson_map import read_header

PICTURE = re.compile(r'(<img [^>]*src=")data:image/png;base64,([^"]+)("[^>]*>)')
# A pupil's page leads to no page for teachers.
TO_TEACHERS = re.compile(r"\[([^\]]*)\]\(teaching/[^)]*\)")
# What a page without Python has no use for.
LEFT_OUT = {"teacher", "self-study", "in-notebook"}
STATE = re.compile(r'<span class="state">.*?</span>', re.DOTALL)
WRITE_IT_DOWN = "Write your guess down before you read on."
FORMS = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
FORM, GUESS, DESK = (FORMS.get_template(f"{name}.html.j2") for name in ("answer", "guess", "desk"))
FIGURE = re.compile(r"(<figure)( [^>]*)?>\s*(<img [^>]*>)")
MOVES = "In JupyterLab this picture has controls and follows them. Here you see its first view."


@dataclass
class Lesson:
    """What the reading copy holds of one notebook.

    Attributes:
        name: the name of the notebook without its ending, such as "06_overtake_america".
        title: its heading.
        header: its first cell, as Markdown.
        first: the cells of its first hour as HTML, header first; none that shows nothing.
        second: the cells of its second hour.
        pictures: PNG files by their path from the index.
        data: what makes the page answer, as JSON.
        guesses: what the page knows of each guess, by the id of the cell that asks for it.
        resource: what the page says of the lesson to catalogues, as JSON, or "".
        live: what its cells give when they are run.
    """

    name: str
    title: str
    header: str
    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    data: str = ""
    guesses: dict[str, dict[str, Any]] = field(default_factory=dict)
    resource: str = ""
    live: Live | None = None


def read_lesson(path: Path, for_class: bool = False) -> Lesson:
    """Return a saved notebook as a lesson to read.

    Args:
        path: the notebook.
        for_class: whether its page gives each guess as a line for the class too.

    Raises:
        LessonError: if an exercise lacks its check, its solution or its points, or if the lesson
            has not been refreshed since the exercise was written.
    """
    notebook = nbformat.read(path, as_version=4)
    header = notebook.cells[0].source
    lesson = Lesson(path.stem, header.splitlines()[0].removeprefix("# "), header)
    row = read_header(path)
    if row["minutes"]:
        lesson.resource = learning_resource.lesson(path.stem, header, row, notebook.metadata)
    todo = {exercise.name: exercise for exercise in exercises(notebook)}
    keys = {name: key_of(name) for name in todo}
    lesson.live = live = Live(notebook)
    blocks, task = lesson.first, ""
    for cell in notebook.cells:
        if "part:second-hour" in cell.metadata.get("tags", []):
            blocks = lesson.second
        html = block(cell, todo, keys, task)
        task = cell.source if cell.cell_type == "markdown" else task
        if html:
            blocks.append(come_alive(take_pictures(html, lesson), cell, live))
    known = {name: as_key(key) for name, key in keys.items()}
    tables = lookups(list(todo.values()))
    lesson.guesses = salted(live.guesses, lesson.name) if for_class else live.guesses
    data = {"name": lesson.name, "exercises": known, "tables": tables, "guesses": lesson.guesses}
    data["desks"] = desks_of(live)
    lesson.data = as_json(data)
    return lesson


def key_of(name: str) -> dict[str, Any]:
    """Return what is known of an exercise; raises LessonError if it was not refreshed."""
    key = read_keys().get(name)
    if key is None:
        raise LessonError(f"Exercise {name} is new. First run: python start.py refresh")
    return key


def desks_of(live: Live) -> dict[str, Any]:
    """Return what the page needs of each desk that it can move, by the id of its cell."""
    return {cell: found for cell, one in live.desks.items() if (found := desk_data(one))}


def salted(guesses: dict[str, dict[str, Any]], lesson: str) -> dict[str, dict[str, Any]]:
    """Return the guesses with what makes their lines for the class fit no other lesson."""
    number = int(lesson[:2])
    return {
        cell: asked | {"salt": number + place}
        for place, (cell, asked) in enumerate(guesses.items())
    }


def block(cell: Any, todo: dict[str, Exercise], keys: dict[str, dict[str, Any]], task: str) -> str:
    """Return one cell as HTML, or nothing if it is not for readers of a page.

    Args:
        cell: the cell.
        todo: the exercises of the lesson by name.
        keys: what is known of each.
        task: the text before the cell, which asks the question.
    """
    tags = cell.metadata.get("tags", [])
    kind, name = next((pair for tag in tags if (pair := kind_of(tag))), ("", ""))
    exercise = todo.get(name)
    if kind == "check" or LEFT_OUT & set(tags):
        return ""
    if kind == "exercise":
        asked = form(exercise, keys[name], task) + room(exercise)
        return given(cell.source, exercise) + outputs(cell) + figures(exercise) + asked
    if kind == "solution":
        return hints(exercise) + solution(exercise, keys[name])
    if cell.cell_type == "markdown":
        return markdown(TO_TEACHERS.sub(r"\1", cell.source))
    return fold("Show the code", code(cell.source), "code") + outputs(cell)


def kind_of(tag: str) -> tuple[str, str] | None:
    """Return what a tag makes of a cell, and of which exercise; None for other tags.

    >>> kind_of("exercise:steel_growth:2"), kind_of("part:read")
    (('exercise', 'steel_growth'), None)
    """
    kind, _, rest = tag.partition(":")
    return (kind, rest.split(":")[0]) if kind in ("exercise", "check", "solution") else None


# --- exercises ---


def given(source: str, exercise: Exercise) -> str:
    """Return the code that belongs to a question, without the line that waits for the answer."""
    if exercise.free_text:
        return ""
    waiting = f"{exercise.name} = None"
    kept = "\n".join(line for line in source.splitlines() if line != waiting)
    return code(kept) if kept else ""


def figures(exercise: Exercise) -> str:
    """Return the figures that the solution of an exercise looks up, as a table, for paper.

    `value(production, "SUN", "steel", 1957)` becomes a row: USSR, steel, 1957, 51.2 Mt.
    """
    asked = [node for node in ast.walk(ast.parse(exercise.solution)) if is_lookup(node)]
    lookups = dict.fromkeys(
        (call.args[0].id, *(part.value for part in call.args[1:])) for call in asked
    )
    cells = ""
    for table, country, product, year in lookups:
        row = in_year(official(load(table), product, country), year)
        words = (COUNTRIES[country], product_name(product), year, f"{row['value']:g}", row["unit"])
        cells += "<tr>" + "".join(f"<td>{escape(str(word))}</td>" for word in words) + "</tr>"
    if not cells:
        return ""
    heads = "".join(f"<th>{name}</th>" for name in ("Country", "What", "Year", "Figure", "Unit"))
    caption = "<caption>The figures that you need</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"


def form(exercise: Exercise, key: dict[str, Any], task: str) -> str:
    """Return where an answer is given on the page; hidden until the page can answer."""
    kind = form_kind(key, exercise.solution)
    offered = options(kind, key, task)
    return FORM.render(name=exercise.name, kind=kind, options=offered, hints=bool(exercise.hints))


def room(exercise: Exercise) -> str:
    """Return lines to write on, seen on paper only; a choice is ringed where it stands."""
    if is_choice(exercise.solution):
        return ""
    lines = "<span></span>" * (7 if exercise.free_text else 1)
    return f'<div class="room">{lines}</div>'


def hints(exercise: Exercise) -> str:
    """Return the hints of an exercise, folded."""
    listed = "".join(f"<li>{escape(words)}</li>" for words in exercise.hints)
    return fold("Show the hints", f"<ol>{listed}</ol>", "hints") if listed else ""


def solution(exercise: Exercise, key: dict[str, Any]) -> str:
    """Return the answer, how it is worked out, why it matters and typical mistakes, folded."""
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


def outputs(cell: Any) -> str:
    """Return what a code cell has left in the saved notebook."""
    return "".join(map(output_html, cell.outputs))


def output_html(output: Any) -> str:
    """Return one output as HTML: HTML before Markdown before text."""
    data = output.get("data", {})
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    if "text/html" not in data:
        text = output.get("text", data.get("text/plain", ""))
        return f'<div class="printed">{escape(text.strip())}</div>'
    html = STATE.sub(f'<span class="state">{WRITE_IT_DOWN}</span>', data["text/html"])
    is_desk = output.output_type == "execute_result" and "<img" in html
    return f'<p class="moves">{MOVES}</p>{html}' if is_desk else html


# --- what a page brings to life ---


def come_alive(html: str, cell: Any, live: Live) -> str:
    """Return the HTML of a cell with what makes it answer: a form for a guess, a place for it."""
    if cell.id in live.guesses:
        asked = live.guesses[cell.id]
        numbers = {end: f"{asked[end]:g}" for end in ("low", "high")}
        return html + GUESS.render(cell=cell.id, unit=asked["unit"], **numbers)
    if cell.id in live.desks and can_move(live.desks[cell.id]):
        first, *_ = live.desks[cell.id].controls.values()
        desk = DESK.render(cell=cell.id, name=f"Desk: {first.description}")
        return desk + f'<div class="still">{html}</div>'
    if cell.id in live.pictures:
        wanted, asks = live.pictures[cell.id]
        for place, found in enumerate(FIGURE.finditer(html)):
            if place == wanted:
                figure = f'<figure data-guess="{asks}"{found[2] or ""}>'
                framed = f'{figure}<span class="frame">{found[3]}</span>'
                return html[: found.start()] + framed + html[found.end() :]
    return html


# --- pictures ---


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
