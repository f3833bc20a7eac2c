"""Relations drawn: judgements added up to a curve, with its turning point."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    SPINE,
    Look,
    chart_helper,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.timeline import year_of
from two_winds.charts.common.wording import date_in_words, line_in_words, source_line
from two_winds.models.relations import running_sum, turning_point, with_change

ALONE = {"package": Look(INK, "o", size=4.5)}
CHANGED = {
    "package": Look(COLOURS["promise"], "o", "--", 4.5),
    "yours": Look(COLOURS["guess"], "s", size=4.5),
}
NAMES = {"package": "judgements of this package", "yours": "your judgements"}
PICKED, SHADE = Look(COLOURS["guess"], "D", size=9), "#E6E6E6"


@chart_helper
def relations_curve(
    events: pd.DataFrame,
    picked: str | None = None,
    changes: Mapping[str, int] | None = None,
    theme: str | None = None,
    lit: tuple[str, str] | None = None,
) -> Chart:
    """Return the judgements of the events added up, one after another, with the turning point.

    Args:
        events: rows as `load("events")` gives them.
        picked: the key of an event to point at, such as "twentieth_congress".
        changes: other judgements, by key of event; they give a second curve.
        theme: count only the events of this theme, such as "ideology".
        lit: first and last year of a stretch to shade, such as ("1949", "1957").

    Returns:
        A chart; its table has a row an event: date, title, theme, both judgements, both sums.

    Raises:
        ChartError: if the table holds no event of this theme, or not the one picked or changed.
        ScoreError: if a judgement is not a whole number from -3 to +3.
    """
    table = _judged(events, changes or {}, picked, theme)
    counted = table[table["counted"]]
    changed = int((counted["package"] != counted["yours"]).sum())
    looks = CHANGED if changed else ALONE
    turns = {name: turning_point(list(counted[name])) for name in looks}

    figure, axes = new_figure(height=4.9, box=(0.07, 0.17, 0.90, 0.68))
    places = pd.Series([year_of(date) for date in counted["date"]], index=counted.index)
    for name, look in looks.items():
        sums = counted[f"sum, {name}"]
        words = line_in_words(f"Sum of {NAMES[name]}", places, sums, sums.isna())
        line = {"color": look.colour, "linestyle": look.line, "linewidth": 1.5}
        axes.plot(places, sums, drawstyle="steps-post", label=words, **line)
        axes.plot(places, sums, look.marker, color=look.colour, markersize=look.size)
        if turns[name] is not None:
            ring = {"markersize": 17, "markerfacecolor": "none", "markeredgewidth": 3}
            at = places.iloc[turns[name]], sums.iloc[turns[name]]
            axes.plot(*at, look.marker, markeredgecolor=look.colour, **ring)
    axes.axhline(0, color=SPINE, linewidth=1)
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.2 * (high - low), high + 0.10 * (high - low))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _explain(axes, looks, lit)
    if picked:
        _draw_picked(axes, table[table["event"] == picked].iloc[0])
    ends = [year_of(date) for date in table["date"].iloc[[0, -1]]]
    axes.set_xlim(ends[0] - 0.5, ends[1] + 0.7)  # the same years, whatever is counted

    which = f", {theme} only" if theme else ""
    title = f"Relations{which}: judgements of {len(counted)} events, added up"
    sentence = _turn_sentence(counted, turns, changed)
    if picked:
        row = table[table["event"] == picked].iloc[0]
        sentence += f" Picked: {row['title']!r}, {date_in_words(row['date'])}, {_judgements(row)}."
    shown = table[table["counted"]].drop(columns=["counted", "event"])
    drawn = events[events["event"].isin(counted["event"])]
    source = source_line(drawn) + " Scores: judgements of the authors of this package."
    return make_chart("Line chart in steps", figure, title, sentence, shown, source=source)


def _judged(
    events: pd.DataFrame, changes: Mapping[str, int], picked: str | None, theme: str | None
) -> pd.DataFrame:
    """Return the events in order of time with both judgements and both running sums."""
    events = events.sort_values("date_start", kind="stable").reset_index(drop=True)
    names = list(events["event"])
    for name in [*changes, *([picked] if picked else [])]:
        if name not in names:
            where = "changes" if name in changes else "picked"
            raise ChartError(f"No event {name!r} in this table. {among(where, name, names)}")
    package = [int(score) for score in events["score"]]
    yours = package
    for name, score in changes.items():
        yours = with_change(yours, names.index(name), score)
    table = events[["date_start", "event", "title", "theme", "grade"]].rename(
        columns={"date_start": "date"}
    )
    table = table.assign(package=package, yours=yours, counted=True)
    if theme:
        table["counted"] = (table["theme"] == theme).to_numpy()
        if not table["counted"].any():
            known = among("theme", theme, table["theme"])
            raise ChartError(f"No event of the theme {theme!r}. {known}")
    counted = table["counted"]
    for name in ("package", "yours"):
        table.loc[counted, f"sum, {name}"] = running_sum(list(table.loc[counted, name]))
    return table


def _explain(axes: Axes, looks: Mapping[str, Look], lit: tuple[str, str] | None) -> None:
    ring = {"linestyle": "", "marker": "o", "markerfacecolor": "none", "markersize": 13}
    marks = [(NAMES[name], look) for name, look in looks.items()]
    marks.append(("turning point", ring | {"markeredgewidth": 2.5}))
    if lit:
        axes.axvspan(int(lit[0]), int(lit[1]) + 1, color=SHADE, linewidth=0, zorder=0)
        marks.append((f"{lit[0]} to {lit[1]}", Look(SHADE, "s", "", 13)))
    legend(axes, *marks)


def _draw_picked(axes: Axes, row: pd.Series) -> None:
    """Point at an event: a mark on the curve, its name and judgements in the free corner."""
    if row["counted"]:
        x = year_of(row["date"])
        axes.axvline(x, ymin=0.2, color=PICKED.colour, linewidth=1.2, linestyle=":")
        draw_mark(axes, x, row["sum, yours"], PICKED, words=f"Pointed at: {row['title']}")
    words = f"{row['title']}\n{_judgements(row)}"
    place = {"transform": axes.transAxes, "va": "bottom", "linespacing": 1.3}
    label(axes, 0.012, 0.02, words, PICKED.colour, **place)


def _judgements(row: pd.Series) -> str:
    if not row["counted"]:
        return "not counted in this curve"
    words = f"judged {row['package']:+d} by this package"
    return words + (f", {row['yours']:+d} by you" if row["yours"] != row["package"] else "")


def _turn_sentence(counted: pd.DataFrame, turns: Mapping[str, int | None], changed: int) -> str:
    first = _turn_words(counted, "package", turns["package"])
    sentence = f"By the judgements of this package (from -3 to +3, not measurements) {first}."
    if not changed:
        return sentence
    many = "1 judgement" if changed == 1 else f"{changed} judgements"
    second = _turn_words(counted, "yours", turns["yours"])
    moved = "stays" if turns["yours"] == turns["package"] else "moves"
    return f"{sentence} With {many} changed by you {second}: the turning point {moved}."


def _turn_words(counted: pd.DataFrame, name: str, turn: int | None) -> str:
    if turn is None:
        return f"the sum is highest at the end, {counted[f'sum, {name}'].iloc[-1]:.0f}: no turn"
    row = counted.iloc[turn]
    return (
        f"the sum is highest, {row[f'sum, {name}']:.0f}, after {row['title']!r} "
        f"({date_in_words(row['date'])})"
    )
