"""Aid drawn: plants promised and built, loans by what their titles say."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import guess_in_words
from two_winds.charts.common.marks import write_beside
from two_winds.charts.common.rows import Row, draw_bar, draw_rows, leave_room, new_rows
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import COLOURS, INK, PAPER, Look, chart_helper, label, legend
from two_winds.charts.common.wording import number, unverified_note

STALIN_DIED = "1953-03-05"
SMALL = 20
SHADES = (Look(colour="#98201A"), Look(colour="#C4726D"), Look(colour="#E3BDBA"))


class Bar(NamedTuple):
    """One bar of the picture of plants: its name, and the items it is made of."""

    name: str
    items: tuple[str, ...]


BARS = (
    Bar("Announced: three lists, 1950–54", ("1950 first list", "1953 added", "1954 added")),
    Bar("of these in the end built or being built", ("1960 built or being built",)),
    Bar("Contracted by 1956, with 55 more", ("1956 contracted by 1956: enterprises",)),
    Bar(
        "of these finished by 1956, and in part",
        ("1956 finished by 1956", "1956 partly finished by 1956"),
    ),
)
# What each indicator of a loan is called, and how its bars look.
KINDS = {
    "loans_arms": ("arms and war", Look(colour=COLOURS["SUN"], hatch="///")),
    "loans_building": ("building", Look(colour=COLOURS["CHN"])),
    "loans_property": (
        "Soviet property left in China",
        Look(colour=COLOURS["promise"], hatch=".."),
    ),
}


@chart_helper
def plants(exchange: pd.DataFrame) -> Chart:
    """Return what became of the plants that the USSR undertook to build in China.

    Args:
        exchange: rows as `load("exchange")` gives them.

    Returns:
        A chart; its table has a row a figure: year, item, value, who gives it, grade.

    Raises:
        ChartError: if the table lacks one of the figures.
    """
    rows = having(exchange, indicator="projects")
    rows["name"] = rows["year"].astype(str) + " " + rows["item"]
    items = [item for bar in BARS for item in bar.items]
    if wrong := [item for item in items if (rows["name"] == item).sum() != 1]:
        raise ChartError(f"Wants one row of projects {wrong[0]!r}.")
    used = rows.set_index("name").loc[items]
    value = used["value"]

    figure, axes = new_rows([bar.name for bar in BARS], wrap=24)
    for place, bar in enumerate(BARS):
        _stack(axes, place, [value[item] for item in bar.items])
    leave_room(axes, ["999"], value.max())

    title = "Soviet plants for China: promised, contracted, finished (number of plants)"
    table = used[["year", "item", "value", "told_by", "source", "grade"]].reset_index(drop=True)
    lists = [value[item] for item in BARS[0].items]
    done, partly = (value[item] for item in BARS[3].items)
    sentence = (
        f"{' + '.join(map(number, lists))} = {number(sum(lists))} plants were announced; of these "
        f"{number(value[BARS[1].items[0]])} were built or being built in the end. With 55 more, "
        f"{number(value[BARS[2].items[0]])} were contracted by 1956; of these {number(done)} were "
        f"finished by then, and {number(partly)} in part."
    )
    return make_chart("Bar chart", figure, title, sentence, table, used)


def _stack(axes: Axes, place: int, values: list[float]) -> None:
    """Draw one bar of several parts, each with its number, and a sum at its end."""
    left = 0.0
    for value, look in zip(values, SHADES, strict=False):
        words = f"{BARS[place].name}: {number(value)}"
        draw_bar(axes, place, left, left + value, look, words=words)
        if len(values) > 1:
            ink = PAPER if look is SHADES[0] else INK
            label(axes, left + value / 2, place, number(value), ink, ha="center")
        left += value
    if len(values) != 2:  # finished, and finished in part, are not to be added
        write_beside(axes, left, place, number(left), INK, weight="bold")


@chart_helper
def loans(exchange: pd.DataFrame, guess: float | None = None) -> Chart:
    """Return the Soviet loans to China, one bar each, by what their titles say they were for.

    Loans under 20 million old roubles are left out of the picture.

    Args:
        exchange: rows as `load("exchange")` gives them.
        guess: a prediction of the share that paid for arms and war, in per cent, to tell beside
            what historians count.

    Returns:
        A chart; its table has a row a loan: date, title, million old roubles, kind, grade.

    Raises:
        ChartError: if the table holds no loans.
    """
    rows = having(exchange[exchange["value"] > SMALL], indicator=KINDS)
    if rows.empty:
        raise ChartError("No loans in this table.")
    rows["kind"] = [KINDS[name][0] for name in rows["indicator"]]
    rows["name"] = rows["year"].astype(str) + ": " + rows["item"]
    rows = rows.sort_values("date", kind="stable")

    figure, axes = new_rows(list(rows["name"]), wrap=44)
    drawn = [
        Row(r.name, r.value, r.value, KINDS[r.indicator][1], number(r.value), r.grade == "C")
        for r in rows.itertuples(index=False)
    ]
    draw_rows(axes, drawn, bars=True)
    place = (rows["date"] <= STALIN_DIED).sum() - 0.5
    axes.axhline(place, color=INK, linewidth=1.5, linestyle="--")
    right = axes.get_xlim()[1] * 1.12
    axes.set_xlim(right=right)
    for words, va, step in (("under Stalin", "bottom", -0.1), ("after Stalin", "top", 0.1)):
        label(axes, right, place + step, words, INK, ha="right", va=va, style="italic")
    boxes = [(name, replace(look, line="", marker="s", size=11)) for name, look in KINDS.values()]
    legend(axes, *boxes)

    title = "Soviet loans to China by their titles (million old roubles)"
    parts = []
    for name, chosen in (
        ("under Stalin", rows[rows["date"] <= STALIN_DIED]),
        ("after him", rows[rows["date"] > STALIN_DIED]),
    ):
        sums = chosen.groupby("indicator")["value"].sum()
        told = [f"{number(sums[kind])} for {KINDS[kind][0]}" for kind in KINDS if kind in sums]
        parts.append(f"{name} {', '.join(told)}")
    sentence = f"By their titles, in million old roubles: {'; '.join(parts)}."
    sentence += _shares(exchange, guess) + unverified_note(rows)
    table = rows[["date", "item", "value", "kind", "told_by", "grade"]]
    return make_chart("Bar chart", figure, title, sentence, table, rows)


def _shares(exchange: pd.DataFrame, guess: float | None) -> str:
    """Return what others count as military, and the guess."""
    rows = exchange[exchange["indicator"] == "loans_military_share"]
    told = [f"{number(row.value)} by {row.told_by}" for row in rows.itertuples()]
    words = f" Military, in per cent: {'; '.join(told)}." if told else ""
    return words + guess_in_words(guess)
