"""Output per head in the FAO's table of both countries: the USSR in per cent of America."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    label,
    new_figure,
    number,
    source_line,
)
from two_winds.charts.farming.pairs import FOODS

LOOKS = {"meat": ("-", "o"), "milk": ("--", "s"), "butter": (":", "D")}


@lesson_helper
def like_for_like(farming: pd.DataFrame, foods: list[str], guess: float | None = None) -> Chart:
    """Return Soviet output per head in per cent of the American, both as the FAO has them.

    Args:
        farming: rows as `load("farming")` gives them.
        foods: of "meat", "milk" and "butter".
        guess: a prediction for meat in the last year, in per cent, to draw beside it.

    Returns:
        A chart; its table has a row a year: for each food USSR and USA in kilograms a head, and the
        USSR in per cent of the USA.

    Raises:
        ChartError: if the table holds no such figures for a food.
    """
    rows = [one_count(farming, food) for food in foods]
    shares = {food: _share(own) for food, own in zip(foods, rows, strict=True)}
    figure, axes = new_figure()
    _draw_shares(axes, shares)
    last = int(max(own["year"].max() for own in rows))
    if guess is not None:
        axes.plot([last], [guess], MARKERS["guess"], markersize=20, color=COLOURS["guess"])
        look = {"weight": "bold", "ha": "right"}
        label(axes, last - 0.4, guess, "your guess: meat", COLOURS["guess"], **look)
    title = f"{_listed(foods).capitalize()}: Soviet output a head, America = 100, FAO"
    told = [f"{food} {number(s.iloc[0])} in {s.index[0]} and {number(s.iloc[-1])} in {s.index[-1]}"
            for food, s in shares.items()]  # fmt: skip
    sentence = f"Soviet output a head in per cent of the American: {'; '.join(told)}."
    if guess is not None:
        sentence += f" You had predicted {number(guess)} for meat in {last}."
    alt = f"Line chart, a line a food, with a heavy line at 100. {title}."
    table = _side_by_side(foods, rows, shares)
    return Chart(figure, title, source_line(*rows), alt, sentence, table)


def one_count(farming: pd.DataFrame, food: str) -> pd.DataFrame:
    """Return output per head of both countries as the FAO has it.

    Args:
        farming: rows as `load("farming")` gives them.
        food: "meat", "milk" or "butter".

    Raises:
        ChartError: if the table holds no such figures.
    """
    rows = farming[(farming["product"] == f"{food}_per_head") & (farming["series"] == "fao")]
    if rows.empty:
        raise ChartError(f"The FAO has no {food!r} in this table. {among('foods', food, FOODS)}")
    return rows.astype({"country": str})


def _share(rows: pd.DataFrame) -> pd.Series:
    wide = rows.pivot(index="year", columns="country", values="value")
    return 100 * wide["SUN"] / wide["USA"]


def _draw_shares(axes: Axes, shares: dict[str, pd.Series]) -> None:
    first = min(share.index[0] for share in shares.values())
    last = max(share.index[-1] for share in shares.values())
    axes.axhline(100, color=COLOURS["USA"], linewidth=2.4)
    label(axes, last + 0.6, 100, "America = 100", COLOURS["USA"], weight="bold")
    for food, share in shares.items():
        line, mark = LOOKS[food]
        look = {"color": COLOURS["SUN"], "linewidth": 2.4, "markersize": 7}
        axes.plot(share.index, share, line, marker=mark, **look)
        label(axes, last + 0.6, share.iloc[-1], food.capitalize(), COLOURS["SUN"], weight="bold")
    axes.set_xticks(range(first, last + 1, 2))
    axes.set_xlim(first - 0.6, last + 0.4)
    top = max(160, max(share.max() for share in shares.values()) * 1.08)
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, int(top), 50 if top > 200 else 20))
    axes.set_ylabel("per cent of the American figure", size=13, color=INK)


def _side_by_side(
    foods: list[str], rows: list[pd.DataFrame], shares: dict[str, pd.Series]
) -> pd.DataFrame:
    columns = {}
    for food, own in zip(foods, rows, strict=True):
        wide = own.pivot(index="year", columns="country", values="value")
        columns[f"{food}, USSR, kg"], columns[f"{food}, USA, kg"] = wide["SUN"], wide["USA"]
        columns[f"{food}, per cent"] = shares[food].round(1)
    return pd.DataFrame(columns).rename_axis("year").reset_index()


def _listed(foods: list[str]) -> str:
    return " and ".join([", ".join(foods[:-1]), foods[-1]] if foods[1:] else foods)
