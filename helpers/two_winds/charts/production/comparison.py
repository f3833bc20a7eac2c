"""Comparing: a share of the other country, in total and per head; rival figures for one fact."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from classwork.ground.errors import between

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import (
    draw_mark,
    explain_hollow,
    part_labels,
    write_beside,
)
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError, either, having, official, side_by_side
from two_winds.charts.common.style import COLOURS, COUNTRIES, LOOKS, chart_helper, new_figure
from two_winds.charts.common.wording import (
    hollow_note,
    number,
    product_name,
    unit_of,
    unverified_note,
)

NAME_WIDTH = 44


@chart_helper
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
    both, years = ["SUN", "USA"], list(ussr["year"])
    people = having(population, series="official", country=both, year=years)
    used = pd.concat([ussr, usa, people])
    output, heads = side_by_side(pd.concat([ussr, usa])).dropna(), side_by_side(people)
    shares = pd.DataFrame({"total": 100 * output["SUN"] / output["USA"]})
    shares["per head"] = shares["total"] * heads["USA"] / heads["SUN"]
    shares = shares.reset_index()
    hollow = shares["year"].isin(used.loc[used["grade"] == "C", "year"])
    colour, first = COLOURS["promise"], shares["year"].min()

    figure, axes = new_figure()
    axes.axhline(100, color=colour, linewidth=2, label="A level line at 100: the USA")
    write_beside(axes, first, 100, "level with the USA", colour, above=5, ha="left")
    for name, line in (("total", "-"), ("per head", "--")):
        look = replace(LOOKS["SUN"], line=line, size=6, width=2.8)
        draw_line(axes, shares["year"], shares[name], look, name, hollow)
    axes.set_ylim(0, max(axes.get_ylim()[1], 114))  # room for the words above 100
    axes.set_xlim(first - 1, shares["year"].max() + 0.4)
    part_labels(axes)
    explain_hollow(axes, used)

    title = f"{product_name(product).capitalize()}: Soviet output in per cent of the American"
    sentence = _share_sentence(product, shares)
    drawn, doubt = f"the {len(hollow)} years drawn", "on an unverified figure"
    sentence += hollow_note(int(hollow.sum()), drawn, f"rests {doubt}", f"rest {doubt}")
    return make_chart("Line chart", figure, title, sentence, shares, ussr, usa, people)


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


@chart_helper
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
    own = having(production, product=product, country=country)
    rows = own[own["year"] == year].sort_values("value")
    if rows.empty:
        known = between("year", own["year"])
        known = known or either(production, product=product, country=country)
        raise ChartError(f"No figure for {product!r}, {country!r}, {year} in this table. {known}")
    short = rows.attrs.get("citations", {})
    names = [f"{short.get(row.source, row.source)} ({row.series})" for row in rows.itertuples()]
    look = replace(LOOKS[country], size=13)

    figure, axes = new_rows(names, NAME_WIDTH, right=0.9, above=0.7)
    for place, row in enumerate(rows.itertuples()):
        words = f"{names[place]}: {number(row.value)}"
        draw_mark(axes, row.value, place, look, row.grade == "C", words)
        write_beside(axes, row.value, place, number(row.value), gap=12)
    axes.margins(x=0.35)

    what = f"{product_name(product).capitalize()}, {COUNTRIES[country]}, {year}"
    title = f"{what}: who says how much ({unit_of(rows)})"
    low, high = rows["value"].min(), rows["value"].max()
    sentence = f"{what}: one figure, {number(low)} {unit_of(rows)}."
    if len(rows) > 1:
        sentence = (
            f"{what}: {len(rows)} figures, from {number(low)} to {number(high)} {unit_of(rows)}, "
            f"{number(100 * (high / low - 1))} per cent apart."
        )
    sentence += unverified_note(rows)
    table = rows[["value", "unit", "series", "source", "grade", "note"]]
    return make_chart("Dot chart", figure, title, sentence, table, rows)
