"""Who was thought to be ahead: opinion polls of 1957 and 1958."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    grid_on_x,
    label,
    new_figure,
    source_line,
)

FIRST, SECOND = "1957-11", "1958-10"


@lesson_helper
def polls(opinion: pd.DataFrame) -> Chart:
    """Return by how many points each country put America ahead in science, 1957 and 1958.

    Args:
        opinion: rows as `load("opinion")` gives them.

    Returns:
        A chart; its table has a row a country: the shares of November 1957 for the USSR and the
        USA in per cent, and the American lead of both polls in points.

    Raises:
        ChartError: if a poll is missing.
    """
    table = _leads(opinion)
    figure, axes = new_figure(height=5.2)
    _draw_leads(axes, table)
    title = "Who is ahead in science? American lead over the USSR, percentage points"
    behind = (table["lead, November 1957"] < 0).sum()
    again = (table["lead, October 1958"] > 0).sum()
    sentence = (
        f"In November 1957 the Soviet Union was put ahead in {behind} of {len(table)} countries; "
        f"in October 1958 the United States was put ahead in {again}."
    )
    alt = f"Arrow chart, a row a country, nought in the middle. {title}. " + "; ".join(
        f"{row[0]} from {row[3]:+.0f} to {row[4]:+.0f}" for row in table.itertuples(index=False)
    )
    return Chart(figure, title, source_line(opinion), alt, sentence, table)


def _leads(opinion: pd.DataFrame) -> pd.DataFrame:
    plain = opinion.astype({"country": str, "answer": str})
    wide = plain.pivot(index="country", columns=["asked", "answer"], values="value")
    wanted = [(FIRST, "USSR"), (FIRST, "USA"), (SECOND, "American lead")]
    if any(poll not in wide for poll in wanted):
        raise ChartError(f"A poll of {FIRST} or {SECOND} is missing in this table.")
    ussr, usa, later = (wide[poll] for poll in wanted)
    table = pd.DataFrame(
        {
            "country": wide.index,
            "USSR, November 1957": ussr.array,
            "USA, November 1957": usa.array,
            "lead, November 1957": (usa - ussr).array,
            "lead, October 1958": later.array,
        }
    )
    return table.sort_values("lead, November 1957", ignore_index=True)


def _draw_leads(axes: Axes, table: pd.DataFrame) -> None:
    axes.set_position((0.175, 0.24, 0.80, 0.56))
    axes.axvline(0, color=INK, linewidth=1.6)
    for place, row in enumerate(table[::-1].itertuples(index=False)):
        before, after = row[3], row[4]
        look = {"arrowstyle": "-|>", "color": INK, "lw": 2, "mutation_scale": 20, "shrinkB": 0}
        axes.annotate("", (after, place), (before, place), arrowprops=look)
        axes.plot([before], [place], "o", color=INK, markersize=11)
        for at, gap, side in ((before, 0, "center"), (after, 1.2, "left")):
            words, up = f"{at:+.0f}".replace("-", "\u2212"), 0.3 if at == before else 0
            look = {"ha": side, "weight": "bold", "size": 15}
            label(axes, at + gap, place + up, words, COLOURS["SUN" if at < 0 else "USA"], **look)
    axes.set_yticks(range(len(table)), table["country"][::-1], size=15)
    axes.set_xticks(range(-40, 41, 10))
    axes.set_xlim(-48, 30)
    axes.set_ylim(-0.6, len(table) - 0.25)
    grid_on_x(axes)
    for at, words, side in ((-0.8, "USSR ahead", "SUN"), (0.8, "USA ahead", "USA")):
        look = {"ha": "right" if at < 0 else "left", "weight": "bold"}
        label(axes, at, len(table) - 0.05, words, COLOURS[side], **look)
    words = "dot: November 1957, one month after Sputnik 1    arrowhead: October 1958"
    axes.set_xlabel(words, size=13, color=INK, labelpad=8)
