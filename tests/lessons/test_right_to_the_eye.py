"""What a reader works out from figures as a lesson prints them is right to check and marks.

Each solution with a number for an answer is worked out anew from what the eye sees: figures rounded
as labels and sentences round them, tables as their pictures show them, each step as it is printed.
"""

import ast
import itertools
from types import SimpleNamespace

import pandas as pd
import pytest
from classwork.grading.marking import judged
from classwork.practice.check import AT_MOST, CORRECT, TOO_FAR, judge, read_keys
from lessons import ALL
from two_winds import course
from two_winds.charts.common.wording import number

KEYS = read_keys()
NAMES_SOMETHING = (ast.Import, ast.ImportFrom, ast.Assign)


def printed(figure):
    """Return a figure as the lessons print it."""
    return float(number(float(figure)).replace(",", "").replace("\u2212", "-"))


def seen(thing):
    """Return what a reader sees of it: a figure or a picture's table, rounded; else the same."""
    if isinstance(thing, float) and thing == thing:
        return printed(thing)
    if hasattr(thing, "figure") and isinstance(thing.table, pd.DataFrame):
        table = thing.table.copy()
        for name in table.select_dtypes("float"):
            table[name] = table[name].map(printed, na_action="ignore")
        return SimpleNamespace(table=table)
    return thing


class ByEye(ast.NodeTransformer):
    """Has a solution work with what is seen.

    Attributes:
        figures: whether the figures that it names are rounded.
        steps: whether what helpers give and each step before the last is rounded.
    """

    def __init__(self, figures, steps, answer):
        self.figures, self.steps, self.answer = figures, steps, answer

    def visit_Constant(self, node):  # noqa: N802
        return look_at(node) if self.figures and isinstance(node.value, float) else node

    def visit_Call(self, node):  # noqa: N802
        self.generic_visit(node)
        return look_at(node) if self.steps and isinstance(node.func, ast.Name) else node

    def visit_Assign(self, node):  # noqa: N802
        self.generic_visit(node)
        if self.steps and ast.unparse(node.targets[0]) != self.answer:
            node.value = look_at(node.value)
        return node


def look_at(node):
    """Return the code that looks at what a piece of code gives."""
    return ast.Call(ast.Name("seen", ast.Load()), [node], [])


def names_of(lesson):
    """Return what the names of a lesson stand for: its helpers, its tables, its figures."""
    names = {"seen": seen}
    for cell in lesson.code:
        for statement in ast.parse(cell.source).body:
            if isinstance(statement, NAMES_SOMETHING):
                exec(compile(ast.Module([statement], []), lesson.name, "exec"), names)
    return names


def answers_by_eye(exercise, names):
    """Return every number that a reader may write, in full, with one decimal and whole."""
    answers, ways = set(), set()
    for figures, steps in itertools.product((False, True), repeat=2):
        tree = ByEye(figures, steps, exercise.name).visit(ast.parse(exercise.solution))
        ways.add(ast.unparse(tree))
    for code in ways:
        found = dict(names)
        exec(code, found)
        answer = float(found[exercise.name])
        answers |= {answer, round(answer, 1), float(round(answer))}
    return answers


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """No picture is shown."""
    before, course.QUIET = course.QUIET, True
    yield
    course.QUIET = before


def test_what_a_reader_works_out_by_eye_is_right_and_earns_its_points():
    tried = {}
    for lesson in ALL:
        numeric = [e for e in lesson.exercises if isinstance(KEYS[e.name]["expected"], float)]
        names = names_of(lesson) if numeric else {}
        for exercise in numeric:
            key = KEYS[exercise.name]
            tried[exercise.name] = answers_by_eye(exercise, names)
            for answer in tried[exercise.name]:
                verdict = judge(exercise.name, answer, key)
                if verdict.state != CORRECT:
                    # A small number without its decimals is another one: then it says just that.
                    assert verdict.words == f"Not quite. {TOO_FAR}", (exercise.name, answer)
                    assert abs(answer - key["expected"]) > AT_MOST * abs(key["expected"])
                    continue
                assert judged(exercise, key, answer).points == exercise.points
    assert len(tried) >= 28
    # By hand: 100 * (141 - 135) / 141, as the picture's sentence prints the two harvests.
    assert 4.3 in tried["grain_cut"] and 4.6 in tried["grain_cut"]
