"""Run every notebook and save it as it must be committed, with the key of its exercises.

    python start.py refresh                     every notebook
    python start.py refresh notebooks/06_*.ipynb

Saved are outputs, execution counts 1..n, stable cell ids and tags; no trace of the machine, no
widget state. The answers that `check` compares with are what the lessons' own solutions give; they
go to helpers/two_winds/keys. Running this twice changes no byte.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import nbformat
from two_winds.assignments.lesson import exercises
from two_winds.assignments.solving import key_of, run

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
KEYS = ROOT / "helpers" / "two_winds" / "keys"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT_METADATA = ("tags",)


def text_of(key: dict) -> str:
    """Return a key as the text of its file."""
    return json.dumps(key, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def clean(notebook: nbformat.NotebookNode, lesson: str) -> None:
    """Take off a notebook what belongs to one run or one machine."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
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


def refresh(path: Path) -> bool:
    """Run and save one notebook; return whether its file or its key changed."""
    notebook = nbformat.read(path, as_version=4)
    todo = exercises(notebook)
    key_changed = False
    if todo:
        key = text_of(key_of(notebook, todo, path.parent))
        key_changed = write(KEYS / f"{path.stem}.json", key)
    # The checks read the key, so they can only be run when it is there.
    run(notebook, path.parent)
    clean(notebook, path.stem)
    nbformat.validate(notebook)
    return write(path, nbformat.writes(notebook) + "\n") or key_changed


def write(path: Path, text: str) -> bool:
    """Write a file if its text is new; return whether it was."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


if __name__ == "__main__":
    wanted = [Path(name).resolve() for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for notebook_path in wanted:
        print(f"{notebook_path.name}: {'saved' if refresh(notebook_path) else 'unchanged'}")
