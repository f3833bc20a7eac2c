"""The map of the lessons, read from the lessons' own headers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.course import NOTEBOOKS

RUN_A_CELL = "How to run a cell: Start here."
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@lesson_helper
def lesson_map() -> None:
    """Show the lessons as a table with links: lesson, question, minutes, what to know first."""
    lines = ["| Lesson | Question | Minutes | Know first |", "| --- | --- | --- | --- |"]
    plain = []
    for row in lessons():
        link = f"[{row['lesson']}]({row['file']})"
        lines.append(f"| {link} | {row['question']} | {row['minutes']} | {row['know first']} |")
        plain.append(f"{row['lesson']}: {row['question']} {row['minutes']} minutes.")
    display({"text/markdown": "\n".join(lines), "text/plain": "\n".join(plain)}, raw=True)


def lessons(folder: Path = NOTEBOOKS) -> list[dict[str, object]]:
    """Return what the lessons say of themselves: lesson, question, minutes, know first, file.

    Args:
        folder: where the lessons are. The start page is left out, being no lesson.
    """
    rows = [read_header(path) for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))]
    return [row for row in rows if row["minutes"]]


def read_header(path: Path) -> dict[str, object]:
    """Return what the first cell of a notebook says of it; minutes are 0 where it names none.

    So they are in a notebook that is empty or damaged: it is none of the lessons, and no reason to
    withhold the others.
    """
    try:
        first = json.loads(path.read_bytes())["cells"][0]
        text = "".join(first["source"])
    except (ValueError, LookupError, TypeError):
        text = ""
    title = re.match(r"# (.*)", text)
    minutes = re.search(r"^\*\*Minutes\.\*\* (\d+)", text, re.MULTILINE)
    return {
        "lesson": title[1] if title else path.stem,
        "question": after(text, "**Question.**"),
        "minutes": int(minutes[1]) if minutes else 0,
        "know first": after(text, "**Know first.**").replace(RUN_A_CELL, "").strip() or "nothing",
        "file": path.name,
    }


def after(text: str, heading: str) -> str:
    """Return the rest of the paragraph after a bold heading, its links as plain words."""
    if heading not in text:
        return ""
    paragraph = text.split(heading, 1)[1].split("\n\n", 1)[0]
    return LINK.sub(r"\1", " ".join(paragraph.split()))
