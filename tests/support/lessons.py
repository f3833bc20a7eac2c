"""The notebooks as tests read them: cells, parts, prose, code, exercises."""

import copy
import functools
import re
from pathlib import Path

import nbformat
from classwork.lesson.exercises import exercises

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
TEACHING = NOTEBOOKS / "teaching"
KEYS = ROOT / "helpers" / "two_winds" / "keys"
# The parts of a lesson, told by the tag on the cell that opens each. All before the second hour
# is the first hour; what follows in the second hour is free.
FIRST_HOUR = [
    "header",
    "predict",
    "source",
    "look",
    "investigate",
    "read",
    "exercises",
    "historians",
    "exit",
]
PARTS = [*FIRST_HOUR, "second-hour"]
NOT_PROSE = {"solution", "rubric", "teacher"}
FENCE = re.compile(r"```.*?```", re.DOTALL)
PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def kinds(cell):
    """Return the kinds of tags that a cell has, such as {"exercise"}."""
    return {tag.split(":")[0] for tag in cell.metadata.get("tags", [])}


def tags_of(cell):
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def without_code(text):
    """Return Markdown without its fenced blocks and its words in backticks."""
    return re.sub(r"`[^`\n]*`", " ", FENCE.sub(" ", text))


def without_tables(text):
    """Return Markdown without its tables."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("|"))


def html_of(cell):
    """Return the HTML that a cell has left in the saved notebook."""
    outputs = cell.get("outputs", [])
    return "\n".join(output.get("data", {}).get("text/html", "") for output in outputs)


def text_of(cell):
    """Return the text that a cell has left in the saved notebook."""
    outputs = cell.get("outputs", [])
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs
    )


def exercises_of(cells):
    """Return the cells in which a student answers."""
    return [cell for cell in cells if "exercise" in kinds(cell)]


class Lesson:
    """One notebook of the package, or a copy of one that a test has spoilt."""

    def __init__(self, path, notebook):
        self.path = path
        self.notebook = notebook

    @property
    def name(self):
        return self.path.stem

    @property
    def cells(self):
        return self.notebook.cells

    @property
    def code(self):
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @property
    def markdown(self):
        return [cell for cell in self.cells if cell.cell_type == "markdown"]

    @property
    def own_code(self):
        """The code that is the lesson's and not the student's."""
        return [cell for cell in self.code if not kinds(cell) & {"exercise", "check"}]

    @property
    def prose(self):
        """The text that a student reads before unfolding anything."""
        return [cell for cell in self.markdown if not kinds(cell) & NOT_PROSE]

    @functools.cached_property
    def exercises(self):
        return exercises(self.notebook)

    def part(self, name):
        """Return the cells of a part: from the tag that opens it to the next such tag."""
        found, inside = [], False
        for cell in self.cells:
            opens = [tag for tag in cell.metadata.get("tags", []) if tag.startswith("part:")]
            inside = f"part:{name}" in opens if opens else inside
            if inside:
                found.append(cell)
        return found

    @property
    def first_hour(self):
        """The cells before the second hour."""
        places = [i for i, c in enumerate(self.cells) if "part:second-hour" in tags_of(c)]
        return self.cells[: places[0]] if places else self.cells

    def changed(self, change):
        """Return a copy on which `change` has been tried."""
        notebook = copy.deepcopy(self.notebook)
        change(notebook)
        return Lesson(self.path, notebook)


def read(path):
    """Return a notebook as a Lesson."""
    return Lesson(path, nbformat.read(path, as_version=4))


ALL = [read(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
LESSONS = [lesson for lesson in ALL if lesson.name != "00_start_here"]
