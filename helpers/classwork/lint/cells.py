"""What is wrong with code and text as they stand: addresses, places of files, pictures."""

from __future__ import annotations

import ast
import html.parser
import re
from collections.abc import Iterator
from typing import Any

from classwork.lesson.exercises import SELF_STUDY
from classwork.lesson.syntax import python_of, tree_of
from classwork.lint.tags import Fault, tags_of

ADDRESS = re.compile(r"https?://|ftp://|\bwww\.\w")
# A place on one machine: /home/..., C:\..., ~/..., \\server\...
PLACE = re.compile(r"/[\w.-]+/|[A-Za-z]:[\\/]|~/|\\\\\w")
PICTURE = re.compile(r"!\[(.*?)\]\(")
FENCED = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|webp)\b", re.IGNORECASE)
FEWEST_WORDS = 4
# What a copy to hand in has not; and the cells that are not in it, or are written anew for it.
ONLY_ALONE = re.compile(r"\b(hint|check|progress)\(")
NOT_HANDED_OUT = {"check", "solution", "teacher", SELF_STUDY}


def faults_of_cells(notebook: Any, handed_out: bool = True) -> Iterator[Fault]:
    """Yield what is wrong with code and text, cell by cell.

    Args:
        notebook: the lesson.
        handed_out: whether copies of it are made to hand in.
    """
    is_lesson = handed_out and any(tags_of(notebook))
    for number, cell in enumerate(notebook.cells, start=1):
        kinds = {tag.split(":")[0] for tag in cell.metadata.get("tags", [])}
        found = ONLY_ALONE.search(cell.source)
        if is_lesson and found and not kinds & NOT_HANDED_OUT:
            yield (
                number,
                f"This cell speaks of {found[1]}(), which a copy to hand in has not: tag it "
                f"{SELF_STUDY}, or put that sentence into a cell of its own.",
            )
        if cell.cell_type == "code":
            yield from ((number, words) for words in faults_of_code(cell))
        elif cell.cell_type == "markdown":
            yield from ((number, words) for words in faults_of_pictures(cell.source))


def faults_of_code(cell: Any) -> Iterator[str]:
    """Yield what is wrong with a code cell, unrun."""
    tree = tree_of(python_of(cell.source))
    if tree is None:
        yield "This is not valid Python. Run the cell: the message points at the place."
    if found := ADDRESS.search(cell.source):
        yield (
            f"There is an address of the web in the code ({found[0]}...). A lesson must run "
            "without a network: keep the file within the course, and read it from there."
        )
    texts = [n.value for n in ast.walk(tree or ast.Module([], [])) if isinstance(n, ast.Constant)]
    for text in texts:
        if isinstance(text, str) and PLACE.match(text):
            yield f"{text!r} is a place on your machine. It is not there on a student's."


def faults_of_pictures(text: str) -> Iterator[str]:
    """Yield the pictures of a Markdown text that say nothing to whoever cannot see them."""
    text = FENCED.sub("", text)
    images = Images(text).found
    for words in [*PICTURE.findall(text), *(image.get("alt") or "" for image in images)]:
        if len(words.split()) < FEWEST_WORDS or FILE_NAME.search(words):
            yield (
                f"A picture is described by {words!r}. Say in four words or more what is to be "
                "seen, as in ![Steel works in the Urals, 1957](steel.png)."
            )


class Images(html.parser.HTMLParser):
    """The pictures in some HTML, as the attributes of each."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note a picture."""
        if tag == "img":
            self.found.append(dict(attributes))
