"""Bombs and carriers: how many there were, as counted. What was feared stands in missiles.py."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from classwork.ground.errors import between

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import draw_guess, guess_in_words
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import part_labels, write_beside
from two_winds.charts.common.rows import draw_bar, leave_room, new_rows
from two_winds.charts.common.select import ChartError, having, side_by_side
from two_winds.charts.common.style import COUNTRIES, INK, LOOKS, chart_helper, new_figure
from two_winds.charts.common.wording import number

SPEECH = 1957
COUNTED = ("official", "scholar")
KINDS = {
    "warheads": "warheads",
    "bombers": "strategic bombers",
    "icbm": "intercontinental missiles",
    "slbm": "missiles in submarines",
}


@chart_helper
def warheads(
    arsenals: pd.DataFrame,
    guess: float | None = None,
    first: int = 1945,
    last: int = SPEECH,
    log: bool = False,
) -> Chart:
    """Return the nuclear warheads of each country, year by year.

    Args:
        arsenals: rows as `load("arsenals")` gives them.
        guess: a prediction of Soviet warheads in 1957, to draw beside them.
        first: first year drawn.
        last: last year drawn.
        log: draw each tenfold step equally high; years without warheads cannot be drawn then.

    Returns:
        A chart; its table has a row a year and a column a country.

    Raises:
        ChartError: if the table holds no warheads in these years.
    """
    rows = having(arsenals[arsenals["year"].between(first, last)], weapon="warheads")
    if rows.empty:
        known = between("first and last", arsenals["year"])
        raise ChartError(f"No warheads between {first} and {last} in this table. {known}")
    table = side_by_side(rows, value="low")
    table = table[[country for country in ("USA", "SUN", "CHN") if country in table]]

    figure, axes = new_figure()
    for country in table:
        stock = table[country].where(table[country] > 0) if log else table[country]
        if (stock > 0).any():
            name = f"{COUNTRIES[country]} {number(stock.iloc[-1])}"
            draw_line(axes, stock.index.to_series(), stock, LOOKS[country], name)
    draw_guess(axes, SPEECH, guess, guess)
    axes.set_xlim(first - 0.5, last + 0.3)
    if log:
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.8)
        axes.minorticks_off()
    else:
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    part_labels(axes)

    title = f"Nuclear warheads, {first} to {last}"
    year = SPEECH if SPEECH in table.index else table.index[-1]
    stocks = table.loc[year]
    told = ", ".join(f"{COUNTRIES[name]} {number(stocks[name])}" for name in stocks.index)
    sentence = f"Warheads in {year}: {told}."
    if stocks.get("SUN", 0) > 0 and "USA" in stocks:
        times = number(stocks["USA"] / stocks["SUN"])
        sentence += f" For each Soviet warhead there were {times} American ones."
    if log:
        title += ": each line up is ten times as many"
        sentence += " On this scale each line up is ten times as many, and nought has no place."
    sentence += guess_in_words(guess, f"Soviet warheads for {SPEECH}")
    table = table.rename(columns=COUNTRIES).reset_index()
    return make_chart("Line chart", figure, title, sentence, table, rows)


@chart_helper
def balance(arsenals: pd.DataFrame, year: int = SPEECH) -> Chart:
    """Return warheads and carriers of both sides in one year, as counted.

    Args:
        arsenals: rows as `load("arsenals")` gives them.
        year: the year.

    Returns:
        A chart; its table has a row a weapon: weapon, USA, USSR; no figure where none was found.

    Raises:
        ChartError: if the table holds nothing counted in that year.
    """
    rows = arsenals[arsenals["as_of"].str[:4] == str(year)]
    rows = having(rows, year=year, weapon=KINDS, series=COUNTED, country=["USA", "SUN"])
    if rows.empty:
        known = between("year", arsenals["year"])
        raise ChartError(f"Nothing counted in {year} in this table. {known}")
    found = rows.pivot_table(index="weapon", columns="country", values="high", aggfunc="max")
    found = found.reindex(index=list(KINDS), columns=["USA", "SUN"])
    told = {
        (weapon, country): f"{name} {'no figure found' if pd.isna(size) else number(size)}"
        for country, name in (("USA", "USA"), ("SUN", "USSR"))
        for weapon, size in found[country].items()
    }
    table = found.rename(index=KINDS, columns=COUNTRIES).rename_axis(columns=None)
    table = table.rename_axis("weapon").reset_index()

    figure, axes = new_rows([name.capitalize() for name in KINDS.values()], above=0.7, each=0.75)
    looks = {"USA": LOOKS["USA"], "SUN": replace(LOOKS["SUN"], hatch="//")}
    for place, weapon in enumerate(KINDS):
        for country, y in (("USA", place - 0.2), ("SUN", place + 0.2)):
            size, words, look = found.loc[weapon, country], told[weapon, country], looks[country]
            if pd.isna(size):
                write_beside(axes, 0, y, words, INK, 6)
            else:
                draw_bar(axes, y, 0, size, look, height=0.34, words=f"{KINDS[weapon]}: {words}")
                write_beside(axes, size, y, words, look.colour, 6)
    leave_room(axes, list(told.values()), found.max().max())
    axes.xaxis.set_major_formatter("{x:,.0f}")

    title = f"As counted in {year}: what could explode, and what could carry it (number)"
    lines = [f"{KINDS[w].capitalize()}: {told[w, 'USA']}, {told[w, 'SUN']}." for w in KINDS]
    sentence = f"As counted in {year}. {' '.join(lines)}"
    return make_chart("Bar chart", figure, title, sentence, table, rows)
