"""Reading what a student handed in: forgiving, for it has been through many hands."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import Any

import nbformat

from classwork.course import current
from classwork.editions.wording import NAME_LINE

LONGEST_NAME = 80
LARGEST = 50 * 2**20
MOST_CODE = 1_000_000
MOST_CELLS = 2_000


class UnreadableError(ValueError):
    """A file that was handed in cannot be read; the message is a sentence for the teacher."""


@dataclass
class Cell:
    """One code cell as handed in.

    Attributes:
        number: its place among all cells, from 1, as a person would count.
        source: what stands in it.
        name: its id, or "".
        tags: its tags.
    """

    number: int
    source: str
    name: str
    tags: list[str]


@dataclass
class Submission:
    """A notebook as handed in: its code cells and what it says of itself."""

    cells: list[Cell]
    about: dict[str, Any]


def read_submission(data: bytes) -> Submission:
    """Return a submission from the bytes of its file.

    Raises:
        UnreadableError: if that is no notebook, or one too large to be a student's.
    """
    notebook = notebook_of(data)
    about = notebook.get("metadata")
    cells = [
        cell
        for number, raw in enumerate(notebook["cells"], start=1)
        if (cell := code_cell(raw, number)) is not None
    ]
    if sum(len(cell.source) for cell in cells) > MOST_CODE or len(cells) > MOST_CELLS:
        raise UnreadableError("The notebook holds more code than anybody could read.")
    own = about.get(current().name) if isinstance(about, dict) else None
    return Submission(cells, own if isinstance(own, dict) else {})


def name_written_in(data: bytes) -> str:
    """Return what a student wrote on the name line of an edition, "" where there is none.

    Raises:
        UnreadableError: if that is no notebook.
    """
    for cell in notebook_of(data)["cells"]:
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            text = "".join(source) if isinstance(source, list) else str(source)
            if text.strip().startswith(NAME_LINE):
                name = " ".join(text.strip().removeprefix(NAME_LINE).replace("*", " ").split())
                return name[:LONGEST_NAME]
    return ""


def notebook_of(data: bytes) -> dict[str, Any]:
    """Return a notebook of today's format as a plain dictionary with a list of `cells`."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1e6:.0f} MB"
        raise UnreadableError(f"The file is too large to be a notebook ({size}): it was not read.")
    text = text_of(data)
    if not text.strip():
        raise UnreadableError("The file is empty.")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError(
            "The file is not a notebook (not JSON): perhaps a copy that broke off."
        ) from None
    if isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        notebook = brought_up_to_date(notebook)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise UnreadableError("The file is not a notebook: it has no cells.")
    return notebook


def text_of(data: bytes) -> str:
    """Return bytes as text; a mark of byte order says which of two encodings it is."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("The file is not a notebook: it is not text in UTF-8.") from None


def brought_up_to_date(notebook: dict[str, Any]) -> Any:
    """Return a notebook of nbformat 3 in the format of today."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            old = nbformat.v3.reads_json(json.dumps(notebook))
            return nbformat.convert(old, 4)
    except Exception:
        raise UnreadableError("The notebook is of an old format and cannot be read.") from None


def code_cell(raw: Any, number: int) -> Cell | None:
    """Return a code cell, or None where the cell is of another kind or not as it must be."""
    if not isinstance(raw, dict) or raw.get("cell_type") != "code":
        return None
    source, metadata = raw.get("source", ""), raw.get("metadata")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    if not isinstance(source, str):
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    # Half of a character, which JSON can hold, could not be written into any file later.
    source = source.encode("utf-8", "replace").decode("utf-8")
    return Cell(number, source, str(raw.get("id", "")), tags)
