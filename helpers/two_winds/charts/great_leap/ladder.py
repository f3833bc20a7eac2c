"""The ladder of targets: what was to be made in one year, each time the figure was set anew."""

from __future__ import annotations

import calendar

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.marks import explain_hollow
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, INK, LINES, MARKERS, PAPER, label, new_figure
from two_winds.charts.common.timeline import year_of
from two_winds.charts.common.wording import (
    date_in_words,
    number,
    source_line,
    span,
    unverified_note,
)

CHINA, GREY = COLOURS["CHN"], COLOURS["promise"]
MADE = {"usable": "good steel", "official": "with native steel"}
BAND = 0.2
NARROWEST = 0.5
CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5, "alpha": 0.85}


@lesson_helper(targets="leap_targets")
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
    every = _steps_for(targets, year)
    rows = every.head(steps or len(every))
    made = _made(great_leap, year)
    figure = _draw(every, rows, made, guess)
    title = f"Steel for {year}: the target, each time it was set (million tonnes)"
    sentence = _ladder_sentence(rows, every, made) + unverified_note(rows)
    if guess is not None:
        sentence += f" You had predicted {number(guess)}."
    listed = "; ".join(
        f"{date_in_words(r.announced)}: {span(r.low, r.high)}" for r in rows.itertuples()
    )
    table = rows[["announced", "low", "high", "occasion", "grade"]]
    alt = f"Step chart. {title}. {listed}. {sentence}"
    return Chart(figure, title, source_line(rows, made), alt, sentence, table)


def _steps_for(targets: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the steel targets for one year in the order in which they were set."""
    rows = targets[(targets["product"] == "steel") & (targets["year"] == year)]
    if rows.empty:
        known = between("year", targets["year"])
        raise ChartError(f"No steel target for {year} in this table. {known}")
    return rows.sort_values("announced", kind="stable")


def places(rows: pd.DataFrame) -> list[float]:
    """Return where each row stands in time; rows of one month without a day share it evenly."""
    dates = list(rows["announced"])
    spread = []
    for place, date in enumerate(dates):
        many, before = dates.count(date), dates[:place].count(date)
        spread.append(year_of(date) + ((before + 1) / (many + 1) - 0.5) / 12)
    return spread


def _draw(
    every: pd.DataFrame, rows: pd.DataFrame, made: pd.DataFrame, guess: float | None
) -> Figure:
    """Draw those steps of all that are shown, what came of it, and a prediction."""
    figure, axes = new_figure()
    axes.set_position((0.08, 0.20, 0.60, 0.67))
    _frame_ladder(axes, every, 0 if guess is None else guess)
    _draw_ladder(axes, rows, places(every))
    for row in made.itertuples():
        _draw_outcome(axes, row)
    if guess is not None:
        _draw_guess(axes, places(every)[-1], guess)
    explain_hollow(axes, rows)
    part_labels_at_the_right(axes)
    return figure


def _frame_ladder(axes: Axes, rows: pd.DataFrame, guess: float) -> None:
    """Set the scales by all the steps, so that they stay where they are while steps are added."""
    where = places(rows)
    wide = max(max(where) - min(where), NARROWEST)
    axes.set_xlim(min(where) - 0.06 * wide, max(where) + 0.09 * wide)
    axes.set_ylim(0, 1.14 * max(rows["high"].max(), guess))
    first, last = 12 * int(min(where)), 12 * (int(max(where)) + 1)
    every = 1 if wide < 0.7 else 2 if wide < 1.3 else 6
    axes.xaxis.set_major_locator(FixedLocator([m / 12 for m in range(first, last + 1, every)]))
    axes.xaxis.set_major_formatter(FuncFormatter(_month))
    axes.tick_params(axis="x", length=4, color=GREY, labelsize=12.5)


def _month(place: float, _position: int) -> str:
    month = round(place * 12)
    return f"{calendar.month_abbr[month % 12 + 1]}\n{month // 12}"


def _draw_ladder(axes: Axes, rows: pd.DataFrame, where: list[float]) -> None:
    """Draw steps, each from its date to the next; a range as a band; hollow where unverified."""
    highs = list(rows["high"])
    ends_at = [*where[1 : len(highs)], min(axes.get_xlim()[1], where[len(highs) - 1] + BAND)]
    axes.step([*where[: len(highs)], ends_at[-1]], [*highs, highs[-1]], "-", where="post",
              color=GREY, linewidth=2.2)  # fmt: skip
    for place, row in enumerate(rows.itertuples()):
        axes.fill_between([where[place], ends_at[place]], row.low, row.high, color=GREY, alpha=0.3)
        fill = PAPER if row.grade == "C" else GREY
        axes.plot(where[place], row.high, "D", markersize=9, color=GREY, markerfacecolor=fill,
                  markeredgewidth=1.8)  # fmt: skip
        up = place == 0 or row.high >= highs[place - 1]
        rising = up and place > 0 and (place < 2 or highs[place - 1] >= highs[place - 2])
        across = "right" if rising else "left" if up else "center"
        height = 0.03 * axes.get_ylim()[1]
        y = row.high + height if up else row.low - height
        below = {"ha": across, "va": "bottom" if up else "top", "bbox": CLEAR}
        label(axes, where[place], y, span(row.low, row.high), INK, **below)


def _draw_outcome(axes: Axes, made: tuple) -> None:
    axes.axhline(made.value, color=CHINA, linestyle=LINES[made.series], linewidth=2.2)
    _at_the_right(axes, made.value, f"{made.words}: {made.said}", CHINA)


def _draw_guess(axes: Axes, place: float, guess: float) -> None:
    axes.plot(place, guess, MARKERS["guess"], markersize=20, color=COLOURS["guess"])
    _at_the_right(axes, guess, "your guess", COLOURS["guess"])


def _made(great_leap: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what was made in a year, as rows with words: all steel, and steel of use.

    The compilers of the main line took the usable steel for 1958, so it stands there only once.
    """
    rows = great_leap[
        (great_leap["country"] == "CHN")
        & (great_leap["product"] == "steel")
        & great_leap["series"].isin(list(MADE))
        & (great_leap["year"] == year)
        & (great_leap["grade"] != "C")
    ].astype({"series": str})
    rows = rows.sort_values("series", key=lambda s: s != "usable", kind="stable")
    rows = rows.drop_duplicates("value")
    words = [MADE[kind] for kind in rows["series"]]
    words = [f"made in {year}"] if words == [MADE["official"]] else words
    least = ["at least " * note.startswith("At least") for note in rows["note"]]
    said = [word + number(value) for word, value in zip(least, rows["value"], strict=True)]
    return rows.assign(words=words, said=said)


def _at_the_right(axes: Axes, y: float, text: str, colour: str) -> None:
    across = axes.get_yaxis_transform()
    label(axes, 1.015, y, text, colour, weight="bold", transform=across, gid="right")


def part_labels_at_the_right(axes: Axes) -> None:
    """Move names at the right edge apart where they would overlap."""
    names = [text for text in axes.texts if text.get_gid() == "right"]
    names.sort(key=lambda text: text.get_position()[1])
    gap = 0.06 * axes.get_ylim()[1]
    for below, above in zip(names, names[1:], strict=False):
        x, y = above.get_position()
        above.set_position((x, max(y, below.get_position()[1] + gap)))


def _ladder_sentence(rows: pd.DataFrame, every: pd.DataFrame, made: pd.DataFrame) -> str:
    first, last = next(rows.head(1).itertuples()), next(rows.tail(1).itertuples())
    sentence = f"Steel for {last.year}, in million tonnes: {_dated(first)}"
    if len(rows) > 1:
        sentence += f"; at step {len(rows)} of {len(every)} {_dated(last)}, {last.occasion}"
    outcomes = "; ".join(f"{row.words}: {row.said}" for row in made.itertuples())
    return f"{sentence}. {outcomes.capitalize()}." if outcomes else f"{sentence}."


def _dated(row: tuple) -> str:
    return f"{span(row.low, row.high)} ({date_in_words(row.announced)})"
