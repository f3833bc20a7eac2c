"""Firsts in space, sorted by what they were first at: who leads depends on what one counts."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among, between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    GRID,
    INK,
    MARKERS,
    label,
    new_figure,
    source_line,
)

SIDES = ("SUN", "USA")
KINDS = {
    "satellite": "satellite",
    "animal": "animal",
    "moon": "Moon, no crew",
    "recovery": "brought back",
    "human": "people",
    "application": "use on Earth",
    "planet": "planets",
    "docking": "docking, no crew",
}


@lesson_helper
def firsts_by_kind(
    firsts: pd.DataFrame, until: int = 1969, without: list[str] | None = None
) -> Chart:
    """Return the firsts that count by the rule of the table, a row for each kind.

    Args:
        firsts: rows as `load("firsts")` gives them.
        until: last year drawn.
        without: kinds to leave out, such as ["moon"].

    Returns:
        A chart; its table has a row a kind: kind, USSR, USA.

    Raises:
        ChartError: if the table holds no firsts of the two sides up to that year, or not a kind
            that is to be left out.
    """
    left_out = without or []
    for kind in left_out:
        if kind not in KINDS:
            raise ChartError(f"No kind {kind!r}. {among('without', kind, list(KINDS))}")
    rows = firsts[firsts["country"].isin(SIDES) & (firsts["ruling"] == "counted")]
    rows = rows[(rows["date"].str[:4].astype(int) <= until) & ~rows["kind"].isin(left_out)]
    if rows.empty:
        known = between("until", firsts["date"].str[:4])
        raise ChartError(f"No firsts of the USSR or the USA up to {until} in this table. {known}")
    kinds = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    table = pd.DataFrame({"kind": [KINDS[kind] for kind in kinds]})
    for side in SIDES:
        own = rows[rows["country"] == side]["kind"].astype(str)
        table[COUNTRIES[side]] = [int((own == kind).sum()) for kind in kinds]
    figure, axes = new_figure()
    _draw_lanes(axes, rows, kinds, table)
    total = " and ".join(f"{table[COUNTRIES[s]].sum()} for the {COUNTRIES[s]}" for s in SIDES)
    but = " without " + " and ".join(KINDS[kind] for kind in left_out) if left_out else ""
    title = f"Firsts in space to {until} by kind{but}"
    sentence = f"Counted by the rule of this table{but}: {total}."
    alt = f"Dot chart, a row a kind, years from left to right. {title}."
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_lanes(axes: Axes, rows: pd.DataFrame, kinds: list[str], table: pd.DataFrame) -> None:
    axes.set_position((0.19, 0.15, 0.60, 0.70))
    for place, kind in enumerate(reversed(kinds)):
        axes.axhline(place, color=GRID, linewidth=1)
        for side, above in (("SUN", 0.2), ("USA", -0.2)):
            own = rows[(rows["country"] == side) & (rows["kind"] == kind)]
            when = [_year(date) for date in own["date"]]
            look = {"color": COLOURS[side], "markersize": 10, "alpha": 0.85}
            axes.plot(when, [place + above] * len(when), MARKERS[side], **look)
    last = _year(max(rows["date"]))
    for place, row in enumerate(reversed(list(table.itertuples()))):
        for count, side, right in ((row.USSR, "SUN", 0.8), (row.USA, "USA", 2.1)):
            label(axes, last + right, place, str(count), COLOURS[side], weight="bold", size=15)
    for side, right in (("SUN", 0.4), ("USA", 1.8)):
        look = {"weight": "bold", "size": 14}
        label(axes, last + right, len(kinds) - 0.2, COUNTRIES[side], COLOURS[side], **look)
    axes.set_yticks(range(len(kinds)), [KINDS[kind] for kind in reversed(kinds)])
    axes.grid(axis="y", visible=False)
    axes.set_ylim(-0.6, len(kinds) - 0.5)
    axes.set_xlim(_year(min(rows["date"])) - 0.4, last + 0.2)
    words = "dot: USSR    square: USA"
    label(axes, 0, 1.04, words, INK, size=12.5, transform=axes.transAxes)


def _year(date: str) -> float:
    """Return a date as a year with fractions.

    >>> round(_year("1957-10-04"), 2), _year("1960")
    (1957.76, 1960.0)
    """
    parts = [int(part) for part in date.split("-")]
    month, day = (parts[1:] + [1, 1])[:2]
    return parts[0] + (month - 1) / 12 + (day - 1) / 365.25
