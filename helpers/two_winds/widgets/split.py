"""Where to cut? Choose a turning year and see both sides of it; count the votes of a class."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.split.turning import CANDIDATES, before_and_after
from two_winds.charts.split.votes import Vote, split_votes
from two_winds.widgets.frame import EVERYTHING, LABEL, Explorer, choice, choice_of_theme

NARROW = "11em"
LARGEST_CLASS = 500


@lesson_helper
def turning_desk(events: pd.DataFrame, exchange: pd.DataFrame, year: int = 1957) -> Explorer:
    """Return a desk on which the story is cut at a candidate year, for all events or one theme.

    Args:
        events: rows as `load("events")` gives them.
        exchange: rows as `load("exchange")` gives them.
        year: the candidate to begin with.

    Returns:
        An explorer; put it last in a cell to show it.
    """
    when = choice("Cut at", [(str(candidate), candidate) for candidate in CANDIDATES], year, "year")
    count = choice_of_theme(events)

    def draw(year: int, theme: str) -> Chart:
        return before_and_after(events, exchange, year, None if theme == EVERYTHING else theme)

    return Explorer({"year": when, "theme": count}, draw, [when, count])


@lesson_helper
def vote_desk(quotations: pd.DataFrame, votes: Sequence[Vote]) -> Explorer:
    """Return a counter for the votes of a class, a box a candidate, beside those of historians.

    Args:
        quotations: rows as `load("quotations")` gives them.
        votes: see `two_winds.charts.split.votes.split_votes`.

    Returns:
        An explorer; put it last in a cell to show it.
    """
    boxes = {str(year): _box(year) for year in CANDIDATES}

    def draw(**counts: int) -> Chart:
        return split_votes(quotations, votes, {int(year): many for year, many in counts.items()})

    row = widgets.HBox(list(boxes.values()), layout={"flex_flow": "row wrap"})
    return Explorer(boxes, draw, [row])


def _box(year: int) -> widgets.BoundedIntText:
    return widgets.BoundedIntText(
        description=f"Votes for {year}",
        min=0,
        max=LARGEST_CLASS,
        value=0,
        style=LABEL,
        layout={"width": NARROW},
    )


# The name that lessons of the first edition use.
class_vote = vote_desk
