"""Two countries' output year by year."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MultipleLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import draw_guess, guess_in_words
from two_winds.charts.common.lines import draw_country
from two_winds.charts.common.marks import explain_hollow, part_labels
from two_winds.charts.common.promise import PROMISED_FOR
from two_winds.charts.common.select import official, side_by_side
from two_winds.charts.common.style import COUNTRIES, chart_helper, new_figure
from two_winds.charts.common.wording import product_name, unit_of, unverified_note


@chart_helper
def race(production: pd.DataFrame, product: str, guess: float | None = None) -> Chart:
    """Return both countries' output of one product, year by year.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        guess: a prediction for the USSR in 1972, in the product's unit, to draw beside it.

    Returns:
        A chart; its table has one row a year: year, USSR, USA, in the product's unit.

    Raises:
        ChartError: if the table holds no rows for this product.
    """
    ussr, usa = official(production, product, "SUN"), official(production, product, "USA")
    last = max(rows["year"].max() for rows in (ussr, usa))

    figure, axes = new_figure()
    draw_country(axes, usa, "USA")
    draw_country(axes, ussr, "SUN")
    draw_guess(axes, PROMISED_FOR, guess, guess)
    axes.set_ylim(bottom=0)
    axes.set_xlim(ussr["year"].min() - 1, last + 0.4)
    axes.xaxis.set_major_locator(MultipleLocator(5))
    part_labels(axes)
    explain_hollow(axes, ussr, usa)

    title = f"{product_name(product).capitalize()}, {unit_of(ussr)} a year"
    sentence = _lead_sentence(product, ussr, usa)
    sentence += guess_in_words(guess, f"{unit_of(ussr)} for {PROMISED_FOR}")
    sentence += unverified_note(ussr, usa)
    table = _side_by_side(ussr, usa)
    return make_chart("Line chart", figure, title, sentence, table, ussr, usa)


def _lead_sentence(product: str, ussr: pd.DataFrame, usa: pd.DataFrame) -> str:
    both = _side_by_side(ussr, usa).dropna()
    ahead = both[both["USSR"] > both["USA"]]["year"]
    name = product_name(product)
    last = int(both["year"].max())
    if ahead.empty:
        return f"In {name} the USSR was behind the USA in every year to {last}."
    if len(ahead) == len(both):
        return f"In {name} the USSR was ahead of the USA in every year from {both['year'].min()}."
    behind_again = both[(both["year"] > ahead.min()) & (both["USSR"] <= both["USA"])]["year"]
    sentence = f"In {name} the USSR was first ahead of the USA in {ahead.min()}"
    if behind_again.empty:
        return f"{sentence} and stayed ahead to {last}."
    return f"{sentence}, and behind again in {', '.join(str(y) for y in behind_again)}."


def _side_by_side(ussr: pd.DataFrame, usa: pd.DataFrame) -> pd.DataFrame:
    return side_by_side(pd.concat([ussr, usa])).rename(columns=COUNTRIES).reset_index()
