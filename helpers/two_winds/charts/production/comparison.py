"""Comparing: a share of the other country, in total and per head; rival figures for one fact."""

from __future__ import annotations

import textwrap

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.marks import draw_marks, explain_hollow, part_labels
from two_winds.charts.common.select import ChartError, either, official
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    INK,
    MARKERS,
    PAPER,
    grid_on_x,
    label,
    new_figure,
)
from two_winds.charts.common.wording import (
    number,
    product_name,
    source_line,
    unit_of,
    unverified_note,
)

NAME_WIDTH = 44


@lesson_helper
def ratio(production: pd.DataFrame, product: str, population: pd.DataFrame) -> Chart:
    """Return Soviet output of one product as a share of the American, in total and per head.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        population: rows as `load("population")` gives them.

    Returns:
        A chart; its table has one row a year: year, total, per head, both in per cent of the USA.

    Raises:
        ChartError: if a table holds no rows for this product.
    """
    ussr, usa = official(production, product, "SUN"), official(production, product, "USA")
    ussr, usa = ussr[ussr["year"].isin(usa["year"])], usa[usa["year"].isin(ussr["year"])]
    people = _people(population, ussr["year"])
    used = pd.concat([ussr, usa, people])
    doubtful = used.loc[used["grade"] == "C", "year"]
    shares = _shares(ussr, usa, people)
    title = f"{product_name(product).capitalize()}: Soviet output in per cent of the American"
    figure, axes = new_figure()
    axes.axhline(100, color=COLOURS["promise"], linewidth=2)
    label(axes, shares["year"].min(), 103, "level with the USA", COLOURS["promise"], va="bottom")
    _draw_shares(axes, shares, doubtful)
    explain_hollow(axes, used)
    sentence = _share_sentence(product, shares) + _doubt(shares, doubtful)
    source = source_line(ussr, usa, people)
    return Chart(figure, title, source, f"Line chart. {title}. {sentence}", sentence, shares)


def _people(population: pd.DataFrame, years: pd.Series) -> pd.DataFrame:
    """Return the official population of both countries in these years."""
    return population[
        (population["series"] == "official")
        & population["country"].isin(["SUN", "USA"])
        & population["year"].isin(years)
    ]


def _draw_shares(axes: Axes, shares: pd.DataFrame, doubtful: pd.Series) -> None:
    """Draw both shares, hollow in the years that rest on an unverified figure."""
    colour = COLOURS["SUN"]
    hollow = shares["year"].isin(doubtful)
    look = {"marker": MARKERS["SUN"], "markersize": 6, "markeredgewidth": 1.6}
    for name, line in (("total", "-"), ("per head", "--")):
        axes.plot(shares["year"], shares[name], line, color=colour, linewidth=2.8)
        draw_marks(axes, shares["year"], shares[name], hollow, colour, look)
        last = shares.iloc[-1]
        label(axes, last["year"] + 0.7, last[name], name, colour, weight="bold")
    axes.set_ylim(0, max(axes.get_ylim()[1], 114))  # room for the words above 100
    axes.set_xlim(shares["year"].min() - 1, shares["year"].max() + 0.4)
    part_labels(axes)


def _doubt(shares: pd.DataFrame, doubtful: pd.Series) -> str:
    """Return a sentence that counts the years which rest on an unverified figure."""
    years = int(shares["year"].isin(doubtful).sum())
    if not years:
        return ""
    verb = "rests" if years == 1 else "rest"
    return f" Of the {len(shares)} years drawn {years} {verb} on an unverified figure (hollow)."


def _shares(ussr: pd.DataFrame, usa: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    output = pd.DataFrame(
        {name: rows.set_index("year")["value"] for name, rows in (("SUN", ussr), ("USA", usa))}
    ).dropna()
    heads = people.astype({"country": str}).pivot(index="year", columns="country", values="value")
    shares = pd.DataFrame({"total": 100 * output["SUN"] / output["USA"]})
    shares["per head"] = shares["total"] * heads["USA"] / heads["SUN"]
    return shares.rename_axis("year").reset_index()


def _share_sentence(product: str, shares: pd.DataFrame) -> str:
    first, last = shares.iloc[0], shares.iloc[-1]
    sentence = (
        f"Soviet output of {product_name(product)} went from {number(first['total'])} per cent of "
        f"the American in {first['year']:.0f} to {number(last['total'])} per cent in "
        f"{last['year']:.0f}; per head from {number(first['per head'])} to "
        f"{number(last['per head'])} per cent."
    )
    for name in ("total", "per head"):
        ahead = shares.loc[shares[name] > 100, "year"]
        when = "in no year" if ahead.empty else f"first in {ahead.iloc[0]:.0f}"
        sentence += f" Ahead {'in ' if name == 'total' else ''}{name}: {when}."
    return sentence


@lesson_helper
def rivals(production: pd.DataFrame, product: str, country: str, year: int) -> Chart:
    """Return every figure that the table holds for one quantity, side by side.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        country: "SUN" for the USSR, "USA".
        year: the year.

    Returns:
        A chart; its table has a row a figure: value, series, source, grade, note.

    Raises:
        ChartError: if the table holds no figure for it.
    """
    own = production[(production["product"] == product) & (production["country"] == country)]
    rows = own[own["year"] == year].sort_values("value")
    if rows.empty:
        known = between("year", own["year"])
        known = known or either(production, product=product, country=country)
        raise ChartError(f"No figure for {product!r}, {country!r}, {year} in this table. {known}")
    what = f"{product_name(product).capitalize()}, {COUNTRIES[country]}, {year}"
    title = f"{what}: who says how much ({unit_of(rows)})"
    figure = _draw_rivals(rows, country)
    low, high = rows["value"].min(), rows["value"].max()
    sentence = f"{what}: one figure, {number(low)} {unit_of(rows)}."
    if len(rows) > 1:
        sentence = (
            f"{what}: {len(rows)} figures, from {number(low)} to {number(high)} {unit_of(rows)}, "
            f"{number(100 * (high / low - 1))} per cent apart."
        )
    sentence += unverified_note(rows)
    table = rows[["value", "unit", "series", "source", "grade", "note"]]
    return Chart(
        figure, title, source_line(rows), f"Dot chart. {title}. {sentence}", sentence, table
    )


def _draw_rivals(rows: pd.DataFrame, country: str) -> Figure:
    """Draw one dot a figure, named at the left by who said so."""
    height = 2.2 + 0.7 * len(rows)
    figure, axes = new_figure(height=height)
    short = rows.attrs.get("citations", {})
    names = [f"{short.get(row.source, row.source)} ({row.series})" for row in rows.itertuples()]
    names = [textwrap.fill(name, NAME_WIDTH) for name in names]
    axes.set_position((0.44, 1.1 / height, 0.45, (height - 2.0) / height))
    colour = COLOURS[country]
    for place, row in enumerate(rows.itertuples()):
        fill = PAPER if row.grade == "C" else colour
        axes.plot(
            [row.value],
            [place],
            MARKERS[country],
            markersize=13,
            markerfacecolor=fill,
            markeredgecolor=colour,
            markeredgewidth=2,
        )
        label(axes, row.value, place, f"   {number(row.value)}", INK, size=14)
    axes.set_yticks(range(len(rows)), names)
    grid_on_x(axes)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.margins(x=0.35)
    return figure
