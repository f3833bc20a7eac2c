"""The three pairs of figures that the Leningrad speech of May 1957 named."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    INK,
    MARKERS,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
)

SAID = 1956
FOODS = ["meat", "milk", "butter"]


def said(farming: pd.DataFrame, food: str) -> pd.DataFrame:
    """Return the pair that the speech of May 1957 named for 1956: a row a country.

    Args:
        farming: rows as `load("farming")` gives them.
        food: "meat", "milk" or "butter".

    Raises:
        ChartError: if the table holds no such pair.
    """
    rows = farming[
        (farming["product"] == f"{food}_per_head")
        & (farming["series"] == "contemporary")
        & (farming["year"] == SAID)
    ]
    if set(rows["country"]) != {"SUN", "USA"}:
        raise ChartError(f"No pair of {SAID} for {food!r}. {among('food', food, FOODS)}")
    return rows.astype({"country": str}).sort_values("country")


@lesson_helper
def three_pairs(farming: pd.DataFrame) -> Chart:
    """Return the three pairs of the speech, each as a share of the American figure.

    Args:
        farming: rows as `load("farming")` gives them.

    Returns:
        A chart; its table has a row a food: food, USSR and USA in kilograms a head, share in per
        cent.

    Raises:
        ChartError: if a pair is missing.
    """
    pairs = {food: said(farming, food).set_index("country")["value"] for food in FOODS}
    table = pd.DataFrame(
        {
            "food": FOODS,
            "USSR, kg": [pairs[food]["SUN"] for food in FOODS],
            "USA, kg": [pairs[food]["USA"] for food in FOODS],
        }
    )
    table["share, per cent"] = 100 * table["USSR, kg"] / table["USA, kg"]
    title = f"As said in May 1957: kilograms a head in {SAID}, America = 100"
    figure, axes = new_figure(height=4.6)
    axes.set_position((0.11, 0.26, 0.72, 0.58))
    for place, row in enumerate(table[::-1].itertuples(index=False)):
        _draw_pair(axes, place, *row)
    axes.set_yticks(range(len(FOODS)), [food.capitalize() for food in FOODS[::-1]], size=16)
    grid_on_x(axes)
    axes.set_xlim(0, 104)
    axes.set_ylim(-0.6, len(FOODS) - 0.3)
    axes.set_xlabel("per cent of the American figure", size=13, color=INK)
    sentence = _pairs_in_words(table)
    rows = pd.concat([said(farming, food) for food in FOODS])
    source = source_line(rows)
    return Chart(figure, title, source, f"Dot chart. {title}. {sentence}", sentence, table)


def _pairs_in_words(table: pd.DataFrame) -> str:
    told, shares = [], []
    for food, ussr, usa, share in table.itertuples(index=False):
        told.append(f"{food} {ussr:g} against {usa:g}")
        shares.append(f"{number(round(share))} for {food}")
    return (
        f"The speech named for {SAID}, in kilograms a head, USSR against USA: {'; '.join(told)}. "
        f"In per cent of the American figure that is {', '.join(shares)}."
    )


def _draw_pair(axes: Axes, place: int, _food: str, ussr: float, usa: float, share: float) -> None:
    axes.plot([share, 100], [place, place], color=COLOURS["promise"], linewidth=2, zorder=1)
    for country, at, kilograms in (("SUN", share, ussr), ("USA", 100, usa)):
        colour = COLOURS[country]
        axes.plot([at], [place], MARKERS[country], color=colour, markersize=15)
        words = f"{COUNTRIES[country]} {kilograms:g} kg"
        side = {"ha": "right"} if country == "SUN" else {"ha": "left"}
        gap = -2 if country == "SUN" else 2
        label(axes, at + gap, place, words, colour, size=15, weight="bold", **side)
