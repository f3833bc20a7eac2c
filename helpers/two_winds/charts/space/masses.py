"""Masses to scale: what the first satellites weighed, as squares."""

from __future__ import annotations

import textwrap

import pandas as pd
from classwork.ground.errors import among
from matplotlib.patches import Rectangle

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, PAPER, chart_helper, label, new_figure
from two_winds.charts.common.wording import number

LABEL_INCHES, GAP_INCHES, HIGHEST, PAGE = 1.75, 0.2, 3.9, (10.56, 4.96)


@chart_helper
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
    rows = satellites.loc[[_exact_mass(satellites, name).name for name in names]]

    figure, axes = new_figure(box=(0.02, 0.1, 0.96, 0.8))
    sides = [mass**0.5 for mass in rows["mass_kg"]]
    scale = HIGHEST / max(sides)
    while sum(rooms := [max(s * scale, LABEL_INCHES) + GAP_INCHES for s in sides]) > PAGE[0]:
        scale *= 0.98
    left = (PAGE[0] - sum(rooms)) / 2
    for side, room, row in zip(sides, rooms, rows.itertuples(), strict=True):
        inches, middle, colour = side * scale, left + room / 2, COLOURS[row.country]
        hatch = "//" if row.country == "SUN" else ""
        look = {"facecolor": colour, "edgecolor": PAPER, "hatch": hatch, "linewidth": 0}
        look["label"] = f"{row.satellite}: a square of {_kilograms(row)}"
        axes.add_patch(Rectangle((middle - inches / 2, 0), inches, inches, **look))
        words = f"{textwrap.fill(row.satellite, 20)}\n{_kilograms(row)}"
        label(axes, middle, inches + 0.1, words, colour, ha="center", va="bottom", weight="bold")
        left += room
    axes.set_xlim(0, PAGE[0])
    axes.set_ylim(0, PAGE[1])
    axes.set_xticks([])
    axes.set_yticks([])

    told = ", ".join(f"{row.satellite} {_kilograms(row)}" for row in rows.itertuples())
    small, large = rows["mass_kg"].min(), rows["mass_kg"].max()

    sentence = (
        f"Masses to scale: {told}. The heaviest has {number(large / small)} times the mass of the "
        "lightest."
    )
    title = "Masses to scale: a square twice as large in area is twice as heavy (kg)"
    table = rows[["satellite", "country", "mass_kg", "source", "grade"]].reset_index(drop=True)
    return make_chart("Squares to scale", figure, title, sentence, table, rows)


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
