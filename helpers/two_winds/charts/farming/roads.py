"""The roads to America's meat of 1956: by when, how fast, and what came."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import (
    ChartError,
    draw_country,
    explain_hollow,
    official,
    unverified_note,
)
from two_winds.charts.common.style import COLOURS, INK, label, new_figure, number, source_line
from two_winds.charts.farming.per_head import SAID, said
from two_winds.models.growth import required_rate

WHO = {"CIA_LIVESTOCK_1957": "as the CIA read him", "TIME_1957_06_03": "as Time read him"}


@lesson_helper
def roads(farming: pd.DataFrame, farm_targets: pd.DataFrame) -> Chart:
    """Return the roads to America's meat of 1956, by the year in which to arrive, and what came.

    Args:
        farming: rows as `load("farming")` gives them.
        farm_targets: rows as `load("farm_targets")` gives them.

    Returns:
        A chart; its table has a row a road: year, whose, years left, growth needed in per cent a
        year.

    Raises:
        ChartError: if a table holds no pair, no target or no output of meat per head.
    """
    pair = said(farming, "meat")
    start, mark = (float(value) for value in pair.set_index("country").loc[["SUN", "USA"], "value"])
    goals = farm_targets[farm_targets["product"] == "meat_per_head"].sort_values("year")
    if goals.empty:
        raise ChartError("No target for meat per head in this table.")
    reported = official(farming, "meat_per_head", "SUN")
    figure, axes = new_figure()
    draw_country(axes, reported, "SUN")
    axes.axhline(mark, color=COLOURS["USA"], linewidth=1.5)
    label(axes, 1949.6, mark + 3.6, f"America in {SAID}, as said: {mark:g}", COLOURS["USA"])
    told = [_road(start, mark, goal) for goal in goals.itertuples()]
    for place, (year, _, _, rate) in enumerate(told):
        _draw_road(axes, start, mark, year, rate, place)
    axes.set_ylim(0, 118)
    axes.set_xlim(1949, 1976)
    explain_hollow(axes, reported)
    table = pd.DataFrame(told, columns=["year", "whose date", "years left", "per cent a year"])
    title = "Meat: roads to America's mark, kilograms a head"
    ways = "; ".join(f"{y} ({by}) wants {number(r)} per cent a year" for y, by, _, r in told)
    sentence = f"From {start:g} kg in {SAID} to {mark:g}: {ways}."
    sentence += _came(reported, start) + unverified_note(reported)
    source = source_line(pair, goals, reported)
    return Chart(figure, title, source, f"Line chart. {title}. {sentence}", sentence, table)


def _road(start: float, mark: float, goal: Any) -> tuple[int, str, int, float]:
    """Return one road: year, whose date it is, years left, growth needed in per cent a year."""
    rate = 100 * required_rate(start, mark, goal.year - SAID)
    whose = WHO.get(goal.source, "as another read him")
    if "economists" in goal.target_set:
        whose = "the economists"
    return goal.year, whose, goal.year - SAID, round(rate, 1)


def _draw_road(axes: Axes, start: float, mark: float, year: int, rate: float, place: int) -> None:
    """Draw one road, dashed, with the growth that it needs."""
    axes.plot([SAID, year], [start, mark], "--", color=INK, linewidth=1.8)
    axes.plot([year], [mark], "D", color=COLOURS["promise"], markersize=10)
    up = 0.45 + 0.17 * place
    at = SAID + up * (year - SAID), start + up * (mark - start)
    words = f"{year}: {number(round(rate))} % a year"
    side = {"ha": "right"} if place == 0 else {"ha": "left"}
    gap = -0.4 if place == 0 else 0.4
    drop = -4 if year > 1970 else 0
    label(axes, at[0] + gap, at[1] + drop, words, INK, size=14, weight="bold", **side)


def _came(reported: pd.DataFrame, start: float) -> str:
    """Return what was reported in the last year that somebody has read in a source."""
    read = reported[reported["grade"] != "C"].iloc[-1]
    rate = 100 * required_rate(start, read["value"], read["year"] - SAID)
    return (
        f" Reported for {read['year']}: {number(read['value'])} kg, which is {number(rate)} per "
        "cent a year."
    )
