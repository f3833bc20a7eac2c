"""The roads to America's meat of 1956: by when, and what came."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    label,
    legend,
    new_figure,
    number,
    source_line,
)
from two_winds.charts.farming.pairs import SAID, said
from two_winds.charts.farming.per_head import one_count
from two_winds.models.growth import growth_rate, project


@lesson_helper
def roads(farming: pd.DataFrame, farm_targets: pd.DataFrame) -> Chart:
    """Return the roads to America's meat of 1956, one for each year that was named, and what came.

    Every road grows by the same share each year, so it is a curve.

    Args:
        farming: rows as `load("farming")` gives them.
        farm_targets: rows as `load("farm_targets")` gives them.

    Returns:
        A chart; its table has a row a road: year, years left, growth needed in per cent a year.

    Raises:
        ChartError: if a table holds no pair, no target or no output of meat per head.
    """
    pair = said(farming, "meat")
    start, mark = (float(value) for value in pair.set_index("country").loc[["SUN", "USA"], "value"])
    goals = farm_targets[farm_targets["product"] == "meat_per_head"]
    if goals.empty:
        raise ChartError("No target for meat per head in this table.")
    before, after = _printed(farming), one_count(farming, "meat")
    after = after[after["country"] == "SUN"]
    figure, axes = new_figure()
    years = sorted(goals["year"].unique())
    for place, year in enumerate(years):
        _draw_road(axes, start, mark, int(year), up=6 + 7 * (place % 2))
    axes.plot([SAID], [start], MARKERS["SUN"], color=COLOURS["SUN"], markersize=8)
    _draw_what_came(axes, before, after)
    axes.axhline(mark, color=COLOURS["USA"], linewidth=2)
    words = f"America in {SAID}, as Khrushchev said: {mark:g}"
    label(axes, 1963.3, mark + 4, words, COLOURS["USA"], weight="bold", size=13)
    axes.set_xlim(1949, 1976)
    axes.set_ylim(0, 121)
    axes.set_xticks(range(1950, 1976, 5))
    table = pd.DataFrame({"year": years, "years left": [year - SAID for year in years]})
    rates = [100 * growth_rate(start, mark, left) for left in table["years left"]]
    table["per cent a year"] = np.round(rates, 1)
    title = "Meat: roads to America's mark, kilograms a head"
    last = after.sort_values("year").iloc[-1]
    named = ", ".join(str(year) for year in years[:-1])
    sentence = (
        f"From {start:g} kg in {SAID} to {mark:g}: roads that arrive in {named} and {years[-1]}. "
        f"In the FAO's table {number(last['value'])} kg came in {last['year']}."
    )
    alt = f"Line chart: dashed curves that rise to one level, and the line of what came. {title}."
    source = source_line(pair, goals, before, after)
    return Chart(figure, title, source, alt, sentence, table)


def _printed(farming: pd.DataFrame) -> pd.DataFrame:
    """Return Soviet figures of meat per head that were read, before the FAO begins."""
    rows = farming[
        (farming["product"] == "meat_per_head")
        & (farming["country"] == "SUN")
        & (farming["series"] == "official")
        & (farming["grade"] != "C")
    ]
    return rows[rows["year"] <= SAID + 4].sort_values("year")


def _draw_road(axes: Axes, start: float, mark: float, year: int, up: float) -> None:
    """Draw one road, dashed, and write the year where it arrives."""
    rate = growth_rate(start, mark, year - SAID)
    when = np.linspace(SAID, year, 60)
    axes.plot(
        when, [project(start, rate, at - SAID) for at in when], "--", color=INK, linewidth=1.6
    )
    axes.plot([year], [mark], "D", color=COLOURS["promise"], markersize=9)
    label(axes, year, mark + up, str(year), INK, weight="bold", ha="center", size=13)


def _draw_what_came(axes: Axes, before: pd.DataFrame, after: pd.DataFrame) -> None:
    colour = COLOURS["SUN"]
    axes.plot(before["year"], before["value"], MARKERS["SUN"], color=colour, markersize=8)
    axes.plot(
        after["year"], after["value"], "-", marker="s", color=colour, markersize=5, linewidth=2.4
    )
    last = after.sort_values("year").iloc[-1]
    label(axes, last["year"] + 0.7, last["value"], "USSR", colour, weight="bold")
    dot = {"marker": MARKERS["SUN"], "linestyle": "", "markersize": 8, "color": colour}
    line = {"marker": "s", "markersize": 5, "color": colour, "linewidth": 2.4}
    road = {"linestyle": "--", "color": INK, "linewidth": 1.6}
    legend(axes, ("a road", road), ("Soviet statistics", dot), ("FAO", line))
