"""How long the first hour of a lesson takes at least: all that is read, and all that is done.

    python tests/support/lesson_minutes.py      what is counted, part by part, for every lesson

Nobody has timed a class. Everything on the page is counted, tables, quotations and passports too,
at the pace of a sixteen-year-old for whom English may be a second language. Talk comes on top.
"""

import re
from dataclasses import dataclass
from html import unescape

from classwork.practice.check import read_keys
from lessons import (
    FIRST_HOUR,
    LESSONS,
    exercises_of,
    html_of,
    kinds,
    tags_of,
    text_of,
    without_code,
)

WORDS_A_MINUTE = 130
# Minutes for each exercise: one that is worked out, and one that is chosen.
CODED, CHOSEN = 2.5, 1
# Minutes to commit to a guess and to try the desk.
DOING = {"predict": 1, "investigate": 4}
MOST_MINUTES = 40
UNSEEN = re.compile(r"<(style|script|details)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass
class Count:
    """What a class has to do in one part of a first hour.

    Attributes:
        words: read by everybody: text, tables, quotations, passports, sentences below pictures.
        doing: minutes for guessing, trying and answering.
    """

    words: int = 0
    doing: float = 0

    @property
    def minutes(self):
        """The minutes for all of it."""
        return self.words / WORDS_A_MINUTE + self.doing


def count(lesson, part):
    """Return what a class does in a part of the first hour."""
    total = Count(doing=DOING.get(part, 0))
    keys = read_keys()
    for cell in lesson.part(part):
        if cell.cell_type == "code":
            total.words += 0 if "progress(" in cell.source else len(words_shown(cell).split())
        elif cell in lesson.prose:
            total.words += len(without_code(cell.source).replace("|", " ").split())
    for cell in exercises_of(lesson.part(part)):
        name = next(tag.split(":")[1] for tag in tags_of(cell) if tag.startswith("exercise:"))
        worked_out = isinstance(keys[name]["expected"], int | float) or '"""' in cell.source
        total.doing += CODED if worked_out else CHOSEN
    return total


def words_shown(cell):
    """Return what the output of a cell gives to read."""
    if kinds(cell) & {"check", "exercise"}:
        return ""
    html = html_of(cell)
    return unescape(UNSEEN.sub(" ", html)) if html else text_of(cell)


def first_hour_minutes(lesson):
    """Return the minutes of a first hour, all parts together."""
    return sum(count(lesson, part).minutes for part in FIRST_HOUR)


if __name__ == "__main__":
    for lesson in LESSONS:
        print(f"{lesson.name}: {first_hour_minutes(lesson):.1f}")
        for part in FIRST_HOUR:
            found = count(lesson, part)
            print(f"  {part:12} {found.minutes:5.1f}: {found.words} words, {found.doing} doing")
