"""What was brought in, and what the state took of it."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.select import ChartError, either, having, side_by_side
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    PAPER,
    chart_helper,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import number

CHINA, STAYED = COLOURS["CHN"], "#EBD3B3"
TWO_YEARS = (1958, 1959)


@chart_helper
def harvest_and_levy(
    grain_levy: pd.DataFrame, place: str = "China", first: int = 1955, last: int = 1962
) -> Chart:
    """Return the grain harvest of each year, and how much of it the state took.

    Args:
        grain_levy: rows as `load("grain_levy")` gives them.
        place: "China" or a province of that table.
        first: the first year drawn.
        last: the last year drawn.

    Returns:
        A chart; its table has a row a year: year, harvest, levy, share of the harvest in per cent,
        and, where it was read, grain left for each villager in kilograms.

    Raises:
        ChartError: if the table does not hold that place or those years.
    """
    rows = having(grain_levy, place=place)
    if rows.empty:
        raise ChartError(f"No harvest of {place!r}. {either(grain_levy, place=place)}")
    known = between("first and last", rows["year"])
    rows = rows[rows["year"].between(first, last)]
    if rows.empty:
        raise ChartError(f"No harvest from {first} to {last}. {known}")
    wide = side_by_side(rows, "item").dropna(subset=["harvest", "levy"])
    table = wide[["harvest", "levy"]].copy()
    table["share"] = (100 * wide["levy"] / wide["harvest"]).round(1)
    if "left_per_villager" in wide:
        table["kg left for each villager"] = wide["left_per_villager"]
    table = table.reset_index()

    figure, axes = new_figure(box=(0.08, 0.15, 0.89, 0.69))
    axes.bar(table["year"], table["harvest"], 0.72, color=STAYED, edgecolor=CHINA, linewidth=1.2)
    taken = axes.bar(table["year"], table["levy"], 0.72, color=CHINA)
    gap = 0.02 * table["harvest"].max()
    above, below = {"ha": "center", "va": "bottom"}, {"ha": "center", "va": "top", "weight": "bold"}
    for bar, row in zip(taken, table.itertuples(), strict=True):
        harvest, levy = number(row.harvest), number(row.levy)
        bar.set_label(f"{row.year}: {harvest}, of which {levy} or {row.share:.1f} per cent taken")
        label(axes, row.year, row.harvest + gap, harvest, INK, **above)
        label(axes, row.year, row.levy - gap, f"{row.share:.0f}\u2009%", PAPER, **below)
    axes.set_xticks(table["year"])
    axes.set_ylim(0, 1.1 * table["harvest"].max())
    square = {"marker": "s", "linestyle": "", "markersize": 13, "markeredgecolor": CHINA}
    legend(
        axes,
        ("stayed in the villages", square | {"color": STAYED}),
        ("taken by the state, and its share of the harvest", square | {"color": CHINA}),
    )

    title = f"Grain in {place}, million tonnes: brought in, and taken by the state"
    drawn = rows[rows["item"].isin(["harvest", "levy"])]
    return make_chart("Bar chart", figure, title, _sentence(table), table, drawn)


def _sentence(table: pd.DataFrame) -> str:
    """Return how harvest and levy changed in the year in which the claims were believed."""
    pair = table[table["year"].isin(TWO_YEARS)]
    if len(pair) < len(TWO_YEARS):
        return ""
    before, after = next(pair.head(1).itertuples()), next(pair.tail(1).itertuples())
    fall, rise = 100 * (1 - after.harvest / before.harvest), 100 * (after.levy / before.levy - 1)
    return (
        f"From {before.year} to {after.year} the harvest fell by {fall:.0f} per cent; "
        f"the levy rose by {rise:.0f} per cent."
    )
