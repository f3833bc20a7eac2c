"""What a student opens is a copy: lessons as printed, laid into my_work without their outputs.

The lessons themselves stay as they were published, so nothing that somebody types meets the next
update, and a prediction is not answered by the picture that was saved below it.
"""

from __future__ import annotations

import json
import os
import platform
import re
from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.ground.atomic_write import write_atomically

MISTAKES, WHY, ELSE = (
    "**Typical mistakes.**",
    "**Why it matters.**",
    "**Did you find something else?**",
)
CODE = re.compile(r"\s*```python\n.*?\n```", re.DOTALL)
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
    keys = keys_of(lesson)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            go_on_after(cell["metadata"])
        else:
            text = with_links("".join(cell["source"]), lesson.parent, place.parent)
            tags = [tag.split(":") for tag in cell["metadata"].get("tags", [])]
            solved = [tag[1] for tag in tags if tag[0] == "solution" and tag[1] in keys]
            cell["source"] = with_answer(text, keys[solved[0]]) if solved else text
    notebook["metadata"]["kernelspec"] = KERNEL
    notebook["metadata"]["language_info"] = LANGUAGE | {"version": platform.python_version()}
    place.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(place, f"{text}\n")
    return place


def go_on_after(metadata: Any) -> None:
    """Have Jupyter run the cells below where a student's answer, or its check, stops."""
    tags = metadata.get("tags", [])
    if any(tag.split(":")[0] in ("exercise", "check") for tag in tags):
        metadata["tags"] = [*tags, "raises-exception"]


def with_links(text: str, old: Path, new: Path) -> str:
    """Return a text whose links to the folders beside the lessons lead there from elsewhere."""
    way = Path(os.path.relpath(old, new)).as_posix()
    for folder in sorted(path.name for path in old.iterdir() if path.is_dir()):
        text = text.replace(f"]({folder}/", f"]({way}/{folder}/")
    return text


def keys_of(lesson: Path) -> dict[str, dict[str, Any]]:
    """Return what the solutions of a lesson give, by exercise; nothing where none are kept."""
    path = current().keys / f"{lesson.stem}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def with_answer(text: str, key: dict[str, Any]) -> str:
    """Return a solution as a student reads it: the answer in figures, and what else it might be.

    The code of the typical mistakes, from which the program learns them, is left out.
    """
    begin, mistakes, rest = text.partition(MISTAKES)
    if mistakes:
        text = begin + CODE.sub("", rest, count=1).lstrip()
    if key["free_text"]:
        return text
    said = [f"- {in_figures(value)}: {words}" for value, words in key["mistakes"]]
    found = [f"{ELSE}\n", *said, ""] if said else []
    before, why, after = text.partition(WHY)
    end = after.rfind("</details>")
    whole = [f"**Answer.** {in_figures(key['expected'])}\n", why + after[:end].rstrip(), ""]
    return "\n".join([before.rstrip(), "", *whole, *found, after[end:]])


def in_figures(value: Any) -> str:
    """Return an answer as one would say it.

    >>> in_figures(9.375580499), in_figures(8063.04), in_figures(0.03145), in_figures(["b", "c"])
    ('9.4', '8063', '0.031', 'b, c')
    """
    if isinstance(value, list):
        return ", ".join(map(in_figures, value))
    if not isinstance(value, float):
        return str(value)
    size = abs(value)
    return f"{value:.0f}" if size >= 100 else f"{value:.1f}" if size >= 1 else f"{value:.2g}"


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
