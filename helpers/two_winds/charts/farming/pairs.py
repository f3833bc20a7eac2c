"""The three pairs of figures that the Leningrad speech of May 1957 named."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from classwork.ground.errors import among

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import COLOURS, COUNTRIES, LOOKS, chart_helper
from two_winds.charts.common.wording import number

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
    rows = having(farming, product=f"{food}_per_head", series="contemporary", year=SAID)
    if set(rows["country"]) != {"SUN", "USA"}:
        raise ChartError(f"No pair of {SAID} for {food!r}. {among('food', food, FOODS)}")
    return rows.sort_values("country")


@chart_helper
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
    rows = [said(farming, food) for food in FOODS]
    pairs = [pair.set_index("country")["value"] for pair in rows]
    kilograms = {side: [float(pair[side]) for pair in pairs] for side in ("SUN", "USA")}
    table = pd.DataFrame({"food": FOODS, "USSR, kg": kilograms["SUN"], "USA, kg": kilograms["USA"]})
    table["share, per cent"] = 100 * table["USSR, kg"] / table["USA, kg"]

    figure, axes = new_rows([food.capitalize() for food in FOODS], right=0.83, above=0.7)
    for place, share in enumerate(table["share, per cent"]):
        axes.plot([share, 100], [place, place], color=COLOURS["promise"], linewidth=2, zorder=1)
        for side, at, gap in (("SUN", share, -12), ("USA", 100, 12)):
            look = replace(LOOKS[side], size=15)
            words = f"{COUNTRIES[side]} {kilograms[side][place]:g} kg"
            draw_mark(axes, at, place, look, words=f"{FOODS[place].capitalize()}, {words}")
            write_beside(axes, at, place, words, look.colour, gap, weight="bold")
    axes.set_xlim(0, 104)
    axes.set_xlabel("per cent of the American figure")

    title = f"As said in May 1957: kilograms a head in {SAID}, America = 100"
    told, shares = [], []
    for food, ussr, usa, share in table.itertuples(index=False):
        told.append(f"{food} {ussr:g} against {usa:g}")
        shares.append(f"{number(round(share))} for {food}")
    sentence = (
        f"The speech named for {SAID}, in kilograms a head, USSR against USA: {'; '.join(told)}. "
        f"In per cent of the American figure that is {', '.join(shares)}."
    )
    return make_chart("Dot chart", figure, title, sentence, table, pd.concat(rows))
