"""Exercises that answer back: `check` an answer, ask for a `hint`.

The answers are not written here. Each lesson's solutions are run by tools/refresh.py, which keeps
what they give in the folder `keys`, with the hints and the typical mistakes that stand beside the
solution in the lesson. How far each exercise is, `check` leaves with `progress`.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from classwork.course import current
from classwork.ground.errors import LINE, in_lines
from classwork.practice import watch
from classwork.practice.progress import note

CLOSE = 0.005
# Right to the eye: worked out from figures as a lesson prints them, or rounded as it rounds.
ROUNDED, AT_MOST = 0.02, 0.1
NEARLY = "Correct, nearly: keep the decimals until the end."
TOO_FAR = "Rounded too far: keep a decimal or two."
NOT_ANSWERED = "Not answered yet."
STOPPED = (
    "The cell that gives {} stopped, so there is no new answer. Mend it first: the red message "
    "below it says what is wrong. Then run both cells."
)
UPSIDE_DOWN = "Upside down: divide the other way round."
SHORT_TON = 0.90718474
FIRST_YEAR, LAST_YEAR = 1900, 2030
BLANK, TRIED, WRITTEN, CORRECT = "blank", "tried", "written", "correct"
LETTER, DAY = re.compile("[a-h]"), re.compile(r"\d{4}-\d{2}-\d{2}")
SIGNS = {TRIED: "\u2717 ", CORRECT: "\u2713 "}
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_hints_given: dict[str, int] = {}


@dataclass(frozen=True)
class Verdict:
    """What there is to say to an answer.

    Attributes:
        state: BLANK, TRIED (not right yet), WRITTEN (words, which no program judges) or CORRECT.
        words: what is said of it.
        remedy: what to do next while the lesson is open, or "".
    """

    state: str
    words: str
    remedy: str = ""


def check(exercise: str, answer: Any) -> None:
    """Say whether an answer is right; if not, what kind of mistake it looks like.

    It never raises and never shows the answer.

    Args:
        exercise: the name of the exercise, as in the cell above.
        answer: what the student found; None where nothing has been answered yet.
    """
    key = key_of(exercise)
    if key is None:
        say(f"{unknown('exercise named', exercise)} Copy the check cell from the lesson again.")
        return
    if watch.stopped(exercise):
        say(STOPPED.format(exercise))
        return
    try:
        verdict = judge(exercise, answer, key)
    except Exception:
        kind = type(answer).__name__
        words = f"Not quite. The answer is of a kind that cannot be compared ({kind})."
        verdict = Verdict(TRIED, words)
    say(f"{SIGNS.get(verdict.state, '')}{verdict.words} {verdict.remedy}".strip())
    if verdict.state != BLANK:
        note(key["lesson"], exercise, verdict.state)


def hint(exercise: str) -> None:
    """Print one hint of an exercise: first the gentlest, each time the next, then the last again.

    How many were given is known only while Python runs.

    Args:
        exercise: the name of the exercise.
    """
    key = key_of(exercise)
    hints = key["hints"] if key else []
    if not hints:
        say(unknown("hint for", exercise))
        return
    given = min(_hints_given.get(exercise, 0) + 1, len(hints))
    _hints_given[exercise] = given
    say(f"Hint {given} of {len(hints)}. {hints[given - 1]}")
    if given < len(hints):
        say("Run it again for one more.")
    else:
        say(
            'That was the last hint. "Show a solution" is folded below the check; in a copy to '
            "hand in, the teacher may have taken it out."
        )


def say(words: str) -> None:
    """Print words in lines of their own; JupyterLab would break long ones within a word."""
    print(in_lines(words, LINE))


def key_of(exercise: Any) -> dict[str, Any] | None:
    """Return what is known of an exercise, or None where it is not the name of one."""
    return read_keys().get(exercise) if issubclass(type(exercise), str) else None


def unknown(what: str, exercise: Any) -> str:
    """Return what to say where there is nothing under this name."""
    if issubclass(type(exercise), str):
        keys = read_keys()
        near = [] if exercise in keys else get_close_matches(exercise, keys, n=1)
        return f"There is no {what} {exercise!r}." + (f" Did you mean {near[0]!r}?" if near else "")
    return "The name of the exercise comes first, in quotation marks."


def read_keys() -> dict[str, dict[str, Any]]:
    """Return what the solutions of all lessons give, and their lesson, by name of exercise."""
    return keys_in(current().keys)


@cache
def keys_in(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the keys that lie in a folder, and their lesson, by name of exercise."""
    keys: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        for name, key in json.loads(path.read_text(encoding="utf-8")).items():
            keys[name] = key | {"lesson": path.stem}
    return keys


def judge(exercise: str, answer: Any, key: dict[str, Any], kind: str = "") -> Verdict:
    """Return what to say to an answer.

    Args:
        exercise: the name of the exercise.
        answer: what the student found.
        key: expected answer, why it matters, hints and typical mistakes with their own hints; it
            may hold the answer that figures give as pictures print them, too.
        kind: the name of the answer's type, where `answer` itself is not at hand but stands for it.
    """
    expected = key["expected"]
    if is_blank(answer):
        return Verdict(BLANK, NOT_ANSWERED, place_to_answer(exercise, key["free_text"]))
    if key["free_text"]:
        return about_text(answer)
    if same(answer, expected):
        return Verdict(CORRECT, f"Correct. {key['why']}")
    for mistake, words in key["mistakes"]:
        if same(answer, mistake):
            return Verdict(TRIED, f"Not quite. {words}")
    if nearly(answer, expected) or nearly(answer, key.get("printed")):
        return Verdict(CORRECT, f"{NEARLY} {key['why']}")
    if words := shape_of_mistake(answer, expected, kind or type(answer).__name__):
        return Verdict(TRIED, f"Not quite. {words}")
    push = f"Need a push? Run hint({exercise!r}) in a new cell." if key["hints"] else ""
    return Verdict(TRIED, "Not quite.", push)


def is_blank(answer: Any) -> bool:
    """Tell whether nothing has been answered yet."""
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def place_to_answer(exercise: str, free_text: bool) -> str:
    """Return where to put an answer."""
    place = "between the quotation marks" if free_text else "in place of None"
    return f"Put your answer {place} at {exercise} and run both cells."


def about_text(answer: Any) -> Verdict:
    """Return what can be said of a written answer: a program cannot judge it."""
    if not isinstance(answer, str):
        return Verdict(TRIED, "Not quite. Write your claim in words, between quotation marks.")
    count = len(answer.split())
    words = "1 word" if count == 1 else f"{count} words"
    figures = any(character.isdigit() for character in answer)
    advice = "" if figures else " It holds no figure yet: which one would you show a doubter?"
    remedy = f"{advice} No program can judge it: use the rubric below.".strip()
    return Verdict(WRITTEN, f"Written: {words}.", remedy)


def same(answer: Any, expected: Any) -> bool:
    """Tell whether two answers say the same: numbers within half a per cent, whole numbers exactly.

    Lists and sets are compared without regard to order, words without regard to capitals.
    """
    if is_truth(expected) or is_truth(answer):
        return is_truth(expected) and is_truth(answer) and bool(answer) is bool(expected)
    if isinstance(expected, list):
        return is_collection(answer) and words_of(answer) == words_of(expected)
    if isinstance(expected, str):
        return isinstance(answer, str) and reads_as(answer, expected)
    number = as_number(answer)
    if number is None:
        return False
    if isinstance(expected, int):
        return float(number) == expected
    return abs(float(number) - expected) <= CLOSE * abs(expected)


def nearly(answer: Any, expected: Any) -> bool:
    """Tell whether a number is right to the eye, though not within half a per cent.

    It may come from figures as they are printed, or be rounded to a whole number or one decimal.

    >>> nearly(32, 31.57), nearly(0.3, 0.26), nearly(33.4, 33.75), nearly(1956, 1957)
    (True, False, True, False)
    """
    number = as_number(answer)
    if number is None or not isinstance(expected, float) or not math.isfinite(number):
        return False
    off = abs(float(number) - expected)
    if off <= ROUNDED * abs(expected):
        return True
    return off <= AT_MOST * abs(expected) and is_rounded(float(number), expected)


def is_rounded(number: float, expected: float) -> bool:
    """Tell whether a number is another one rounded to a whole number or to one decimal.

    >>> is_rounded(4.0, 3.5), is_rounded(31.6, 31.57), is_rounded(31.7, 31.57)
    (True, True, False)
    """
    return any(
        abs(number - expected) <= step / 2 and abs(number / step - round(number / step)) < 1e-9
        for step in (1, 0.1)
    )


def reads_as(answer: str, expected: str) -> bool:
    """Tell whether a word is the one expected, as a reader may write it.

    >>> reads_as("(b) The two differ", "b"), reads_as("31 January 1958", "1958-01-31")
    (True, True)
    """
    if plain(answer) == plain(expected):
        return True
    if LETTER.fullmatch(expected):
        return letter_in(answer) == expected
    return bool(DAY.fullmatch(expected)) and as_day(answer) == expected


def letter_in(answer: str) -> str:
    """Return the letter with which a choice is made, "" where there is none.

    >>> letter_in("(B)"), letter_in("b) The two differ"), letter_in("both")
    ('b', 'b', '')
    """
    found = re.match(r"\W*([a-h])(\W*$|\W*[).:])", answer.casefold())
    return found[1] if found else ""


def as_day(text: str) -> str:
    """Return a day as the tables write it, "" where it is none.

    >>> as_day("31 January 1958"), as_day("January 31, 1958"), as_day("1958/1/31"), as_day("soon")
    ('1958-01-31', '1958-01-31', '1958-01-31', '')
    """
    parts = re.findall(r"[^\W_]+", text.casefold())
    months = [MONTHS.index(part) + 1 for part in parts if part in MONTHS]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if months and len(numbers) == 2:
        day, year = numbers
        return f"{year:04}-{months[0]:02}-{day:02}"
    if len(numbers) == len(parts) == 3:
        year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
        return f"{year:04}-{month:02}-{day:02}"
    return ""


def as_number(answer: Any) -> Real | None:
    """Return an answer as a number, None where it is none; True and False are none."""
    if is_truth(answer):
        return None
    if isinstance(answer, Decimal):
        return float(answer)
    return answer if isinstance(answer, Real) else None


def is_truth(answer: Any) -> bool:
    """Tell whether an answer is True or False, as Python or as a table writes it."""
    return type(answer) in (bool, np.bool_)


def is_collection(answer: Any) -> bool:
    """Tell whether an answer is a list, a tuple or a set."""
    return isinstance(answer, (list, tuple, set, frozenset))


def plain(word: Any) -> str:
    """Return a word without what does not matter: capitals, spaces, underscores, a full stop."""
    return " ".join(str(word).replace("_", " ").casefold().rstrip(" .").split())


def words_of(collection: Any) -> set[str]:
    """Return the plain words of a list or set."""
    return {plain(word) for word in collection}


def shape_of_mistake(answer: Any, expected: Any, kind: str) -> str:
    """Return what kind of mistake an answer looks like, or nothing."""
    if is_truth(expected):
        return "" if is_truth(answer) else "The answer is True or False, without quotation marks."
    if isinstance(expected, list):
        return shape_of_list(answer, expected)
    if isinstance(expected, str):
        return shape_of_word(answer, expected)
    if isinstance(answer, str):
        return shape_of_text(answer)
    number = as_number(answer)
    if number is None:
        if comma := with_a_point(answer):
            return f"Write a point in the place of the comma: {comma}."
        return f"The answer is one number, but yours is a {kind}. Pick one number out of it."
    if isinstance(expected, int) and FIRST_YEAR <= expected <= LAST_YEAR:
        return shape_of_year(float(number), expected)
    return shape_of_number(float(number), float(expected))


def shape_of_word(answer: Any, expected: str) -> str:
    """Return what is wrong with the form of an answer where a word, a letter or a day is asked."""
    if not isinstance(answer, str):
        return "The answer is a word, between quotation marks."
    if LETTER.fullmatch(expected) and not letter_in(answer):
        return 'Answer with the letter alone, such as "a".'
    if DAY.fullmatch(expected) and not as_day(answer):
        return 'Write a day with its month and year, such as "1958-12-31".'
    return ""


def shape_of_text(answer: str) -> str:
    """Return what to do with a text where a number is asked for."""
    if re.fullmatch(r"\s*-?\d+,\d+\s*", answer):
        return "Write a point in the place of the comma, and no quotation marks."
    if re.fullmatch(r"\s*-?[\d.]+\s*", answer):
        return "Write the number without quotation marks."
    return "Write digits alone, such as 12.5: no words, no unit, no quotation marks."


def with_a_point(answer: Any) -> str:
    """Return what a decimal comma has torn into two whole numbers, or "".

    >>> with_a_point((31, 6)), with_a_point((1, 2, 3))
    ('31.6', '')
    """
    two = type(answer) is tuple and len(answer) == 2
    if two and all(type(part) is int for part in answer) and answer[1] >= 0:
        return f"{answer[0]}.{answer[1]}"
    return ""


def shape_of_list(answer: Any, expected: list) -> str:
    """Return how a list differs from the one expected, without naming what is right."""
    if not is_collection(answer):
        return "The answer is a list in square brackets, with each name in quotation marks."
    given, wanted = words_of(answer), words_of(expected)
    right, missing = len(given & wanted), len(wanted - given)
    belong = "belongs" if right == 1 else "belong"
    are = "is" if missing == 1 else "are"
    if not right:
        return f"Nothing in your list belongs there; {missing} {are} missing."
    return f"{right} of your {len(given)} {belong} there; {missing} more {are} missing."


def shape_of_year(answer: float, expected: int) -> str:
    """Return what is wrong with a year."""
    if abs(answer - expected) == 1:
        return "One year off. Which is the first year in which the statement is true?"
    if not FIRST_YEAR <= answer <= LAST_YEAR:
        return "The answer is a year, written with four digits."
    return "Too early." if answer < expected else "Too late."


def shape_of_number(answer: float, expected: float) -> str:
    """Return which common slip would lead from the expected number to this answer."""
    slips = [
        (expected * 100, "Per cent or fraction? Yours is a hundred times too large."),
        (expected / 100, "Per cent or fraction? Yours is a hundred times too small."),
        (expected * 1000, "Check the unit: yours is a thousand times too large."),
        (expected / 1000, "Check the unit: yours is a thousand times too small."),
        (-expected, "The right size, but the sign is the other way round."),
        (expected + 100, "That is the new level in per cent of the old. How much was added?"),
        (
            expected - 100,
            "That is the change. The question asks for the level, the old one being 100.",
        ),
        (expected / SHORT_TON, "Those are short tons. A short ton is 0.907 of a metric ton."),
        (expected * SHORT_TON, "You converted to metric tons, but the figure is metric already."),
    ]
    if expected:
        slips += [
            (1 / expected, UPSIDE_DOWN),
            (10000 / expected, UPSIDE_DOWN),
        ]
    if words := next((words for value, words in slips if same(answer, float(value))), ""):
        return words
    return TOO_FAR if math.isfinite(answer) and is_rounded(answer, expected) else ""
