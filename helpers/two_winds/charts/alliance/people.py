"""People on the way between the allies: experts who came, students who left."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import COLOURS, Look, chart_helper, legend, new_figure
from two_winds.charts.common.wording import number, unverified_note

ROOM = 300
FLOWS = {"experts_arrived": "experts", "students_left": "students"}
EXPERTS, STUDENTS = Look(COLOURS["SUN"], "", width=7), Look(COLOURS["CHN"], "^", "", 12)


@chart_helper
def people_on_the_way(exchange: pd.DataFrame) -> Chart:
    """Return how many experts came to China and how many students went abroad, people a year.

    A number told for several years is spread evenly over them and drawn as a bar of that length.

    Args:
        exchange: rows as `load("exchange")` gives them.

    Returns:
        A chart; its table has a row a figure: who, first year, last year, people a year, grade.

    Raises:
        ChartError: if the table holds no such flows.
    """
    table = pd.concat([_flows(exchange, name) for name in FLOWS], ignore_index=True)
    if table.empty:
        raise ChartError("No experts and no students in this table.")

    figure, axes = new_figure(box=(0.08, 0.15, 0.88, 0.74))
    points = table[table["first"] == table["last"]]
    for row in table.itertuples():
        _draw_flow(axes, row, points)
    axes.set_ylim(0, 1.16 * table["a_year"].max())
    axes.set_xlim(1948.6, 1962.4)
    experts, students = "Soviet experts arriving in China", "Chinese students leaving"
    legend(axes, (experts, EXPERTS), (students, STUDENTS))

    title = "People on the way: experts and students, persons a year"
    parts = []
    for who, rows in table.groupby("who", sort=False):
        told = [
            f"{row.what} ({f'{row.bound} {number(row.people)}'.strip()})"
            for row in rows.itertuples()
        ]
        parts.append(f"{who.capitalize()}: {', '.join(told)}.")
    sentence = " ".join(parts) + unverified_note(table)
    shown = table.drop(columns=["source", "series", "bound"]).rename(columns={"a_year": "a year"})
    return make_chart("Bars and points over the years", figure, title, sentence, shown, table)


def _flows(exchange: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return numbers of people with the years that they are told for, and people a year."""
    rows = having(exchange, indicator=indicator)
    first = rows["since"].fillna(rows["year"]).astype(int)
    yearly = rows["unit"] == "persons a year"
    a_year = rows["value"].where(yearly, rows["value"] / (rows["year"] - first + 1))
    names = {"item": "what", "year": "last", "value": "people"}
    rows = rows.assign(who=FLOWS[indicator], first=first, a_year=a_year).rename(columns=names)
    told = ["told_by", "source", "grade", "series", "bound"]
    return rows[["who", "what", "first", "last", "people", "a_year", *told]]


def _draw_flow(axes: Axes, row: Any, points: pd.DataFrame) -> None:
    """Draw people a year: a point for one year, a bar as long as the years told for."""
    look = EXPERTS if row.who == "experts" else STUDENTS
    y, in_archive = row.a_year, row.series == "russian_archive"
    told = f"{row.bound} {number(y)} a year".strip()
    told = f"{row.what}: {told}" if in_archive else told
    if row.first == row.last:
        draw_mark(axes, row.first + 0.5, y, look, words=f"{row.who}, {row.first}: {number(y)}")
        write_beside(axes, row.first + 0.5, y, number(y), look.colour, 10)
        return
    ends, words = [row.first + 0.05, row.last + 0.95], f"{row.who}, {row.first} to {row.last}"
    bar = {"color": look.colour, "linewidth": EXPERTS.width, "alpha": 0.45 if in_archive else 1}
    axes.plot(ends, [y, y], label=f"{words}: {told}", **bar)
    inside = points["first"].between(row.first, row.last)
    crowded = (inside & points["a_year"].between(y, y + ROOM)).any()
    write_beside(axes, ends[0], y, told, look.colour, 0, -7 if crowded else 7, ha="left")
