"""Output per head in the FAO's table of both countries: the USSR in per cent of America."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import draw_guess, guess_in_words
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import name_end, part_labels
from two_winds.charts.common.select import ChartError, having, side_by_side
from two_winds.charts.common.style import COLOURS, Look, chart_helper, new_figure
from two_winds.charts.common.wording import number
from two_winds.charts.farming.pairs import FOODS

USSR, USA = COLOURS["SUN"], COLOURS["USA"]
LOOKS = {"meat": Look(USSR, "o"), "milk": Look(USSR, "s", "--"), "butter": Look(USSR, "D", ":")}


@chart_helper
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
    rows = {food: one_count(farming, food) for food in foods}
    columns = {}
    for food, own in rows.items():
        wide = side_by_side(own)
        columns[f"{food}, USSR, kg"], columns[f"{food}, USA, kg"] = wide["SUN"], wide["USA"]
        columns[f"{food}, per cent"] = 100 * wide["SUN"] / wide["USA"]
    table = pd.DataFrame(columns).reset_index()
    shares = {food: 100 * table[f"{food}, USSR, kg"] / table[f"{food}, USA, kg"] for food in foods}
    first, last = int(table["year"].min()), int(table["year"].max())

    figure, axes = new_figure()
    axes.axhline(100, color=USA, linewidth=2.4, label="A level line at 100: America")
    name_end(axes, last + 0.4, 100, "America = 100", USA)
    for food, share in shares.items():
        draw_line(axes, table["year"], share, LOOKS[food], food.capitalize())
    draw_guess(axes, last, guess, guess, words="your guess: meat")
    top = max(160, max(share.max() for share in shares.values()) * 1.08)
    axes.set_xlim(first - 0.6, last + 0.4)
    axes.set_xticks(range(first, last + 1, 2))
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, int(top), 50 if top > 200 else 20))
    axes.set_ylabel("per cent of the American figure")
    part_labels(axes)

    listed = " and ".join([", ".join(foods[:-1]), foods[-1]] if foods[1:] else foods)
    title = f"{listed.capitalize()}: Soviet output a head, America = 100, FAO"
    told = [
        f"{food} {number(share.iloc[0])} in {first} and {number(share.iloc[-1])} in {last}"
        for food, share in shares.items()
    ]
    sentence = f"Soviet output a head in per cent of the American: {'; '.join(told)}."
    sentence += guess_in_words(guess, f"for meat in {last}")
    return make_chart("Line chart", figure, title, sentence, table.round(1), *rows.values())


def one_count(farming: pd.DataFrame, food: str) -> pd.DataFrame:
    """Return output per head of both countries as the FAO has it.

    Args:
        farming: rows as `load("farming")` gives them.
        food: "meat", "milk" or "butter".

    Raises:
        ChartError: if the table holds no such figures.
    """
    rows = having(farming, product=f"{food}_per_head", series="fao")
    if rows.empty:
        raise ChartError(f"The FAO has no {food!r} in this table. {among('foods', food, FOODS)}")
    return rows
