"""Running a lesson's own solutions, which is how every expected answer comes about."""

from __future__ import annotations

import ast
import atexit
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from classwork.course import current
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


def run_unseen(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Execute a notebook at whose pictures nobody looks, so that the course draws none.

    Arguments and errors are those of `run`.
    """
    module, _, switch = current().quiet.partition(":")
    hush = f'__import__("importlib").import_module({module!r}).{switch} = True' if module else ""
    run(new_notebook(cells=[new_code_cell(hush), *notebook.cells]), folder)


def client_of(notebook: nbformat.NotebookNode, folder: Path, **options: Any) -> NotebookClient:
    """Return what executes a notebook in a folder; `options` are those of NotebookClient.

    What is set up in the user's own IPython, such as cells to be run first, does not hold there.
    """
    return NotebookClient(
        notebook,
        coalesce_streams=True,
        kernel_name="python3",
        # Its warning that it runs without encryption is of no use to a teacher.
        extra_arguments=["--log-level=40", f"--IPKernelApp.ipython_dir={ipython_of_nobody()}"],
        resources={"metadata": {"path": str(folder)}},
        **options,
    )


@cache
def ipython_of_nobody() -> str:
    """Return a folder for IPython's settings in which there are none; it goes with the process."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    return folder.name


def key_of(
    notebook: nbformat.NotebookNode, todo: list[Exercise], folder: Path, run: Run = run_unseen
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
        `hints` and `free_text`; `printed`, where figures rounded as pictures print them give
        another answer. All of it can be written as JSON.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell, solution or list of mistakes fails.
    """
    copy = nbformat.from_dict(notebook)
    copy.cells = list(notebook.cells)
    for exercise in todo:
        source = f"{NO_MISTAKES}{exercise.solution}\n{exercise.mistakes}\n"
        copy.cells.append(new_code_cell(source + CAPTURE.format(name=exercise.name)))
    rounded = {e.name: code for e in todo if (code := as_printed(e.solution))}
    for name, code in rounded.items():
        cell = new_code_cell(f"{NO_MISTAKES}{code}\n{CAPTURE.format(name=name)}")
        # Rounded figures may be none that the code can work with.
        cell.metadata["tags"] = ["raises-exception"]
        copy.cells.append(cell)
    run(copy, folder)
    solved = copy.cells[len(notebook.cells) :]
    key = {}
    for exercise, cell in zip(todo, solved[: len(todo)], strict=True):
        key[exercise.name] = captured(cell) | {
            "why": exercise.why,
            "hints": exercise.hints,
            "free_text": exercise.free_text,
        }
    for name, cell in zip(rounded, solved[len(todo) :], strict=True):
        found = captured(cell)
        if found and found["expected"] != key[name]["expected"]:
            key[name]["printed"] = found["expected"]
    return key


def as_printed(solution: str) -> str:
    """Return a solution with its figures rounded as pictures print them; "" where none changes.

    From 100 they are whole, from 1 they have one decimal, below that two.

    >>> as_printed("cut = 100 * (141.2 - 134.7) / 141.2"), as_printed("share = 100 * 26 / 211")
    ('cut = 100 * (141.0 - 135.0) / 141.0', '')
    """
    tree = ast.parse(solution)
    changed = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            size = abs(node.value)
            rounded = round(node.value, 0 if size >= 100 else 1 if size >= 1 else 2)
            changed = changed or rounded != node.value
            node.value = rounded
    return ast.unparse(tree) if changed else ""


def captured(cell: nbformat.NotebookNode) -> dict[str, Any] | None:
    """Return what CAPTURE has printed at the end of a cell, None if nothing was printed."""
    printed = "".join(o["text"] for o in cell.outputs if o["output_type"] == "stream")
    return json.loads(printed.splitlines()[-1]) if printed else None
