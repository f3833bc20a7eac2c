"""Growth drawn: a trend carried on beside what came; two countries grown until one overtakes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_country, draw_line
from two_winds.charts.common.marks import explain_hollow, name_end, part_labels, write_beside
from two_winds.charts.common.promise import PROMISED_FOR, PROMISED_IN
from two_winds.charts.common.select import ChartError, in_year, official, read_figures
from two_winds.charts.common.style import COUNTRIES, INK, LOOKS, chart_helper, legend, new_figure
from two_winds.charts.common.wording import number, product_name, unit_of, unverified_note
from two_winds.models.growth import NeverOvertakesError, growth_rate, project, year_of_overtaking

LAST_YEAR = 2000
SHOWN_AT_LEAST = 1978


@chart_helper
def extrapolation(
    production: pd.DataFrame,
    product: str,
    country: str = "SUN",
    first: int = 1950,
    last: int = 1957,
    until: int = PROMISED_FOR,
) -> Chart:
    """Return a trend carried on with a ruler, beside what was reported afterwards.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        country: "SUN" for the USSR, "USA".
        first: first year of the trend.
        last: last year of the trend; it is carried on from there.
        until: the year to carry it to.

    Returns:
        A chart; its table has a row a year: year, reported, trend.

    Raises:
        ChartError: if the table holds no rows for this product, or none for `first` or `last`.
    """
    if until < last:
        raise ChartError(f"until is {until}: it must not lie before last, {last}.")
    rows = official(production, product, country)
    start, base = in_year(rows, first), in_year(rows, last)
    if start is None or base is None:
        known = between("first and last", rows["year"])
        raise ChartError(
            f"No figure for {product!r} in {first} or {last}: no trend to carry on. {known}"
        )
    rate = growth_rate(start["value"], base["value"], last - first)
    years = range(last, until + 1)
    trend = pd.Series({year: project(base["value"], rate, year - last) for year in years})
    rows = rows[rows["year"].between(first, until)]
    where, name = COUNTRIES[country], product_name(product)

    figure, axes = new_figure()
    draw_country(axes, rows, country)
    words = f"{100 * rate:.1f} % a year"
    told = f"A dashed curve of {words}, to {number(trend.iloc[-1])} in {until}"
    axes.plot(trend.index, trend, "--", color=INK, linewidth=2, label=told)
    name_end(axes, until, trend.iloc[-1], words, INK)
    axes.set_ylim(bottom=0)
    axes.set_xlim(first - 1, until + 0.4)
    part_labels(axes)
    explain_hollow(axes, rows)

    span = f"{first}-{last % 100}"

    title = f"{name.capitalize()}, {where}: growth of {span} carried on ({unit_of(rows)})"
    sentence = (
        f"{where} output of {name} grew by {100 * rate:.1f} per cent a year from {first} to {last}."
        f"{_carried_on(rows, trend)}{unverified_note(rows)}"
    )
    table = pd.DataFrame({"reported": rows.set_index("year")["value"], "trend": trend})
    table = table.rename_axis("year").reset_index()
    return make_chart("Line chart", figure, title, sentence, table, rows)


def _carried_on(rows: pd.DataFrame, trend: pd.Series) -> str:
    """Return where a trend ends, and what was reported for that year, if anything was."""
    until, reached = trend.index[-1], trend.iloc[-1]
    sentence = f" Carried on, that makes {number(reached)} {unit_of(rows)} in {until}."
    end = in_year(rows, until)
    if end is None:
        return sentence
    share = number(100 * end["value"] / reached)
    return f"{sentence} Reported: {number(end['value'])}, {share} per cent of the trend."


@chart_helper
def overtaking(
    production: pd.DataFrame,
    product: str,
    ussr_rate: float,
    usa_rate: float,
) -> Chart:
    """Return both countries' output of 1957 grown at steady rates until the USSR overtakes.

    What was reported is drawn as far as it was read, or reckoned from figures read.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        ussr_rate: Soviet growth from 1957 on, as a fraction per year.
        usa_rate: American growth from 1957 on, as a fraction per year.

    Returns:
        A chart; its table has a row a year: year, USSR, USA, as the rates make them.

    Raises:
        ChartError: if the table holds no rows for this product, or none for 1957.
        GrowthError: if a rate is not above -1.
    """
    unit = unit_of(official(production, product, "SUN"))
    ussr, usa = (read_figures(production, product, country) for country in ("SUN", "USA"))
    table, year = _grown(product, ussr, usa, ussr_rate, usa_rate)
    drawn = [rows[rows["year"] >= PROMISED_IN] for rows in (ussr, usa)]

    figure, axes = new_figure()
    _draw_grown(axes, table, drawn, (ussr_rate, usa_rate))
    if year is not None:
        at = table.set_index("year").loc[year, "USSR"]
        ring = {"markersize": 16, "markerfacecolor": "none", "color": INK, "mew": 2}
        axes.plot([year], [at], "o", label=f"A ring where they cross, {year}", **ring)
        # Near the left edge the year would stand on the numbers of the axis.
        gap = 12 if year < PROMISED_IN + 4 else -12
        write_beside(axes, year, at, str(year), INK, gap, va="bottom", weight="bold", size=17)
    last = max(rows["year"].max() for rows in drawn)
    rates = {"linestyle": "--", "linewidth": 2.6}
    reported = {"linewidth": 2.2, "marker": ".", "markersize": 8}
    legend(axes, ("at your rates", rates), (f"as reported to {last}", reported))

    name = product_name(product)
    title = f"{name.capitalize()}: when would the USSR overtake? ({unit})"
    end = f"overtakes in {name} in {year}."
    if year is None:
        end = f"does not overtake in {name} by {LAST_YEAR}."
    sentence = (
        f"From {PROMISED_IN} at {100 * ussr_rate:.1f} per cent a year (USSR) and "
        f"{100 * usa_rate:.1f} (USA), the USSR {end} {_what_happened(ussr, usa)}"
    )
    return make_chart("Line chart", figure, title, sentence, table, *drawn)


def _grown(
    product: str, ussr: pd.DataFrame, usa: pd.DataFrame, ussr_rate: float, usa_rate: float
) -> tuple[pd.DataFrame, int | None]:
    """Return both outputs year by year at steady rates, and the year of overtaking by 2000."""
    starts = {"USSR": in_year(ussr, PROMISED_IN), "USA": in_year(usa, PROMISED_IN)}
    if any(start is None for start in starts.values()):
        raise ChartError(f"No figure for {product!r} in {PROMISED_IN}: nothing to start from.")
    ours, theirs = (float(start["value"]) for start in starts.values())
    try:
        year = year_of_overtaking(ours, theirs, ussr_rate, usa_rate, PROMISED_IN)
    except NeverOvertakesError:
        year = None
    if year is not None and year > LAST_YEAR:
        year = None
    until = LAST_YEAR if year is None else max(year + 3, SHOWN_AT_LEAST)
    years = range(PROMISED_IN, until + 1)
    table = pd.DataFrame({"year": years})
    for name, start, rate in (("USSR", ours, ussr_rate), ("USA", theirs, usa_rate)):
        table[name] = [project(start, rate, when - PROMISED_IN) for when in years]
    return table, year


def _draw_grown(
    axes: Axes, table: pd.DataFrame, reported: list[pd.DataFrame], rates: tuple[float, float]
) -> None:
    """Draw what was reported, thin, and the curves that the rates make of it, dashed."""
    last = table.iloc[-1]
    for country, rows, rate in zip(("SUN", "USA"), reported, rates, strict=True):
        name, look = COUNTRIES[country], LOOKS[country]
        thin = replace(look, size=4, width=1.6)
        draw_line(axes, rows["year"], rows["value"], thin, words=f"{name} as reported")
        words = f"{name} at {100 * rate:.1f} per cent a year, dashed, to {number(last[name])}"
        axes.plot(table["year"], table[name], "--", color=look.colour, linewidth=2.6, label=words)
        name_end(axes, last["year"], last[name], name, look.colour)
    axes.set_ylim(bottom=0)
    axes.set_xlim(PROMISED_IN - 1, last["year"] + 0.4)
    part_labels(axes)


def _what_happened(ussr: pd.DataFrame, usa: pd.DataFrame) -> str:
    theirs = {row.year: row for row in usa.itertuples()}
    for row in ussr.itertuples():
        rival = theirs.get(row.year)
        if row.year >= PROMISED_IN and rival is not None and row.value > rival.value:
            return f"As reported, it was first ahead in {row.year}."
    last = max(set(ussr["year"]) & set(theirs), default=None)
    return f"As reported, it was not ahead by {last}." if last else ""
