"""What classwork must know of the course whose lessons it serves; it knows nothing else of it.

A course makes its `Course` once. Its own package calls `use(COURSE)` when it is imported; for the
command line a file pyproject.toml above the lessons says where it is, or what it holds:

    [tool.classwork]
    course = "two_winds.course"

That is a module with a name COURSE. In its place may stand fields of `Course`: name = "steel",
notebooks = "lessons", data = ["tables"].
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path

ANSWERING = frozenset({"check", "received", "hint", "progress"})


class CourseError(LookupError):
    """No course can be found, or what is said of it cannot be read."""


@dataclass(frozen=True)
class Course:
    """A course: its folders, and what its lessons use. Places are taken from `root`.

    Attributes:
        root: the folder of the course.
        name: a short name, which editions bear in their metadata.
        title: the course's name in a sentence.
        command: how its command line is called.
        notebooks: the folder of the lessons.
        keys: the folder of what `check` compares with, a file a lesson.
        my_work: the folder for what a student has done.
        elsewhere: the environment variable that names another folder for it.
        data: folders that lessons read, which students' code may read too.
        package: the course's own module, "" where it has none; what its `__all__` names, lessons
            may use.
        modules: what an answer may import beyond what answers need in any course.
        shows: functions of the package that merely show something.
        quiet: a switch "module:NAME", set to True where nobody looks at pictures; or "".
        received: lines that import `received`; editions bear the first, older ones the others.
        start_page: the notebook in which the lessons are listed, or "".
        template: the folder of what a new lesson begins with, or "".
    """

    root: Path
    name: str = "classwork"
    title: str = "This course"
    command: str = "python -m classwork"
    notebooks: Path = Path("notebooks")
    keys: Path = Path("keys")
    my_work: Path = Path("my_work")
    elsewhere: str = "CLASSWORK_MY_WORK"
    data: tuple[Path, ...] = ()
    package: str = ""
    modules: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    quiet: str = ""
    received: tuple[str, ...] = ("from classwork import received",)
    start_page: str = ""
    template: str = ""

    def __post_init__(self) -> None:
        """Take the places from the root."""
        for field in ("notebooks", "keys", "my_work"):
            object.__setattr__(self, field, self.root / getattr(self, field))
        object.__setattr__(self, "data", tuple(self.root / place for place in self.data))

    @property
    def names(self) -> frozenset[str]:
        """The names that lessons may import from the course's package."""
        return frozenset(import_module(self.package).__all__) if self.package else frozenset()

    @property
    def showing(self) -> frozenset[str]:
        """The functions after which nothing in a notebook is other than before."""
        return ANSWERING | self.shows

    @property
    def package_folder(self) -> Path | None:
        """The folder of the course's package, or None."""
        return Path(import_module(self.package).__file__).parent if self.package else None


_used: list[Course] = []


def use(course: Course) -> None:
    """Make this the course that everything here serves."""
    _used[:] = [course]


def current() -> Course:
    """Return the course in use; where none is, the one that pyproject.toml names.

    It is looked for in the working folder and those above it, then where classwork itself lies.

    Raises:
        CourseError: if there is none.
    """
    if not _used:
        places = (Path.cwd(), Path(__file__).resolve().parent)
        found = next((c for place in places if (c := found_above(place))), None)
        if found is None:
            raise CourseError(
                "There is no course here: no pyproject.toml with [tool.classwork] in this folder "
                "or above it."
            )
        use(found)
    return _used[0]


def found_above(place: Path) -> Course | None:
    """Return the course that a pyproject.toml in a folder, or above it, names."""
    for folder in (place, *place.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            said = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("classwork")
            if said is not None:
                return read_course(said, folder)
    return None


def read_course(said: dict[str, object], folder: Path) -> Course:
    """Return the course that a table [tool.classwork] tells of.

    Raises:
        CourseError: if it holds something that no course has.
    """
    if "course" in said:
        return import_module(str(said["course"])).COURSE
    known = {field.name for field in fields(Course)} - {"root"}
    if unknown := sorted(set(said) - known):
        raise CourseError(
            f"[tool.classwork] in {folder / 'pyproject.toml'} says {unknown[0]!r}, which is none "
            f"of: {', '.join(sorted(known))}."
        )
    given = dict(said)
    for name in ("modules", "shows"):
        if name in given:
            given[name] = frozenset(given[name])
    return Course(folder, **given)
