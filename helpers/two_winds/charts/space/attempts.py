"""The first attempts to reach orbit, the masses that got there, and the firsts, side by side."""

from __future__ import annotations

import textwrap

import pandas as pd
from classwork.ground.errors import among, between, need_date
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    GRID,
    INK,
    MARKERS,
    PAPER,
    date_in_words,
    label,
    legend,
    new_figure,
    number,
    source_line,
)

SIDES = ("SUN", "USA")
LANES = {"SUN": 9.4, "USA": 0.0}
SHORT = 20
NAMED = {"Sputnik 1": (0, 1.9), "Sputnik 2": (0, 1), "Sputnik 3": (0, 1), "Vanguard TV3": (0, 1),
         "Explorer 1": (-1, 3.6), "SCORE": (0, 1)}  # fmt: skip
LABEL_INCHES, GAP_INCHES, HIGHEST, PAGE = 1.75, 0.2, 3.9, (10.56, 4.96)


@lesson_helper
def attempts(
    launches: pd.DataFrame, guess: float | None = None, until: str = "1958-12-31"
) -> Chart:
    """Return every attempt of both sides to reach orbit, month by month, success or failure.

    Args:
        launches: rows as `load("launches")` gives them.
        guess: a prediction of how many of them all succeeded, in per cent.
        until: last day counted, as "1958-12-31".

    Returns:
        A chart; its table has a row a side: attempts, successes, partial, failures.

    Raises:
        ChartError: if the table holds no attempts up to that day.
    """
    need_date(until=until)
    rows = launches[launches["country"].isin(SIDES) & (launches["date_utc"] <= until)]
    if rows.empty:
        known = between("until", launches["date_utc"])
        raise ChartError(f"No attempts up to {until} in this table. {known}")
    table = _outcomes(rows)
    figure, axes = new_figure()
    _draw_attempts(axes, rows)
    _name_lanes(axes, table)
    reached, tried = int(table["success"].sum()), int(table["attempts"].sum())
    share = number(round(100 * reached / tried))
    sentence = (
        f"Up to {date_in_words(until)}: "
        + "; ".join(_told(row) for row in table.itertuples())
        + f". Together {reached} of {tried} succeeded, {share} per cent."
    )
    if guess is not None:
        sentence += f" You had predicted {number(guess)} per cent."
        _draw_guess(axes, f"your guess:\n{number(guess)} per cent")
    title = f"Attempts to reach orbit, {rows['date_utc'].min()[:4]} to {until[:4]}, by month"
    alt = f"Dot chart, one mark an attempt. {title}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_guess(axes: Axes, words: str) -> None:
    side = axes.get_yaxis_transform()
    look = {"markersize": 16, "color": COLOURS["guess"], "clip_on": False, "transform": side}
    axes.plot([1.03], [6.6], MARKERS["guess"], **look)
    label(axes, 1.055, 6.6, words, COLOURS["guess"], size=13.5, weight="bold", transform=side)


def _outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    counted = pd.DataFrame({"side": [COUNTRIES[side] for side in SIDES]})
    of = [rows[rows["country"] == side]["outcome"].astype(str) for side in SIDES]
    counted["attempts"] = [len(outcomes) for outcomes in of]
    for outcome in ("success", "partial", "failure"):
        counted[outcome] = [int((outcomes == outcome).sum()) for outcomes in of]
    return counted


def _told(row: tuple) -> str:
    partial = f", {row.partial} in part" if row.partial else ""
    return f"{row.side} {row.success} of {row.attempts} attempts succeeded{partial}"


def _draw_attempts(axes: Axes, rows: pd.DataFrame) -> None:
    """Pile up one mark an attempt over each month."""
    start = pd.Period(rows["date_utc"].min()[:7], "M")
    ordered = rows.sort_values("date_utc", kind="stable")
    places = [(pd.Period(date[:7], "M") - start).n for date in ordered["date_utc"]]
    months, piles = max(places) + 1, {}
    size = 15 if months <= SHORT else 7
    for month, row in zip(places, ordered.itertuples(), strict=True):
        pile = piles[row.country, month] = piles.get((row.country, month), -1) + 1
        y, colour = LANES[row.country] + pile, COLOURS[row.country]
        axes.plot([month], [y], **_mark(row.outcome, row.country, colour, size))
        if row.payload in NAMED and months <= SHORT:
            _name_mark(axes, month, y, row.payload)
    step = 3 if months <= SHORT else 12
    ticks = [place for place in range(months) if (start + place).month % step == 1]
    axes.set_xticks(ticks, [(start + place).strftime("%b %Y") for place in ticks])
    axes.set_xlim(-0.7, months - 0.3)
    axes.set_ylim(-0.9, 12.4)
    axes.set_yticks([])
    axes.axhline(8.5, color=GRID, linewidth=1.5)


def _name_mark(axes: Axes, month: int, y: float, payload: str) -> None:
    """Write a name near its mark, with a line to it where the name stands aside."""
    aside, up = NAMED[payload]
    label(axes, month + aside, y + up, payload, INK, size=12.5, ha="center")
    if aside:
        ends = ([month + aside + 0.2, month - 0.13], [y + up - 0.5, y + 0.45])
        axes.plot(*ends, "-", color=INK, linewidth=0.9)


def _mark(outcome: str, country: str, colour: str, size: float) -> dict:
    if outcome == "failure":
        return {"marker": "x", "color": colour, "markersize": size * 0.7, "markeredgewidth": 2.6}
    fill = "left" if outcome == "partial" else "full"
    look = {"marker": MARKERS[country], "color": colour, "markersize": size, "fillstyle": fill}
    return look | {"markerfacecoloralt": PAPER}


def _name_lanes(axes: Axes, table: pd.DataFrame) -> None:
    for side, row in zip(SIDES, table.itertuples(), strict=True):
        words = f"{row.side}\n{row.success} of {row.attempts}\nsucceeded"
        y = LANES[side] + (1.4 if side == "SUN" else 2.4)
        look = {"size": 15, "weight": "bold", "linespacing": 1.4}
        label(axes, 1.02, y, words, COLOURS[side], transform=axes.get_yaxis_transform(), **look)
    marks = [("reached orbit", {"marker": "o", "linestyle": "", "markersize": 11})]
    if table["partial"].any():
        half = {"fillstyle": "left", "markerfacecoloralt": PAPER}
        marks.append(("in part", {"marker": "o", "linestyle": "", "markersize": 11} | half))
    failed = {"marker": "x", "linestyle": "", "markersize": 9, "markeredgewidth": 2.4}
    legend(axes, *marks, ("failed", failed))


@lesson_helper
def masses(satellites: pd.DataFrame, names: list[str]) -> Chart:
    """Return satellites as squares whose areas are to scale with their masses.

    Where sources differ, the figure that is not rounded to whole kilograms is drawn; among several
    of these one that comes with a dated orbit.

    Args:
        satellites: rows as `load("satellites")` gives them.
        names: satellites of that table, from left to right.

    Returns:
        A chart; its table has a row a satellite: satellite, country, mass_kg, source, grade.

    Raises:
        ChartError: if the table holds no mass of one of them.
    """
    rows = pd.DataFrame([_exact_mass(satellites, name) for name in names])
    rows.attrs = satellites.attrs
    figure = _draw_squares(rows)
    told = ", ".join(f"{row.satellite} {_kilograms(row)}" for row in rows.itertuples())
    small, large = rows["mass_kg"].min(), rows["mass_kg"].max()
    sentence = f"Masses to scale: {told}. The heaviest has {number(large / small)} times the "
    sentence += "mass of the lightest."
    title = "Masses to scale: a square twice as large in area is twice as heavy (kg)"
    table = rows[["satellite", "country", "mass_kg", "source", "grade"]].reset_index(drop=True)
    return Chart(
        figure, title, source_line(rows), f"Squares to scale. {title}. {sentence}", sentence, table
    )


def _exact_mass(satellites: pd.DataFrame, name: str) -> pd.Series:
    rows = satellites[(satellites["satellite"] == name) & satellites["mass_kg"].notna()]
    if rows.empty:
        known = among("one of names", name, satellites["satellite"])
        raise ChartError(f"No mass of {name!r} in this table. {known}")
    exact = rows[rows["mass_kg"] % 1 > 0]
    dated = exact[exact["orbit_on"].astype(str).str.len() == len("1957-10-04")]
    exact = exact if dated.empty else dated
    return (rows if exact.empty else exact).iloc[0]


def _kilograms(row: tuple) -> str:
    return f"{row.mass_kg:,.2f}".rstrip("0").rstrip(".") + " kg"


def _draw_squares(rows: pd.DataFrame) -> Figure:
    """Draw the squares on one base line, in inches, as large as the picture allows."""
    figure, axes = new_figure()
    axes.set_position((0.02, 0.1, 0.96, 0.8))
    sides = [mass**0.5 for mass in rows["mass_kg"]]
    scale = HIGHEST / max(sides)
    while sum(rooms := _rooms(sides, scale)) > PAGE[0]:
        scale *= 0.98
    left = (PAGE[0] - sum(rooms)) / 2
    for side, room, row in zip(sides, rooms, rows.itertuples(), strict=True):
        inches, middle, colour = side * scale, left + room / 2, COLOURS[row.country]
        hatch = "//" if row.country == "SUN" else ""
        look = {"facecolor": colour, "edgecolor": PAPER, "hatch": hatch, "linewidth": 0}
        axes.add_patch(Rectangle((middle - inches / 2, 0), inches, inches, **look))
        words = f"{textwrap.fill(row.satellite, 20)}\n{_kilograms(row)}"
        label(axes, middle, inches + 0.1, words, colour, ha="center", va="bottom", weight="bold")
        left += room
    axes.set_xlim(0, PAGE[0])
    axes.set_ylim(0, PAGE[1])
    axes.set_xticks([])
    axes.set_yticks([])
    return figure


def _rooms(sides: list[float], scale: float) -> list[float]:
    """Return how many inches each square takes with its name and a gap."""
    return [max(side * scale, LABEL_INCHES) + GAP_INCHES for side in sides]
