"""When did the alliance break? Candidate years compared, and what that owes to the list."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from classwork.ground.errors import among, between
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside, write_in_margin
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    Look,
    chart_helper,
    label,
    legend,
    new_figure,
    only_bottom_spine,
)
from two_winds.charts.common.timeline import year_of
from two_winds.charts.common.wording import date_in_words, source_line
from two_winds.models.relations import HIGHEST, LOWEST

CANDIDATES = (1956, 1957, 1958, 1959, 1960, 1963)
OUT = "#8A8A8A"
BEFORE, AFTER = Look("#5A5A5A", "o", "", 13), Look(COLOURS["SUN"], "s", "", 13)
EVENT = Look(INK, "o", "", 8)
LEFT_OUT = {"color": OUT, "marker": "x", "linestyle": "", "markersize": 9, "markeredgewidth": 2}
PICKED = {"color": COLOURS["guess"], "marker": "s", "linestyle": "", "markersize": 9, "alpha": 0.25}
JUDGED = " Scores: judgements of the authors of this package."


@chart_helper
def judgements_and_cuts(
    events: pd.DataFrame,
    changes: Mapping[str, int | None] | None = None,
    picked: str | None = None,
    years: tuple[int, ...] = CANDIDATES,
) -> Chart:
    """Return the judgements one by one, and below them the fall of their mean at candidate years.

    The fall at a year is the mean judgement of all events before it less that of the events of
    this year and after.

    Args:
        events: rows as `load("events")` gives them.
        changes: other judgements, by key of event; None leaves an event out.
        picked: the key of an event to point at and to describe.
        years: the candidates.

    Returns:
        A chart; its table has a row a candidate: see `turning_years`.

    Raises:
        ChartError: if an event that is changed or picked is not there, or nothing is left on one
            side of a candidate.
    """
    rows = _rejudged(events, changes or {}, picked)
    counted = rows[rows["counts"]]
    table = pd.DataFrame([_compared(counted, year) for year in years])

    figure, axes = new_figure(height=5.2, box=(0.075, 0.50, 0.90, 0.345))
    below = figure.add_axes((0.075, 0.17, 0.90, 0.23), sharex=axes)
    _draw_judgements(axes, rows[rows["year"].between(years[0], years[-1])], picked)
    largest = _largest(table)
    for row in table.itertuples():
        colour = AFTER.colour if row.year in largest else OUT
        (bar,) = below.bar([row.year], [row.fall], width=0.55, color=colour)
        bar.set_label(f"{row.year}: {row.fall:.1f}")
        words = {"above": 3, "size": 16, "weight": "bold"}
        write_beside(below, row.year, max(row.fall, 0), f"{row.fall:.1f}", colour, **words)
    below.set_ylim(min(0, table["fall"].min()), 1.35 * table["fall"].max())
    below.set_xticks(range(int(table["year"].min()), int(table["year"].max()) + 1))
    below.set_yticks([])
    below.tick_params(axis="x", pad=3.5)
    below.grid(visible=False)
    only_bottom_spine(below)
    told = "fall of the mean judgement, if one cuts at the year"
    label(below, 0, 1.06, told, transform=below.transAxes)
    axes.set_xlim(years[0] - 0.5, years[-1] + 1.1)

    title = "Judgements of events, and the fall at each candidate year"
    first = ", ".join(str(year) for year in _largest(table))
    sentence = (
        f"{len(counted)} of {len(rows)} events count. Their mean judgement falls most if one cuts "
        f"at {first}: {table['fall'].max():.1f} points. Judgements, not measurements."
    )
    sentence += _picked_sentence(rows, picked)
    source = source_line(counted) + JUDGED
    seen = (
        f"Above, {len(counted)} events, each a line up or down to its judgement; a bar each below"
    )
    return make_chart("Two charts", figure, title, sentence, table, source=source, seen=seen)


@chart_helper
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

    figure, axes = new_rows([str(year) for year in years], right=0.80, above=1.05)
    axes.set_xlim(LOWEST, HIGHEST)
    _sign(axes.xaxis)
    axes.axvline(0, color="#888888", linewidth=1)
    largest = _largest(table)
    for place, row in enumerate(table.to_dict("records")):
        ends, is_largest = [row["mean before"], row["mean after"]], row["year"] in largest
        width = 5 if is_largest else 2.5
        axes.plot(ends, [place, place], color=COLOURS["promise"], linewidth=width)
        for side, look in (("before", BEFORE), ("after", AFTER)):
            mean, many = row[f"mean {side}"], row[f"events {side}"]
            words = f"{row['year']}, {side}: {mean:+.1f}, {many} events"
            draw_mark(axes, mean, place, look, words=words)
            gap = 11 if mean == max(ends) else -11
            write_beside(axes, mean, place, str(many), look.colour, gap)
        text = f"fall {row['fall']:.1f}" + (": largest" if is_largest else "")
        write_in_margin(axes, place, text, weight="bold" if is_largest else "normal")
    legend(
        axes,
        ("before the year", BEFORE),
        ("in the year and after; beside: how many events", AFTER),
    )

    which = f" ({theme} only)" if theme else ""
    title = f"Candidate years: mean judgement{which} before and after"
    source = source_line(rows) + JUDGED
    chosen = ", ".join(str(year) for year in largest)
    sentence = (
        f"By the judgements of this package, which are no measurements, the fall is largest if "
        f"one cuts at {chosen}: {table['fall'].max():.1f} points. The smallest is "
        f"{table['fall'].min():.1f}."
    )
    return make_chart("Dumbbell chart", figure, title, sentence, table, source=source)


def _chosen(events: pd.DataFrame, theme: str | None) -> pd.DataFrame:
    rows = events.sort_values("date_start", kind="stable")
    rows = rows[rows["theme"] == theme] if theme else rows
    if rows.empty:
        known = among("theme", theme, events["theme"])
        raise ChartError(f"No event of the theme {theme!r}. {known}")
    return rows.assign(year=rows["date_start"].str[:4].astype(int))


def _compared(rows: pd.DataFrame, year: int) -> dict[str, float]:
    """Return how many events lie before a year and from it on, and their mean judgements."""
    before, after = rows[rows["year"] < year], rows[rows["year"] >= year]
    if before.empty or after.empty:
        where = "before" if before.empty else "in or after"
        known = between("year", rows["year"])
        raise ChartError(f"No event {where} {year} among these: choose another theme, or {known}")
    means = float(before["score"].mean()), float(after["score"].mean())
    return {
        "year": year,
        "events before": len(before),
        "mean before": means[0],
        "events after": len(after),
        "mean after": means[1],
        "fall": means[0] - means[1],
    }


def _sign(axis: object) -> None:
    """Write the scale of the judgements with its signs."""
    scale = range(LOWEST, HIGHEST + 1)
    axis.set_major_locator(FixedLocator(list(scale)))
    axis.set_major_formatter(FixedFormatter([f"{n:+d}" if n else "0" for n in scale]))


def _rejudged(
    events: pd.DataFrame, changes: Mapping[str, int | None], picked: str | None
) -> pd.DataFrame:
    """Return the events in order of time, with other judgements, and whether each counts."""
    known = set(events["event"])
    for name in [*changes, *([picked] if picked else [])]:
        if name not in known:
            raise ChartError(f"No event {name!r} in this table. {among('event', name, known)}")
    rows = _chosen(events, None)
    rows["counts"] = [changes.get(name, 0) is not None for name in rows["event"]]
    given = zip(rows["event"], rows["score"], strict=True)
    rows["score"] = [score if changes.get(name) is None else changes[name] for name, score in given]
    return rows


def _draw_judgements(axes: Axes, rows: pd.DataFrame, picked: str | None) -> None:
    """Draw each event as a line up or down to its judgement; what is left out as a cross."""
    for row in rows.itertuples():
        x = year_of(row.date_start)
        if row.event == picked:
            band = {"color": PICKED["color"], "alpha": PICKED["alpha"], "linewidth": 0}
            axes.axvspan(x - 0.045, x + 0.045, **band)
        if not row.counts:
            axes.plot([x], [row.score], **LEFT_OUT)
            continue
        axes.plot([x, x], [0, row.score], color=INK, linewidth=1.6)
        draw_mark(axes, x, row.score, EVENT)
    axes.axhline(0, color="#888888", linewidth=1)
    axes.set_ylim(LOWEST - 0.6, HIGHEST + 0.6)
    _sign(axes.yaxis)
    axes.tick_params(labelbottom=False)
    axes.spines["bottom"].set_visible(False)
    up = "an event: up if judged good for the relations"
    legend(axes, (up, EVENT), ("left out", LEFT_OUT), ("picked", PICKED))


def _largest(table: pd.DataFrame) -> list[int]:
    """Return the candidates whose fall is the largest, to the one decimal that is printed."""
    printed = table["fall"].round(1)
    return list(table.loc[printed == printed.max(), "year"])


def _picked_sentence(rows: pd.DataFrame, picked: str | None) -> str:
    if not picked:
        return ""
    row = rows[rows["event"] == picked].iloc[0]
    how = f"It counts as {row['score']:+d}" if row["counts"] else "It is left out"
    return (
        f" Picked: {row['title']}, {date_in_words(row['date_start'])}. {row['description']} {how}; "
        f"the package's reason: {row['score_reason'][0].lower()}{row['score_reason'][1:]}."
    )
