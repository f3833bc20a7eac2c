"""Promises and outcomes of several products in one picture: the goal is 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_in_margin
from two_winds.charts.common.promise import promise, verdict
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import having, read_figures
from two_winds.charts.common.style import COLOURS, INK, LOOKS, PAPER, chart_helper, legend
from two_winds.charts.common.wording import number, product_name, span, unit_of

GOAL = 100
WIDE = 40
BAND, OUTCOME = "#CFCFCF", replace(LOOKS["SUN"], size=12, line="")
OTHERWISE, UNKNOWN = "counted otherwise", "no figure"
ORDER = ("above the promise", "as promised", "below the promise", OTHERWISE, UNKNOWN)


@chart_helper
def report_card(
    production: pd.DataFrame,
    targets: pd.DataFrame,
    products: Sequence[str],
    target_set: str = "seven_year_plan_1959",
) -> Chart:
    """Return goal and outcome of several products; the lower end of each goal counts as 100.

    Outcomes are figures that were read, or reckoned from figures read for other years. A goal that
    is counted on another concept than the outcome is not judged.

    Args:
        production: rows as `load("production")` gives them.
        targets: rows as `load("targets")` gives them.
        products: the products to draw, from top to bottom.
        target_set: which goals to draw; their year is the year of the outcome.

    Returns:
        A chart; its table has a row a product: product, unit, low, high, reported, verdict.

    Raises:
        ChartError: if the table holds no such goal for one of the products.
    """
    goals = pd.concat([promise(targets, product, target_set) for product in products])
    year, announced = int(goals["year"].iloc[0]), str(goals["announced"].iloc[0])[:4]
    outcomes = [having(read_figures(production, p, "SUN"), year=year) for p in products]
    table = pd.DataFrame(
        _line(goal, outcome) for goal, outcome in zip(goals.itertuples(), outcomes, strict=True)
    )
    remembered = list(goals["grade"] == "C")

    figure, axes = new_rows([name.capitalize() for name in table["product"]], right=0.68, each=0.25)
    for place, row in enumerate(table.itertuples()):
        # The goal is a band from 100 on, what was reported a mark.
        scale, hollow = GOAL / row.low, remembered[place]
        width = max((row.high - row.low) * scale, 0.4)
        edge = {"edgecolor": COLOURS["promise"], "linestyle": "--" if hollow else "-"}
        fill = PAPER if hollow else BAND
        axes.barh(place, width, left=GOAL, height=0.6, color=fill, linewidth=1.4, **edge)
        goal, doubt = f"{span(row.low, row.high)}{'?' * hollow}", row.verdict == OTHERWISE
        words = f"{row.product}, goal {goal} {row.unit}, reported {number(row.reported)}"
        draw_mark(axes, row.reported * scale, place, OUTCOME, doubt, words)
        write_in_margin(axes, place, f"{goal} \u2192 {number(row.reported)}")
    reached = 100 * pd.concat([table["reported"], table["high"]]) / pd.concat([table["low"]] * 2)
    low, high = min(reached.min(), 90), max(reached.max(), 110)
    axes.set_xlim(low - 4, high + 4)
    axes.axvline(GOAL, color=INK, linewidth=1.5, zorder=0)
    axes.xaxis.set_major_locator(MultipleLocator(5 if high - low < WIDE else 20))
    axes.set_xlabel("lower end of the goal = 100")
    write_in_margin(axes, len(table) - 0.1, "goal \u2192 reported", weight="bold")
    legend(axes, *_marks(table, year, any(remembered)))

    title = f"Goals of {announced} for {year}, and what was reported"
    sentence = _sentence(table, year, remembered)
    return make_chart("Range chart", figure, title, sentence, table, goals, *outcomes)


def _line(goal: tuple, outcome: pd.DataFrame) -> dict:
    value = outcome["value"].iloc[0] if len(outcome) else float("nan")
    said = verdict(value, goal.low, goal.high) if goal.counted_alike == "yes" else OTHERWISE
    unit = unit_of(pd.DataFrame({"unit": [goal.unit]}))
    return {
        "product": product_name(goal.product),
        "unit": unit,
        "low": goal.low,
        "high": goal.high,
        "reported": value,
        "verdict": said,
    }


def _marks(table: pd.DataFrame, year: int, remembered: bool) -> list[tuple[str, object]]:
    """Return what is explained above the picture."""
    band = Patch(facecolor=BAND, edgecolor=COLOURS["promise"])
    marks = [("goal (dashed, ?: only remembered)" if remembered else "goal", band)]
    marks.append((f"reported for {year}", OUTCOME))
    if (table["verdict"] == OTHERWISE).any():
        empty = {"marker": OUTCOME.marker, "linestyle": "", "markersize": 11}
        empty |= {"color": OUTCOME.colour, "markerfacecolor": PAPER, "markeredgewidth": 2}
        marks.append((OTHERWISE, empty))
    return marks


def _sentence(table: pd.DataFrame, year: int, remembered: list[bool]) -> str:
    parts = []
    for said in ORDER:
        names = table.loc[table["verdict"] == said, "product"]
        if len(names):
            parts.append(f"{said}: {', '.join(names)}")
    sentence = f"Soviet output in {year}. {'; '.join(parts).capitalize()}."
    if not any(remembered):
        return sentence
    return (
        f"{sentence} {sum(remembered)} of the {len(table)} goals are only remembered, so this is a "
        f"list of questions, not of findings."
    )
