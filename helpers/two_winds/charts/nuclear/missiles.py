"""Soviet missiles: how many were feared at the time, how many were counted later."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import write_beside
from two_winds.charts.common.rows import draw_range
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    SPINE,
    Look,
    chart_helper,
    grid_on_x,
    label,
    new_figure,
)
from two_winds.charts.common.wording import date_in_words, number, span

FEARED_UNTIL = 1963
LOOKS_OF = {
    "feared": Look(COLOURS["promise"], "D", "", 8),
    "counted": Look(COLOURS["SUN"], MARKERS["SUN"], "", 9),
}
# Discoverer 14, the first to bring film back from orbit: see the table firsts.
FIRST_FILM = "1960-08"


@chart_helper
def feared(arsenals: pd.DataFrame, until: int = FEARED_UNTIL) -> Chart:
    """Return what was expected of Soviet intercontinental missiles, beside what was counted.

    Args:
        arsenals: rows as `load("arsenals")` gives them.
        until: the last year foreseen that is drawn.

    Returns:
        A chart; its table has a row an estimate or count, in order of the day on which it was made:
        year, as_of, kind, low, high, told_by, grade.

    Raises:
        ChartError: if the table holds no such rows.
    """
    rows = having(arsenals[arsenals["year"] <= until], country="SUN", weapon="icbm")
    if rows.empty:
        known = between("until", arsenals["year"])
        raise ChartError(f"No Soviet missiles up to {until} in this table. {known}")
    rows["kind"] = ["feared" if s == "intelligence" else "counted" for s in rows["series"]]
    # A year alone stands after the months of that year: "late 1957" after October.
    rows["order"] = rows["as_of"].where(
        rows["as_of"].str.len() > len("1957"), rows["as_of"] + "-99"
    )
    rows = rows.sort_values(["kind", "order", "year"], ascending=[False, True, True], kind="stable")

    figure, axes = new_figure()
    axes.set_position((0.29, 0.185, 0.68, 0.715))
    places, names, place, before = [], [], 0.0, None
    for row in rows.itertuples():
        place += _gap(before, row)
        before, look = row, LOOKS_OF[row.kind]
        draw_range(axes, place, row.low, row.high, look, words=_one_line(row))
        words = span(row.low, row.high)
        write_beside(axes, row.high, place, words, look.colour, weight="bold")
        made = date_in_words(row.as_of[:7])
        names.append(f"{made}, for {row.year}" if row.kind == "feared" else made)
        places.append(place)
    axes.set_yticks(places, names)
    axes.set_ylim(place + 0.8, -1.5)
    axes.set_xlim(-12, max(rows["high"]) * 1.35)
    axes.set_xticks(range(0, int(max(rows["high"])) + 1, 100))
    grid_on_x(axes)
    _head_lines(axes, rows, dict(zip(rows.index, places, strict=True)))

    title = "Soviet missiles that could reach America: expected at the time, counted"
    sentence = _fear_sentence(rows)
    table = rows[["year", "as_of", "kind", "low", "high", "told_by", "grade"]]
    kind = "Range chart, a row an estimate, by the day on which it was made"
    return make_chart(kind, figure, title, sentence, table, rows)


def _gap(before: tuple | None, row: tuple) -> float:
    """Return how far below the row before a row stands: further where something begins."""
    if before is None:
        return 0.0
    if before.kind != row.kind:
        return 2.2
    if row.kind == "feared" and before.as_of < FIRST_FILM <= row.as_of:
        return 2.0
    return 1.0


def _head_lines(axes: Axes, rows: pd.DataFrame, places: dict) -> None:
    """Write above each group what it is."""
    fears, counts = rows[rows["kind"] == "feared"], rows[rows["kind"] == "counted"]
    late = fears[fears["as_of"] >= FIRST_FILM]
    right = axes.get_xlim()[1]
    heads = [
        (fears, "EXPECTED, by the month in which it was said", COLOURS["promise"]),
        (late, "after the first photographs from orbit, August 1960", INK),
        (counts, "COUNTED later, for that time", COLOURS["SUN"]),
    ]
    for group, words, colour in heads:
        if len(group):
            place = places[group.index[0]] - 0.95
            axes.plot([0, right], [place + 0.35] * 2, "-", color=SPINE, linewidth=0.8)
            label(axes, right, place, words, colour, weight="bold", ha="right")


def _one_line(row: tuple) -> str:
    said = date_in_words(row.as_of)
    verb = "expected" if row.kind == "feared" else "counted"
    return f"{row.told_by}, {said}: {span(row.low, row.high)} {verb} for {row.year}"


def _fear_sentence(rows: pd.DataFrame) -> str:
    """Return for each year that has both an estimate and a count how far they lie apart."""
    fears, counts = rows[rows["kind"] == "feared"], rows[rows["kind"] == "counted"]
    sentence = f"Estimates of the time: {len(fears)}. Counts made known later: {len(counts)}."
    for year in sorted(set(fears["year"]) & set(counts["year"])):
        fear, count = fears[fears["year"] == year], counts[counts["year"] == year]
        counted = span(count["low"].min(), count["high"].max(), joint=" to ")
        sentence += (
            f" For {year} from {number(fear['low'].min())} to {number(fear['high'].max())} were "
            f"expected, and {counted} were counted."
        )
    return sentence
