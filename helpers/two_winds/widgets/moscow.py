"""Drafting the Moscow Declaration of 1957 clause by clause: who would sign?"""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.moscow.declaration import TITLES, who_would_sign
from two_winds.models.declaration import CLAUSES, moscow_draft
from two_winds.widgets.frame import Desk, choice

WIDE, NAMES = "31.5em", "5.5em"
NOTE = (
    "<strong>Source:</strong> a sentence of each party's. <strong>Model:</strong> the wordings, "
    "who refuses which, and that a party signs if it refuses none."
)


@lesson_helper
def declaration_desk(positions: pd.DataFrame, parties: pd.DataFrame) -> Desk:
    """Return a desk on which the Declaration is drafted, a list to choose from for each clause.

    It opens with a draft to Moscow's liking.

    Args:
        positions: rows as `load("positions")` gives them.
        parties: rows as `load("parties")` gives them.

    Returns:
        A desk; put it last in a cell to show it.
    """
    controls = {}
    for clause, options in CLAUSES.items():
        wordings = [(words, option) for option, words in options.items()]
        controls[clause] = choice(TITLES[clause], wordings, moscow_draft()[clause])
        controls[clause].layout.width = WIDE
        controls[clause].style.description_width = NAMES

    def draw(**draft: str) -> Chart:
        return who_would_sign(positions, parties, draft)

    clauses = widgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"})
    return Desk("declaration_desk", controls, draw, [widgets.HTML(NOTE), clauses])
