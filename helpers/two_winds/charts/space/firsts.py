"""Firsts in space, sorted by what they were first at: who leads depends on what one counts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from classwork.ground.errors import among, between

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import write_in_margin
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import COUNTRIES, GRID, LOOKS, chart_helper, legend
from two_winds.charts.common.timeline import year_of

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


@chart_helper
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
    rows = having(firsts, country=SIDES, ruling="counted")
    rows = rows[(rows["date"].str[:4].astype(int) <= until) & ~rows["kind"].isin(left_out)]
    if rows.empty:
        known = between("until", firsts["date"].str[:4])
        raise ChartError(f"No firsts of the USSR or the USA up to {until} in this table. {known}")
    kinds = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    table = pd.DataFrame({"kind": [KINDS[kind] for kind in kinds]})
    for side in SIDES:
        own = rows[rows["country"] == side]["kind"]
        table[COUNTRIES[side]] = [int((own == kind).sum()) for kind in kinds]

    figure, axes = new_rows([KINDS[kind] for kind in kinds], right=0.80)
    for place, kind in enumerate(kinds):
        axes.axhline(place, color=GRID, linewidth=1)
        for side, y, right in (("SUN", place - 0.2, 1.05), ("USA", place + 0.2, 1.16)):
            own = having(rows, country=side, kind=kind)
            when = [year_of(date) for date in own["date"]]
            look, name = LOOKS[side], COUNTRIES[side]
            words = f"{KINDS[kind]}: {name} {len(own)}"
            mark = {"color": look.colour, "markersize": 10, "alpha": 0.85, "label": words}
            axes.plot(when, [y] * len(when), look.marker, **mark)
            bold = {"at": right, "weight": "bold", "ha": "center"}
            write_in_margin(axes, place, str(len(own)), look.colour, **bold)
            if place == 0:
                write_in_margin(axes, -0.8, name, look.colour, **bold)
    axes.grid(axis="y", visible=False)
    ends = [year_of(date) for date in (min(rows["date"]), max(rows["date"]))]
    axes.set_xlim(ends[0] - 0.4, ends[1] + 0.2)
    legend(axes, *((COUNTRIES[side], replace(LOOKS[side], line="")) for side in SIDES))

    total = " and ".join(f"{table[COUNTRIES[s]].sum()} for the {COUNTRIES[s]}" for s in SIDES)
    but = " without " + " and ".join(KINDS[kind] for kind in left_out) if left_out else ""
    title = f"Firsts in space to {until} by kind{but}"
    sentence = f"Counted by the rule of this table{but}: {total}."
    return make_chart("Dot chart", figure, title, sentence, table, rows)
