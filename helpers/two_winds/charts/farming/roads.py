"""The roads to America's meat of 1956: by when, and what came."""

from __future__ import annotations

import numpy as np
import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import write_beside
from two_winds.charts.common.select import READ, ChartError, having
from two_winds.charts.common.style import COLOURS, INK, Look, chart_helper, legend, new_figure
from two_winds.charts.common.wording import number
from two_winds.charts.farming.pairs import SAID, said
from two_winds.charts.farming.per_head import one_count
from two_winds.models.growth import growth_rate, project

ROAD = Look(INK, "", "--", width=1.6)
PRINTED, FAO = Look(COLOURS["SUN"], "o", ""), Look(COLOURS["SUN"], "s", size=5)


@chart_helper
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
    after = having(one_count(farming, "meat"), country="SUN").sort_values("year")
    # What Soviet books printed is drawn until the FAO's table begins.
    before = having(farming, product="meat_per_head", country="SUN", series="official", grade=READ)
    before = before[before["year"] <= SAID + 4].sort_values("year")
    years = sorted(int(year) for year in goals["year"].unique())
    table = pd.DataFrame({"year": years, "years left": [year - SAID for year in years]})
    rates = [growth_rate(start, mark, left) for left in table["years left"]]
    table["per cent a year"] = np.round([100 * rate for rate in rates], 1)

    figure, axes = new_figure()
    for place, (year, rate) in enumerate(zip(years, rates, strict=True)):
        when = np.linspace(SAID, year, 60)
        road = [project(start, rate, at - SAID) for at in when]
        axes.plot(
            when, road, "--", color=INK, linewidth=1.6, label=f"A road that arrives in {year}"
        )
        axes.plot([year], [mark], "D", color=COLOURS["promise"], markersize=9)
        write_beside(axes, year, mark, str(year), above=9 + 19 * (place % 2), weight="bold")
    axes.plot([SAID], [start], PRINTED.marker, color=PRINTED.colour)
    draw_line(axes, before["year"], before["value"], PRINTED, words="Soviet statistics")
    draw_line(axes, after["year"], after["value"], FAO, "USSR")
    axes.axhline(mark, color=COLOURS["USA"], linewidth=2, label=f"A level line: America, {mark:g}")
    words = f"America in {SAID},\nas Khrushchev said: {mark:g}"
    write_beside(axes, 1963.4, mark, words, COLOURS["USA"], 0, 20, weight="bold", ha="left")
    axes.set_xlim(1949, 1976)
    axes.set_xticks(range(1950, 1976, 5))
    axes.set_ylim(0, 126)
    legend(axes, ("a road", ROAD), ("Soviet statistics", PRINTED), ("FAO", FAO))

    title = "Meat: roads to America's mark, kilograms a head"
    last = after.iloc[-1]
    named = ", ".join(str(year) for year in years[:-1])
    sentence = (
        f"From {start:g} kg in {SAID} to {mark:g}: roads that arrive in {named} and {years[-1]}. "
        f"In the FAO's table {number(last['value'])} kg came in {last['year']}."
    )
    return make_chart("Line chart", figure, title, sentence, table, pair, goals, before, after)
