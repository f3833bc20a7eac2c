"""Lines over years, with names at their ends: the first of the two forms that most charts are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_marks, explain_hollow, name_end, part_labels
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    LOOKS,
    Look,
    chart_helper,
    inches,
    new_figure,
)
from two_winds.charts.common.timeline import name_dates, year_of
from two_winds.charts.common.wording import line_in_words, number, unverified_note

OTHERS = [
    Look(COLOURS["USA"], "s"),
    Look(COLOURS["SUN"], "o"),
    Look(COLOURS["GBR"], "D"),
    Look(COLOURS["CHN"], "^"),
    Look(COLOURS["guess"], "v"),
    Look(COLOURS["promise"], "P"),
]
BESIDE = 9 / 72


def draw_line(
    axes: Axes,
    x: pd.Series,
    y: pd.Series,
    look: Look,
    name: str = "",
    hollow: pd.Series | None = None,
    words: str = "",
) -> None:
    """Draw one line with a mark a figure, and its name at its end.

    Args:
        axes: where to draw.
        x: places of the figures, such as years.
        y: the figures.
        look: colour, marker and style of the line.
        name: what to write at its end; "" for nothing.
        hollow: for each figure whether it is unverified.
        words: what the alternative text calls it, where nothing is written at its end.
    """
    hollow = pd.Series(False, index=y.index) if hollow is None else hollow
    words = line_in_words(name or words or "Line", x, y, hollow)
    line = look.line or "none"
    axes.plot(x, y, linestyle=line, color=look.colour, linewidth=look.width, label=words)
    mark = {"marker": look.marker, "markersize": look.size, "markeredgewidth": 1.6}
    draw_marks(axes, x, y, hollow, look.colour, mark)
    drawn = y.dropna()
    if name and len(drawn):
        name_end(axes, x[drawn.index[-1]], drawn.iloc[-1], name, look.colour)


def draw_lines(
    axes: Axes,
    table: pd.DataFrame,
    by: str,
    looks: Mapping[str, Look],
    names: Mapping[str, str] | None = None,
    x: str = "year",
    y: str = "value",
    ends: bool = True,
) -> None:
    """Draw a line for each value of a column, named at its end; hollow where grade says C.

    Args:
        axes: where to draw.
        table: the rows, in order of `x`.
        by: the column that tells the lines apart.
        looks: how to draw each, by its value; values that are not among them are not drawn.
        names: what each is called; by default its value.
        x: the column of places, such as years.
        y: the column of figures.
        ends: write the name of each at its end.
    """
    for key, look in looks.items():
        rows = table[table[by] == key]
        if not rows.empty:
            name = str(key) if names is None else names[key]
            end = name if ends else ""
            draw_line(axes, rows[x], rows[y], look, end, unverified(rows), words=name)


def draw_country(axes: Axes, rows: pd.DataFrame, country: str) -> None:
    """Draw one country's years: a line, filled marks where verified, hollow where not.

    Args:
        axes: where to draw.
        rows: columns year, value and grade, in order of year.
        country: decides colour, marker and the name written at the end of the line.
    """
    draw_lines(axes, rows.assign(country=country), "country", {country: LOOKS[country]}, COUNTRIES)


def unverified(rows: pd.DataFrame) -> pd.Series:
    """Return which rows nobody has read in a source; none where there is no column grade."""
    return rows["grade"] == "C" if "grade" in rows else pd.Series(False, index=rows.index)


@chart_helper
def lines(
    table: pd.DataFrame,
    x: str,
    y: str,
    by: str | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Chart:
    """Return any table as lines over years in the house style, each with its name at its end.

    Marks are hollow where a column "grade" says C. Where a figure is missing the line is broken.

    Args:
        table: a row a figure.
        x: its column of years, as numbers or as ISO dates ("1957-10").
        y: its column of figures.
        by: its column that tells the lines apart, such as "country"; one line if None.
        title: what the picture shows, with the unit.
        source: who says so; by default what a column "source" holds.

    Returns:
        A chart; its table is the rows drawn.

    Raises:
        ChartError: if there is no such column, if one holds no numbers where it must, if two
            figures of a line stand at one place, or if there are more lines than can be told apart.
    """
    rows = _in_order(table, x, y, by)
    looks = _looks(rows, by)
    figure, axes = new_figure()
    names = {key: COUNTRIES.get(key, str(key)) if by else "" for key in looks}
    room = max(inches(name[:18]) for name in names.values()) + BESIDE + 0.25
    axes.set_position((0.09, 0.17, 0.89 - room / figure.get_figwidth(), 0.70))
    draw_lines(axes, rows, "_by", looks, names, "_x", y)
    if rows[y].min() >= 0:
        axes.set_ylim(0, 1.06 * rows[y].max() or 1)
    if not pd.api.types.is_numeric_dtype(rows[x]):
        name_dates(axes)
    part_labels(axes)
    if "grade" in rows:
        explain_hollow(axes, rows)
    ends = " to ".join(dict.fromkeys(str(rows[x].iloc[place]) for place in (0, -1)))
    title = title or f"{y.replace('_', ' ').capitalize()}, {ends}"
    sentence = " ".join(_change(rows[rows["_by"] == key], names[key], x, y) for key in looks)
    if "grade" in rows:
        sentence += unverified_note(rows)
    shown = rows.drop(columns=["_x", "_by"])
    return make_chart("Line chart", figure, title, sentence, shown, rows, source=source)


def _in_order(table: pd.DataFrame, x: str, y: str, by: str | None) -> pd.DataFrame:
    """Return the rows with their places on the scale, in order, or say what is wrong with them."""
    need_columns(table, x=x, y=y, by=by)
    need_numbers(table, y=y)
    rows = table.assign(_x=_places(table, x), _by=table[by].astype(str) if by else "")
    twice = rows[rows.duplicated(["_by", "_x"])]
    if not twice.empty:
        at, which = twice[x].iloc[0], f" of {twice['_by'].iloc[0]!r}" if by else ""
        raise ChartError(
            f"A line has one figure at a place, and this table has several{which} at {at}. "
            "Choose the rows to draw, or tell them apart with by=."
        )
    return rows.sort_values("_x", kind="stable")


def _places(table: pd.DataFrame, x: str) -> pd.Series:
    """Return where the rows stand across: numbers as they are, dates as years with fractions."""
    column = table[x]
    if pd.api.types.is_numeric_dtype(column):
        return column
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    try:
        return column.astype(str).map(year_of)
    except ValueError:
        raise ChartError(
            f"x is {x!r}: it must be a column of numbers or of dates such as 1957-10-04."
        ) from None


def _looks(rows: pd.DataFrame, by: str | None) -> dict[str, Look]:
    """Return how each line looks: a country in its own colours, any other in a colour to spare."""
    keys = told_apart(rows["_by"], by)
    own = {name: LOOKS[code] for code, name in COUNTRIES.items()} | LOOKS
    taken = [own[key] for key in keys if key in own]
    spare = cycle([look for look in OTHERS if look.colour not in {one.colour for one in taken}])
    return {key: own.get(key) or next(spare) for key in keys}


def _change(rows: pd.DataFrame, name: str, x: str, y: str) -> str:
    """Return in words by how much a line rose or fell from its first figure to its last."""
    known = rows.dropna(subset=[y])
    if known.empty:
        return f"{name or 'The table'} has no figure."
    first, last = known.iloc[0], known.iloc[-1]
    who = name or y.replace("_", " ").capitalize()
    if len(known) == 1:
        return f"{who}: {number(last[y])} in {last[x]}."
    change = last[y] - first[y]
    size = (
        f"{number(abs(100 * change / first[y]))} per cent" if first[y] > 0 else number(abs(change))
    )
    how = f"rose by {size}" if change > 0 else f"fell by {size}" if change < 0 else "did not change"
    return f"{who} {how} from {first[x]} to {last[x]}."


def told_apart(column: pd.Series, by: str | None) -> list[str]:
    """Return the values of a column, or raise ChartError if there are more than looks."""
    keys = list(dict.fromkeys(column))
    if len(keys) > len(OTHERS):
        raise ChartError(
            f"by is {by!r}, which has {len(keys)} values: no more than {len(OTHERS)} can be told "
            "apart. Choose some of its rows first."
        )
    return keys


def need_columns(table: pd.DataFrame, **columns: str | None) -> None:
    """Raise ChartError if an argument names a column that the table does not have."""
    for argument, column in columns.items():
        if column is not None and column not in table:
            known = among(argument, column, list(table.columns))
            raise ChartError(f"The table has no column {column!r}. {known}")


def need_numbers(table: pd.DataFrame, **columns: str | None) -> None:
    """Raise ChartError if an argument names a column that does not hold numbers."""
    for argument, column in columns.items():
        if column is not None and not pd.api.types.is_numeric_dtype(table[column]):
            raise ChartError(f"{argument} is {column!r}: that column must hold numbers.")
