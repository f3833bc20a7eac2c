"""The ladder of targets: what was to be made in one year, each time the figure was set anew."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import draw_guess, guess_in_words
from two_winds.charts.common.marks import draw_mark, explain_hollow, name_end, part_labels
from two_winds.charts.common.select import READ, ChartError, having
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    LINES,
    PAPER,
    Look,
    chart_helper,
    label,
    new_figure,
)
from two_winds.charts.common.timeline import name_dates, year_of
from two_winds.charts.common.wording import date_in_words, number, span, unverified_note

CHINA, GREY = COLOURS["CHN"], COLOURS["promise"]
STEP = Look(GREY, "D", "", 9)
MADE = {"usable": "good steel", "official": "with native steel"}
BAND = 0.2
NARROWEST = 0.5
CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5, "alpha": 0.85}


@chart_helper(targets="leap_targets")
def ladder(
    targets: pd.DataFrame,
    great_leap: pd.DataFrame,
    year: int,
    guess: float | None = None,
    steps: int | None = None,
) -> Chart:
    """Return the steel targets for one year, step by step, by the date on which each was set.

    Args:
        targets: rows as `load("leap_targets")` gives them.
        great_leap: rows as `load("great_leap")` gives them, for what was made in that year.
        year: the year to be reached.
        guess: a prediction of the last target, to draw beside it.
        steps: how many steps to draw; all of them if None.

    Returns:
        A chart; its table has a row a step: announced, low, high, occasion, grade.

    Raises:
        ChartError: if the table holds no steel target for this year.
    """
    every = having(targets, product="steel", year=year).sort_values("announced", kind="stable")
    if every.empty:
        known = between("year", targets["year"])
        raise ChartError(f"No steel target for {year} in this table. {known}")
    rows = every.head(steps or len(every))
    made = _made(great_leap, year)

    figure, axes = new_figure(box=(0.08, 0.20, 0.66, 0.67))
    where = places(every)
    # The scales fit all the steps, so that they stay where they are while steps are added.
    wide = max(max(where) - min(where), NARROWEST)
    axes.set_xlim(min(where) - 0.06 * wide, max(where) + 0.09 * wide)
    axes.set_ylim(0, 1.14 * max(every["high"].max(), guess or 0))
    name_dates(axes)
    axes.tick_params(axis="x", length=4, color=GREY)
    _draw_ladder(axes, rows, where)
    for row in made.itertuples():
        words = f"{row.words}: {row.said}"
        line = {"color": CHINA, "linestyle": LINES[row.series], "linewidth": 2.2}
        axes.axhline(row.value, label=f"A level line, {words}", **line)
        name_end(axes, axes.get_xlim()[1], row.value, words, CHINA)
    draw_guess(axes, where[-1], guess, guess)
    explain_hollow(axes, rows)
    part_labels(axes)

    title = f"Steel for {year}: the target, each time it was set (million tonnes)"
    first, last = next(rows.head(1).itertuples()), next(rows.tail(1).itertuples())
    sentence = f"Steel for {last.year}, in million tonnes: {_dated(first)}"
    if len(rows) > 1:
        sentence += f"; step {len(rows)} of {len(every)}: {_dated(last)}, {last.occasion}"
    outcomes = "; ".join(f"{row.words}: {row.said}" for row in made.itertuples())
    sentence = f"{sentence}. {outcomes.capitalize()}." if outcomes else f"{sentence}."
    sentence += unverified_note(rows) + guess_in_words(guess)
    table = rows[["announced", "low", "high", "occasion", "grade"]]
    return make_chart("Step chart", figure, title, sentence, table, rows, made)


def places(rows: pd.DataFrame) -> list[float]:
    """Return where each row stands in time; rows of one month without a day share it evenly."""
    dates = list(rows["announced"])
    spread = []
    for place, date in enumerate(dates):
        many, before = dates.count(date), dates[:place].count(date)
        spread.append(year_of(date) + ((before + 1) / (many + 1) - 0.5) / 12)
    return spread


def _draw_ladder(axes: Axes, rows: pd.DataFrame, where: list[float]) -> None:
    """Draw steps, each from its date to the next; a range as a band; hollow where unverified."""
    highs = list(rows["high"])
    ends_at = [*where[1 : len(highs)], min(axes.get_xlim()[1], where[len(highs) - 1] + BAND)]
    line = {"where": "post", "color": GREY, "linewidth": 2.2}
    axes.step([*where[: len(highs)], ends_at[-1]], [*highs, highs[-1]], "-", **line)
    for place, row in enumerate(rows.itertuples()):
        axes.fill_between([where[place], ends_at[place]], row.low, row.high, color=GREY, alpha=0.3)
        words = span(row.low, row.high)
        told = f"{date_in_words(row.announced)}: {words}"
        draw_mark(axes, where[place], row.high, STEP, row.grade == "C", told)
        up = place == 0 or row.high >= highs[place - 1]
        rising = up and place > 0 and (place < 2 or highs[place - 1] >= highs[place - 2])
        across = "right" if rising else "left" if up else "center"
        height = 0.03 * axes.get_ylim()[1]
        y = row.high + height if up else row.low - height
        below = {"ha": across, "va": "bottom" if up else "top", "bbox": CLEAR}
        label(axes, where[place], y, words, INK, **below)


def _made(great_leap: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what was made in a year, as rows with words: all steel, and steel of use.

    The compilers of the main line took the usable steel for 1958, so it stands there only once.
    """
    steel = {"country": "CHN", "product": "steel", "year": year}
    rows = having(great_leap, **steel, series=MADE, grade=READ)
    rows = rows.sort_values("series", key=lambda s: s != "usable", kind="stable")
    rows = rows.drop_duplicates("value")
    words = [MADE[kind] for kind in rows["series"]]
    words = [f"made in {year}"] if words == [MADE["official"]] else words
    pairs = zip(rows["bound"], rows["value"], strict=True)
    said = [f"{bound} {number(value)}".lstrip() for bound, value in pairs]
    return rows.assign(words=words, said=said)


def _dated(row: tuple) -> str:
    return f"{span(row.low, row.high)} ({date_in_words(row.announced)})"
