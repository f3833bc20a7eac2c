"""When did the alliance break? Judgements before and after a year, and candidate years compared."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among, between
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from two_winds.argument_checks import lesson_helper
from two_winds.charts.alliance.trade import trade
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, draw_marks
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    PAPER,
    label,
    legend,
    new_figure,
    only_bottom_spine,
    source_line,
)
from two_winds.charts.common.timeline import year_of
from two_winds.models.relations import HIGHEST, LOWEST

CANDIDATES = (1956, 1957, 1958, 1959, 1960, 1963)
BEFORE = {"color": "#5A5A5A", "marker": "o"}
AFTER = {"color": COLOURS["SUN"], "marker": "s"}
BOOKS = {"Chinese customs": "CHN", "Soviet figures": "SUN"}
JUDGED = " Scores: judgements of the authors of this package."
WORST_NAMED = 3


@lesson_helper
def before_and_after(
    events: pd.DataFrame, exchange: pd.DataFrame, year: int, theme: str | None = None
) -> Chart:
    """Return the judgements of all events, those before a year apart from the rest, above trade.

    Args:
        events: rows as `load("events")` gives them.
        exchange: rows as `load("exchange")` gives them.
        year: where to cut: events of this year belong to the second part.
        theme: count only the events of this theme, such as "ideology".

    Returns:
        A chart; its table has a row an event of that year: date, title, theme, score, reason.

    Raises:
        ChartError: if no event lies before that year, or none in it or later.
    """
    rows = _chosen(events, theme)
    parts = _cut(rows, year)
    figure, axes = new_figure()
    axes.set_position((0.08, 0.46, 0.77, 0.39))
    below = figure.add_axes((0.08, 0.17, 0.77, 0.20))
    for part, look in zip(parts, (BEFORE, AFTER), strict=True):
        _draw_judgements(axes, part, look)
    _draw_trade(below, exchange)
    for each in (axes, below):
        each.axvline(year, color=INK, linewidth=2, linestyle="--")
        each.set_xlim(1949, 1970)
    words = [_words(part, when) for part, when in zip(parts, _names(year), strict=True)]
    marks = {"linestyle": "", "markersize": 10}
    legend(axes, *((w, look | marks) for w, look in zip(words, (BEFORE, AFTER), strict=True)))
    title = f"Cut at {year}: {len(rows)} judgements{_of(theme)}, and trade"
    sentence = _cut_sentence(parts, words, year)
    table = parts[1][parts[1]["year"] == year]
    table = table[["date_start", "title", "theme", "score", "score_reason"]]
    table = table.rename(columns={"date_start": "date", "score_reason": "reason"})
    source = source_line(rows, exchange) + JUDGED
    return Chart(figure, title, source, f"Two charts. {title}. {sentence}", sentence, table)


@lesson_helper
def turning_years(
    events: pd.DataFrame, theme: str | None = None, years: tuple[int, ...] = CANDIDATES
) -> Chart:
    """Return for each candidate year the mean judgement before it and from it on.

    Args:
        events: rows as `load("events")` gives them.
        theme: count only the events of this theme, such as "ideology".
        years: the candidates.

    Returns:
        A chart; its table has a row a candidate: year, events and mean before, events and mean
        from it on, fall.

    Raises:
        ChartError: if no event lies before a candidate, or none in it or later.
    """
    rows = _chosen(events, theme)
    table = pd.DataFrame([_compared(rows, year) for year in years])
    figure, axes = new_figure()
    axes.set_position((0.09, 0.17, 0.70, 0.68))
    largest = table["fall"].max()
    for place, row in enumerate(table.to_dict("records")):
        _draw_candidate(axes, -place, row, row["fall"] == largest)
    axes.set_yticks([-place for place in range(len(table))], [str(year) for year in years])
    axes.set_ylim(-len(table) + 0.4, 0.7)
    axes.set_xlim(LOWEST, HIGHEST)
    _sign(axes.xaxis)
    axes.axvline(0, color="#888888", linewidth=1)
    big = {"linestyle": "", "markersize": 12}
    legend(
        axes,
        ("before the year", BEFORE | big),
        ("in the year and after; above: how many events", AFTER | big),
    )
    title = f"Candidate years: mean judgement{_of(theme)} before and after"
    sentence = _fall_sentence(table)
    source = source_line(rows) + JUDGED
    return Chart(figure, title, source, f"Dumbbell chart. {title}. {sentence}", sentence, table)


def _chosen(events: pd.DataFrame, theme: str | None) -> pd.DataFrame:
    rows = events.sort_values("date_start", kind="stable")
    rows = rows[rows["theme"] == theme] if theme else rows
    if rows.empty:
        known = among("theme", theme, events["theme"])
        raise ChartError(f"No event of the theme {theme!r}. {known}")
    return rows.assign(year=rows["date_start"].str[:4].astype(int))


def _cut(rows: pd.DataFrame, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    before, after = rows[rows["year"] < year], rows[rows["year"] >= year]
    if before.empty or after.empty:
        where = "before" if before.empty else "in or after"
        known = between("year", rows["year"])
        raise ChartError(f"No event {where} {year} among these: choose another theme, or {known}")
    return before, after


def _compared(rows: pd.DataFrame, year: int) -> dict[str, float]:
    """Return how many events lie before a year and from it on, and their mean judgements."""
    before, after = _cut(rows, year)
    means = float(before["score"].mean()), float(after["score"].mean())
    return {
        "year": year,
        "events before": len(before),
        "mean before": means[0],
        "events after": len(after),
        "mean after": means[1],
        "fall": means[0] - means[1],
    }


def _fall_sentence(table: pd.DataFrame) -> str:
    """Return in words at which candidate the fall is largest; there may be several."""
    largest = table["fall"].max()
    chosen = ", ".join(str(year) for year in table.loc[table["fall"] == largest, "year"])
    return (
        f"By the judgements of this package, which are no measurements, the fall is largest if "
        f"one cuts at {chosen}: {largest:.1f} points. The smallest is {table['fall'].min():.1f}."
    )


def _of(theme: str | None) -> str:
    return f" ({theme} only)" if theme else ""


def _names(year: int) -> tuple[str, str]:
    return f"before {year}", f"{year} and after"


def _words(part: pd.DataFrame, when: str) -> str:
    many = "1 event" if len(part) == 1 else f"{len(part)} events"
    return f"{when}: {many}, mean judgement {signed(part['score'].mean())}"


def signed(value: float) -> str:
    """Return a mean judgement with its sign.

    >>> signed(1.04), signed(-0.96), signed(0.01)
    ('+1.0', '-1.0', '0.0')
    """
    return f"{value:+.1f}" if abs(value) >= 0.05 else "0.0"


def _sign(axis: object) -> None:
    """Write the scale of the judgements with its signs."""
    scale = range(LOWEST, HIGHEST + 1)
    axis.set_major_locator(FixedLocator(list(scale)))
    axis.set_major_formatter(FixedFormatter([f"{n:+d}" if n else "0" for n in scale]))


def _draw_judgements(axes: Axes, part: pd.DataFrame, look: dict[str, str]) -> None:
    """Draw each event as a mark at its judgement, and the mean of the part as a line."""
    places = [year_of(date) for date in part["date_start"]]
    hollow = (part["grade"] == "C").to_numpy()
    fills = [PAPER if empty else look["color"] for empty in hollow]
    for x, score, fill in zip(places, part["score"], fills, strict=True):
        axes.plot([x, x], [0, score], color=look["color"], linewidth=1.4, alpha=0.6)
        axes.plot([x], [score], look["marker"], color=look["color"], markerfacecolor=fill, ms=7)
    ends = [min(places), max(places)]
    axes.plot(ends, [part["score"].mean()] * 2, color=look["color"], linewidth=4, alpha=0.55)
    axes.axhline(0, color="#888888", linewidth=1)
    axes.set_ylim(LOWEST - 0.5, HIGHEST + 0.5)
    _sign(axes.yaxis)
    axes.set_xticklabels([])
    axes.spines["bottom"].set_visible(False)


def _draw_trade(axes: Axes, exchange: pd.DataFrame) -> None:
    """Draw trade both ways in both books, small: hollow where nobody read the figure."""
    table = trade(exchange, 1950, 1969).table
    for book, country in BOOKS.items():
        rows = table[table["book"] == book]
        colour, hollow = COLOURS[country], rows["grade"] == "C"
        axes.plot(rows["year"] + 0.5, rows["value"], color=colour, linewidth=1.6)
        look = {"marker": MARKERS[country], "markersize": 7}
        draw_marks(axes, rows["year"] + 0.5, rows["value"], hollow, colour, look)
    axes.set_ylim(0, 2400)
    axes.set_yticks([0, 1000, 2000])
    axes.xaxis.set_major_locator(FixedLocator(range(1950, 1970, 5)))
    axes.tick_params(labelsize=13, length=0, colors=INK)
    only_bottom_spine(axes)
    place = {"transform": axes.transAxes, "size": 12, "linespacing": 1.35}
    label(
        axes, 1.015, 0.5, "Trade, million $\n(Chinese ▲,\nSoviet ●; hollow:\nunverified)", **place
    )


def _draw_candidate(axes: Axes, y: float, row: dict[str, float], largest: bool) -> None:
    ends = [row["mean before"], row["mean after"]]
    axes.plot(ends, [y, y], color=COLOURS["promise"], linewidth=5 if largest else 2.5)
    counts = row["events before"], row["events after"]
    for x, many, look in zip(ends, counts, (BEFORE, AFTER), strict=True):
        axes.plot([x], [y], look["marker"], color=look["color"], markersize=13)
        label(axes, x, y + 0.34, str(many), look["color"], ha="center", size=12)
    text = f"fall {row['fall']:.1f}" + (": largest" if largest else "")
    weight = "bold" if largest else "normal"
    label(axes, 1.02, y, text, transform=axes.get_yaxis_transform(), weight=weight)


def _cut_sentence(parts: tuple[pd.DataFrame, ...], words: list[str], year: int) -> str:
    fall = parts[0]["score"].mean() - parts[1]["score"].mean()
    worst = parts[1][(parts[1]["year"] == year) & (parts[1]["score"] < 0)]
    worst = worst.nsmallest(WORST_NAMED, "score")
    named = "; ".join(f"{row.title} ({row.score:+d})" for row in worst.itertuples())
    listed = f" Judged worst in {year}: {named}." if named else ""
    return (
        f"Judgements, not measurements. {words[0][0].upper()}{words[0][1:]}; {words[1]}: "
        f"a fall of {fall:.1f}.{listed}"
    )
