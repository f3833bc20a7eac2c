"""Soviet missiles: how many were feared at the time, how many were counted later."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    SPINE,
    date_in_words,
    font_families,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
    span,
)

FEARED_UNTIL = 1963
# Discoverer 14, the first to bring film back from orbit: see the table firsts.
FIRST_FILM = "1960-08"


@lesson_helper
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
    rows = arsenals[
        (arsenals["country"] == "SUN")
        & (arsenals["weapon"] == "icbm")
        & (arsenals["year"] <= until)
    ].copy()
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
    _draw_feared(axes, rows)
    title = "Soviet missiles that could reach America: expected at the time, counted"
    sentence = _fear_sentence(rows)
    listed = "; ".join(_one_line(row) for row in rows.itertuples())
    alt = f"Range chart, a row an estimate, by the day on which it was made. {title}. {listed}."
    table = rows[["year", "as_of", "kind", "low", "high", "told_by", "grade"]]
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_feared(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw estimates by the day on which they were made, then a gap, then what was counted."""
    axes.set_position((0.27, 0.135, 0.69, 0.75))
    looks = {"feared": (COLOURS["promise"], "D"), "counted": (COLOURS["SUN"], MARKERS["SUN"])}
    places, names, place, before = [], [], 0.0, None
    for row in rows.itertuples():
        place += _gap(before, row)
        before = row
        colour, marker = looks[row.kind]
        axes.plot([row.low, row.high], [place, place], "-", color=colour, linewidth=5)
        axes.plot([row.low, row.high], [place, place], marker, color=colour, markersize=8)
        words = span(row.low, row.high)
        by = row.told_by.split(",")[0]
        beside = 15 + 11 * len(words)
        for text, ink, size, aside in ((words, colour, 15, 9), (by, INK, 11.5, beside)):
            look = {"weight": "bold" if text == words else "normal", "family": font_families()}
            place_of = {"xytext": (aside, 0), "textcoords": "offset points", "va": "center"}
            axes.annotate(text, (row.high, place), color=ink, size=size, **place_of, **look)
        made = date_in_words(row.as_of[:7])
        names.append(f"{made}: for {row.year}" if row.kind == "feared" else made)
        places.append(place)
    axes.set_yticks(places, names, fontsize=13)
    axes.set_ylim(place + 0.8, -1.5)
    axes.set_xlim(-12, max(rows["high"]) * 2.05)
    axes.set_xticks(range(0, int(max(rows["high"])) + 1, 100))
    grid_on_x(axes)
    _head_lines(axes, rows, dict(zip(rows.index, places, strict=True)))


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
    heads = [(fears, "EXPECTED, in the order in which it was said", COLOURS["promise"]),
             (late, "after the first photographs from a satellite, August 1960", INK),
             (counts, "COUNTED later, for that time", COLOURS["SUN"])]  # fmt: skip
    for group, words, colour in heads:
        if len(group):
            place = places[group.index[0]] - 0.95
            axes.plot([0, right], [place + 0.35] * 2, "-", color=SPINE, linewidth=0.8)
            label(axes, right, place, words, colour, size=13, weight="bold", ha="right")


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
