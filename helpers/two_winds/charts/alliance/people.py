"""People on the way between the allies: experts who came, students who left."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, Look, legend, new_figure
from two_winds.charts.common.wording import number, unverified_note

PERIOD = re.compile(r"(\d{4})-(\d{4})")
ROOM = 300
ABOUT = ("More than", "Fewer than")
EXPERTS, STUDENTS = Look(COLOURS["SUN"], "", width=7), Look(COLOURS["CHN"], "^", "", 12)


@lesson_helper
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
    table = pd.concat([_experts(exchange), _students(exchange)], ignore_index=True)
    if table.empty:
        raise ChartError("No experts and no students in this table.")
    table.attrs = exchange.attrs

    figure, axes = new_figure(box=(0.08, 0.15, 0.88, 0.74))
    points = table[table["first"] == table["last"]]
    for row in table.itertuples():
        _draw_flow(axes, row, points)
    axes.set_ylim(0, 1.16 * table["a_year"].max())
    axes.set_xlim(1948.6, 1962.4)
    experts, students = "Soviet experts arriving in China", "Chinese students leaving"
    legend(axes, (experts, EXPERTS), (students, STUDENTS))

    title = "People on the way: experts and students, persons a year"
    sentence = _people_sentence(table) + unverified_note(table)
    shown = table.drop(columns=["source", "note"]).rename(columns={"a_year": "a year"})
    return make_chart("Bars and points over the years", figure, title, sentence, shown, table)


def _flows(rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """Return numbers of people with the years that they are told for, and people a year."""
    spans = [PERIOD.search(item) for item in rows["item"]]
    years = list(zip(rows["year"], spans, strict=True))
    table = pd.DataFrame(
        {
            "who": who,
            "what": rows["item"].to_numpy(),
            "first": [int(span[1]) if span else year for year, span in years],
            "last": [int(span[2]) if span else year for year, span in years],
            "people": rows["value"].to_numpy(),
        }
    )
    length = table["last"] - table["first"] + 1
    yearly = table["what"].str.contains(" a year ")
    table["a_year"] = table["people"].where(yearly, table["people"] / length)
    for name in ("told_by", "source", "grade", "note"):
        table[name] = rows[name].astype(str).to_numpy()
    return table


def _experts(exchange: pd.DataFrame) -> pd.DataFrame:
    """Return the experts who came in a stretch of years; stocks on a day cannot be compared."""
    rows = exchange[exchange["indicator"] == "experts"]
    return _flows(rows[rows["item"].str.startswith(("came in ", "civil specialists "))], "experts")


def _students(exchange: pd.DataFrame) -> pd.DataFrame:
    """Return the students of single years, and of 1957-1960 a year."""
    rows = exchange[(exchange["indicator"] == "students") & exchange["year"].between(1950, 1958)]
    return _flows(rows[~rows["item"].str.contains("school")], "students")


def _draw_flow(axes: Axes, row: Any, points: pd.DataFrame) -> None:
    """Draw people a year: a point for one year, a bar as long as the years told for."""
    look = EXPERTS if row.who == "experts" else STUDENTS
    y, civil = row.a_year, row.what.startswith("civil")
    told = f"civil experts alone: {number(y)}" if civil else f"{_about(row)}{number(y)} a year"
    if row.first == row.last:
        draw_mark(axes, row.first + 0.5, y, look, words=f"{row.who}, {row.first}: {number(y)}")
        write_beside(axes, row.first + 0.5, y, number(y), look.colour, 10)
        return
    ends, words = [row.first + 0.05, row.last + 0.95], f"{row.who}, {row.first} to {row.last}"
    bar = {"color": look.colour, "linewidth": EXPERTS.width, "alpha": 0.45 if civil else 1}
    axes.plot(ends, [y, y], label=f"{words}: {told}", **bar)
    inside = points["first"].between(row.first, row.last)
    crowded = (inside & points["a_year"].between(y, y + ROOM)).any()
    write_beside(axes, ends[0], y, told, look.colour, 0, -7 if crowded else 7, ha="left")


def _about(row: Any) -> str:
    """Return what the source says of the number's edge: more than it, fewer than it."""
    return next((f"{words.lower()} " for words in ABOUT if row.note.startswith(words)), "")


def _people_sentence(table: pd.DataFrame) -> str:
    """Return the people of each row in words, as told."""
    parts = []
    for who, rows in table.groupby("who", sort=False):
        told = [f"{row.what} ({_about(row)}{number(row.people)})" for row in rows.itertuples()]
        parts.append(f"{who.capitalize()}: {', '.join(told)}.")
    return " ".join(parts)
