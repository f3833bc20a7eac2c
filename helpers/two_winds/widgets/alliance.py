"""Whose curve is right? Change a judgement on relations, see the turning point move or stay."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.alliance.relations import relations_curve
from two_winds.charts.common.chart import Chart
from two_winds.models.relations import HIGHEST, LOWEST
from two_winds.widgets.events import between_years, short_name
from two_winds.widgets.frame import (
    EVERYTHING,
    Desk,
    choice,
    choice_of_theme,
    number_and_slider,
)

WIDE = "38em"


@lesson_helper
def relations_desk(
    events: pd.DataFrame,
    picked: str = "twentieth_congress",
    first: str = "1949",
    last: str = "1957",
) -> Desk:
    """Return the curve of relations with an event to pick, its judgement to change, and a filter.

    What happened stands below the list, with the package's judgement and its reason. Judgements
    that were changed stay changed while the desk is on the page; running its cell again forgets
    them.

    Args:
        events: rows as `load("events")` gives them.
        picked: the key of the event to begin with.
        first: first year of the events to choose from; the curve has all of them.
        last: last year of the events to choose from, inclusive.

    Returns:
        A desk; put it last in a cell to show it.

    Raises:
        ChartError: if the table holds no event `picked`.
    """
    offered = between_years(events, picked, first, last)
    package = dict(zip(offered["event"], offered["score"].astype(int), strict=True))
    yours: dict[str, int] = {}
    which = choice("Event", [(short_name(row), row.event) for row in offered.itertuples()], picked)
    which.layout.width = WIDE
    score, row = number_and_slider("Your judgement", LOWEST, HIGHEST, 1, package[picked])
    count = choice_of_theme(events)
    told = widgets.HTML()

    def show_its_judgement(_change: object) -> None:
        score.value = yours.get(which.value, package[which.value])

    def draw(event: str, judgement: float, theme: str) -> Chart:
        yours[event] = round(judgement)
        told.value = _told(offered[offered["event"] == event].iloc[0])
        only = None if theme == EVERYTHING else theme
        return relations_curve(events, event, yours, only, (first, last))

    which.observe(show_its_judgement, names="value")
    return Desk(
        "relations_desk",
        {"event": which, "judgement": score, "theme": count},
        draw,
        [which, told, row, count],
    )


def _told(row: pd.Series) -> str:
    """Return what happened, and how the package judges it."""
    judged = f"{row['score']:+d} by this package: {row['score_reason']}."
    return (
        '<div style="max-width:52em;line-height:1.35;margin:0.2em 0">'
        f"{escape(row['description'])} <em>{escape(judged)}</em></div>"
    )
