"""Bombs and carriers: how many there were, as counted. What was feared stands in missiles.py."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, part_labels
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    INK,
    MARKERS,
    PAPER,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
)

SPEECH = 1957
COUNTED = ("official", "scholar")
KINDS = {
    "warheads": "warheads",
    "bombers": "strategic bombers",
    "icbm": "intercontinental missiles",
    "slbm": "missiles in submarines",
}


@lesson_helper
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
    rows = _warheads_of(arsenals, first, last)
    table = _by_country(rows)
    shown = table[[name for name in table if (table[name] > 0).any()]]
    figure, axes = new_figure()
    for country in shown:
        _draw_stock(axes, shown[country], country, log)
    sentence, title = _stock_sentence(table), f"Nuclear warheads, {first} to {last}"
    if log:
        title += ": each line up is ten times as many"
        sentence += " On this scale each line up is ten times as many, and nought has no place."
    alt = f"Line chart. {title}. {sentence}"
    if guess is not None:
        _draw_guess(axes, guess)
        sentence += f" You had predicted {number(guess)} Soviet warheads for {SPEECH}."
        alt += f" Your guess for {SPEECH}: {number(guess)}."
    _dress(axes, first, last, log)
    table = table.rename(columns=COUNTRIES).rename_axis(columns=None).reset_index()
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _warheads_of(arsenals: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    rows = arsenals[(arsenals["weapon"] == "warheads") & arsenals["year"].between(first, last)]
    if rows.empty:
        known = between("first and last", arsenals["year"])
        raise ChartError(f"No warheads between {first} and {last} in this table. {known}")
    return rows


def _by_country(rows: pd.DataFrame) -> pd.DataFrame:
    table = rows.astype({"country": str}).pivot(index="year", columns="country", values="low")
    return table[[country for country in ("USA", "SUN", "CHN") if country in table]]


def _draw_stock(axes: Axes, stock: pd.Series, country: str, log: bool) -> None:
    drawn = stock[stock > 0] if log else stock
    colour = COLOURS[country]
    axes.plot(drawn.index, drawn, "-", color=colour, linewidth=2.4)
    axes.plot(drawn.index, drawn, MARKERS[country], color=colour, markersize=7)
    words = f"{COUNTRIES[country]} {number(stock.iloc[-1])}"
    label(axes, drawn.index[-1] + 0.35, drawn.iloc[-1], words, colour, weight="bold")


def _draw_guess(axes: Axes, guess: float) -> None:
    axes.plot([SPEECH], [guess], MARKERS["guess"], markersize=20, color=COLOURS["guess"])
    label(axes, SPEECH + 0.35, guess, "your guess", COLOURS["guess"], weight="bold")


def _dress(axes: Axes, first: int, last: int, log: bool) -> None:
    """Set the scale, write whole numbers with commas, keep the names apart."""
    if log:
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.8)
        axes.minorticks_off()
    else:
        axes.set_ylim(bottom=0)
        part_labels(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}"))
    axes.set_xlim(first - 0.5, last + 0.3)


def _stock_sentence(table: pd.DataFrame) -> str:
    year = SPEECH if SPEECH in table.index else table.index[-1]
    stocks = table.loc[year]
    told = ", ".join(f"{COUNTRIES[name]} {number(stocks[name])}" for name in stocks.index)
    sentence = f"Warheads in {year}: {told}."
    if stocks.get("SUN", 0) > 0 and "USA" in stocks:
        times = number(stocks["USA"] / stocks["SUN"])
        sentence += f" For each Soviet warhead there were {times} American ones."
    return sentence


@lesson_helper
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
    rows = arsenals[
        (arsenals["year"] == year)
        & arsenals["weapon"].isin(list(KINDS))
        & arsenals["series"].isin(COUNTED)
        & (arsenals["as_of"].str[:4] == str(year))
    ]
    rows = rows[rows["country"].isin(["USA", "SUN"])]
    if rows.empty:
        known = between("year", arsenals["year"])
        raise ChartError(f"Nothing counted in {year} in this table. {known}")
    found = rows.astype({"country": str, "weapon": str})
    found = found.pivot_table(index="weapon", columns="country", values="high", aggfunc="max")
    found = found.reindex(index=list(KINDS), columns=["USA", "SUN"])
    title = f"As counted in {year}: what could explode, and what could carry it (number)"
    figure, axes = new_figure()
    _draw_balance(axes, found)
    sentence = f"As counted in {year}. " + " ".join(_told(name, found) for name in KINDS)
    table = found.rename(index=KINDS, columns=COUNTRIES).rename_axis(columns=None)
    table = table.rename_axis("weapon").reset_index()
    return Chart(
        figure, title, source_line(rows), f"Bar chart. {title}. {sentence}", sentence, table
    )


def _draw_balance(axes: Axes, found: pd.DataFrame) -> None:
    """Draw two bars a weapon, the number at the end of each, words where there is none."""
    axes.set_position((0.25, 0.16, 0.62, 0.72))
    for place, weapon in enumerate(reversed(list(KINDS))):
        for country, offset, hatch in (("USA", 0.19, ""), ("SUN", -0.19, "//")):
            size, colour = found.loc[weapon, country], COLOURS[country]
            missing = pd.isna(size)
            if not missing:
                look = {"height": 0.34, "color": colour, "edgecolor": PAPER, "hatch": hatch}
                axes.barh([place + offset], [size], linewidth=0, **look)
            words = f"  {COUNTRIES[country]} " + ("no figure found" if missing else number(size))
            colour = INK if missing else colour
            label(axes, 0 if missing else size, place + offset, words, colour, size=13.5)
    axes.set_ylim(-0.55, len(KINDS) - 0.45)
    axes.set_yticks(range(len(KINDS)), [KINDS[name].capitalize() for name in reversed(KINDS)])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}"))
    grid_on_x(axes)


def _told(weapon: str, found: pd.DataFrame) -> str:
    usa, ussr = (found.loc[weapon, country] for country in ("USA", "SUN"))
    sides = [
        f"{name} no figure found" if pd.isna(size) else f"{name} {number(size)}"
        for name, size in (("USA", usa), ("USSR", ussr))
    ]
    return f"{KINDS[weapon].capitalize()}: {', '.join(sides)}."
