"""A new lesson: a small one that works, with a note in every part on what belongs there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import nbformat

from classwork.course import current
from classwork.lesson.exercises import LessonError
from classwork.lesson.refresh import refresh

# Stands in a file's name for a title without any Latin letter or figure.
NAMELESS = "lesson"
LONGEST_SLUG = 40


def new_lesson(title: str) -> list[Path]:
    """Write a lesson that passes every test as it stands, for an author to change into hers.

    Args:
        title: the lesson's title, in any language.
            It gets the next free number among the course's lessons.

    Returns:
        What was written: the notebook, the teacher's page, the key, and the start page if its map
        of the lessons has changed.

    Raises:
        LessonError: if the title is empty, the folder is not there, or the lesson exists already.
    """
    title, course = " ".join(title.split()), current()
    folder, template = course.notebooks, course.root / course.template
    if not title:
        raise LessonError('A lesson needs a title, such as "The Cuban missile crisis".')
    if not folder.is_dir():
        raise LessonError(f"There is no folder {folder}, where the lessons should be.")
    if not course.template:
        raise LessonError(f"{course.title} has no template for a new lesson.")
    number, slug = next_number(folder), slug_of(title)
    if taken := [] if slug == NAMELESS else sorted(folder.glob(f"[0-9][0-9]_{slug}.ipynb")):
        raise LessonError(f"There is a lesson {taken[0].name} already. Choose another title.")
    lesson = folder / f"{number}_{slug}.ipynb"
    page, key = folder / "teaching" / f"{lesson.stem}.md", course.keys / f"{lesson.stem}.json"
    if there := [path for path in (page, key) if path.exists()]:
        raise LessonError(f"{there[0]} is left from an earlier lesson. Move it away first.")
    names = {"NN": number, "nn": number, "LESSON_TITLE": title, "LESSON_FILE": lesson.stem}
    write_new(lesson, notebook_text(template, names))
    write_new(page, filled((template / "teaching_page.md").read_text(encoding="utf-8"), names))
    refresh(lesson)
    start = folder / course.start_page
    return [lesson, page, key] + ([start] if start.is_file() and refresh(start) else [])


def next_number(folder: Path) -> str:
    """Return the number after the highest of the lessons in a folder, such as "10".

    Raises:
        LessonError: if the highest is 99.
    """
    numbers = [int(path.name[:2]) for path in folder.glob("[0-9][0-9]_*.ipynb")]
    number = max(numbers, default=0) + 1
    if number > 99:
        raise LessonError("Lessons are numbered up to 99, and there is a lesson 99.")
    return f"{number:02}"


def slug_of(title: str) -> str:
    """Return a title as part of a file's name: small Latin letters, figures, underscores.

    >>> slug_of("The Cuban missile crisis"), slug_of("Élysée / 1963"), slug_of("莫斯科")
    ('the_cuban_missile_crisis', 'elysee_1963', 'lesson')
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("_")[0] or slug[:LONGEST_SLUG]
    return slug or NAMELESS


def notebook_text(template: Path, names: dict[str, str]) -> str:
    """Return the template's notebook as text, its blanks filled with names."""
    notebook = nbformat.read(template / "lesson.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = filled(cell.source, names)
        if "tags" in cell.metadata:
            cell.metadata["tags"] = [filled(tag, names) for tag in cell.metadata["tags"]]
    return nbformat.writes(notebook) + "\n"


def filled(text: str, names: dict[str, str]) -> str:
    """Return a text with names in the place of its blanks, such as LESSON_TITLE or the nn of _nn.

    >>> filled("NN LESSON_TITLE: rate_nn", {"NN": "10", "nn": "10", "LESSON_TITLE": "Cuba"})
    '10 Cuba: rate_10'
    """
    blanks = re.compile(rf"(?<![A-Za-z])({'|'.join(names)})(?![A-Za-z_])")
    return blanks.sub(lambda blank: names[blank[0]], text)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
