"""Promises: the range that was to be reached, drawn at its year, and how it ended."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from two_winds.charts.common.marks import name_end
from two_winds.charts.common.select import ChartError, either, having, is_verified
from two_winds.charts.common.style import COLOURS
from two_winds.charts.common.wording import number

PROMISED_IN = 1957
PROMISED_FOR = 1972


def promise(targets: pd.DataFrame, product: str, target_set: str = "speech_1957") -> pd.DataFrame:
    """Return the row of `targets` that holds a promise: low, high, unit, year, grade.

    A set that names several years gives the earliest.

    Raises:
        ChartError: if the table holds no such promise.
    """
    rows = having(targets, product=product, target_set=target_set)
    if rows.empty:
        known = either(targets, product=product, target_set=target_set)
        raise ChartError(f"No target for {product!r} in the set {target_set!r}. {known}")
    return rows.nsmallest(1, "year")


def draw_promise(axes: Axes, row: pd.Series) -> None:
    """Draw a promised range as a bracket at its year, named beside it; dashed if unverified.

    Args:
        axes: where to draw.
        row: year, low, high and grade of a promise.
    """
    colour = COLOURS["promise"]
    year, low, high = row["year"], row["low"], row["high"]
    line = "-" if is_verified(row) else (0, (1.5, 1))
    doubt = "" if is_verified(row) else ", unverified"
    words = f"Promised for {year}: {number(low)} to {number(high)}{doubt}"
    axes.plot([year, year], [low, high], ls=line, color=colour, linewidth=3.5, label=words)
    for edge in (low, high):
        axes.plot([year - 0.6, year + 0.6], [edge, edge], color=colour, linewidth=3.5)
    name_end(axes, year + 0.6, (low + high) / 2, "promised", colour)


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
