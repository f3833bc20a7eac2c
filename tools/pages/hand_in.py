"""Write a page on which a student's edition can be answered and saved, for those without Python.

    python start.py html 06_overtake_america_student.ipynb

The page is one file beside the edition. It holds no answer: it shows the lesson, takes answers, and
saves a notebook under the student's name, which `grade` marks like any other. The guess and the
desks of the lesson work on it as on the lesson's own page.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from classwork.editions.assignment import about_in
from classwork.editions.wording import NAME_LINE
from classwork.lesson.exercises import LessonError, cells_tagged
from classwork.practice.check import read_keys
from finish import finish, markdown, rules
from lesson_page import FORM, LEFT_OUT, code, come_alive, desks_of, fold, outputs, salted
from live_cells import Live
from page_exercises import CHOICE, KINDS, OPTION, as_json
from two_winds.course import NOTEBOOKS


def write_hand_in(
    edition: Path, style: str, script: str, environment: Any, for_class: bool = False
) -> Path:
    """Write the page of a student's edition beside it; return where it is.

    Args:
        edition: the notebook to hand out.
        style: the style sheet of all pages.
        script: what makes pages answer.
        environment: what fills templates.
        for_class: whether the page gives each guess as a line for the class too.

    Raises:
        LessonError: if the notebook is no student's edition, or its page is there already.
    """
    notebook = nbformat.read(edition, as_version=4)
    checks = cells_tagged(notebook, "check")
    about = about_in(notebook)
    if (
        "title" not in about
        or about.get("edition") == "teacher"
        or cells_tagged(notebook, "solution")
    ):
        raise LessonError(f"{edition.name} is no student's edition. Make one: start.py student 06")
    styles: dict[str, str] = {}
    lesson = lesson_of(checks)
    live = Live(lesson)
    kept = unchanged(notebook, lesson)
    guesses = salted(live.guesses, lesson.metadata["name"]) if for_class else live.guesses
    alive = {
        "guesses": {cell: asked for cell, asked in guesses.items() if cell in kept},
        "desks": {cell: desk for cell, desk in desks_of(live).items() if cell in kept},
    }
    page = environment.get_template("hand_in.html.j2").render(
        title=about["title"],
        blocks=blocks_of(notebook, checks, live, kept),
        data=data_of(notebook, alive),
    )
    html = finish(page, styles)
    whole = f"{style}\n{rules(styles)}"
    html = html.replace("STYLE-HASH", digest(whole)).replace("SCRIPT-HASH", digest(script))
    html = html.replace("/* STYLE */", whole).replace("/* SCRIPT */", script)
    path = edition.with_suffix(".html")
    if path.exists() and path.read_text(encoding="utf-8") != html:
        raise LessonError(f"{path} is there already and is not the same. Move it away first.")
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def lesson_of(checks: dict[str, Any]) -> Any:
    """Return the lesson from which an edition's exercises are taken, an empty one if it is gone.

    What a page brings to life is run from the lesson itself, never from a file that was handed out.
    """
    name = read_keys().get(next(iter(checks), ""), {}).get("lesson", "")
    path = NOTEBOOKS / f"{name}.ipynb"
    lesson = nbformat.read(path, as_version=4) if path.exists() else nbformat.v4.new_notebook()
    lesson.metadata["name"] = name
    return lesson


def unchanged(edition: Any, lesson: Any) -> set[str]:
    """Return the ids of the cells that an edition has from its lesson word for word."""
    lessons_own = {(cell.id, cell.source) for cell in lesson.cells}
    return {cell.id for cell in edition.cells if (cell.id, cell.source) in lessons_own}


def digest(text: str) -> str:
    """Return what a content policy names a script or a style by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def blocks_of(notebook: Any, checks: dict[str, Any], live: Live, kept: set[str]) -> list[str]:
    """Return the cells of an edition as HTML, with what the lesson itself has shown.

    Args:
        notebook: the edition.
        checks: the cells that check its exercises, by name.
        live: what the lesson's cells give when they are run.
        kept: the ids of the cells that are the lesson's own.
    """
    shown, task, blocks = saved_outputs(), "", []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        name = next((tag.split(":")[1] for tag in tags if tag.startswith("exercise:")), "")
        if any(tag.startswith("check:") for tag in tags) or LEFT_OUT & set(tags):
            continue
        if name:
            blocks.append(form(name, cell.source, checks[name].source, task))
        elif cell.cell_type == "markdown":
            task = cell.source
            # The student's name is asked for at the end.
            blocks.append("" if cell.source.startswith(NAME_LINE) else markdown(cell.source))
        else:
            cell.outputs = shown.get(cell.source, [])
            html = fold("Show the code", code(cell.source), "code") + outputs(cell)
            html = come_alive(html, cell, live) if cell.id in kept else html
            # On a phone a picture scrolls in its frame: by keyboard too, though it holds no link.
            blocks.append(html.replace("<figure", '<figure tabindex="0"'))
    return blocks


def saved_outputs() -> dict[str, list[Any]]:
    """Return what each code cell of the lessons has left when it was saved, by its code."""
    found: dict[str, list[Any]] = {}
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                found[cell.source] = cell.outputs
    return found


def form(name: str, source: str, check: str, task: str) -> str:
    """Return where an answer is given: what kind is asked for, the cell of its check says."""
    kind = KINDS[ast.literal_eval(ast.parse(check).body[0].value.args[2])]
    offered: list[tuple[str, str]] = []
    if kind == "word" and OPTION.search(task):
        kind, offered = CHOICE, OPTION.findall(task)
    if kind == "truth":
        offered = [("True", "True"), ("False", "False")]
    if kind == "list":
        names = sorted(set(re.findall(r"[\"'](\w+)[\"']", source)))
        offered = [(one, one.replace("_", " ")) for one in names]
    kept = "\n".join(line for line in source.splitlines() if not line.startswith(f"{name} ="))
    given = code(kept) if kept.strip() and kind != "list" else ""
    return given + FORM.render(name=name, kind=kind, options=offered, hints=False)


def data_of(notebook: Any, alive: dict[str, Any]) -> str:
    """Return what makes the page save: the edition itself, and where it writes the name.

    Args:
        notebook: the edition.
        alive: the guesses and the desks of the page.
    """
    plain = json.loads(nbformat.writes(notebook))
    name = next((c["id"] for c in plain["cells"] if "".join(c["source"]).startswith(NAME_LINE)), "")
    about = about_in(notebook)
    data = {"name": f"{about['title']} to hand in", "exercises": {}, "tables": {}} | alive
    return as_json(data | {"edition": plain, "name_cell": name, "name_line": NAME_LINE})
