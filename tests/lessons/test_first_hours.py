"""A first hour rests on what was read: without the figures of grade C it is the same."""

import ast

import pytest
import two_winds
from lessons import LESSONS, kinds
from two_winds import course
from two_winds.charts.common.chart import Chart
from two_winds.widgets.frame import Desk

# Lesson 09 draws a few lines hollow on purpose, to teach what hollow means.
RESTS_ON_READ_FIGURES = [lesson for lesson in LESSONS if not lesson.name.startswith("09")]


def said(lesson, monkeypatch, load):
    """Return what a first hour shows: of each chart its words and its table."""
    shown = []

    def show(thing, table=False):
        is_chart = isinstance(thing, Chart)
        shown.append((thing.alt, thing.sentence, thing.table.to_csv()) if is_chart else str(thing))

    monkeypatch.setattr(two_winds, "load", load)
    monkeypatch.setattr(two_winds, "show", show)
    monkeypatch.setattr(course, "QUIET", True)
    names = {"display": lambda *_: None}
    for cell in lesson.first_hour:
        if cell.cell_type == "code" and not kinds(cell) & {"exercise", "check", "self-study"}:
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, cell.id, "exec"), names)
            code = ast.fix_missing_locations(
                ast.Expression(last.value if last else ast.Constant(None))
            )
            value = eval(compile(code, cell.id, "eval"), names)
            if isinstance(value, Desk):
                show(value.view())
    return shown


@pytest.mark.parametrize("lesson", RESTS_ON_READ_FIGURES, ids=lambda lesson: lesson.name)
def test_a_first_hour_is_the_same_without_what_nobody_has_read(lesson, monkeypatch):
    load = two_winds.load
    with_all = said(lesson, monkeypatch, load)

    def read_only(name):
        table = load(name)
        return table[table["grade"] != "C"] if "grade" in table else table

    assert with_all
    assert said(lesson, monkeypatch, read_only) == with_all


def test_a_first_hour_that_draws_an_unread_figure_is_caught(monkeypatch):
    lesson = LESSONS[0]
    load = two_winds.load
    recalled = load("targets")
    assert set(recalled["grade"]) >= {"C"}

    def add_a_recalled_table(notebook):
        cell = next(c for c in notebook.cells if c.source.startswith("from two_winds"))
        cell.source += "\nfrom two_winds import load, show\nshow(load('targets'))"

    spoilt = lesson.changed(add_a_recalled_table)
    everything = said(spoilt, monkeypatch, load)
    read = said(spoilt, monkeypatch, lambda name: load(name).query("grade != 'C'"))
    assert everything != read
