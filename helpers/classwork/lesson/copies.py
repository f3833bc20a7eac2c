"""What a student opens is a copy: lessons as printed, laid into my_work without their outputs.

The lessons themselves stay as they were published, so nothing that somebody types meets the next
update, and a prediction is not answered by the picture that was saved below it.
"""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.ground.atomic_write import write_atomically

# What JupyterLab would write into a notebook when it opens it, and then call it changed.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


def my_work() -> Path:
    """Return the folder for what a student does; an environment variable may name another."""
    course = current()
    return Path(os.environ.get(course.elsewhere) or course.my_work)


def lay_out() -> list[Path]:
    """Lay a copy of each lesson into my_work, where there is none yet; return the new ones.

    Raises:
        OSError: if the folder cannot be written to.
    """
    lessons = sorted(current().notebooks.glob("[0-9][0-9]_*.ipynb"))
    missing = [path for path in lessons if not (my_work() / path.name).exists()]
    return [lay_copy(path, my_work() / path.name) for path in missing]


def lay_fresh(lesson: Path) -> Path:
    """Lay a clean copy of a lesson beside those that are there, and return it.

    Raises:
        OSError: if the folder cannot be written to.
    """
    names = [lesson.name, *(f"{lesson.stem}_{number}.ipynb" for number in range(2, 1000))]
    free = next(name for name in names if not (my_work() / name).exists())
    return lay_copy(lesson, my_work() / free)


def lay_copy(lesson: Path, place: Path) -> Path:
    """Write a lesson as nobody has run it yet, its links leading to the same pages as before."""
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        else:
            cell["source"] = with_links(cell["source"], lesson.parent, place.parent)
    notebook["metadata"]["kernelspec"] = KERNEL
    notebook["metadata"]["language_info"] = LANGUAGE | {"version": platform.python_version()}
    place.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(place, f"{text}\n")
    return place


def with_links(source: Any, old: Path, new: Path) -> Any:
    """Return a text whose links to the folders beside the lessons lead there from elsewhere."""
    way = Path(os.path.relpath(old, new)).as_posix()
    folders = sorted(path.name for path in old.iterdir() if path.is_dir())
    lines = [source] if isinstance(source, str) else source
    for folder in folders:
        lines = [line.replace(f"]({folder}/", f"]({way}/{folder}/") for line in lines]
    return lines[0] if isinstance(source, str) else lines


def copy_lessons() -> None:
    """Lay a copy of each lesson into the folder my_work, for a server that start.py did not open.

    What is there already is left as it is.
    """
    try:
        lay_out()
    except OSError as error:
        print(f"No copies could be laid into my_work ({error.strerror}). Work in the lessons here.")
        return
    print("Your own copies of the lessons are in the folder my_work. Work in those: what you type")
    print("stays there, and no update touches it.")
