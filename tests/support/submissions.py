"""Submissions for the tests of grading: a small lesson, and what students make of it."""

import copy
import json

from classwork.editions.assignment import Assignment, prepare
from classwork.lesson.exercises import Exercise, exercises
from lessons import KEYS, LESSONS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

GIVEN = """import pandas as pd
from two_winds import check, hint

table = pd.DataFrame({"year": [1950, 1957], "steel": [27.0, 51.0]})
products = ["coal", "steel", "oil"]"""
LESSON_06 = "06_overtake_america"

# Whoever gets at the keys in the repository finds this one there, under this name.
KEY_06 = json.loads((KEYS / f"{LESSON_06}.json").read_text(encoding="utf-8"))
SECRET = next(name for name, key in KEY_06.items() if isinstance(key["expected"], float))
SECRET_VALUE = KEY_06[SECRET]

# name: points, the cell as given, right answer, expected value, typical mistakes
SMALL = {
    "gain": (2, "gain = None", "gain = 51 - 27", 24, [[51, "That is the level, not the gain."]]),
    "per_year": (3, "per_year = None", "per_year = gain / 7", 24 / 7, []),
    "big": (
        2,
        'limit = 30\nbig = None',
        'big = ["steel"]',
        ["steel"],
        [[["coal", "steel"], "Coal is no metal."]],
    ),
    SECRET: (1, f"{SECRET} = None", f"{SECRET} = {SECRET_VALUE['expected']}",
             SECRET_VALUE["expected"], []),
    "claim": (4, 'claim = ""', 'claim = "Steel grew by 24 million tonnes, which is not little."',
              "The output of steel nearly doubled, from 27 to 51.", []),
}  # fmt: skip
FULL = {"gain": 2, "per_year": 3, "big": 2, SECRET: 1, "claim": None}
RIGHT_ANSWERS = {name: right for name, (_, _, right, _, _) in SMALL.items()}


def small_assignment():
    """Return a small lesson as an assignment: pandas alone, five exercises, quick to run."""
    cells = [new_markdown_cell("# Steel"), new_code_cell(GIVEN, id="given-1")]
    todo, key = [], {}
    for name, (points, given, right, expected, mistakes) in SMALL.items():
        free_text = name == "claim"
        cells += [
            new_code_cell(
                given,
                id=f"answer-{name}".replace("_", "-"),
                metadata={"tags": [f"exercise:{name}:{points}"]},
            ),
            new_code_cell(
                f'check("{name}", {name})',
                id=f"check-{name}".replace("_", "-"),
                metadata={"tags": [f"check:{name}"]},
            ),
        ]
        todo.append(Exercise(name, points, right, "", "Because.", [], free_text))
        key[name] = {
            "expected": expected,
            "mistakes": mistakes,
            "why": "Because.",
            "hints": [],
            "free_text": free_text,
        }
    return Assignment(new_notebook(cells=cells), todo, key)


def assignment_of(lesson, only=(), variant=0):
    """Return a lesson as an assignment with the key that is kept beside it: no kernel needed."""
    notebook = copy.deepcopy(lesson.notebook)
    left_out = prepare(notebook, lesson.path, only, variant)
    key = json.loads((KEYS / f"{lesson.name}.json").read_text(encoding="utf-8"))
    return Assignment(notebook, exercises(notebook), key, left_out)


def lesson_06():
    """Return lesson 06 as an assignment."""
    return assignment_of(next(lesson for lesson in LESSONS if lesson.name == LESSON_06))


def solved(assignment, **instead):
    """Return a notebook with every exercise solved, but for those given as code by name."""
    notebook = copy.deepcopy(assignment.notebook)
    answers = {exercise.name: exercise.solution for exercise in assignment.exercises} | instead
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            kind, _, rest = tag.partition(":")
            if kind == "exercise" and answers[rest.split(":")[0]] is not None:
                cell.source = answers[rest.split(":")[0]]
    return notebook


def untouched(assignment):
    """Return the notebook as it was handed out."""
    return copy.deepcopy(assignment.notebook)


def place_of(notebook, name):
    """Return the place of an exercise's cell."""
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    return next(n for n, t in enumerate(tags) if any(x.startswith(f"exercise:{name}") for x in t))


def data(notebook):
    """Return a notebook as the bytes of a file."""
    return json.dumps(notebook).encode()


def points(result):
    """Return the points of a result by exercise."""
    return {mark.exercise: mark.points for mark in result.marks}


def marks(result):
    """Return the marks of a result by exercise."""
    return {mark.exercise: mark for mark in result.marks}
