"""Saving a lesson as it must be committed: run, cleaned, with the key of its exercises."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from classwork.course import current
from classwork.ground.atomic_write import write_atomically
from classwork.lesson.answer_key import key_of, run
from classwork.lesson.exercises import exercises

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT_METADATA = ("tags",)
# What a notebook says of itself to whoever finds it.
KEPT_OF_NOTEBOOK = ("about", "authors", "license")


def refresh_all(paths: Iterable[Path]) -> None:
    """Run and save several notebooks, and print of each whether it changed.

    Errors are those of `refresh`.
    """
    # What whoever saves the lessons has answered in them is not to be saved.
    with TemporaryDirectory() as nobodys_work:
        os.environ[current().elsewhere] = nobodys_work
        for path in paths:
            print(f"{path.name}: {'saved' if refresh(path) else 'unchanged'}")


def refresh(path: Path, keys: Path | None = None) -> bool:
    """Run and save one notebook; return whether its file or its key changed.

    Args:
        path: the notebook.
        keys: the folder for what `check` compares with; the course's own where it is None.

    Raises:
        LessonError: if its tags or a solution cell are not as they must be.
        nbclient.exceptions.CellExecutionError: if a cell, solution or list of mistakes fails.
    """
    notebook = nbformat.read(path, as_version=4)
    todo = exercises(notebook)
    key_changed = False
    if todo:
        key = text_of(key_of(notebook, todo, path.parent, run))
        key_changed = write((keys or current().keys) / f"{path.stem}.json", key)
    # The checks read the key: what they said before it was there does not count.
    if key_changed or not todo:
        run(notebook, path.parent)
    clean(notebook, path.stem)
    nbformat.validate(notebook)
    return write(path, nbformat.writes(notebook) + "\n") or key_changed


def text_of(key: dict[str, Any]) -> str:
    """Return a key as the text of its file."""
    return json.dumps(key, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def clean(notebook: nbformat.NotebookNode, lesson: str) -> None:
    """Take off a notebook what belongs to one run or one machine."""
    notebook.metadata = metadata_of(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for place, cell in enumerate(notebook.cells, start=1):
        cell.metadata = {
            name: cell.metadata[name] for name in KEPT_METADATA if name in cell.metadata
        }
        if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", cell.id):
            cell.id = f"cell-{place}-{lesson[:2]}"
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            output.pop("execution_count", None)
            if output.output_type == "execute_result":
                output.execution_count = count
            if "data" in output:
                output.data.pop(WIDGET, None)
                output.metadata = {}


def metadata_of(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """Return what of a notebook's metadata is true of it anywhere: what it says of itself."""
    said = {name: notebook.metadata[name] for name in KEPT_OF_NOTEBOOK if name in notebook.metadata}
    return said | {"kernelspec": KERNEL, "language_info": {"name": "python"}}


def write(path: Path, text: str) -> bool:
    """Write a file if its text is new; return whether it was."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    write_atomically(path, text)
    return True
