"""Comparing: a share of the other country, in total and per head; rival figures for one fact."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.rows import (
    ChartError,
    official,
    part_labels,
    product_name,
    unit_of,
    unverified_note,
)
from two_winds.picture import Chart
from two_winds.style import (
    COLOURS,
    COUNTRIES,
    GRID,
    INK,
    MARKERS,
    PAPER,
    label,
    new_figure,
    number,
    source_line,
)


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
    people = population[population["series"] == "official"]
    shares = _shares(ussr, usa, people)
    title = f"{product_name(product).capitalize()}: Soviet output in per cent of the American"
    figure, axes = new_figure()
    axes.axhline(100, color=COLOURS["promise"], linewidth=2)
    label(axes, shares["year"].min(), 103, "level with the USA", COLOURS["promise"], va="bottom")
    for name, line in (("total", "-"), ("per head", "--")):
        axes.plot(shares["year"], shares[name], line, color=COLOURS["SUN"], linewidth=2.8)
        last = shares.iloc[-1]
        label(axes, last["year"] + 0.7, last[name], name, COLOURS["SUN"], weight="bold")
    axes.set_ylim(bottom=0)
    axes.set_xlim(shares["year"].min() - 1, shares["year"].max() + 0.4)
    part_labels(axes)
    sentence = _share_sentence(product, shares) + unverified_note(ussr, usa)
    source = source_line(ussr, usa, people)
    return Chart(figure, title, source, f"Line chart. {title}. {sentence}", sentence, shares)


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
    rows = production[
        (production["product"] == product)
        & (production["country"] == country)
        & (production["year"] == year)
    ].sort_values("value")
    if rows.empty:
        raise ChartError(f"No figure for {product!r}, {country!r}, {year} in this table.")
    what = f"{product_name(product).capitalize()}, {COUNTRIES[country]}, {year}"
    title = f"{what}: who says how much ({unit_of(rows)})"
    height = 2.2 + 0.7 * len(rows)
    figure, axes = new_figure(height=height)
    short = rows.attrs.get("citations", {})
    names = [f"{short.get(row.source, row.source)} ({row.series})" for row in rows.itertuples()]
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
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=GRID)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.margins(x=0.35)
    low, high = rows["value"].min(), rows["value"].max()
    sentence = (
        f"{what}: {len(rows)} figures, from {number(low)} to {number(high)} {unit_of(rows)}, "
        f"{number(100 * (high / low - 1))} per cent apart." + unverified_note(rows)
    )
    table = rows[["value", "unit", "series", "source", "grade", "note"]]
    return Chart(
        figure, title, source_line(rows), f"Dot chart. {title}. {sentence}", sentence, table
    )
