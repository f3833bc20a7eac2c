"""How long a part of a lesson takes at least: its words are counted, its cells, its exercises.

    python tests/support/lesson_minutes.py      what is counted, for every lesson

Nobody has timed a class: this is the least that a class needs that reads everything. The teacher's
talking comes on top of it.
"""

import re
from dataclasses import dataclass

from lesson_rules import HEADINGS, called, explorer_names
from lessons import LESSONS, TEACHING, kinds, text_of, without_code, without_tables

# A sixteen-year-old for whom English may be a second language.
WORDS_A_MINUTE = 180
CELLS_A_MINUTE = 6
# Minutes to commit to a guess, to try the desk, to take a side; for each "What do you see?"; for
# each question of the exit ticket. An exercise takes as many minutes as it is worth points.
DOING = {"2 Predict": 1, "4 Investigate": 4, "7 Historians disagree": 1}
LOOKING, QUESTION = 0.5, 0.5
# A table printed as text: columns stand apart.
TABLE_ROW = re.compile(r"\S {2,}\S")
FAULTS = re.compile(r"Known faults\n(.*?)\n\n", re.DOTALL)
PARTS = HEADINGS[:8]


@dataclass
class Count:
    """What a class has to do in one part of a lesson.

    Attributes:
        words: read by everybody, in the text, in quotations and below charts.
        cells: run.
        doing: minutes for guessing, trying, looking and answering.
    """

    words: int = 0
    cells: int = 0
    doing: float = 0

    @property
    def minutes(self):
        """The minutes for all of it."""
        return self.words / WORDS_A_MINUTE + self.cells / CELLS_A_MINUTE + self.doing


def count(lesson, part, chosen):
    """Count what a class does in a part.

    Args:
        lesson: the lesson.
        part: its heading.
        chosen: the names that the exercises done in class have in the text, such as "Exercise 2".
    """
    total, task = Count(doing=DOING.get(part, 0)), None
    for cell in lesson.part(part):
        name = re.match(r"\*\*((?:Exercise|Exit) \d+)", cell.source)
        task = name[1] if name else task if kinds(cell) else None
        if task and task not in chosen:
            continue
        if cell.cell_type == "code":
            total.cells += 1
            total.words += len(words_shown(cell).split())
            total.doing += minutes_of(cell, task)
        elif cell in lesson.prose:
            total.words += len(without_tables(without_code(cell.source)).split())
            total.doing += LOOKING * cell.source.count("*What do you see?*")
    return total


def minutes_of(cell, task):
    """Return the minutes for answering in a cell, if it is an exercise."""
    points = [tag.split(":")[2] for tag in cell.metadata.get("tags", []) if "exercise" in tag]
    return sum(QUESTION if task.startswith("Exit") else int(worth) for worth in points)


def words_shown(cell):
    """Return what a cell gives to read: of a passport the known faults, of a table nothing."""
    if kinds(cell) or called(cell) & explorer_names():
        return ""
    text = text_of(cell)
    if "passport" in called(cell):
        return " ".join(FAULTS.findall(f"{text}\n\n"))
    return "\n".join(line for line in text.splitlines() if not TABLE_ROW.search(line))


def chosen_in(page):
    """Return the names of the exercises that a teacher's page has done in class."""
    plan = re.search(r"^\|.*\| 6 Your turn \| Exercises ([\d, and]+)[;|]", page, re.MULTILINE)
    exits = {f"Exit {number}" for number in range(1, 5)}
    return {f"Exercise {number}" for number in re.findall(r"\d+", plan[1])} | exits


def planned(lesson):
    """Return the minutes of each part, as the lesson's header has them."""
    rows = re.findall(r"^\| (\d [^|]+?) \| (\d+) \|$", lesson.cells[0].source, re.MULTILINE)
    return {part: int(minutes) for part, minutes in rows}


if __name__ == "__main__":
    for lesson in LESSONS:
        page = (TEACHING / f"{lesson.name}.md").read_text(encoding="utf-8")
        counts = {part: count(lesson, part, chosen_in(page)) for part in PARTS}
        print(f"{lesson.name}: {sum(found.minutes for found in counts.values()):.1f}")
        for part, minutes in planned(lesson).items():
            found = counts[part]
            print(f"  {part:22} {minutes:3} planned, {found.minutes:5.1f} counted: {found}")
