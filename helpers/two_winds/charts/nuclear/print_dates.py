"""When it was said and when it was put on paper: the versions of a passage on a line of years."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    date_in_words,
    grid_on_x,
    label,
    legend,
    new_figure,
    source_line,
)
from two_winds.charts.common.timeline import year_of
from two_winds.texts.compare import compare, version_of

SAID, PRINTED = "s", "o"
DIM = COLOURS["promise"]
NAME_WIDTH = 42
LAST_YEAR = 2025


@lesson_helper
def written_down(texts: pd.DataFrame, passage: str, first: str, second: str) -> Chart:
    """Return all versions of a passage, said and published; two of them in full ink, compared.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: which saying, such as "half_of_mankind".
        first: a version of it to compare.
        second: the version to compare it with.

    Returns:
        A chart; its table has a row a version: version, said on, published, years between, kind.

    Raises:
        TextError: if the table holds no such passage or version.
    """
    found = compare(texts, passage, first, second)
    rows = texts[texts["passage"] == passage]
    chosen = {second: "2", first: "1"}
    figure, axes = new_figure()
    _draw_versions(axes, rows, chosen)
    shown = passage.replace("_", " ")
    title = f"{shown.capitalize()}: when it was said, and when it was printed"
    told = [_told(number, version_of(texts, passage, name)) for name, number in chosen.items()]
    sentence = f"{' '.join(reversed(told))} {found.sentence}"
    dates = "; ".join(
        f"{row.kind}, {row.speaker}: {row.published[:4] or 'no date'}" for row in rows.itertuples()
    )
    alt = f"{title}. Printed: {dates}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, _table(rows))


def years_between(row: pd.Series) -> float:
    """Return the years from the occasion to the print that was read; nan if it shows no date.

    >>> years_between(pd.Series({"said_on": "1957-11-18", "published": "1999"}))
    42.0
    """
    if not row["published"]:
        return float("nan")
    return float(int(row["published"][:4]) - int(row["said_on"][:4]))


def _told(number: str, row: pd.Series) -> str:
    """Return in words who speaks in a version, and how late it was printed."""
    said = date_in_words(row["said_on"])
    gap = years_between(row)
    when = f"published {row['published'][:4]}, {gap:.0f} years later"
    if pd.isna(gap):
        when = "date of the print not shown"
    elif gap == 0:
        when = "published in the same year"
    return f"{number}: {row['version']}, {row['kind']}, {row['speaker']}; {said}, {when}."


def _draw_versions(axes: Axes, rows: pd.DataFrame, chosen: dict[str, str]) -> None:
    """Draw a line a version from the day to the print; words where the print shows no date."""
    axes.set_position((0.42, 0.16, 0.53, 0.68))
    names = []
    for place, row in enumerate(rows.iloc[::-1].itertuples()):
        number = chosen.get(row.version)
        colour, width = (INK, 3) if number else (DIM, 1.4)
        said = year_of(row.said_on)
        axes.plot([said], [place], SAID, color=colour, markersize=9)
        if row.published:
            printed = year_of(row.published)
            axes.plot([said, printed], [place, place], "-", color=colour, linewidth=width)
            axes.plot([printed], [place], PRINTED, color=colour, markersize=10)
            label(axes, printed + 2, place, row.published[:4], colour, size=12.5)
        else:
            label(axes, said + 2, place, "date of the print not shown", colour, size=12.5)
        name = f"{row.kind} ({row.speaker})"
        names.append(textwrap.fill(f"{number}: {name}" if number else name, NAME_WIDTH))
    axes.set_yticks(range(len(names)), names, fontsize=12)
    for tick, row in zip(axes.get_yticklabels(), rows.iloc[::-1].itertuples(), strict=True):
        tick.set_fontweight("bold" if row.version in chosen else "normal")
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(min(year_of(day) for day in rows["said_on"]) - 3, LAST_YEAR)
    grid_on_x(axes)
    marks = (("said", SAID), ("printed", PRINTED))
    legend(axes, *((name, {"marker": mark, "linestyle": ""}) for name, mark in marks))


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    table = rows[["version", "said_on", "published", "kind", "speaker", "grade"]].copy()
    table.insert(3, "years between", [years_between(row) for _, row in rows.iterrows()])
    return table.rename(columns={"said_on": "said on"}).reset_index(drop=True)
