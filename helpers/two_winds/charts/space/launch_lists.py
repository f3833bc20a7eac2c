"""Counting launches: the same years in two lists, and what one of them leaves out."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, part_labels
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    MARKERS,
    label,
    legend,
    new_figure,
    source_line,
)

LISTS = {
    "gcat": "McDowell's catalogue",
    "jsr_2018": "McDowell's catalogue of 2018",
    "kaggle": "a popular list",
}
SIDES = ("SUN", "USA")
BREAK = 1963


@lesson_helper(counts="launch_counts")
def launch_race(counts: pd.DataFrame, which: str = "gcat") -> Chart:
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
    _draw_sides(axes, table)
    axes.set_ylim(bottom=0)
    part_labels(axes)
    title = f"Attempts to reach orbit by year, in {LISTS.get(which, which)}"
    ahead = "; ".join(f"{name} {span}" for name, span in _spells(table))
    totals = " and ".join(f"{name} {table[name].sum():.0f}" for name in ("USSR", "USA"))
    first, last = table["year"].min(), table["year"].max()
    sentence = f"In this list, {first} to {last}: {totals} attempts. More attempts: {ahead}."
    return Chart(
        figure, title, source_line(rows), f"Line chart. {title}. {sentence}", sentence, table
    )


def attempts_of(counts: pd.DataFrame, which: str, argument: str = "which") -> pd.DataFrame:
    """Return the rows of one list that count attempts of the two sides, or raise ChartError."""
    if which not in set(counts["list"]):
        known = among(argument, which, counts["list"].unique())
        raise ChartError(f"No list {which!r} in this table. {known}")
    chosen = (counts["list"] == which) & (counts["item"] == "attempts")
    rows = counts[chosen & counts["country"].isin(SIDES)]
    if rows.empty:
        raise ChartError(f"No attempts of the USSR or the USA in the list {which!r} of this table.")
    return rows


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a year and a column a side; a year that a list does not have counts nought."""
    wide = rows.astype({"country": str}).pivot(index="year", columns="country", values="value")
    wide = wide.reindex(columns=list(SIDES)).fillna(0).rename(columns=COUNTRIES)
    return wide.rename_axis(columns=None).reset_index()


def _draw_sides(axes: object, table: pd.DataFrame) -> None:
    for side in SIDES:
        name, look = COUNTRIES[side], {"color": COLOURS[side], "linewidth": 2.6, "markersize": 8}
        axes.plot(table["year"], table[name], f"-{MARKERS[side]}", **look)
        last = table.iloc[-1]
        label(axes, last["year"] + 0.5, last[name], name, COLOURS[side], weight="bold")
    axes.set_xlim(table["year"].min() - 0.6, table["year"].max() + 0.3)


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


@lesson_helper(counts="launch_counts")
def coverage(counts: pd.DataFrame, which: str = "kaggle", full: str = "gcat") -> Chart:
    """Return how much of the full catalogue another list holds, side by side and year by year.

    Args:
        counts: rows as `load("launch_counts")` gives them.
        which: the list to test.
        full: the list to test it by.

    Returns:
        A chart; its table has a row a year: year, USSR, USA, both in per cent of the full list.

    Raises:
        ChartError: if the table holds no such list.
    """
    tested, whole = attempts_of(counts, which), attempts_of(counts, full, "full")
    some, every = (_wide(rows).set_index("year") for rows in (tested, whole))
    table = (100 * some / every).dropna().reset_index()
    figure, axes = new_figure()
    axes.axhline(100, color=COLOURS["promise"], linewidth=2)
    _draw_sides(axes, table)
    axes.set_ylim(0, 125)
    part_labels(axes)
    legend(
        axes, ("100: as many as in the catalogue", {"color": COLOURS["promise"], "linewidth": 2})
    )
    title = f"Launches in {LISTS.get(which, which)}, in per cent of {LISTS.get(full, full)}"
    sentence = _held(some, every)
    source = source_line(tested, whole)
    return Chart(figure, title, source, f"Line chart. {title}. {sentence}", sentence, table)


def _held(some: pd.DataFrame, every: pd.DataFrame) -> str:
    """Return how many launches of each side a list holds, before and from the year it breaks."""
    spans = []
    for when, years in (("To 1962", every.index < BREAK), ("From 1963", every.index >= BREAK)):
        there, held = every[years].sum(), some.reindex(every.index, fill_value=0)[years].sum()
        told = [
            f"{held[name]:.0f} {adjective} launches where the catalogue has {there[name]:.0f}"
            for name, adjective in (("USSR", "Soviet"), ("USA", "American"))
        ]
        spans.append(f"{when} the list holds {' and '.join(told)}.")
    return " ".join(spans)
