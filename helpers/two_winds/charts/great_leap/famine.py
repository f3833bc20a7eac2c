"""Deaths in the famine: rates as registered and as estimated; estimates of excess deaths.

Nobody counted the dead. Nothing here is averaged, and every number bears the name of its author.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, INK, LINES, PAPER, grid_on_x, label, new_figure
from two_winds.charts.common.wording import number, source_line, span, unverified_note

CHINA = COLOURS["CHN"]
ESTIMATES = {"UN model": "United Nations", "reconstruction": "Reconstruction"}
RATES = {
    "registered": {"color": CHINA, "marker": "^", "linestyle": LINES["official"]},
    "UN model": {"color": COLOURS["promise"], "marker": "X", "linestyle": LINES["estimate"]},
    "reconstruction": {"color": INK, "marker": "P", "linestyle": LINES["revised"]},
}
NAMED = {
    "registered": "registered",
    "UN model": "UN model",
    "reconstruction": "reconstructed",
}
NAME_WIDTH = 46
CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1, "alpha": 0.8}
ROW, HEAD = 0.34, 1.9


@lesson_helper
def death_rates(great_leap: pd.DataFrame, year: int = 1960) -> Chart:
    """Return Chinese death rates: as registered, as modelled, as reconstructed.

    Args:
        great_leap: rows as `load("great_leap")` gives them.
        year: the year whose three values are written on the picture.

    Returns:
        A chart; its table has a row a year: year, registered, reconstruction, UN model.

    Raises:
        ChartError: if the table holds no death rates.
    """
    rows = great_leap[great_leap["product"] == "death_rate"].copy()
    if rows.empty:
        raise ChartError("No death rates in this table.")
    rows["kind"] = [_kind(row) for row in rows.itertuples()]
    wide = rows.pivot(index="year", columns="kind", values="value")
    wide = wide.reindex(columns=["registered", *sorted(ESTIMATES)]).dropna(how="all")
    figure, axes = new_figure()
    axes.set_position((0.08, 0.15, 0.64, 0.72))
    _draw_rates(axes, wide, year)
    title = "Deaths for every 1,000 people in a year, China"
    sentence = _rates_sentence(wide, year) + unverified_note(rows)
    alt = f"Line chart. {title}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, wide.reset_index())


def _kind(row: tuple) -> str:
    if row.series == "official":
        return "registered"
    return next((k for k, word in ESTIMATES.items() if row.note.startswith(word)), "other")


def _draw_rates(axes: Axes, wide: pd.DataFrame, year: int) -> None:
    """Draw three lines; name the values of one year at the right."""
    right = wide.index.max() + 0.4
    for kind, look in RATES.items():
        values = wide[kind].dropna()
        axes.plot(values.index, values, linewidth=2.4, markersize=8, **look)
        if year in values.index:
            rate = values[year]
            axes.plot([year, right], [rate, rate], ":", color=look["color"], linewidth=1.2)
            words = f"{number(rate)}  {NAMED[kind]}"
            label(axes, right + 0.1, rate, words, look["color"], weight="bold")
    axes.set_ylim(0, 1.1 * wide.max().max())
    axes.set_xlim(wide.index.min() - 0.5, right)
    if year in wide.index:
        label(axes, right + 0.1, 1.06 * wide.max().max(), f"{year}:", INK)


def _rates_sentence(wide: pd.DataFrame, year: int) -> str:
    if year not in wide.index:
        return ""
    found = wide.loc[year].dropna()
    listed = "; ".join(f"{kind} {number(value)}" for kind, value in found.items())
    return (
        f"For {year}, deaths for every 1,000 people: {listed}. None of these counted all the dead."
    )


@lesson_helper(famine="famine_estimates")
def excess_deaths(famine: pd.DataFrame) -> Chart:
    """Return estimates of excess deaths, one row an author; the methods stand in its table.

    Drawn are estimates that were read and that rest on work of their own; the table holds those
    that follow another as well.

    Args:
        famine: rows as `load("famine_estimates")` gives them.

    Returns:
        A chart; its table has a row an author: author, published, counted, low, high, follows,
        method, grade.

    Raises:
        ChartError: if the table is empty.
    """
    rows = famine[famine["grade"] != "C"].sort_values(["high", "low", "author"], kind="stable")
    drawn = rows[rows["follows"] == ""]
    if drawn.empty:
        raise ChartError("No estimates in this table that were read.")
    figure, axes = new_figure(height=HEAD + ROW * len(drawn))
    _draw_estimates(axes, drawn)
    title = "Excess deaths in the famine, by author (millions), and the years counted"
    sentence = _estimates_sentence(rows, drawn)
    listed = "; ".join(
        f"{r.author}, {_published(r)}: {span(r.low, r.high)} for {_counted(r)}, {r.method}"
        for r in drawn.itertuples()
    )
    table = rows[["author", "published", "low", "high", "follows", "method", "grade"]].copy()
    table["published"] = [_published(row) for row in rows.itertuples()]
    table.insert(2, "counted", [_counted(row) for row in rows.itertuples()])
    alt = f"Range chart. {title}. {listed}. {sentence}"
    return Chart(figure, title, source_line(drawn), alt, sentence, table)


def _draw_estimates(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw a range between two marks an author."""
    high = axes.figure.get_figheight()
    axes.set_position((0.37, 0.9 / high, 0.46, (high - 1.6) / high))
    for place, row in enumerate(rows.itertuples()):
        axes.plot([row.low, row.high], [place, place], "o-", color=INK, linewidth=3, markersize=8)
        label(axes, row.high, place, f"   {span(row.low, row.high)}", INK, size=13, weight="bold")
        label(axes, 1.03, place, _counted(row), size=13, transform=axes.get_yaxis_transform())
    names = [textwrap.fill(f"{r.author}, {_published(r)}", NAME_WIDTH) for r in rows.itertuples()]
    axes.set_yticks(range(len(rows)), names, linespacing=1.0)
    axes.tick_params(axis="y", labelsize=12)
    grid_on_x(axes)
    axes.set_xlim(0, 1.12 * rows["high"].max())
    axes.set_ylim(-0.7, len(rows) - 0.3)


def _published(row: tuple) -> str:
    return row.published.replace("-", "\u2013") or "no year shown"


def _counted(row: tuple) -> str:
    return f"{row.start}\u2013{row.year % 100}"


def _estimates_sentence(rows: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Return the two ends of what was read, who follows whom, and why nothing is averaged."""
    low, high = drawn.loc[drawn["low"].idxmin()], drawn.loc[drawn["high"].idxmax()]
    sentence = (
        f"{len(drawn)} estimates, from {number(low['low'])} million ({low['author']}) to "
        f"{number(high['high'])} million ({high['author']})."
    )
    followers = [
        f"{r.author} follows {r.follows}" for r in rows[rows["follows"] != ""].itertuples()
    ]
    if followers:
        sentence += f" Not drawn, because they rest on another: {'; '.join(followers)}."
    spans = drawn[["start", "year"]].drop_duplicates()
    return (
        f"{sentence} The rest count {len(spans)} different stretches of years, each against its "
        f"own idea of a normal year: they cannot be averaged."
    )
