"""Climb the ladder of targets step by step; pass a report up, in a model, and see what is left."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.great_leap.ladder import ladder
from two_winds.charts.great_leap.reporting import reported_up
from two_winds.models.reporting import LEVELS
from two_winds.widgets.frame import LABEL, WIDTH, Desk, choice, number_and_slider

YEARS = (1958, 1959, 1962)


@lesson_helper(targets="leap_targets")
def ladder_desk(targets: pd.DataFrame, great_leap: pd.DataFrame, year: int = 1959) -> Desk:
    """Return the ladder of steel targets, to be climbed a step at a time.

    Args:
        targets: rows as `load("leap_targets")` gives them.
        great_leap: rows as `load("great_leap")` gives them.
        year: the year to be reached, to begin with; all its steps are shown at first.

    Returns:
        A desk; put it last in a cell to show it.
    """
    steel = targets[targets["product"] == "steel"]
    many = {when: int((steel["year"] == when).sum()) for when in YEARS}
    when = choice("Steel to be made in", [(str(year), year) for year in YEARS], year, "year")
    step = widgets.BoundedIntText(
        description="Steps shown",
        min=1,
        max=many[year],
        value=many[year],
        style=LABEL,
        layout=WIDTH,
    )

    def show_all(_change: object) -> None:
        step.max = max(step.max, many[when.value])
        step.value = many[when.value]
        step.max = many[when.value]

    def draw(year: int, steps: int) -> Chart:
        return ladder(targets, great_leap, year, steps=min(steps, many[year]))

    when.observe(show_all, names="value")
    return Desk("ladder_desk", {"year": when, "steps": step}, draw, [when, step])


@lesson_helper
def reporting_desk(addition: float = 20, share: float = 25, levels: int = len(LEVELS)) -> Desk:
    """Return a model of reporting, with what each level adds and what the levy asks to be set.

    Args:
        addition: what each level adds to begin with, in per cent.
        share: the levy to begin with, in per cent of the report.
        levels: how many levels add to begin with.

    Returns:
        A desk; put it last in a cell to show it.
    """
    names = [(f"{n}: up to the {LEVELS[n - 1]}", n) for n in range(1, len(LEVELS) + 1)]
    many = choice("Levels that add", names, levels, "levels")
    adds, adds_row = number_and_slider("Each level adds, %", 0, 60, 1, addition)
    levy, levy_row = number_and_slider("Levy, % of the report", 0, 60, 1, share)

    def draw(levels: int, addition: float, share: float) -> Chart:
        return reported_up(addition / 100, share / 100, levels)

    controls = {"levels": many, "addition": adds, "share": levy}
    return Desk("reporting_desk", controls, draw, [many, adds_row, levy_row])
