"""Soviet missiles: how many were feared at the time, how many were counted later."""

from __future__ import annotations

import textwrap

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    MARKERS,
    date_in_words,
    grid_on_x,
    label,
    legend,
    new_figure,
    number,
    source_line,
    span,
)

LABEL_WIDTH = 50
FEARED_UNTIL = 1963


@lesson_helper
def feared(arsenals: pd.DataFrame, until: int = FEARED_UNTIL) -> Chart:
    """Return what was expected of Soviet intercontinental missiles, beside what was counted.

    Args:
        arsenals: rows as `load("arsenals")` gives them.
        until: the last year foreseen that is drawn.

    Returns:
        A chart; its table has a row an estimate or count: year, said in, kind, low, high, told by.

    Raises:
        ChartError: if the table holds no such rows.
    """
    rows = arsenals[
        (arsenals["country"] == "SUN")
        & (arsenals["weapon"] == "icbm")
        & (arsenals["year"] <= until)
    ].copy()
    if rows.empty:
        known = between("until", arsenals["year"])
        raise ChartError(f"No Soviet missiles up to {until} in this table. {known}")
    rows["kind"] = ["feared" if s == "intelligence" else "counted" for s in rows["series"]]
    rows["order"] = [date if len(date) > 7 else f"{date}-99" for date in rows["as_of"]]
    rows = rows.sort_values(["kind", "order", "year"], ascending=[False, True, True], kind="stable")
    title = "Soviet intercontinental missiles: feared at the time, counted later"
    figure, axes = new_figure()
    _draw_feared(axes, rows)
    sentence = _fear_sentence(rows)
    listed = "; ".join(_one_line(row) for row in rows.itertuples())
    alt = f"Range chart. {title}. {listed}. {sentence}"
    table = rows[["year", "as_of", "kind", "low", "high", "told_by", "grade"]]
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_feared(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw estimates as ranges between grey diamonds, counts as Soviet dots."""
    axes.set_position((0.43, 0.15, 0.49, 0.71))
    looks = {"feared": (COLOURS["promise"], "D"), "counted": (COLOURS["SUN"], MARKERS["SUN"])}
    names = []
    for place, row in enumerate(rows.iloc[::-1].itertuples()):
        colour, marker = looks[row.kind]
        axes.plot([row.low, row.high], [place, place], "-", color=colour, linewidth=4)
        axes.plot([row.low, row.high], [place, place], marker, color=colour, markersize=8)
        label(
            axes, row.high, place, f"   {span(row.low, row.high)}", colour, size=13, weight="bold"
        )
        who = row.told_by.split(", as summarised")[0].split(", according")[0]
        names.append(textwrap.fill(f"for {row.year}: {who}", LABEL_WIDTH))
    axes.set_yticks(range(len(names)), names, fontsize=12)
    grid_on_x(axes)
    axes.set_ylim(-0.7, len(names) - 0.3)
    axes.set_xlim(left=-12)
    legend(axes, *((name, {"color": c, "marker": m}) for name, (c, m) in looks.items()))


def _one_line(row: tuple) -> str:
    said = date_in_words(row.as_of)
    verb = "expected" if row.kind == "feared" else "counted"
    return f"{row.told_by}, {said}: {span(row.low, row.high)} {verb} for {row.year}"


def _fear_sentence(rows: pd.DataFrame) -> str:
    """Return the widest gap for one year that has both an estimate and a count."""
    fears, counts = rows[rows["kind"] == "feared"], rows[rows["kind"] == "counted"]
    both = sorted(set(fears["year"]) & set(counts["year"]))
    sentence = f"Estimates of the time: {len(fears)}. Counts made known later: {len(counts)}."
    for year in both:
        fear, count = fears[fears["year"] == year], counts[counts["year"] == year]
        counted = span(count["low"].min(), count["high"].max(), joint=" to ")
        sentence += (
            f" For {year} from {number(fear['low'].min())} to {number(fear['high'].max())} were "
            f"expected, and {counted} were counted."
        )
    return sentence
