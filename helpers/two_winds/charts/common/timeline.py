"""One timeline for every lesson: all events in a strip, the lesson's own stretch lit and large."""

from __future__ import annotations

import calendar
import math

import pandas as pd
from classwork.ground.errors import between, need_date
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, GRID, INK, Look, chart_helper, new_figure
from two_winds.charts.common.wording import date_in_words, hollow_note

DIM = "#AAAAAA"
LIT = COLOURS["SUN"]
DAYS_IN_YEAR = 365.25
MONTHS_SHOWN_BELOW, MONTHS_NAMED = 3.2, 7
CLOSE = 0.055
LISTED = 3


@chart_helper
def timeline(events: pd.DataFrame, first: str, last: str) -> Chart:
    """Return all events in a strip, and below it a stretch of them, numbered, a lane a theme.

    Args:
        events: rows as `load("events")` gives them.
        first: where the stretch begins: an ISO date or the first part of one, such as "1957".
        last: where it ends, inclusive: "1957" lights the whole year.

    Returns:
        A chart; its table has a row an event of the stretch: number, date, title, theme, grade.

    Raises:
        ChartError: if no event lies in the stretch.
    """
    need_date(first=first, last=last)
    events = events.sort_values("date_start", kind="stable")
    starts = events["date_start"].astype(str)
    chosen = events[(starts >= first) & (starts.str[: len(last)] <= last)]
    if chosen.empty:
        known = between("first and last", starts)
        raise ChartError(f"No event between {first} and {last} in this table. {known}")
    lanes = sorted(set(chosen["theme"].astype(str)), reverse=True)
    table = chosen[["date_start", "title", "theme", "grade"]].rename(columns={"date_start": "date"})
    table.insert(0, "number", range(1, len(table) + 1))

    figure, axes = new_figure(box=(0.13, 0.17, 0.84, 0.56))
    _draw_lanes(axes, table, lanes)
    _draw_strip(figure.add_axes((0.13, 0.80, 0.84, 0.07)), events, axes.get_xlim())

    when = " to ".join(dict.fromkeys(date_in_words(date) for date in (first, last)))
    title = f"The two winds: {when} within {starts.iloc[0][:4]} to {starts.iloc[-1][:4]}"
    recalled = int((chosen["grade"] == "C").sum())
    sentence = f"Of {len(events)} events {len(chosen)} fall in {when}."
    sentence += hollow_note(recalled, "these", "rests on memory alone", "rest on memory alone")
    kind = f"Timeline with the lanes {', '.join(reversed(lanes))}"
    return make_chart(kind, figure, title, sentence, table, chosen)


def year_of(date: str) -> float:
    """Return an ISO date as a year with a fraction; a date without a day stands in its middle.

    >>> year_of("1957"), year_of("1957-07"), round(year_of("1957-11-06"), 2)
    (1957.5, 1957.5417, 1957.85)
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    if len(parts) == 2:
        return round(parts[0] + (parts[1] - 0.5) / 12, 4)
    return parts[0] + (pd.Timestamp(date).day_of_year - 1) / DAYS_IN_YEAR


def _draw_lanes(axes: Axes, table: pd.DataFrame, lanes: list[str]) -> None:
    """Draw the stretch: filled if verified, hollow if not, each event with its number."""
    places = [year_of(date) for date in table["date"]]
    low, high = int(min(places)), int(max(places)) + 1
    numbered: dict[int, list[tuple[float, int]]] = {}
    for x, event in zip(places, table.itertuples(), strict=True):
        lane = lanes.index(str(event.theme))
        words = f"{event.number}: {event.title}"
        draw_mark(axes, x, lane, Look(LIT, "o", size=10), event.grade == "C", words)
        numbered.setdefault(lane, []).append((x, event.number))
    for lane, marks in numbered.items():
        for group in _close_together(marks, apart=(high - low) * CLOSE):
            middle = (group[0][0] + group[-1][0]) / 2
            write_beside(axes, middle, lane, _in_short([n for _, n in group]), INK, above=8)
    axes.set_yticks(range(len(lanes)), [lane.capitalize() for lane in lanes])
    axes.set_ylim(-0.7, len(lanes) - 0.3)
    axes.set_xlim(low - 0.02 * (high - low), high + 0.02 * (high - low))
    axes.grid(axis="x", color=GRID)
    name_dates(axes)


def name_dates(axes: Axes) -> None:
    """Write a scale of years with fractions as years, or as months where it spans only a few."""
    low, high = axes.get_xlim()
    months = 12 * (high - low)
    if months > 12 * MONTHS_SHOWN_BELOW:
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        return
    step = next(step for step in (1, 2, 3, 6) if months / step <= MONTHS_NAMED or step == 6)
    first = step * math.ceil(12 * low / step)
    places = [month / 12 for month in range(first, math.floor(12 * high) + 1, step)]
    axes.xaxis.set_major_locator(FixedLocator(places))
    axes.xaxis.set_major_formatter(FuncFormatter(_month))


def _month(place: float, _position: int) -> str:
    month = round(place * 12)
    return f"{calendar.month_abbr[month % 12 + 1]}\n{month // 12}"


def _close_together(marks: list[tuple[float, int]], apart: float) -> list[list[tuple[float, int]]]:
    """Return the marks of a lane in groups, a new one wherever there is room for a new number."""
    groups = [[marks[0]]]
    for mark in marks[1:]:
        if mark[0] - groups[-1][-1][0] < apart:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _in_short(numbers: list[int]) -> str:
    """Return the numbers of a group: a range where they run on, else a list or its ends.

    >>> _in_short([4]), _in_short([15, 16, 17]), _in_short([1, 4, 7]), _in_short([1, 3, 5, 8])
    ('4', '15\u201317', '1, 4, 7', '1\u20268')
    """
    if numbers[-1] - numbers[0] == len(numbers) - 1 > 0:
        return f"{numbers[0]}\u2013{numbers[-1]}"
    if len(numbers) <= LISTED:
        return ", ".join(str(number) for number in numbers)
    return f"{numbers[0]}\u2026{numbers[-1]}"


def _draw_strip(axes: Axes, events: pd.DataFrame, stretch: tuple[float, float]) -> None:
    """Draw all events small, with the stretch as a band behind them."""
    axes.axvspan(*stretch, color=LIT, alpha=0.25, linewidth=0)
    places = [year_of(date) for date in events["date_start"]]
    axes.plot(places, [0] * len(places), "|", color=DIM, markersize=16, markeredgewidth=2)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.grid(visible=False)
    axes.tick_params(axis="x", pad=4)
