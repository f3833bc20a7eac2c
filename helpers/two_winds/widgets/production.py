"""The desk of a planner: set growth rates, see the year of overtaking."""

from __future__ import annotations

import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import official, read_figures, read_rows
from two_winds.charts.common.wording import product_name
from two_winds.charts.production.growth import overtaking
from two_winds.models.growth import growth_rate
from two_winds.widgets.frame import Desk, choice, number_and_slider

BEFORE = (1950, 1957)
RIVALS = ("SUN", "USA")


@lesson_helper
def gosplan_desk(production: pd.DataFrame, product: str = "steel") -> Desk:
    """Return a desk with a product and two growth rates to set.

    Each product starts with the growth of 1950-57 in both countries, as a planner of 1957 knew it.

    Args:
        production: rows as `load("production")` gives them.
        product: the product to begin with; offered are those with figures of both years and
            countries that were read, or reckoned from figures read.

    Returns:
        A desk; put it last in a cell to show it.
    """
    official(production, product, "SUN")  # an unknown product is told by its name
    offered = [(product_name(p), p) for p in _known(production)]
    which = choice("Product", offered, product, "product")
    rates = _rates(production, product)
    ussr, ussr_row = number_and_slider("USSR, % a year", -5, 20, 0.1, rates[0])
    usa, usa_row = number_and_slider("USA, % a year", -5, 20, 0.1, rates[1])

    def start_from_the_past(_change: object) -> None:
        ussr.value, usa.value = _rates(production, which.value)

    def draw(product: str, ussr: float, usa: float) -> Chart:
        return overtaking(production, product, ussr / 100, usa / 100)

    which.observe(start_from_the_past, names="value")
    controls = {"product": which, "ussr": ussr, "usa": usa}
    return Desk("gosplan_desk", controls, draw, [which, ussr_row, usa_row])


def _known(production: pd.DataFrame) -> list[str]:
    """Return the products of which both years' figures of both countries were read or reckoned."""
    rows = read_rows(production, year=BEFORE, country=RIVALS)
    figures = rows.drop_duplicates(["product", "country", "year"])["product"].value_counts()
    needed = len(BEFORE) * len(RIVALS)
    return [name for name in production["product"].unique() if figures.get(name) == needed]


def _rates(production: pd.DataFrame, product: str) -> list[float]:
    """Return both countries' growth from 1950 to 1957 in per cent a year."""
    rates = []
    for country in RIVALS:
        figures = read_figures(production, product, country).set_index("year")["value"]
        rate = growth_rate(*figures[list(BEFORE)], BEFORE[1] - BEFORE[0])
        rates.append(round(100 * rate, 1))
    return rates
