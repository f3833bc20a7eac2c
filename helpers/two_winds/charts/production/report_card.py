"""Promises and outcomes of several products in one picture: the goal is 100."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import read_figures
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    PAPER,
    grid_on_x,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import number, product_name, source_line, span, unit_of
from two_winds.charts.production.race import promise, verdict

GOAL = 100
WIDE = 40
# Inches: of a row, of the room below the rows, of all that is not rows.
ROW, FOOT, HEAD = 0.46, 1.25, 2.1
OTHERWISE, UNKNOWN = "counted otherwise", "no figure"
ORDER = ("above the promise", "as promised", "below the promise", OTHERWISE, UNKNOWN)


@lesson_helper
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
    outcomes = [_outcome(production, product, year) for product in products]
    table = pd.DataFrame(
        _line(goal, outcome) for goal, outcome in zip(goals.itertuples(), outcomes, strict=True)
    )
    high = HEAD + ROW * len(table)
    figure, axes = new_figure(height=high)
    axes.set_position((0.17, FOOT / high, 0.53, ROW * len(table) / high))
    remembered = list(goals["grade"] == "C")
    for place, row in enumerate(reversed(list(table.itertuples()))):
        _draw_row(axes, place, row, remembered[len(table) - 1 - place])
    _frame(axes, table, year, any(remembered))
    title = f"Goals of {announced} for {year}, and what was reported"
    alt = f"Range chart, one row a product. {title}. {_in_words(table, year)}"
    drawn = [goals, *(rows for rows in outcomes if len(rows))]
    return Chart(figure, title, source_line(*drawn), alt, _sentence(table, year, remembered), table)


def _outcome(production: pd.DataFrame, product: str, year: int) -> pd.DataFrame:
    rows = read_figures(production, product, "SUN")
    return rows[rows["year"] == year]


def _line(goal: tuple, outcome: pd.DataFrame) -> dict:
    value = outcome["value"].iloc[0] if len(outcome) else float("nan")
    said = verdict(value, goal.low, goal.high) if goal.counted_alike == "yes" else OTHERWISE
    unit = unit_of(pd.DataFrame({"unit": [goal.unit]}))
    return {"product": product_name(goal.product), "unit": unit, "low": goal.low,
            "high": goal.high, "reported": value, "verdict": said}  # fmt: skip


def _draw_row(axes: Axes, place: int, row: tuple, remembered: bool) -> None:
    """Draw one product: its goal as a band from 100 on, what was reported as a mark."""
    scale = GOAL / row.low
    width = max((row.high - row.low) * scale, 0.4)
    fill, line = (PAPER, "--") if remembered else ("#CFCFCF", "-")
    axes.barh(place, width, left=GOAL, height=0.6, color=fill, edgecolor=COLOURS["promise"],
              linestyle=line, linewidth=1.4)  # fmt: skip
    colour = COLOURS["SUN"]
    fill = PAPER if row.verdict == OTHERWISE else colour
    axes.plot(row.reported * scale, place, MARKERS["SUN"], markersize=12, markeredgewidth=2,
              markerfacecolor=fill, markeredgecolor=colour)  # fmt: skip
    words = f"{span(row.low, row.high)}{'?' * remembered} \u2192 {number(row.reported)}"
    across = axes.get_yaxis_transform()
    label(axes, 1.03, place, words, size=13, transform=across)


def _frame(axes: Axes, table: pd.DataFrame, year: int, remembered: bool) -> None:
    names = [name.capitalize() for name in reversed(list(table["product"]))]
    axes.set_yticks(range(len(names)), names)
    reached = 100 * pd.concat([table["reported"], table["high"]]) / pd.concat([table["low"]] * 2)
    low, high = min(reached.min(), 90), max(reached.max(), 110)
    axes.set_xlim(low - 4, high + 4)
    axes.axvline(GOAL, color=INK, linewidth=1.5, zorder=0)
    axes.xaxis.set_major_locator(MultipleLocator(5 if high - low < WIDE else 20))
    grid_on_x(axes)
    axes.set_ylim(-0.6, len(names) - 0.3)
    axes.set_xlabel("lower end of the goal = 100", size=12.5, color=INK)
    heading = {"size": 12.5, "weight": "bold", "transform": axes.get_yaxis_transform()}
    label(axes, 1.03, -1.1, "goal \u2192 reported", **heading)
    band = {"marker": "s", "markersize": 14, "color": "#CFCFCF", "linestyle": "",
            "markeredgecolor": COLOURS["promise"]}  # fmt: skip
    dot = {"marker": MARKERS["SUN"], "color": COLOURS["SUN"], "linestyle": "", "markersize": 11}
    marks = [("goal (dashed, ?: only remembered)" if remembered else "goal", band)]
    marks.append((f"reported for {year}", dot))
    if (table["verdict"] == OTHERWISE).any():
        marks.append((OTHERWISE, dot | {"markerfacecolor": PAPER, "markeredgewidth": 2}))
    legend(axes, *marks)


def _in_words(table: pd.DataFrame, year: int) -> str:
    return " ".join(
        f"{row.product}: goal {span(row.low, row.high, ' to ')} {row.unit}, reported for {year} "
        f"{number(row.reported)}."
        for row in table.itertuples()
    )


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
