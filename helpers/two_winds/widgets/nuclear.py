"""A reader's desk: choose a passage and two versions, see what differs and when it was printed."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.nuclear.print_dates import written_down
from two_winds.texts.compare import set_beside
from two_winds.widgets.frame import Desk, choice


@lesson_helper
def reading_desk(
    texts: pd.DataFrame,
    passage: str = "half_of_mankind",
    first: str = "chinese_print",
    second: str = "memoir_english",
) -> Desk:
    """Return a desk with a passage and two of its versions to choose.

    Above the picture the two versions stand beside each other: word by word where both are of one
    text in one language, else by what they claim.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: the passage to begin with.
        first: the version to begin with.
        second: the version to set beside it.

    Returns:
        A desk; put it last in a cell to show it.
    """
    passages = sorted(texts["passage"].astype(str).unique())
    which = choice("Passage", _in_print(passages), passage, "passage")
    one = choice("Version 1", _versions(texts, passage), first, "first")
    other = choice("Version 2", _versions(texts, passage), second, "second")
    table = widgets.HTML()

    def other_versions(_change: object) -> None:
        known = _versions(texts, which.value)
        one.options = other.options = known
        other.value = known[1][1]

    def draw(passage: str, one: str, other: str) -> Chart:
        beside, _ = set_beside(texts, passage, one, other)
        # Where the table is too wide, it is scrolled; the words around it wrap.
        table.value = f'<div style="width:0;min-width:100%;overflow-x:auto">{beside}</div>'
        return written_down(texts, passage, one, other)

    which.observe(other_versions, names="value")
    controls = {"passage": which, "one": one, "other": other}
    rows = [widgets.HBox([which, one, other], layout={"flex_flow": "row wrap"}), table]
    return Desk("reading_desk", controls, draw, rows)


def _versions(texts: pd.DataFrame, passage: str) -> list[tuple[str, str]]:
    """Return the versions of a passage: pairs of what is shown and what it stands for."""
    return _in_print(texts.loc[texts["passage"] == passage, "version"])


def _in_print(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), name) for name in names]
