"""Other figures in the same lesson, so that a published solution does not fit.

A variant of an exercise comes about in two ways, or both: the replacements that its solution cell
lists (see `lesson.exercises`), and another order of the options where the answer is one's letter.
"""

from __future__ import annotations

import ast
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from classwork.lesson.exercises import (
    Exercise,
    LessonError,
    cells_tagged,
    exercises,
    task_of,
    written_solution,
)

OPTION = re.compile(r'^- `"([a-z])"`(.*)$', re.MULTILINE)
LETTER = re.compile(r'"([a-z])"')
FEW_WORDS = 3
# Words that count may count the published figures.
COUNTING = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|third|quarter|fifth|twice|times)\b",
    re.IGNORECASE,
)
OTHER_WHY = "Asked of other figures, the same question has another answer."


def vary(notebook: Any, names: Sequence[str], number: int) -> list[str]:
    """Turn exercises of a lesson into one of their variants.

    Answers in words stay as they are. Hints and typical mistakes stay only if they are true of
    other figures too: of those whose words count nothing that is taken to be so. A replacement of
    more than three words asks another question, and then none of them stays.

    Args:
        notebook: an nbformat notebook; it is changed.
        names: the exercises to turn.
        number: which variant, from 1; an exercise that has fewer begins again with its first.

    Returns:
        The names of those that have no variant.

    Raises:
        LessonError: if a variant replaces something that stands nowhere in its exercise.
    """
    left_out = []
    for exercise in exercises(notebook):
        if exercise.name not in names or exercise.free_text:
            continue
        task = task_of(notebook, exercise.name)
        letters = turned_letters(task.source if task else "", exercise, number)
        if not letters and not exercise.variants:
            left_out.append(exercise.name)
            continue
        varied = exercise
        if exercise.variants:
            swap = exercise.variants[(number - 1) % len(exercise.variants)]
            varied = replace_figures(notebook, exercise, swap)
        if letters:
            task.source = turned_options(task.source, letters)
            varied = turned(varied, letters)
        cells_tagged(notebook, "solution")[exercise.name].source = written_solution(varied)
    return left_out


# --- replacements ---


def replace_figures(notebook: Any, exercise: Exercise, swap: dict[str, str]) -> Exercise:
    """Return an exercise with other figures; its task and its cell in the notebook get them too."""
    task = task_of(notebook, exercise.name)
    answer = cells_tagged(notebook, "exercise")[exercise.name]
    parts = [answer.source, exercise.solution, exercise.mistakes, *exercise.hints]
    whole = "\n".join([task.source if task else "", *parts])
    for old in swap:
        if not token(old).search(whole):
            raise LessonError(
                f"A variant of {exercise.name} replaces {old!r}, which stands neither in its task "
                "nor in its cell nor in its solution, hints or mistakes."
            )
    if task:
        task.source = replaced(task.source, swap)
    answer.source = replaced(answer.source, swap)
    other = replace(exercise, solution=replaced(exercise.solution, swap), why=OTHER_WHY)
    if any(len(old.split()) > FEW_WORDS for old in swap):
        return replace(other, mistakes="mistakes = []", hints=[])
    hints = [hint for hint in exercise.hints if not COUNTING.search(hint)]
    mistakes = without_counting_words(exercise.mistakes)
    return replace(
        other,
        mistakes=replaced(mistakes, swap),
        hints=[replaced(hint, swap) for hint in hints],
    )


def token(text: str) -> re.Pattern[str]:
    """Return a pattern that finds some text as whole words and whole numbers."""
    before = r"(?<!\w)(?<!\d[.,])" if re.match(r"\w", text) else ""
    after = r"(?!\w)(?![.,]\d)" if re.search(r"\w\Z", text) else ""
    return re.compile(before + re.escape(text) + after)


def replaced(text: str, swap: dict[str, str]) -> str:
    """Return a text with all replacements made at once, the longest first."""
    olds = sorted(swap, key=len, reverse=True)
    pattern = "|".join(f"({token(old).pattern})" for old in olds)
    return re.sub(pattern, lambda found: swap[found[0]], text)


def without_counting_words(mistakes: str) -> str:
    """Return the code of the typical mistakes without those whose words count something."""
    tree = ast.parse(mistakes)
    lists = [s for s in tree.body if isinstance(s, ast.Assign) and isinstance(s.value, ast.List)]
    pairs = next((s.value for s in lists if ast.unparse(s.targets[0]) == "mistakes"), None)
    if pairs is None:
        return mistakes
    kept = [
        f"    {ast.get_source_segment(mistakes, pair)},\n"
        for pair in pairs.elts
        if not COUNTING.search(ast.unparse(pair.elts[1]))
    ]
    whole = ast.get_source_segment(mistakes, pairs)
    return mistakes.replace(whole, f"[\n{''.join(kept)}]")


# --- another order of options ---


def turned_letters(task: str, exercise: Exercise, number: int) -> dict[str, str]:
    """Return the new letter of each option; nothing where the answer is not an option's letter.

    The options move round by some places and never by a full turn, so the right one never stands
    where it stands in the published lesson.
    """
    letters = [letter for letter, _ in OPTION.findall(task)]
    right = rf'{exercise.name}\s*=\s*"([a-z])"\s*'
    given = re.fullmatch(right, exercise.solution)
    if len(letters) < 2 or letters != sorted(set(letters)) or not given or given[1] not in letters:
        return {}
    places = 1 + (number - 1 + zlib.crc32(exercise.name.encode())) % (len(letters) - 1)
    return dict(zip(letters, letters[places:] + letters[:places], strict=True))


def turned_options(task: str, letters: dict[str, str]) -> str:
    """Return a task with its options in their new order."""
    texts = {letters[old]: text for old, text in OPTION.findall(task)}
    return OPTION.sub(lambda found: f'- `"{found[1]}"`{texts[found[1]]}', task)


def turned(exercise: Exercise, letters: dict[str, str]) -> Exercise:
    """Return an exercise with the letters of its options in their new order."""

    def turn(text: str) -> str:
        return LETTER.sub(lambda found: f'"{letters.get(found[1], found[1])}"', text)

    return replace(
        exercise,
        solution=turn(exercise.solution),
        mistakes=turn(exercise.mistakes),
        why=turn(exercise.why),
        hints=[turn(hint) for hint in exercise.hints],
    )
