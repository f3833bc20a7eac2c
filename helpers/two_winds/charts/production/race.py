"""Two countries' output year by year; and how a promise is picked, drawn and judged."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.lines import draw_country
from two_winds.charts.common.marks import explain_hollow, part_labels
from two_winds.charts.common.select import ChartError, either, is_verified, official
from two_winds.charts.common.style import COLOURS, MARKERS, label, new_figure
from two_winds.charts.common.wording import (
    ends,
    number,
    product_name,
    source_line,
    unit_of,
    unverified_note,
)

PROMISED_IN = 1957
PROMISED_FOR = 1972


def promise(targets: pd.DataFrame, product: str, target_set: str = "speech_1957") -> pd.DataFrame:
    """Return the row of `targets` that holds a promise: low, high, unit, year, grade.

    A set that names several years gives the earliest.

    Raises:
        ChartError: if the table holds no such promise.
    """
    rows = targets[(targets["product"] == product) & (targets["target_set"] == target_set)]
    if rows.empty:
        known = either(targets, product=product, target_set=target_set)
        raise ChartError(f"No target for {product!r} in the set {target_set!r}. {known}")
    return rows.nsmallest(1, "year")


@lesson_helper
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
    drawn = [ussr, usa]
    figure, axes = new_figure()
    draw_country(axes, usa, "USA")
    draw_country(axes, ussr, "SUN")
    last_year = max(rows["year"].max() for rows in drawn)
    title = f"{product_name(product).capitalize()}, {unit_of(ussr)} a year"
    alt = f"Line chart. {title}. {ends('USSR', ussr)} {ends('USA', usa)}"
    sentence = _lead_sentence(product, ussr, usa)
    if guess is not None:
        draw_guess(axes, guess)
        alt += f" Your guess for {PROMISED_FOR}: {number(guess)}."
        sentence += f" You had predicted {number(guess)} {unit_of(ussr)} for {PROMISED_FOR}."
    _frame(axes, drawn, last_year)
    sentence += unverified_note(*drawn)
    return Chart(figure, title, source_line(*drawn), alt, sentence, _side_by_side(ussr, usa))


def _frame(axes: Axes, drawn: list[pd.DataFrame], last_year: int) -> None:
    """Set the scales, part the names, explain the marks."""
    axes.set_ylim(bottom=0)
    axes.set_xlim(drawn[0]["year"].min() - 1, last_year + 0.4)
    axes.xaxis.set_major_locator(MultipleLocator(5))
    part_labels(axes)
    explain_hollow(axes, *drawn)


def draw_promise(axes: Axes, row: pd.Series, last_year: int) -> None:
    """Draw a promised range as a bracket at its year, named at the right; dashed if unverified."""
    colour = COLOURS["promise"]
    year, low, high = row["year"], row["low"], row["high"]
    line = "-" if is_verified(row) else (0, (1.5, 1))
    axes.plot([year, year], [low, high], linestyle=line, color=colour, linewidth=3.5)
    for edge in (low, high):
        axes.plot([year - 0.6, year + 0.6], [edge, edge], color=colour, linewidth=3.5)
    label(axes, last_year + 0.7, (low + high) / 2, "promised", colour, weight="bold")


def draw_guess(axes: Axes, guess: float) -> None:
    """Draw a reader's prediction as a star at the year of the promise."""
    axes.plot([PROMISED_FOR], [guess], MARKERS["guess"], markersize=20, color=COLOURS["guess"])
    label(
        axes,
        1.02,
        guess,
        "your guess",
        COLOURS["guess"],
        weight="bold",
        transform=axes.get_yaxis_transform(),
    )


def verdict(value: float, low: float, high: float) -> str:
    """Return in words where an outcome lies against the range that was promised.

    It is judged as it is printed: 400.4 is printed as 400 and so reaches 400.

    >>> verdict(126, 100, 120), verdict(400.4, 350, 400), verdict(208, 250, 300)
    ('above the promise', 'as promised', 'below the promise')
    """
    if pd.isna(value):
        return "no figure"
    value = float(number(value).replace(",", ""))
    if value < low:
        return "below the promise"
    return "above the promise" if value > high else "as promised"


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
    columns = [
        rows.set_index("year")["value"].rename(name)
        for name, rows in (("USSR", ussr), ("USA", usa))
    ]
    return pd.concat(columns, axis=1).sort_index().reset_index()
