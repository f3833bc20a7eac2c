"""The model of reporting drawn: what there is, what each level says, what a levy leaves."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, INK, PAPER, chart_helper, label, new_figure
from two_winds.charts.common.wording import number
from two_winds.models.reporting import LEVELS, left_over, passed_up

REAL, SAID = COLOURS["CHN"], COLOURS["promise"]
# What was really brought in: 100 stands for any amount.
HARVEST = 100.0
SOURCE = "A model, not a record: the additions and the levy are chosen by the reader."


@chart_helper
def reported_up(addition: float, share: float, levels: int = len(LEVELS)) -> Chart:
    """Return a model of a report on its way up, and of what a levy on the report leaves.

    Args:
        addition: what each level adds to what it was told, as a fraction: 0.2 is 20 per cent.
        share: the levy, as a fraction of what the highest level reports.
        levels: how many levels add, from the brigade up, one to four.

    Returns:
        A chart; its table has a row a bar: place, amount, kind.

    Raises:
        ChartError: if there are fewer levels than one or more than the model has names for.
    """
    if not 1 <= levels <= len(LEVELS):
        raise ChartError(
            f"levels is {levels}: the model has {len(LEVELS)} levels, 1 to {len(LEVELS)}."
        )
    reports = passed_up(HARVEST, [addition] * levels)
    left = left_over(HARVEST, reports[-1], share)
    bars = [("harvest", HARVEST, "is there")]
    bars += [(f"{level} says", f, "is said") for level, f in zip(LEVELS, reports, strict=False)]
    bars += [("levy", share * reports[-1], "is taken"), ("left", left, "is left")]
    table = pd.DataFrame(bars, columns=["place", "amount", "kind"])

    figure, axes = new_figure(box=(0.07, 0.22, 0.91, 0.64))
    for place, row in enumerate(table.itertuples()):
        colour = SAID if row.kind == "is said" else REAL
        fill = colour if row.kind in ("is there", "is left") else PAPER
        look = {"edgecolor": colour, "facecolor": fill, "linewidth": 2.5}
        look |= {"linestyle": "--"} if row.kind == "is said" else {}
        look |= {"hatch": "//"} if row.kind == "is taken" else {}
        words = f"{row.place}: {number(row.amount)} {row.kind}"
        axes.bar(place, row.amount, 0.62, **look)[0].set_label(words)
        height = row.amount + 0.03 * table["amount"].max()
        label(axes, place, height, number(row.amount), INK, ha="center", weight="bold")
    axes.axhline(HARVEST, color=REAL, linewidth=1.6, linestyle=":")
    axes.set_xticks(range(len(table)), [row.place.replace(" ", "\n") for row in table.itertuples()])
    axes.set_ylim(0, 1.12 * table["amount"].max())

    title = f"A model: each level adds {number(100 * addition)} per cent (harvest = {HARVEST:.0f})"
    sentence = _sentence(addition, share, reports, left)
    return make_chart("Bar chart", figure, title, sentence, table, source=SOURCE)


def _sentence(addition: float, share: float, reports: list[float], left: float) -> str:
    honest = left_over(HARVEST, HARVEST, share)
    sentence = (
        f"In this model {len(reports)} level{'s' * (len(reports) > 1)} adding "
        f"{number(100 * addition)} per cent each turn {number(HARVEST)} into "
        f"{number(reports[-1])}. A levy of {number(100 * share)} per cent of the report takes "
        f"{number(share * reports[-1])}"
    )
    if share * reports[-1] > HARVEST:
        return f"{sentence}: more than there is."
    return f"{sentence} and leaves {number(left)}; a true report would leave {number(honest)}."
