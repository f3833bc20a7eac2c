"""Deaths in the famine: rates as registered and as estimated; estimates of excess deaths.

Nobody counted the dead. Nothing here is averaged, and every number bears the name of its author.
"""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.marks import END, part_labels, write_beside, write_in_margin
from two_winds.charts.common.rows import Row, draw_rows, new_rows
from two_winds.charts.common.select import ChartError, having, side_by_side
from two_winds.charts.common.style import COLOURS, INK, LINES, Look, chart_helper, new_figure
from two_winds.charts.common.wording import number, span, unverified_note

KINDS = {
    "official": "registered",
    "reconstruction": "reconstruction",
    "un_model": "UN model",
}
RATES = {
    "registered": Look(COLOURS["CHN"], "^", LINES["official"]),
    "UN model": Look(COLOURS["promise"], "X", LINES["estimate"]),
    "reconstruction": Look(INK, "P", LINES["revised"]),
}
NAMED = {
    "registered": "registered",
    "UN model": "UN model",
    "reconstruction": "reconstructed",
}
NAME_WIDTH = 44


@chart_helper
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
    rows = having(great_leap, product="death_rate")
    if rows.empty:
        raise ChartError("No death rates in this table.")
    rows["kind"] = rows["series"].map(KINDS)
    wide = side_by_side(rows, "kind")
    wide = wide.reindex(columns=["registered", "UN model", "reconstruction"]).dropna(how="all")

    figure, axes = new_figure(box=(0.08, 0.15, 0.66, 0.72))
    right, top = wide.index.max() + 0.4, wide.max().max()
    for kind, look in RATES.items():
        values = wide[kind].dropna()
        draw_line(axes, values.index.to_series(), values, look, words=NAMED[kind])
        if year in values.index:
            rate = values[year]
            axes.plot([year, right], [rate, rate], ":", color=look.colour, linewidth=1.2)
            words = f"{number(rate)}  {NAMED[kind]}"
            write_beside(axes, right, rate, words, look.colour, 6, weight="bold", gid=END)
    axes.set_ylim(0, 1.1 * top)
    axes.set_xlim(wide.index.min() - 0.5, right)
    part_labels(axes)
    if year in wide.index:
        write_beside(axes, right, 1.06 * top, f"{year}:", INK, 6)

    title = "Deaths for every 1,000 people in a year, China"
    sentence = _rates_sentence(wide, year) + unverified_note(rows)
    return make_chart("Line chart", figure, title, sentence, wide.reset_index(), rows)


def _rates_sentence(wide: pd.DataFrame, year: int) -> str:
    if year not in wide.index:
        return ""
    found = wide.loc[year].dropna()
    listed = "; ".join(f"{kind} {number(value)}" for kind, value in found.items())
    return (
        f"For {year}, deaths for every 1,000 people: {listed}. None of these counted all the dead."
    )


@chart_helper(famine="famine_estimates")
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
    names = [f"{row.author}, {_published(row)}" for row in drawn.itertuples()][::-1]

    figure, axes = new_rows(names, NAME_WIDTH, right=0.86, above=0.95, each=0.14)
    told = [_row(name, row) for name, row in zip(names[::-1], drawn.itertuples(), strict=True)]
    draw_rows(axes, told[::-1])
    write_in_margin(axes, -1, "counted", weight="bold")
    for place, row in enumerate(reversed(list(drawn.itertuples()))):
        write_in_margin(axes, place, _counted(row))

    title = "Excess deaths in the famine, by author (millions), and the years counted"
    low, high = drawn.loc[drawn["low"].idxmin()], drawn.loc[drawn["high"].idxmax()]
    sentence = (
        f"{len(drawn)} estimates, from {number(low['low'])} million ({low['author']}) to "
        f"{number(high['high'])} million ({high['author']})."
    )
    others = len(rows) - len(drawn)
    if others:
        sentence += f" Not drawn: {others} that rest on the work of another."
    spans = drawn[["start", "year"]].drop_duplicates()
    sentence += (
        f" They count {len(spans)} different stretches of years, each against its own idea of a "
        "normal year."
    )
    table = rows[["author", "published", "low", "high", "follows", "method", "grade"]].copy()
    table["published"] = [_published(row) for row in rows.itertuples()]
    table.insert(2, "counted", [_counted(row) for row in rows.itertuples()])
    return make_chart("Range chart", figure, title, sentence, table, drawn)


def _row(name: str, row: tuple) -> Row:
    words = span(row.low, row.high)
    seen = f"{name}: {words} for {_counted(row)}, {row.method}"
    return Row(name, row.low, row.high, Look(INK), words, seen=seen)


def _published(row: tuple) -> str:
    return row.published.replace("-", "\u2013") or "no year shown"


def _counted(row: tuple) -> str:
    return f"{row.start}\u2013{row.year % 100}"
