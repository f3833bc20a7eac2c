"""Rockets of both sides month by month, one mark each: into space, and as missiles."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from classwork.ground.errors import between, need_date
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import STAR, guess_in_words
from two_winds.charts.common.marks import write_in_margin
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    GRID,
    INK,
    MARKERS,
    PAPER,
    chart_helper,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import date_in_words, number

SIDES = ("SUN", "USA")
SHORT = 20
NAMED = {
    "Sputnik 1": (0, 1.6),
    "Sputnik 2": (0, 1),
    "Sputnik 3": (0, 1),
    "Vanguard TV3": (0, 1),
    "Explorer 1": (-1, 3.6),
    "SCORE": (0, 1),
}
LONG_RANGE = {"SUN": ("R-7",), "USA": ("Atlas",)}
TESTS = ("1957-01-01", "1958-12-31")


@chart_helper
def attempts(
    launches: pd.DataFrame, guess: float | None = None, until: str = "1958-12-31"
) -> Chart:
    """Return every rocket of both sides fired into space, month by month, and what became of it.

    Args:
        launches: rows as `load("launches")` gives them.
        guess: a prediction of how many of those meant for an orbit got there, in per cent.
        until: last day counted, as "1958-12-31".

    Returns:
        A chart; its table has a row a side: attempts to reach an orbit round the Earth, successes,
        partial, failures, and rockets aimed beyond.

    Raises:
        ChartError: if the table holds no attempts up to that day.
    """
    need_date(until=until)
    rows = having(launches[launches["date_utc"] <= until], country=SIDES)
    if rows.empty:
        known = between("until", launches["date_utc"])
        raise ChartError(f"No attempts up to {until} in this table. {known}")
    table = pd.DataFrame({"side": [COUNTRIES[side] for side in SIDES]})
    round_earth = rows[rows["target"] == "earth"]
    of = [round_earth[round_earth["country"] == side]["outcome"] for side in SIDES]
    table["attempts"] = [len(outcomes) for outcomes in of]
    for outcome in ("success", "partial", "failure"):
        table[outcome] = [int((outcomes == outcome).sum()) for outcomes in of]
    beyond = rows[rows["target"] != "earth"]["country"]
    table["aimed beyond"] = [int((beyond == side).sum()) for side in SIDES]

    figure, axes = new_figure()
    names = [f"{r.side}\n{r.success} of {r.attempts}\nin orbit" for r in table.itertuples()]
    _draw_piles(axes, rows, _launch_look, names)
    fills = [("reached orbit", "full"), ("in part", "left")]
    _explain(axes, *fills[: 2 if table["partial"].any() else 1], beyond=True)
    if guess is not None:
        # Below what is counted: it belongs to both sides.
        said = number(guess)
        look = {"color": STAR.colour, "transform": axes.transAxes, "clip_on": False}
        words = f"star, your guess: {said} of 100"
        axes.plot([1.035], [0.19], STAR.marker, markersize=STAR.size, label=words, **look)
        words = f"your guess:\n{said} of 100"
        label(axes, 1.02, 0.06, words, STAR.colour, transform=axes.transAxes, weight="bold")

    sentence = _tell(table, until) + guess_in_words(guess, "per cent")
    title = f"Rockets fired into space, {rows['date_utc'].min()[:4]} to {until[:4]}, by month"
    kind = "Dot chart, one mark a rocket, the USSR above, the USA below"
    return make_chart(kind, figure, title, sentence, table, rows)


@chart_helper
def missile_flights(missiles: pd.DataFrame) -> Chart:
    """Return the flights of the R-7 and of the Atlas as missiles in 1957 and 1958, month by month.

    Args:
        missiles: rows as `load("missiles")` gives them.

    Returns:
        A chart; its table has a row a side: missile, flights, worked, worked while the warhead
        broke up, failed.

    Raises:
        ChartError: if the table holds no flights of the two missiles.
    """
    own = [missiles["missile"].str.startswith(LONG_RANGE[side]) for side in SIDES]
    rows = missiles[(own[0] | own[1]) & missiles["date_utc"].between(*TESTS)]
    rows = having(rows, outcome=["success", "failure"], kind="icbm")
    if rows.empty:
        raise ChartError("No flights of the R-7 or the Atlas in this table.")
    table = pd.DataFrame({"missile": ["R-7", "Atlas"]})
    of = [rows[rows["country"] == side] for side in SIDES]
    table["flights"] = [len(own) for own in of]
    table["worked"] = [int((own["outcome"] == "success").sum()) for own in of]
    table["warhead broke up"] = [int((own["warhead"] == "broke up").sum()) for own in of]
    table["failed"] = table["flights"] - table["worked"]

    figure, axes = new_figure()
    names = [f"{r.missile}\n{r.worked} of {r.flights}\nworked" for r in table.itertuples()]
    _draw_piles(axes, rows, _flight_look, names)
    _explain(axes, ("worked", "full"), ("worked, warhead broke up", "left"))
    told = "; ".join(
        f"{r.missile} {r.worked} of {r.flights} flights worked" for r in table.itertuples()
    )
    broke = int(table["warhead broke up"].sum())

    sentence = f"To the end of 1958: {told}. In {broke} of these flights the warhead is known to "
    sentence += "have broken up on the way down."
    title = "The R-7 and the Atlas flown as missiles, 1957 and 1958, by month"
    kind = "Dot chart, one mark a flight, the R-7 above, the Atlas below"
    return make_chart(kind, figure, title, sentence, table, rows)


def _tell(table: pd.DataFrame, until: str) -> str:
    reached, tried = int(table["success"].sum()), int(table["attempts"].sum())
    sides = "; ".join(f"{r.side} {r.success} of {r.attempts}" for r in table.itertuples())
    beyond = int(table["aimed beyond"].sum())
    aimed = "the Moon" if until < "1959" else "the Moon or the planets"
    told = f"Into orbit round the Earth up to {date_in_words(until)}: {sides}. "
    told += f"Together {reached} of {tried}, {number(round(100 * reached / tried))} per cent."
    return told + (f" Aimed at {aimed} besides: {beyond}." if beyond else "")


def _launch_look(row: tuple, size: float) -> dict:
    """Return how a rocket is drawn: a ring round it if it was aimed beyond an orbit."""
    if row.target == "earth":
        return _mark(row.country, row.outcome, "left" if row.outcome == "partial" else "full", size)
    colour = COLOURS[row.country]
    look = {"marker": "o", "fillstyle": "none", "markeredgewidth": 2.2}
    return look | {"color": colour, "markersize": size}


def _flight_look(row: tuple, size: float) -> dict:
    fill = "left" if row.warhead == "broke up" else "full"
    return _mark(row.country, row.outcome, fill, size)


def _mark(country: str, outcome: str, fill: str, size: float) -> dict:
    colour = COLOURS[country]
    if outcome == "failure":
        return {"marker": "x", "color": colour, "markersize": size * 0.7, "markeredgewidth": 2.6}
    look = {"marker": MARKERS[country], "color": colour, "markersize": size, "fillstyle": fill}
    return look | {"markerfacecoloralt": PAPER}


def _draw_piles(
    axes: Axes, rows: pd.DataFrame, look: Callable[[tuple, float], dict], names: list[str]
) -> None:
    """Pile up one mark a rocket over each month, the USSR above, the USA below, both named."""
    start = pd.Period(rows["date_utc"].min()[:7], "M")
    ordered = rows.sort_values("date_utc", kind="stable")
    places = [(pd.Period(date[:7], "M") - start).n for date in ordered["date_utc"]]
    heights = ordered.groupby(["country", places]).cumcount()
    months, size = max(places) + 1, 15 if max(places) < SHORT else 7
    lanes = {"USA": 0, "SUN": int(heights[ordered["country"] == "USA"].max()) + 3}
    drawn = zip(places, heights, ordered.itertuples(), strict=True)
    for month, height, row in drawn:
        y = lanes[row.country] + height
        when = (start + month).strftime("%B %Y")
        axes.plot([month], [y], linestyle="", label=f"{when}: {row.outcome}", **look(row, size))
        payload = getattr(row, "payload", "")
        if payload in NAMED and months <= SHORT:
            # With a line to its mark where the name stands aside.
            aside, up = NAMED[payload]
            label(axes, month + aside, y + up, payload, INK, ha="center")
            if aside:
                ends = ([month + aside + 0.2, month - 0.13], [y + up - 0.5, y + 0.45])
                axes.plot(*ends, "-", color=INK, linewidth=0.9)
    step = 3 if months <= SHORT else 12
    ticks = [place for place in range(months) if (start + place).month % step == 1]
    axes.set_xticks(ticks, [(start + place).strftime("%b %Y") for place in ticks])
    axes.set_xlim(-0.7, months - 0.3)
    top = lanes["SUN"] + int(heights[ordered["country"] == "SUN"].max())
    low, split, high = -0.9, lanes["SUN"] - 1, top + 2.4
    axes.set_ylim(low, high)
    axes.set_yticks([])
    axes.axhline(split, color=GRID, linewidth=1.5)
    for side, name, y in zip(SIDES, names, ((split + high) / 2, (low + split) / 2), strict=True):
        bold = {"weight": "bold", "linespacing": 1.4}
        write_in_margin(axes, y, name, COLOURS[side], 1.02, **bold)


def _explain(axes: Axes, *fills: tuple[str, str], beyond: bool = False) -> None:
    dot = {"marker": "o", "linestyle": "", "markersize": 11, "markerfacecoloralt": PAPER}
    marks = [(words, dot | {"fillstyle": fill}) for words, fill in fills]
    cross = {"marker": "x", "linestyle": "", "markersize": 9, "markeredgewidth": 2.4}
    marks.append(("failed", cross))
    if beyond:
        marks.append(("aimed at the Moon or beyond", dot | {"fillstyle": "none"}))
    legend(axes, *marks)
