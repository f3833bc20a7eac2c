"""Aid drawn: plants promised and built, loans by what their titles say."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, unverified_note
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    PAPER,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
)

STALIN_DIED = "1953-03-05"
SMALL = 20
SHADES = ("#98201A", "#C4726D", "#E3BDBA")


class Bar(NamedTuple):
    """One bar of the picture of plants: its name, and the items it is made of."""

    name: str
    items: tuple[str, ...]


BARS = (
    Bar("Announced:\nthree lists, 1950–54", ("1950 first list", "1953 added", "1954 added")),
    Bar("of these in the end\nbuilt or being built", ("1960 built or being built",)),
    Bar("Contracted by 1956,\nwith 55 more", ("1956 contracted by 1956: enterprises",)),
    Bar(
        "of these finished by 1956,\npaler: in part",
        ("1956 finished by 1956", "1956 partly finished by 1956"),
    ),
)
# What each indicator of a loan is called, and how its bars look.
KINDS = {
    "loans_arms": ("arms and war", COLOURS["SUN"], "///"),
    "loans_building": ("building", COLOURS["CHN"], ""),
    "loans_property": ("Soviet property left in China", COLOURS["promise"], ".."),
}


@lesson_helper
def plants(exchange: pd.DataFrame) -> Chart:
    """Return what became of the plants that the USSR undertook to build in China.

    Args:
        exchange: rows as `load("exchange")` gives them.

    Returns:
        A chart; its table has a row a figure: year, item, value, who gives it, grade.

    Raises:
        ChartError: if the table lacks one of the figures.
    """
    rows = exchange[exchange["indicator"] == "projects"].copy()
    rows["name"] = rows["year"].astype(str) + " " + rows["item"]
    figure, axes = new_figure(height=5)
    axes.set_position((0.27, 0.15, 0.66, 0.74))
    drawn = [
        _stack(axes, place, [_one(rows, item) for item in bar.items])
        for place, bar in enumerate(reversed(BARS))
    ]
    axes.set_yticks(range(len(BARS)), [bar.name for bar in reversed(BARS)])
    grid_on_x(axes)
    axes.tick_params(axis="y", labelsize=13)
    used = pd.concat(drawn)
    used.attrs = dict(exchange.attrs)
    sentence = _plants_sentence(rows)
    title = "Soviet plants for China: promised, contracted, finished (number of plants)"
    table = used[["year", "item", "value", "told_by", "source", "grade"]]
    alt = f"Bar chart, four bars. {title}."
    return Chart(figure, title, source_line(used), alt, sentence, table)


def _one(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    found = rows[rows["name"] == name]
    if len(found) != 1:
        raise ChartError(f"Wants one row of projects {name!r}, found {len(found)}.")
    return found


def _stack(axes: Axes, place: int, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Draw one bar of several parts, each with its number, and their sum at the end."""
    left = 0.0
    for part, shade in zip(parts, SHADES, strict=False):
        value = float(part["value"].iloc[0])
        axes.barh(place, value, left=left, height=0.6, color=shade, edgecolor=PAPER, linewidth=2)
        if len(parts) > 1:
            ink = PAPER if shade == SHADES[0] else INK
            label(axes, left + value / 2, place, number(value), ink, ha="center")
        left += value
    if "partly" not in parts[-1]["item"].iloc[0]:
        label(axes, left, place, f"  {number(left)}", INK, weight="bold")
    return pd.concat(parts)


def _plants_sentence(rows: pd.DataFrame) -> str:
    value = {row.name: row.value for row in rows[["name", "value"]].itertuples(index=False)}
    lists = [value[item] for item in BARS[0].items]
    done, partly = (value[item] for item in BARS[3].items)
    return (
        f"{' + '.join(map(number, lists))} = {number(sum(lists))} plants were announced; of these "
        f"{number(value[BARS[1].items[0]])} were built or being built in the end. With 55 more, "
        f"{number(value[BARS[2].items[0]])} were contracted by 1956; of these {number(done)} were "
        f"finished by then, and {number(partly)} in part."
    )


@lesson_helper
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
    rows = exchange[exchange["indicator"].isin(KINDS) & (exchange["value"] > SMALL)].copy()
    if rows.empty:
        raise ChartError("No loans in this table.")
    rows["indicator"] = rows["indicator"].astype(str)
    rows = rows.sort_values("date", kind="stable", ascending=False)
    figure, axes = new_figure()
    axes.set_position((0.34, 0.13, 0.60, 0.75))
    for place, row in enumerate(rows.itertuples()):
        _, colour, hatch = KINDS[row.indicator]
        axes.barh(place, row.value, height=0.66, color=colour, edgecolor=PAPER, hatch=hatch)
        label(axes, row.value, place, f"  {number(row.value)}", INK)
    axes.set_yticks(range(len(rows)), [f"{row.year}: {row.item}" for row in rows.itertuples()])
    axes.tick_params(axis="y", labelsize=13)
    grid_on_x(axes)
    _stalin_line(axes, rows)
    _explain_kinds(axes)
    title = "Soviet loans to China by their titles (million old roubles)"
    sentence = _loans_sentence(rows) + _shares(exchange, guess) + unverified_note(rows)
    rows["kind"] = [KINDS[name][0] for name in rows["indicator"]]
    table = rows[["date", "item", "value", "kind", "told_by", "grade"]].iloc[::-1]
    alt = f"Bar chart, {len(rows)} bars. {title}."
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _stalin_line(axes: Axes, rows: pd.DataFrame) -> None:
    """Part the loans at Stalin's death."""
    after = int((rows["date"] > STALIN_DIED).sum())
    axes.axhline(after - 0.5, color=INK, linewidth=1.5, linestyle="--")
    right = axes.get_xlim()[1] * 1.2
    axes.set_xlim(0, right)
    label(axes, right, after - 0.6, "after Stalin", INK, ha="right", va="top", style="italic")
    label(axes, right, after - 0.4, "under Stalin", INK, ha="right", va="bottom", style="italic")


def _explain_kinds(axes: Axes) -> None:
    """Say above the picture what the hatching of the bars means."""
    boxes = [
        Patch(facecolor=colour, edgecolor=PAPER, hatch=hatch, label=name)
        for name, colour, hatch in KINDS.values()
    ]
    options = {"frameon": False, "fontsize": 13, "ncols": len(boxes), "handlelength": 1.6}
    place = {"loc": "lower left", "bbox_to_anchor": (-0.5, 0.995), "borderaxespad": 0}
    axes.legend(handles=boxes, **options, **place)


def _loans_sentence(rows: pd.DataFrame) -> str:
    parts = []
    for name, chosen in (
        ("under Stalin", rows[rows["date"] <= STALIN_DIED]),
        ("after him", rows[rows["date"] > STALIN_DIED]),
    ):
        sums = chosen.groupby("indicator")["value"].sum()
        told = [f"{number(sums[kind])} for {KINDS[kind][0]}" for kind in KINDS if kind in sums]
        parts.append(f"{name} {', '.join(told)}")
    return f"By their titles, in million old roubles: {'; '.join(parts)}."


def _shares(exchange: pd.DataFrame, guess: float | None) -> str:
    """Return what others count as military, and the guess."""
    rows = exchange[exchange["indicator"] == "loans_military_share"]
    told = [f"{number(row.value)} by {row.told_by}" for row in rows.itertuples()]
    words = f" Military, in per cent: {'; '.join(told)}." if told else ""
    return words + ("" if guess is None else f" You had predicted {number(guess)}.")
