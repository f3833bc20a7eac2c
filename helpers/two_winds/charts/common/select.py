"""Picking the rows that a chart draws, and drawing and naming them the same way everywhere."""

from __future__ import annotations

from typing import Any

import pandas as pd
from classwork.ground.errors import PlainError, among, between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    INK,
    LINES,
    MARKERS,
    PAPER,
    label,
    legend,
    number,
)

UNITS = {
    "Mt": "million tonnes",
    "bcm": "billion cubic metres",
    "TWh": "billion kilowatt-hours",
    "million m": "million metres",
    "million m2": "million square metres",
    "million pairs": "million pairs",
    "kt": "thousand tonnes",
    "Mha": "million hectares",
    "t/ha": "tonnes a hectare",
}


HOLLOW = {
    "marker": "o",
    "linestyle": "",
    "markersize": 8,
    "markerfacecolor": PAPER,
    "markeredgecolor": INK,
}


class ChartError(PlainError):
    """A chart was asked for rows that the table does not hold; the message says which."""


def product_name(product: str) -> str:
    """Return a product's key as words: iron_ore becomes iron ore."""
    return product.replace("_", " ")


def unit_of(rows: pd.DataFrame) -> str:
    """Return the unit of the rows in words."""
    unit = str(rows["unit"].iloc[0])
    return UNITS.get(unit, unit)


def official(production: pd.DataFrame, product: str, country: str) -> pd.DataFrame:
    """Return one country's official figures for one product, a row a year, in order.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        country: "SUN" for the USSR, "USA".

    Raises:
        ChartError: if the table holds no such rows.
    """
    chosen = (production["product"] == product) & (production["country"] == country)
    rows = production[chosen & (production["series"] == "official")]
    if rows.empty:
        raise ChartError(
            f"No official figures for {product!r} in {country!r}. "
            f"{either(production, product=product, country=country)}"
        )
    return rows.sort_values("year")


def either(table: pd.DataFrame, **wanted: str) -> str:
    """Return what the first argument can be that its column does not hold, or else the last one.

    Args:
        table: has a column named like each of the arguments.
        wanted: the arguments by name.
    """
    unknown = [name for name, given in wanted.items() if given not in set(table[name])]
    name = unknown[0] if unknown else list(wanted)[-1]
    return among(name, wanted[name], table[name].unique())


@lesson_helper(table="production")
def value(table: pd.DataFrame, country: str, product: str, year: int) -> float:
    """Return one official figure.

    Args:
        table: rows as `load("production")` gives them.
        country: "SUN" for the USSR, "USA".
        product: a product of that table, such as "steel".
        year: the year.

    Returns:
        The figure, in the product's unit.

    Raises:
        ChartError: if the table holds no such figure.
    """
    row = in_year(official(table, product, country), year)
    if row is None:
        known = between("year", official(table, product, country)["year"])
        raise ChartError(f"No official figure for {product!r} in {country!r} in {year}. {known}")
    return float(row["value"])


def in_year(rows: pd.DataFrame, year: int) -> pd.Series | None:
    """Return the one row of that year, or None where there is none."""
    found = rows[rows["year"] == year]
    return None if found.empty else found.iloc[0]


def is_verified(row: pd.Series | None) -> bool:
    """Tell whether somebody read this figure in a source (grade A or B)."""
    return row is not None and row["grade"] != "C"


def draw_country(axes: Axes, rows: pd.DataFrame, country: str) -> None:
    """Draw one country's years: a line, filled marks where verified, hollow where not.

    Args:
        axes: where to draw.
        rows: columns year, value and grade, in order of year.
        country: decides colour, marker and the name written at the end of the line.
    """
    colour = COLOURS[country]
    hollow = rows["grade"] == "C"
    axes.plot(rows["year"], rows["value"], LINES["official"], color=colour, linewidth=2.2)
    look = {"marker": MARKERS[country], "markersize": 7, "markeredgewidth": 1.6}
    draw_marks(axes, rows["year"], rows["value"], hollow, colour, look)
    last = rows.iloc[-1]
    label(axes, last["year"] + 0.7, last["value"], COUNTRIES[country], colour, weight="bold")


def draw_marks(
    axes: Axes, x: pd.Series, y: pd.Series, hollow: pd.Series, colour: str, look: dict[str, Any]
) -> None:
    """Draw a mark a figure, filled where verified, hollow where not.

    Args:
        axes: where to draw.
        x: places of the figures, such as years.
        y: the figures.
        hollow: for each of them whether it is unverified.
        colour: of the marks.
        look: their shape, size and edge, as `Line2D` settings.
    """
    for some, fill in ((~hollow, colour), (hollow, PAPER)):
        inks = {"markerfacecolor": fill, "markeredgecolor": colour}
        axes.plot(x[some], y[some], linestyle="", **inks, **look)


def explain_hollow(axes: Axes, *tables: pd.DataFrame) -> None:
    """Say above the picture what hollow marks mean, if any are drawn."""
    if any((table["grade"] == "C").any() for table in tables):
        legend(axes, ("hollow or dotted: unverified", HOLLOW))


def part_labels(axes: Axes) -> None:
    """Move the names at the ends of the lines apart where they would overlap."""
    names = sorted(axes.texts, key=lambda text: text.get_position()[1])
    gap = 0.055 * (axes.get_ylim()[1] - axes.get_ylim()[0])
    for below, above in zip(names, names[1:], strict=False):
        needed = below.get_position()[1] + gap - above.get_position()[1]
        if needed > 0:
            x, y = above.get_position()
            above.set_position((x, y + needed))


def ends(name: str, rows: pd.DataFrame) -> str:
    """Return where a line starts and ends, in words."""
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"{name}: {number(first['value'])} in {first['year']}, "
        f"{number(last['value'])} in {last['year']}."
    )


def unverified_note(*tables: pd.DataFrame) -> str:
    """Return a sentence that counts the unverified figures among the rows drawn."""
    drawn = sum(len(table) for table in tables)
    unverified = sum(int((table["grade"] == "C").sum()) for table in tables)
    if not unverified:
        return ""
    verb = "is" if unverified == 1 else "are"
    return f" Of the {drawn} figures drawn {unverified} {verb} unverified (hollow)."
