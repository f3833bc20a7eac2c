"""The commonest first slips, in a sentence or two: what to write instead.

No other error is touched: Python's own words are better than a guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.ground.errors import among

CURLY = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'"}
RUN_ABOVE = "run the cells above it (Run, then Run All Above Selected Cell)"
NOT_THERE = f"{{}} is not there yet: {RUN_ABOVE}. After a restart all of them run anew."
GIVEN = re.compile(r"^(\w+(?:, *\w+)*) *=(?!=)", re.MULTILINE)


def explain(error: BaseException, source: str) -> str:
    """Return what to say to an error of a cell, "" where Python says it best.

    Args:
        error: what stopped the cell.
        source: what stands in it.
    """
    if isinstance(error, SyntaxError):
        return of_form(error, source)
    if isinstance(error, NameError) and error.name:
        return of_name(error.name, source)
    if isinstance(error, KeyError):
        return of_key(error)
    return ""


def of_form(error: SyntaxError, source: str) -> str:
    """Return what to say where a line cannot be read as Python."""
    line = error.text or source
    said = error.msg or ""
    if any(mark in line for mark in CURLY):
        straight = line.strip()
        for mark, plain in CURLY.items():
            straight = straight.replace(mark, plain)
        return f"Curly quotation marks: Python knows straight ones only. Write: {straight}"
    if number := re.search(r"(\d+(?:[.,]\d+)?) *(%|per ?cent\b|percent\b)", line):
        value = number[1].replace(",", ".")
        return f"A number stands alone, without the sign or the words for per cent: {value}"
    if re.search(r"= *[^\W\d][\w -]*%\s*(#|$)", line):
        return "Write a number in figures, without the sign for per cent, such as 50"
    if day := re.search(r"= *(\d{4}-\d{1,2}-\d{1,2})\b", line):
        return f'A day stands between quotation marks: "{day[1]}"'
    if comma := re.search(r"\b(\d+),(0\d+)\b", line):
        return (
            f"A comma parts two numbers. Write {comma[1]}{comma[2]} without a comma, or "
            f"{comma[1]}.{comma[2]} with a point, whichever you mean."
        )
    if unit := re.search(r"= *(-?\d[\d.]*) +[^\W\d_]{2,}", line):
        return f"Write the number alone, without words or a unit: {unit[1]}"
    if "was never closed" in said or "incomplete input" in said:
        for bracket, closing in ("()", "[]", "{}"):
            if source.count(bracket) > source.count(closing):
                return f"A bracket is open: for every {bracket} there must be a {closing}"
    if said.startswith("unmatched"):
        bracket = said.partition("'")[2][:1]
        return f"There is one {bracket} too many, or the bracket that opens is missing."
    if re.search(r'=\s*"[^"]*"\w[^"\n]*"', line):
        return (
            "A quotation mark within the text ends it. Put the whole text between three quotation "
            'marks: """ at its beginning and at its end.'
        )
    if "unterminated" in said and "string" in said:
        return (
            "A quotation mark is missing at the end. A text over several lines stands between "
            'three quotation marks: """ at its beginning and at its end.'
        )
    return ""


def of_name(name: str, source: str) -> str:
    """Return what to say where Python does not know a name."""
    if re.search(rf"\bhint\(\s*{name}\s*\)", source):
        return f'The name of the exercise wants quotation marks: hint("{name}")'
    if is_exercise(name):
        return (
            f"{name} has no value yet. Run the cell that begins with {name} = first; if that one "
            "is red, mend it."
        )
    course = current()
    if name in course.names:
        fetched = f"from {course.package} import {name}"
        return f"{NOT_THERE.format(name)} Where no cell fetches it, write: {fetched}"
    if len(name) == 1:
        return f'A letter stands between quotation marks: "{name}"'
    if not answers(source):
        return NOT_THERE.format(name) if name in given_in(course.notebooks) else ""
    return (
        f'If {name} is a word, put it between quotation marks: "{name}". If it is a name from a '
        f"cell above, {RUN_ABOVE}."
    )


def is_exercise(name: str) -> bool:
    """Tell whether a name is that of an exercise."""
    # Not above: `check` watches the cells and so comes to import this.
    from classwork.practice.check import read_keys

    return name in read_keys()


def answers(source: str) -> bool:
    """Tell whether a cell gives an exercise its value."""
    return any(is_exercise(name) for name in re.findall(r"^(\w+)\s*=(?!=)", source, re.MULTILINE))


@cache
def given_in(lessons: Path) -> frozenset[str]:
    """Return the names to which cells of the lessons in a folder give a value."""
    cells = [
        cell
        for lesson in lessons.glob("*.ipynb")
        for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    given = [names for cell in cells for names in GIVEN.findall("".join(cell["source"]))]
    return frozenset(re.split(", *", ", ".join(given)))


def of_key(error: KeyError) -> str:
    """Return what to say where a table has no such column, or a column no such row."""
    table = looked_into(error)
    if table is None or not error.args:
        return ""
    asked = error.args[0]
    if type(table).__name__ == "DataFrame":
        return f"There is no column {asked!r}. {among('The column', asked, table.columns)}"
    return f"There is no {asked!r} here. {among('It', asked, table.index)}"


def looked_into(error: KeyError) -> Any:
    """Return the table or the column of one in which something was looked for, or None."""
    step = error.__traceback__
    while step is not None:
        inside: Mapping[str, Any] = step.tb_frame.f_locals
        if step.tb_frame.f_code.co_name == "__getitem__":
            found = inside.get("self")
            if type(found).__name__ in ("DataFrame", "Series"):
                return found
        step = step.tb_next
    return None
