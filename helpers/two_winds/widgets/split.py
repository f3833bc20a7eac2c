"""What does a turning year owe to the list of events? Change the list; count a class's votes."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.split.turning import CANDIDATES, judgements_and_cuts
from two_winds.charts.split.votes import Vote, split_votes
from two_winds.models.relations import HIGHEST, LOWEST
from two_winds.widgets.events import between_years, short_name
from two_winds.widgets.frame import LABEL, Desk, choice

NARROW, WIDE = "13.5em", "34em"
OUT = "out"
DISPUTED = ("1958", "1959")
LISTS = {
    "nothing": "nothing: every event counts",
    "good": "what went well in 1958 and 1959",
    "bad": "what went badly in 1958 and 1959",
}
LARGEST_CLASS = 500


@lesson_helper
def turning_desk(
    events: pd.DataFrame,
    picked: str = "yudin_outburst",
    leave_out: str = "good",
    first: str = "1956",
    last: str = "1963",
) -> Desk:
    """Return a desk to leave events out of the list, to add them, or to judge them anew.

    What was changed stays changed while the desk is on the page; running its cell again forgets it.

    Args:
        events: rows as `load("events")` gives them.
        picked: the key of the event to begin with.
        leave_out: what the list leaves out at first: "nothing", "good" or "bad".
        first: first year of the events to choose from; all of them count.
        last: last year of the events to choose from, inclusive.

    Returns:
        A desk; put it last in a cell to show it.

    Raises:
        ChartError: if there is no event `picked` among these years.
    """
    offered = between_years(events, picked, first, last)
    package = dict(zip(events["event"], events["score"].astype(int), strict=True))
    groups = {name: _group(events, name) for name in LISTS}
    yours: dict[str, int | str] = {}
    group = choice(
        "Leave out", [(words, name) for name, words in LISTS.items()], leave_out, "leave_out"
    )
    which = choice("Event", [(short_name(row), row.event) for row in offered.itertuples()], picked)
    group.layout.width = which.layout.width = WIDE
    scores = [(f"{score:+d}", score) for score in range(HIGHEST, LOWEST - 1, -1)]
    counts = choice("It counts as", [("left out", OUT), *scores], OUT)
    counts.layout.width = NARROW

    def given(event: str) -> int | str:
        return OUT if event in groups[group.value] else package[event]

    def show_how_it_counts(_change: object = None) -> None:
        counts.value = yours.get(which.value, given(which.value))

    def draw(leave_out: str, event: str, counts: int | str) -> Chart:
        yours.pop(event, None)
        if counts != given(event):
            yours[event] = counts
        changes = dict.fromkeys(groups[leave_out], OUT) | yours
        scores = {name: None if score == OUT else score for name, score in changes.items()}
        return judgements_and_cuts(events, scores, event)

    show_how_it_counts()
    for control in (group, which):
        control.observe(show_how_it_counts, names="value")
    controls = {"leave_out": group, "event": which, "counts": counts}
    row = widgets.HBox([which, counts], layout={"flex_flow": "row wrap"})
    return Desk("turning_desk", controls, draw, [group, row])


@lesson_helper
def vote_desk(quotations: pd.DataFrame, votes: Sequence[Vote]) -> Desk:
    """Return a counter for the votes of a class, a box a candidate, beside those of historians.

    Args:
        quotations: rows as `load("quotations")` gives them.
        votes: see `two_winds.charts.split.votes.split_votes`.

    Returns:
        A desk; put it last in a cell to show it.
    """
    boxes = {str(year): _box(year) for year in CANDIDATES}

    def draw(**counts: int) -> Chart:
        return split_votes(quotations, votes, {int(year): many for year, many in counts.items()})

    row = widgets.HBox(list(boxes.values()), layout={"flex_flow": "row wrap"})
    return Desk("vote_desk", boxes, draw, [row])


def _box(year: int) -> widgets.BoundedIntText:
    return widgets.BoundedIntText(
        description=f"Votes for {year}",
        min=0,
        max=LARGEST_CLASS,
        value=0,
        style=LABEL,
        layout={"width": NARROW},
    )


def _group(events: pd.DataFrame, name: str) -> list[str]:
    """Return the events of the disputed years that a list may have left out."""
    if name == "nothing":
        return []
    rows = events[events["date_start"].str[:4].isin(DISPUTED)]
    chosen = rows["score"] > 0 if name == "good" else rows["score"] < 0
    return list(rows.loc[chosen, "event"])
