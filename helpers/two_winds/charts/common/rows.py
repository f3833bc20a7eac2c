"""Rows named at the left with a bar, a mark or a range: the second of the two forms."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import OTHERS, need_columns, need_numbers, told_apart, unverified
from two_winds.charts.common.marks import HOLLOW, write_beside
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    LETTERS,
    PAPER,
    WIDTH,
    Look,
    chart_helper,
    grid_on_x,
    inches,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import number, span, unverified_note

NAMES = 34
ABOVE, BELOW, APART = 1.0, 1.05, 0.3
BAR = 0.6
MARKS = ("bar", "dot")


@dataclass(frozen=True)
class Row:
    """One row of a picture: a bar from nought, a range between two marks, or one mark.

    Attributes:
        name: what to write at its left.
        low: its figure, or the lower end of a range.
        high: the upper end; the same as `low` where there is one figure.
        look: how it is drawn.
        words: what to write at its end.
        hollow: whether it is unverified.
        seen: what the alternative text says of it; by default its name and its words.
    """

    name: str
    low: float
    high: float
    look: Look = Look()
    words: str = ""
    hollow: bool = False
    seen: str = ""


def new_rows(
    names: Sequence[str],
    wrap: int = NAMES,
    right: float = 0.97,
    above: float = ABOVE,
    each: float = APART,
) -> tuple[Figure, Axes]:
    """Return a figure with rows named at the left, the first on top; row n is at height n.

    The figure is as high as the rows need, and its left margin as wide as the longest name.

    Args:
        names: what to write at the left, a name a row.
        wrap: how many letters of a name stand in one line.
        right: where the axes end, in fractions of the figure; words may stand beyond it.
        above: inches kept free above the rows: title, and one line of `legend`.
        each: inches that a row takes besides its name.
    """
    wrapped = [textwrap.fill(name, wrap) for name in names]
    line = 1.15 * LETTERS / 72
    most = max(name.count("\n") + 1 for name in wrapped)
    height = above + BELOW + len(names) * (most * line + each)
    left = (0.25 + max(map(inches, wrapped))) / WIDTH
    box = (left, BELOW / height, right - left, (height - above - BELOW) / height)
    figure, axes = new_figure(height=height, box=box)
    axes.set_yticks(range(len(names)), wrapped, linespacing=1)
    axes.set_ylim(len(names) - 0.45, -0.55)
    grid_on_x(axes)
    return figure, axes


def draw_bar(
    axes: Axes,
    place: float,
    low: float,
    high: float,
    look: Look,
    hollow: bool = False,
    height: float = BAR,
    words: str = "",
) -> None:
    """Draw a bar in row `place` from `low` to `high`, empty and dotted where it is unverified."""
    (bar,) = axes.barh(
        place,
        high - low,
        left=low,
        height=height,
        facecolor=PAPER if hollow else look.colour,
        edgecolor=look.colour if hollow else PAPER,
        hatch="" if hollow else look.hatch,
        linestyle=":" if hollow else "-",
        linewidth=2.2 if hollow else 0,
    )
    bar.set_label(words or "_")


def draw_range(
    axes: Axes,
    place: float,
    low: float,
    high: float,
    look: Look,
    hollow: bool = False,
    words: str = "",
) -> None:
    """Draw a range in row `place` as a line between two marks; one mark where both are one."""
    axes.plot([low, high], [place, place], "-", color=look.colour, linewidth=3.5)
    fill = PAPER if hollow else look.colour
    mark = {"markersize": look.size, "markerfacecolor": fill, "markeredgecolor": look.colour}
    ends = list(dict.fromkeys([low, high]))
    where = [place] * len(ends)
    axes.plot(ends, where, look.marker, markeredgewidth=1.8, label=words or None, **mark)


def draw_rows(axes: Axes, rows: Sequence[Row], bars: bool = False) -> None:
    """Draw rows, each with its words at its end, and set the scale so that all have room.

    Args:
        axes: where to draw, as `new_rows` returns it.
        rows: from top to bottom.
        bars: draw bars instead of marks and ranges; with one figure a bar begins at nought.
    """
    shown = [row for row in rows if not pd.isna(row.high)]
    for place, row in enumerate(rows):
        if row not in shown:
            continue
        told = row.seen or f"{row.name}: {row.words or span(row.low, row.high)}"
        told += ", hollow" if row.hollow else ""
        if bars:
            start = 0 if row.low == row.high else row.low
            draw_bar(axes, place, start, row.high, row.look, row.hollow, words=told)
        else:
            draw_range(axes, place, row.low, row.high, row.look, row.hollow, told)
        gap = 6 if bars else 6 + row.look.size / 2
        write_beside(axes, row.high, place, row.words, row.look.colour, gap, weight="bold")
    lowest = min((row.low for row in shown), default=0)
    if bars or lowest >= 0:
        axes.set_xlim(left=min(0, lowest))
    leave_room(axes, [row.words for row in shown], max((row.high for row in shown), default=1))


def leave_room(axes: Axes, words: Sequence[str], high: float) -> None:
    """Set the scale across so that the longest of some words has room right of its mark."""
    width = axes.get_position().width * axes.figure.get_figwidth()
    taken = min((max(map(inches, words), default=0) + 0.25) / width, 0.7)
    low = axes.get_xlim()[0]
    axes.set_xlim(low, low + (high - low) / (1 - taken))


@chart_helper
def rows(
    table: pd.DataFrame,
    name: str,
    value: str,
    to: str | None = None,
    by: str | None = None,
    mark: str = "bar",
    title: str | None = None,
    source: str | None = None,
) -> Chart:
    """Return any table as rows in the house style, from top to bottom as the table has them.

    Hollow where a column "grade" says C. A row without a figure is named and left empty.

    Args:
        table: a row for each row of the picture.
        name: its column of names, to stand at the left.
        value: its column of figures, or of the lower ends of ranges.
        to: its column of upper ends, to draw ranges.
        by: a column whose values are told apart by colour and explained above the picture.
        mark: "bar" for bars from nought, "dot" for one mark a figure; ranges have marks.
        title: what the picture shows, with the unit.
        source: who says so; by default what a column "source" holds.

    Returns:
        A chart; its table is the rows drawn.

    Raises:
        ChartError: if there is no such column, if one holds no numbers where it must, or if `by`
            has more values than can be told apart.
    """
    need_columns(table, name=name, value=value, to=to, by=by)
    need_numbers(table, value=value, to=to)
    if mark not in MARKS:
        raise ChartError(f"No mark {mark!r}. {among('mark', mark, MARKS)}")
    looks = _looks(table, by)
    figure, axes = new_rows(list(table[name].astype(str)))
    told = _told(table, name, value, to or value, by, looks)
    draw_rows(axes, told, bars=to is None and mark == "bar")
    notes = [(key, replace(look, line="", marker="s")) for key, look in looks.items() if key]
    if unverified(table).any():
        notes.append(("hollow: unverified", HOLLOW))
    legend(axes, *notes)
    what = f"{value} to {to}" if to else value
    title = title or f"{what} by {name}".replace("_", " ").capitalize()
    sentence = _extremes(told) + (unverified_note(table) if "grade" in table else "")
    kind = "Range chart" if to else f"{mark.capitalize()} chart"
    return make_chart(kind, figure, title, sentence, table, table, source=source)


def _told(
    table: pd.DataFrame,
    name: str,
    low: str,
    high: str,
    by: str | None,
    looks: Mapping[str, Look],
) -> list[Row]:
    """Return the rows of a picture; one without a figure has no words and no mark."""
    told = []
    for (_, row), hollow in zip(table.iterrows(), unverified(table), strict=True):
        key = str(row[by]) if by else ""
        words = span(row[low], row[high])
        of = f" ({key})" if key else ""
        seen = f"{row[name]}{of}: {words}"
        told.append(Row(str(row[name]), row[low], row[high], looks[key], words, hollow, seen))
    return told


def _looks(table: pd.DataFrame, by: str | None) -> Mapping[str, Look]:
    keys = told_apart(table[by].astype(str), by) if by else [""]
    hatches = ("", "//", "..", "xx", "\\\\", "--")
    return {
        key: replace(look, hatch=hatch, size=10)
        for key, look, hatch in zip(keys, OTHERS, hatches, strict=False)
    }


def _extremes(drawn: Sequence[Row]) -> str:
    """Return in words which rows have the highest and the lowest figure."""
    drawn = [row for row in drawn if not pd.isna(row.high)]
    if not drawn:
        return "The table has no figure."
    top = max(drawn, key=lambda row: row.high)
    bottom = min(drawn, key=lambda row: row.low)
    if len(drawn) == 1:
        return f"{top.name}: {span(top.low, top.high, ' to ')}."
    sentence = f"Highest is {top.name} with {number(top.high)}, lowest {bottom.name} with "
    return f"{sentence}{number(bottom.low)}."
