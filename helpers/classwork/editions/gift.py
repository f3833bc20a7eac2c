"""Exercises as questions of a quiz, in GIFT, which Moodle's question bank and others import.

The rules are those of Moodle's own reader, question/format/gift/format.php: a question is a block
without an empty line, what has a meaning of its own is put behind a backslash, and the first answer
that fits is the one that counts. So the right answer comes first, then the typical mistakes with
what `check` says to them, then what is right but for rounding, last what fits everything.
"""

from __future__ import annotations

import re
from typing import Any

from classwork.course import current
from classwork.editions.assignment import Assignment
from classwork.editions.editions import title_of
from classwork.editions.variants import OPTION
from classwork.editions.wording import kind_asked, label_of
from classwork.lesson.exercises import LABEL, Exercise, cells_tagged, task_of
from classwork.practice.check import AT_MOST, CLOSE, NEARLY, ROUNDED, as_number
from classwork.practice.received import NUMBER, TRUTH, WORD

MEANING = str.maketrans({c: f"\\{c}" for c in "\\#=~{}:"} | {"\n": "\\n", "\r": None})


def gift_of(assignment: Assignment) -> tuple[str, list[str]]:
    """Return the questions of an assignment, and the names of the exercises that are left out.

    Left out is what no question of this kind can check: lists, answers in words, and an exercise
    whose task does not stand in a cell of its own.
    """
    title = title_of(assignment.notebook)
    path = "/".join(name.replace("/", "//") for name in (current().title, title))
    blocks, left_out = [f"$CATEGORY: {path}"], []
    for exercise in assignment.exercises:
        task = task_of(assignment.notebook, exercise.name)
        answers = answers_of(assignment.key[exercise.name], task.source) if task else ""
        if answers:
            name = f"{title}, {label_of(assignment, exercise).strip('`')}"
            text = text_of(assignment.notebook, exercise, task.source)
            blocks.append(f"::{escaped(name)}::[markdown]{escaped(text)}{{{answers}}}")
        else:
            left_out.append(exercise.name)
    return "\n\n".join(blocks) + "\n", left_out


def escaped(text: str) -> str:
    """Return a text of which nothing is taken for the format's own signs.

    >>> print(escaped("50 %: a = {b}"))
    50 %\\: a \\= \\{b\\}
    """
    return text.strip().replace("->", "→").translate(MEANING)


def text_of(notebook: Any, exercise: Exercise, task: str) -> str:
    """Return what is asked: the task without its label and options, and the lines given with it."""
    found = LABEL.match(OPTION.sub("", task).strip())
    asked = (found[2] if found else OPTION.sub("", task)).strip()
    source = cells_tagged(notebook, "exercise")[exercise.name].source
    given = re.sub(rf"^{exercise.name} *=.*\n?", "", source, flags=re.MULTILINE).strip()
    return f"{asked}\n\n```\n{given}\n```" if given else asked


def answers_of(key: dict[str, Any], task: str) -> str:
    """Return the answers of a question, a line each; "" where there can be none."""
    kind, expected = kind_asked(key), key["expected"]
    right = f"Correct. {key['why']}"
    wrong = " ".join(["Not quite.", *key["hints"][:1]])
    mistakes = [(mistake, f"Not quite. {words}") for mistake, words in key["mistakes"]]
    if kind == TRUTH:
        words = next((words for _, words in mistakes), wrong)
        return f"{str(expected).upper()}{feedback(words)}{feedback(right)}"
    options = dict(OPTION.findall(task))
    sign = ""
    if kind == WORD and expected in options:
        told = {mistake: words for mistake, words in mistakes if isinstance(mistake, str)}
        lines = [
            f"={escaped(words)}{feedback(right)}"
            if letter == expected
            else f"~{escaped(words)}{feedback(told.get(letter, ''))}"
            for letter, words in options.items()
        ]
    elif kind == WORD:
        lines = [f"=%100%{form}{feedback(right)}" for form in forms(expected)]
        for mistake, words in mistakes:
            if isinstance(mistake, str):
                lines += [f"=%0%{form}{feedback(words)}" for form in forms(mistake)]
        lines.append(f"=%0%*{feedback(wrong)}")
    elif kind == NUMBER:
        sign = "#"
        lines = [f"=%100%{number(expected)}{feedback(right)}"]
        for mistake, words in mistakes:
            if as_number(mistake) is not None:
                lines.append(f"=%0%{number(mistake)}{feedback(words)}")
        nearly = feedback(f"{NEARLY} {key['why']}")
        lines += [f"=%100%{value}{nearly}" for value in near(expected)]
        lines.append(f"~{feedback(wrong)}")
    else:
        return ""
    return sign + "".join(f"\n\t{line}" for line in lines) + "\n"


def feedback(words: str) -> str:
    """Return what is said to an answer, as it follows one."""
    return f"#{escaped(words)}" if words else ""


def forms(word: str) -> list[str]:
    """Return how a word may be typed: with or without quotation marks, a space for a low line.

    >>> forms("pig_iron")
    ['pig_iron', 'pig iron', '"pig_iron"', '"pig iron"']
    """
    plain = list(dict.fromkeys([word, word.replace("_", " ")]))
    # An asterisk would stand for any letters.
    return [escaped(f.replace("*", "\\*")) for f in [*plain, *(f'"{one}"' for one in plain)]]


def number(value: float) -> str:
    """Return a number and how far an answer may be from it: whole numbers are meant exactly.

    >>> number(1957), number(0.5)
    ('1957:0', '0.5:0.0025')
    """
    return f"{value:.10g}:{0 if isinstance(value, int) else CLOSE * abs(value):.6g}"


def near(expected: float) -> list[str]:
    """Return what is right but for rounding, as `check` takes it.

    >>> near(4.72), near(1957)
    (['4.72:0.0944', '5:0'], [])
    """
    if isinstance(expected, int):
        return []
    at_least, at_most = ROUNDED * abs(expected), AT_MOST * abs(expected)
    rounded = [round(expected), round(expected, 1)]
    close = [value for value in rounded if at_least < abs(value - expected) <= at_most]
    return [f"{expected:.10g}:{at_least:.6g}", *(f"{value:.10g}:0" for value in close)]
