"""Counting launches: the same years in two lists, and what one of them leaves out."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import part_labels
from two_winds.charts.common.select import ChartError, having, side_by_side
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    LOOKS,
    Look,
    chart_helper,
    legend,
    new_figure,
)

LISTS = {
    "gcat": "McDowell's catalogue",
    "jsr_2018": "McDowell's catalogue of 2018",
    "kaggle": "a popular list",
}
CATALOGUE = "gcat"
SIDES = ("SUN", "USA")
BREAK = 1963


@chart_helper(counts="launch_counts")
def launch_race(counts: pd.DataFrame, which: str = CATALOGUE) -> Chart:
    """Return the attempts to reach orbit of both sides in each year, in one list.

    Args:
        counts: rows as `load("launch_counts")` gives them.
        which: a list of that table: "gcat", "jsr_2018" or "kaggle".

    Returns:
        A chart; its table has a row a year: year, USSR, USA.

    Raises:
        ChartError: if the table holds no such list.
    """
    rows = attempts_of(counts, which)
    table = _wide(rows)

    figure, axes = new_figure()
    _draw_sides(axes, table, top=1.06 * table[["USSR", "USA"]].max().max())

    title = f"Attempts to reach orbit by year, in {LISTS.get(which, which)}"
    ahead = "; ".join(f"{name} {span}" for name, span in _spells(table))
    totals = " and ".join(f"{name} {table[name].sum():.0f}" for name in ("USSR", "USA"))
    first, last = table["year"].min(), table["year"].max()
    sentence = f"In this list, {first} to {last}: {totals} attempts. More attempts: {ahead}."
    return make_chart("Line chart", figure, title, sentence, table, rows)


def attempts_of(counts: pd.DataFrame, which: str) -> pd.DataFrame:
    """Return the rows of one list that count attempts of the two sides, or raise ChartError."""
    if which not in set(counts["list"]):
        known = among("which", which, counts["list"].unique())
        raise ChartError(f"No list {which!r} in this table. {known}")
    rows = having(counts, list=which, item="attempts", country=SIDES)
    if rows.empty:
        raise ChartError(f"No attempts of the USSR or the USA in the list {which!r} of this table.")
    return rows


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a year and a column a side; a year that a list does not have counts nought."""
    wide = side_by_side(rows).reindex(columns=list(SIDES)).fillna(0)
    return wide.rename(columns=COUNTRIES).reset_index()


def _draw_sides(axes: Axes, table: pd.DataFrame, top: float) -> None:
    for side in SIDES:
        draw_line(axes, table["year"], table[COUNTRIES[side]], LOOKS[side], COUNTRIES[side])
    axes.set_xlim(table["year"].min() - 0.6, table["year"].max() + 0.3)
    axes.set_ylim(0, top)
    part_labels(axes)


def _spells(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return who had more attempts, and in which years, one spell after another."""
    spells: list[list] = []
    for row in table.itertuples():
        who = "level" if row.USSR == row.USA else "USSR" if row.USSR > row.USA else "USA"
        if spells and spells[-1][0] == who:
            spells[-1][2] = row.year
        else:
            spells.append([who, row.year, row.year])
    return [(who, f"{a}" if a == b else f"{a} to {b}") for who, a, b in spells]


@chart_helper(counts="launch_counts")
def coverage(counts: pd.DataFrame, which: str = "kaggle") -> Chart:
    """Return how much of the full catalogue another list holds, side by side and year by year.

    Args:
        counts: rows as `load("launch_counts")` gives them.
        which: the list to test.

    Returns:
        A chart; its table has a row a year: year, USSR, USA, both in per cent of the full list.

    Raises:
        ChartError: if the table holds no such list.
    """
    tested, whole = attempts_of(counts, which), attempts_of(counts, CATALOGUE)
    some, every = (_wide(rows).set_index("year") for rows in (tested, whole))
    table = (100 * some / every).dropna().reset_index()

    figure, axes = new_figure()
    level = Look(COLOURS["promise"], "", width=2)
    axes.axhline(100, color=level.colour, linewidth=level.width, label="A level line at 100")
    _draw_sides(axes, table, top=124)
    legend(axes, ("100: as many as in the catalogue", level))

    title = f"Launches in {LISTS.get(which, which)}, in per cent of {LISTS[CATALOGUE]}"
    spans = []
    for when, years in (("To 1962", every.index < BREAK), ("From 1963", every.index >= BREAK)):
        there, held = every[years].sum(), some.reindex(every.index, fill_value=0)[years].sum()
        told = [
            f"{held[name]:.0f} {adjective} launches where the catalogue has {there[name]:.0f}"
            for name, adjective in (("USSR", "Soviet"), ("USA", "American"))
        ]
        spans.append(f"{when} the list holds {' and '.join(told)}.")
    sentence = " ".join(spans)
    return make_chart("Line chart", figure, title, sentence, table, tested, whole)
