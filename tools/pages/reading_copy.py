"""Write the reading copy: Two Winds as plain pages, for whoever has no JupyterLab.

    python start.py html                       all pages, to read and to answer
    python start.py html --class               the same, and pages for a class's guesses at the wall
    python start.py html 06_student.ipynb      a page to hand out: answers are saved as a notebook

The folder reading_copy holds an index, the lessons with their pictures, a glossary, a timeline, the
sources and the teaching pages. It needs no network and no server: it works from a USB stick and on
a phone, and each page prints as a handout. It is made from the saved notebooks; of their code only
guesses, their pictures and desks are run. The same notebooks give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import shutil
import sys
from pathlib import Path

import classwork.ground.quick_start  # noqa: F401
from bs4 import BeautifulSoup
from classwork.lesson.exercises import LessonError
from finish import finish, markdown, rules
from hand_in import write_hand_in
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from learning_resource import course
from lesson_page import Lesson, read_lesson
from page_exercises import as_json
from reference_pages import by_letter, glossary, sources, years
from two_winds.charts.common.style import HAN
from two_winds.datasets import load
from two_winds.start_page.lesson_map import lessons as headers
from two_winds.texts.glossary import UNFOUND

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
TEACHING = NOTEBOOKS / "teaching"
TEMPLATES = Path(__file__).resolve().parent / "templates"
FOLDER = ROOT / "reading_copy"
SCRIPTS = ["desks.js", "working.js"]
MARKER = "made-by-start.py.txt"
MARKER_HEAD = """\
This folder is made by: python start.py html
It is made anew each time. Keep nothing of your own in it.
"""


class ReadingCopyError(Exception):
    """The folder cannot be written; the message says why and what to do."""


# --- the pages ---


def build(for_class: bool = False) -> dict[str, bytes]:
    """Return every file of the reading copy by its path in the folder.

    Args:
        for_class: whether there are pages for the guesses of a class at the wall too.
    """
    return files_of(read_lessons(for_class), for_class)


def read_lessons(for_class: bool = False) -> list[Lesson]:
    """Return the lessons in their order, as `read_lesson` reads each."""
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    return [read_lesson(path, for_class) for path in paths]


def files_of(lessons: list[Lesson], for_class: bool = False) -> dict[str, bytes]:
    """Return every file of the reading copy of these lessons, as `build` does."""
    files = {"OFL.txt": HAN.with_name("OFL.txt").read_bytes()}
    scripts = [*SCRIPTS, "class.js"] if for_class else SCRIPTS
    files |= {name: (TEMPLATES / name).read_bytes() for name in scripts}
    for lesson in lessons:
        files |= lesson.pictures
    pages = front_pages(lessons) | lesson_pages(lessons)
    pages |= handout_pages(lessons) | teaching_pages(lessons)
    pages |= class_pages(lessons) if for_class else {}
    styles: dict[str, str] = {}
    files |= {path: finish(html, styles).encode("utf-8") for path, html in pages.items()}
    return files | {"style.css": style() + rules(styles).encode("utf-8")}


def style() -> bytes:
    """Return the style sheet with the Chinese font inside.

    Some browsers refuse to load a font from a file beside a page that is itself a file.
    """
    font = base64.b64encode(HAN.read_bytes()).decode("ascii")
    text = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return text.replace("TwoWindsHan.otf", f"data:font/otf;base64,{font}").encode("utf-8")


def templates() -> Environment:
    """Return what fills our templates; it escapes all that is not marked as HTML."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )


def front_pages(lessons: list[Lesson]) -> dict[str, str]:
    """Return index, glossary, timeline and sources as HTML by path."""
    events = load("events")
    rows = {row["file"].removesuffix(".ipynb"): row for row in headers(NOTEBOOKS)}
    known = {
        "headers": rows,
        "resource": course(rows),
        "words": glossary(lessons, load("glossary")),
        "unfound": UNFOUND,
        "years": years(events),
        "citations": events.attrs["citations"],
        "sources": by_letter(sources()),
        "names": {lesson.name[:2]: lesson.name for lesson in lessons},
    }
    environment = templates()
    names = ("index", "glossary", "timeline", "sources")
    return {
        f"{name}.html": environment.get_template(f"{name}.html.j2").render(known, root="")
        for name in names
    }


def lesson_pages(lessons: list[Lesson]) -> dict[str, str]:
    """Return the lessons as HTML by path, each with links to the one before and after."""
    template = templates().get_template("lesson.html.j2")
    around = zip([None, *lessons], lessons, [*lessons[1:], None], strict=False)
    return {
        f"{lesson.name}.html": template.render(
            root="", lesson=lesson, before=before, after=after, handout=bool(handout(lesson.name))
        )
        for before, lesson, after in around
    }


def handout_pages(lessons: list[Lesson]) -> dict[str, str]:
    """Return, for a room without computers, the handout of each lesson as HTML by path."""
    template = templates().get_template("handout.html.j2")
    return {
        f"handouts/{lesson.name}.html": template.render(
            root="../", lesson=lesson, content=markdown(handout(lesson.name))
        )
        for lesson in lessons
        if handout(lesson.name)
    }


def handout(name: str) -> str:
    """Return the handout of a lesson as Markdown, from its page for teachers; "" if it has none."""
    path = TEACHING / f"{name}.md"
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^### Handout$(.*?)(?=^###? |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def teaching_pages(lessons: list[Lesson]) -> dict[str, str]:
    """Return the pages for teachers as HTML by path, with an index of their own.

    No page that a pupil reads leads to them: they hold the answers.
    """
    environment = templates()
    template = environment.get_template("teaching.html.j2")
    by_name = {lesson.name: lesson for lesson in lessons}
    paths = sorted(TEACHING.glob("*.md"))
    pages = {
        f"teaching/{path.stem}.html": template.render(
            root="../",
            title=title_of(path),
            lesson=by_name.get(path.stem),
            content=markdown(path.read_text(encoding="utf-8")),
        )
        for path in paths
    }
    titles = {path.stem: title_of(path) for path in paths}
    index = environment.get_template("teaching_index.html.j2")
    return pages | {"teaching/index.html": index.render(root="../", titles=titles)}


def class_pages(lessons: list[Lesson]) -> dict[str, str]:
    """Return the pages on which a teacher shows a class's guesses, as HTML by path, and an index.

    No page that a pupil reads leads to them.
    """
    environment = templates()
    template = environment.get_template("class.html.j2")
    asking = [lesson for lesson in lessons if lesson.guesses]
    pages = {
        f"class/{lesson.name}.html": template.render(
            root="../",
            lesson=lesson,
            guesses=lesson.guesses,
            records={cell: record(lesson, cell) for cell in lesson.guesses},
            data=as_json({"name": lesson.name, "guesses": lesson.guesses}),
        )
        for lesson in asking
    }
    index = environment.get_template("class_index.html.j2").render(root="../", lessons=asking)
    return pages | {"class/index.html": index}


def record(lesson: Lesson, cell: str) -> str:
    """Return the picture that takes up a guess, as a page in a folder of its own shows it."""
    for block in lesson.first + lesson.second:
        figure = BeautifulSoup(block, "html.parser").select_one(f'figure[data-guess="{cell}"]')
        if figure is not None:
            figure.img["src"] = f"../{figure.img['src']}"
            figure.select_one("a.full").decompose()
            return str(figure)
    return ""


def title_of(path: Path) -> str:
    """Return the first heading of a page for teachers."""
    with path.open(encoding="utf-8") as lines:
        return next(lines).removeprefix("#").strip()


# --- the folder ---


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write the files into a folder, in place of what was written there before.

    Raises:
        ReadingCopyError: if the folder holds anything that is not as it was written here, so that
            nothing of anybody's is lost; or if it cannot be written.
    """
    strangers = [path for path in files_in(folder) if not is_ours(path, folder)]
    if strangers:
        raise ReadingCopyError(
            f"{folder} holds what this command did not write, or what was changed since: "
            f"{strangers[0].relative_to(folder)}\nMove it elsewhere, or rename the folder, and "
            "run this again. Nothing was changed."
        )
    try:
        if folder.exists():
            shutil.rmtree(folder)
        for path, content in ({MARKER: marker(files)} | files).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    except OSError as error:
        words = f"{folder} cannot be written: {error.strerror}.\nClose what is open from there"
        raise ReadingCopyError(f"{words}, and run this again.") from None


def files_in(folder: Path) -> list[Path]:
    """Return all files in a folder, the marker left out; none if there is no such folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MARKER)


def is_ours(path: Path, folder: Path) -> bool:
    """Tell whether a file is, byte for byte, one that was written here the last time."""
    marked = folder / MARKER
    line = marker_line(path.relative_to(folder).as_posix(), path.read_bytes())
    return marked.exists() and line in marked.read_text(encoding="utf-8").splitlines()


def marker(files: dict[str, bytes]) -> bytes:
    """Return the text that says who made the folder, and what each file was."""
    lines = [marker_line(path, content) for path, content in sorted(files.items())]
    return (MARKER_HEAD + "\n".join(["", *lines, ""])).encode("utf-8")


def marker_line(path: str, content: bytes) -> str:
    """Return what identifies a file and its content."""
    return f"{hashlib.sha256(content).hexdigest()}  {path}"


def main(folder: Path = FOLDER, for_class: bool = False) -> int:
    """Write the reading copy and say where to open it; return the exit code."""
    try:
        files = build(for_class)
        write(files, folder)
    except (LessonError, ReadingCopyError) as trouble:
        print(trouble)
        return 1
    size = sum(map(len, files.values())) / 1e6
    print(f"The reading copy is in {folder} ({len(files)} files, {size:.1f} MB).")
    print(f"Open it in any browser: {(folder / 'index.html').as_uri()}")
    if for_class:
        print(f"On the teacher's projector: {(folder / 'class/index.html').as_uri()}")
    return 0


def hand_in(editions: list[Path], for_class: bool = False) -> int:
    """Write a page to answer for each student's edition; return the exit code."""
    scripts = [(TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS]
    for edition in editions:
        try:
            page = write_hand_in(
                edition, style().decode("utf-8"), "\n".join(scripts), templates(), for_class
            )
        except (LessonError, OSError) as trouble:
            print(trouble)
            return 1
        print(f"{page}: students answer on it, save a notebook and hand that in.")
    return 0


def command(arguments: list[str]) -> int:
    """Do what was asked for on the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="start.py html",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("editions", nargs="*", type=Path, help="students' editions")
    parser.add_argument(
        "--class",
        action="store_true",
        dest="for_class",
        help="each guess as a short line, and pages that show the guesses of a class at the wall",
    )
    given = parser.parse_args(arguments)
    if given.editions:
        return hand_in(given.editions, given.for_class)
    return main(for_class=given.for_class)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(command(sys.argv[1:]))
