"""Aid drawn: plants promised and built, loans by what they were for."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from two_winds.argument_checks import lesson_helper
from two_winds.charts.alliance.trade import OLD_ROUBLES_TO_DOLLAR
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, unverified_note
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    PAPER,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
)

STALIN_DIED = "1953-03-05"
NAME_WIDTH = 36
SHADES = ("#98201A", "#C4726D", "#E3BDBA")


class Bar(NamedTuple):
    """One bar of the picture of projects: its name, and the items it is made of."""

    name: str
    items: tuple[str, ...]


BARS = (
    Bar(
        "Announced as 156:\nthree lists, 1950\u201354",
        ("1950 first list", "1953 added", "1954 added"),
    ),
    Bar("All lists to 1955", ("1955 sum of all lists",)),
    Bar("Contracted by 1956\n(Russian archive)", ("1956 contracted by 1956: enterprises",)),
    Bar(
        "Finished by 1956, paler:\nin part (Russian archive)",
        ("1956 finished by 1956", "1956 partly finished by 1956"),
    ),
    Bar("Finished by 1960\n(web post, no source)", ("1960 finished by the end of 1960",)),
    Bar("In the end, built or\nbeing built", ("1960 built or being built",)),
)
KINDS = {
    "war": ("for war", COLOURS["SUN"], "///"),
    "debt": ("Soviet property, turned into a debt", COLOURS["promise"], ".."),
    "building": ("for building", COLOURS["CHN"], ""),
}


@lesson_helper
def plants(exchange: pd.DataFrame, guess: float | None = None) -> Chart:
    """Return what became of the plants that the USSR undertook to build in China.

    Args:
        exchange: rows as `load("exchange")` gives them.
        guess: a prediction of how many plants were finished by 1956, to draw beside the figure.

    Returns:
        A chart; its table has a row a figure: year, item, value, who gives it, grade.

    Raises:
        ChartError: if the table lacks one of the figures.
    """
    rows = exchange[exchange["indicator"] == "projects"].copy()
    rows["name"] = rows["year"].astype(str) + " " + rows["item"]
    figure, axes = new_figure()
    axes.set_position((0.25, 0.14, 0.66, 0.77))
    drawn = [
        _stack(axes, place, [_one(rows, item) for item in bar.items])
        for place, bar in enumerate(reversed(BARS))
    ]
    axes.set_yticks(range(len(BARS)), [bar.name for bar in reversed(BARS)])
    _across(axes)
    used = pd.concat(drawn)
    used.attrs = dict(exchange.attrs)
    sentence = _projects_sentence(rows) + unverified_note(used)
    title = "Soviet plants for China: promised, contracted, finished (number of projects)"
    alt = f"Bar chart. {title}. {sentence}"
    if guess is not None:
        axes.plot([guess], [2], MARKERS["guess"], markersize=22, color=COLOURS["guess"])
        label(axes, guess, 2.42, "your guess", COLOURS["guess"], weight="bold", ha="center")
        alt += f" Your guess for 1956: {number(guess)}."
        sentence += f" You had predicted {number(guess)} finished by 1956."
    table = used[["year", "item", "value", "told_by", "source", "grade"]]
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
        axes.barh(place, value, left=left, height=0.62, color=shade, edgecolor=PAPER, linewidth=2)
        if len(parts) > 1:
            ink = PAPER if shade == SHADES[0] else INK
            label(axes, left + value / 2, place, number(value), ink, ha="center")
        left += value
    if "partly" not in parts[-1]["item"].iloc[0]:
        label(axes, left, place, f"  {number(left)}", INK, weight="bold")
    return pd.concat(parts)


def _across(axes: Axes) -> None:
    """Set lines and ticks for bars that lie."""
    grid_on_x(axes)
    axes.tick_params(axis="y", labelsize=12.5)


def _projects_sentence(rows: pd.DataFrame) -> str:
    value = {row.name: row.value for row in rows[["name", "value"]].itertuples(index=False)}
    lists = [value[item] for item in BARS[0].items]
    done, contracted = value[BARS[3].items[0]], value[BARS[2].items[0]]
    return (
        f"{' + '.join(map(number, lists))} = {number(sum(lists))} plants were announced; with "
        f"later lists {number(value[BARS[1].items[0]])} were agreed by 1955 and "
        f"{number(contracted)} contracted by 1956. Finished by 1956: {number(done)}, and "
        f"{number(value[BARS[3].items[1]])} in part. In the end "
        f"{number(value[BARS[5].items[0]])} were built or being built."
    )


@lesson_helper
def loans(exchange: pd.DataFrame) -> Chart:
    """Return the credits to China up to 1955, one bar each, by what they were for.

    Dollars are turned into old roubles at four to the dollar, the official rate.

    Args:
        exchange: rows as `load("exchange")` gives them.

    Returns:
        A chart; its table has a row a credit: date, item, million old roubles, kind, grade.

    Raises:
        ChartError: if the table holds no credits before 1957.
    """
    rows = exchange[(exchange["indicator"] == "credits") & (exchange["year"] < 1957)].copy()
    if rows.empty:
        raise ChartError("No credits before 1957 in this table.")
    dollars = rows["unit"] == "million US dollars"
    rows["roubles"] = rows["value"].where(~dollars, rows["value"] * OLD_ROUBLES_TO_DOLLAR)
    rows["kind"] = [_kind(item) for item in rows["item"]]
    rows = rows.sort_values("date", kind="stable", ascending=False)
    figure, axes = new_figure()
    axes.set_position((0.42, 0.14, 0.50, 0.74))
    for place, row in enumerate(rows.itertuples()):
        _, colour, hatch = KINDS[row.kind]
        look = {"facecolor": colour, "edgecolor": PAPER, "hatch": hatch}
        if row.grade == "C":
            look = {"facecolor": PAPER, "edgecolor": colour, "linestyle": ":", "linewidth": 2.5}
        axes.barh(place, row.roubles, height=0.62, **look)
        label(axes, row.roubles, place, f"  {number(row.roubles)}", INK)
    axes.set_yticks(range(len(rows)), [_wrapped(row) for row in rows.itertuples()])
    _across(axes)
    _stalin_line(axes, rows)
    title = "Soviet credits to China up to 1955 (million old roubles)"
    sentence = _loans_sentence(rows) + unverified_note(rows)
    table = rows[["date", "item", "roubles", "kind", "told_by", "grade"]].iloc[::-1]
    alt = f"Bar chart. {title}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _wrapped(row: Any) -> str:
    return textwrap.fill(f"{row.year}: {row.item}", NAME_WIDTH)


def _kind(item: str) -> str:
    """Return what a credit was for, as its name tells."""
    if "turned into a debt" in item:
        return "debt"
    return "war" if "military" in item or "divisions" in item else "building"


def _stalin_line(axes: Axes, rows: pd.DataFrame) -> None:
    """Part the credits at Stalin's death, and explain the marks."""
    after = int((rows["date"] > STALIN_DIED).sum())
    axes.axhline(after - 0.5, color=INK, linewidth=1.5, linestyle="--")
    right = axes.get_xlim()[1] * 1.25
    axes.set_xlim(0, right)
    label(axes, right, after - 0.62, "after Stalin", INK, ha="right", va="top", style="italic")
    label(axes, right, after - 0.4, "under Stalin", INK, ha="right", va="bottom", style="italic")
    _explain_kinds(axes)


def _explain_kinds(axes: Axes) -> None:
    """Say above the picture what the credits were for, in the hatching of the bars."""
    boxes = [
        Patch(facecolor=colour, edgecolor=PAPER, hatch=hatch, label=name)
        for name, colour, hatch in KINDS.values()
    ]
    boxes.append(Patch(facecolor=PAPER, edgecolor=INK, linestyle=":", label="unverified"))
    options = {"frameon": False, "fontsize": 12.5, "ncols": len(boxes), "handlelength": 1.6}
    place = {"loc": "lower left", "bbox_to_anchor": (-0.82, 0.995), "borderaxespad": 0}
    axes.legend(handles=boxes, columnspacing=1.3, **options, **place)


def _loans_sentence(rows: pd.DataFrame) -> str:
    parts = []
    for name, chosen in (
        ("Under Stalin", rows[rows["date"] <= STALIN_DIED]),
        ("After him, up to 1955", rows[rows["date"] > STALIN_DIED]),
    ):
        sums = chosen.groupby("kind")["roubles"].sum()
        told = [f"{number(sums[kind])} {KINDS[kind][0]}" for kind in KINDS if kind in sums]
        parts.append(f"{name}: {', '.join(told)} (million old roubles).")
    return " ".join(parts)
