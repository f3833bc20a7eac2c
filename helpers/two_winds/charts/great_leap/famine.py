"""Deaths in the famine: rates as registered and as estimated; estimates of excess deaths.

Nobody counted the dead. Nothing here is averaged, and every number bears the name of its author.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import HOLLOW, ChartError, part_labels, unverified_note
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    LINES,
    PAPER,
    grid_on_x,
    label,
    legend,
    new_figure,
    number,
    source_line,
    span,
)

CHINA = COLOURS["CHN"]
ESTIMATES = {"UN model": ("X", "United Nations"), "reconstruction": ("P", "Reconstruction")}
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
    axes.set_position((0.08, 0.15, 0.70, 0.72))
    _draw_rates(axes, wide, year)
    title = "Deaths for every 1,000 people in a year, China"
    sentence = _rates_sentence(wide, year) + unverified_note(rows)
    alt = f"Line chart. {title}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, wide.reset_index())


def _kind(row: tuple) -> str:
    if row.series == "official":
        return "registered"
    return next((k for k, (_, word) in ESTIMATES.items() if row.note.startswith(word)), "other")


def _draw_rates(axes: Axes, wide: pd.DataFrame, year: int) -> None:
    looks = {"registered": ("^", LINES["official"])}
    looks |= {kind: (marker, LINES["estimate"]) for kind, (marker, _) in ESTIMATES.items()}
    for kind, (marker, line) in looks.items():
        values = wide[kind].dropna()
        if values.empty:
            continue
        axes.plot(values.index, values, linestyle=line, marker=marker, color=CHINA, linewidth=2.2,
                  markersize=8)  # fmt: skip
        label(axes, values.index[-1] + 0.35, values.iloc[-1], kind, CHINA, weight="bold")
    axes.set_ylim(0, 1.1 * wide.max().max())
    axes.set_xlim(wide.index.min() - 0.5, wide.index.max() + 0.2)
    part_labels(axes)
    for kind in looks:
        if year in wide.index and not pd.isna(wide.loc[year, kind]):
            value = wide.loc[year, kind]
            label(axes, year + 0.25, value, number(value), INK, va="bottom", bbox=CLEAR)
    estimates = {"color": CHINA, "linestyle": LINES["estimate"]}
    legend(
        axes, ("registered by the authorities", {"color": CHINA}), ("estimated later", estimates)
    )


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

    Args:
        famine: rows as `load("famine_estimates")` gives them.

    Returns:
        A chart; its table has a row an author: author, published, counted, low, high, method,
        grade.

    Raises:
        ChartError: if the table is empty.
    """
    rows = famine.sort_values(["high", "low", "author"], kind="stable")
    if rows.empty:
        raise ChartError("No estimates in this table.")
    figure, axes = new_figure(height=HEAD + ROW * len(rows))
    _draw_estimates(axes, rows)
    title = "Excess deaths in the famine, by author (millions), and the years counted"
    sentence = _estimates_sentence(rows)
    listed = "; ".join(
        f"{r.author}, {_published(r)}: {span(r.low, r.high)} for {_counted(r)}, {r.method}"
        for r in rows.itertuples()
    )
    table = rows[["author", "published", "low", "high", "method", "grade"]].copy()
    table["published"] = [_published(row) for row in rows.itertuples()]
    table.insert(2, "counted", [_counted(row) for row in rows.itertuples()])
    alt = f"Range chart. {title}. {listed}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_estimates(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw a range between two marks an author, hollow where nobody here has read the figure."""
    high = axes.figure.get_figheight()
    axes.set_position((0.37, 1.0 / high, 0.46, (high - 1.9) / high))
    for place, row in enumerate(rows.itertuples()):
        fill = PAPER if row.grade == "C" else INK
        axes.plot([row.low, row.high], [place, place], "-", color=INK, linewidth=3)
        axes.plot([row.low, row.high], [place, place], "o", color=INK, markersize=8,
                  markerfacecolor=fill, markeredgewidth=1.6)  # fmt: skip
        label(axes, row.high, place, f"   {span(row.low, row.high)}", INK, size=13, weight="bold")
        label(axes, 1.03, place, _counted(row), size=13, transform=axes.get_yaxis_transform())
    names = [textwrap.fill(f"{r.author}, {_published(r)}", NAME_WIDTH) for r in rows.itertuples()]
    axes.set_yticks(range(len(rows)), names, linespacing=1.0)
    axes.tick_params(axis="y", labelsize=12)
    grid_on_x(axes)
    axes.set_xlim(0, 1.12 * rows["high"].max())
    axes.set_ylim(-0.7, len(rows) - 0.3)
    if (rows["grade"] == "C").any():
        legend(axes, ("hollow: unverified", HOLLOW))


def _published(row: tuple) -> str:
    return row.published.replace("-", "\u2013") or "no year shown"


def _counted(row: tuple) -> str:
    return f"{row.start}\u2013{row.year % 100}"


def _estimates_sentence(rows: pd.DataFrame) -> str:
    """Return the two ends of what was read, and why nothing lies between that could be averaged."""
    read = rows[rows["grade"] != "C"]
    sentence = f"{len(rows)} estimates."
    if not read.empty:
        low, high = read.loc[read["low"].idxmin()], read.loc[read["high"].idxmax()]
        sentence = (
            f"{len(rows)} estimates, from {number(low['low'])} million ({low['author']}) to "
            f"{number(high['high'])} million ({high['author']}) among those that were read."
        )
    spans = rows[["start", "year"]].drop_duplicates()
    return (
        f"{sentence} They count {len(spans)} different stretches of years, each against its own "
        f"idea of a normal year, and some follow others: they cannot be averaged."
        f"{unverified_note(rows)}"
    )
