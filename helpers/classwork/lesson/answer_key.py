"""Running a lesson's own solutions, which is how every expected answer comes about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from classwork.lesson.exercises import Exercise

NO_MISTAKES = "mistakes = []\n"
CAPTURE = """
import json as _json
def _plain(value):
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return value.item() if hasattr(value, "item") else value
_slips = [[_plain(value), words] for value, words in mistakes]
print(_json.dumps({{"expected": _plain({name}), "mistakes": _slips}}))
"""
Run = Callable[[nbformat.NotebookNode, Path], None]


def run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Execute a notebook in a folder, as JupyterLab would.

    Args:
        notebook: an nbformat notebook; it receives its outputs.
        folder: the kernel's working directory.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell raises an error.
    """
    client_of(notebook, folder, timeout=120).execute()


def client_of(notebook: nbformat.NotebookNode, folder: Path, **options: Any) -> NotebookClient:
    """Return what executes a notebook in a folder; `options` are those of NotebookClient."""
    return NotebookClient(
        notebook,
        coalesce_streams=True,
        kernel_name="python3",
        # Its warning that it runs without encryption is of no use to a teacher.
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(folder)}},
        **options,
    )


def key_of(
    notebook: nbformat.NotebookNode, todo: list[Exercise], folder: Path, run: Run = run
) -> dict[str, dict[str, Any]]:
    """Return what `check` and the grader compare with, by exercise.

    The lesson is run as it stands, then a cell more for each exercise: its solution, its typical
    mistakes, and what they give.

    Args:
        notebook: the lesson; it is left as it is.
        todo: its exercises.
        folder: where the lesson's kernel works.
        run: what executes a notebook.

    Returns:
        For each exercise `expected`, `mistakes` (pairs of a value and what to say to it), `why`,
        `hints` and `free_text`; all of it can be written as JSON.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell, solution or list of mistakes fails.
    """
    copy = nbformat.from_dict(notebook)
    copy.cells = list(notebook.cells)
    for exercise in todo:
        source = f"{NO_MISTAKES}{exercise.solution}\n{exercise.mistakes}\n"
        copy.cells.append(new_code_cell(source + CAPTURE.format(name=exercise.name)))
    run(copy, folder)
    key = {}
    for exercise, cell in zip(todo, copy.cells[len(notebook.cells) :], strict=True):
        key[exercise.name] = captured(cell) | {
            "why": exercise.why,
            "hints": exercise.hints,
            "free_text": exercise.free_text,
        }
    return key


def captured(cell: nbformat.NotebookNode) -> dict[str, Any] | None:
    """Return what CAPTURE has printed at the end of a cell, None if nothing was printed."""
    printed = "".join(o["text"] for o in cell.outputs if o["output_type"] == "stream")
    return json.loads(printed.splitlines()[-1]) if printed else None
