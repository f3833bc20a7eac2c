"""The frame of every desk: labelled controls above one picture that follows them.

What it leaves in a saved notebook is the picture of its first view, so that a lesson is whole on
paper, in a web preview, and before it has been run.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import pandas as pd
from classwork.ground.errors import PlainError, among

from two_winds import course
from two_winds.charts.common.chart import Chart, picture_html, quick_html

EVERYTHING = "all"
LABEL = {"description_width": "initial"}
WIDTH = {"width": "22em", "max_width": "98%"}
# In a narrow notebook the slider goes below its box, and still has a track to pull.
TRACK = {"flex": "1 1 12em", "min_width": "12em", "max_width": "22em"}


class Desk:
    """Controls and a picture that is drawn again whenever one of them changes.

    Attributes:
        kind: the name of the function that gave the desk, such as "vote_desk".
        controls: the controls by name.
        picture: the widget that holds the picture, its alternative text and its sentence.
    """

    def __init__(
        self,
        kind: str,
        controls: dict[str, widgets.ValueWidget],
        draw: Callable[..., Chart],
        rows: list,
    ) -> None:
        """Build a desk.

        Args:
            kind: the name of the function that gives it.
            controls: controls by name; their values are handed to `draw` under these names.
            draw: returns the chart for the values. If it raises ValueError later on, the message
                is shown in place of the picture.
            rows: the widgets to show above the picture, from top to bottom.
        """
        self.kind = kind
        self.controls = controls
        self.draw = draw
        self.picture = widgets.HTML()
        self.box = widgets.VBox([*rows, self.picture])
        for control in controls.values():
            control.observe(self.redraw, names="value")
        first, self._drawn = self.view(), self._values()
        if not course.QUIET:
            self.picture.value = quick_html(first)

    def view(self) -> Chart:
        """Return the chart for the present values of the controls."""
        return self.draw(**self._values())

    def redraw(self, _change: Any = None) -> None:
        """Draw the picture for the present values of the controls, unless they are drawn."""
        # Where one control has set another, each of them asks for the same picture.
        if course.QUIET or self._values() == self._drawn:
            return
        self._drawn = self._values()
        try:
            self.picture.value = quick_html(self.view())
        except ValueError as error:
            self.picture.value = f"<p>{html.escape(str(error))}</p>"

    def _values(self) -> dict[str, Any]:
        return {name: control.value for name, control in self.controls.items()}

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        bundle = view_of(self.box)
        try:
            chart = self.view()
        except ValueError as error:
            return bundle | {"text/plain": str(error)}
        return bundle | {"text/html": picture_html(chart), "text/plain": chart.sentence}


def view_of(box: widgets.Box) -> dict[str, Any]:
    """Return what shows a box in a notebook, with the ipywidgets 7 of hosted notebooks too."""
    return {"application/vnd.jupyter.widget-view+json": box.get_view_spec()}


def choice(
    name: str, options: list[tuple[str, Any]], value: Any, argument: str = "it"
) -> widgets.Dropdown:
    """Return a labelled list to choose from: pairs of what is shown and what it stands for.

    Raises PlainError if `value`, which a caller gave as `argument`, is not among them.
    """
    offered = [meant for _, meant in options]
    if value not in offered:
        known = among(argument, value, offered)
        raise PlainError(f"{name!r} does not offer {value!r}. {known}")
    return widgets.Dropdown(
        description=name, options=options, value=value, style=LABEL, layout=WIDTH
    )


def choice_of_theme(events: pd.DataFrame) -> widgets.Dropdown:
    """Return a labelled list of the themes of some events, EVERYTHING before them."""
    themes = sorted(set(events["theme"].astype(str)))
    return choice("Count", [("all events", EVERYTHING), *((t, t) for t in themes)], EVERYTHING)


def number_and_slider(
    name: str, low: float, high: float, step: float, value: float
) -> tuple[widgets.BoundedFloatText, widgets.HBox]:
    """Return a labelled number box, and the row that shows it beside a slider.

    The box is the control. The slider follows it and leads it, for those who like to drag; its
    handle has no name of its own for a screen reader, which is why the box is there.
    """
    box = widgets.BoundedFloatText(
        description=name, min=low, max=high, step=step, value=value, style=LABEL, layout=WIDTH
    )
    slider = widgets.FloatSlider(
        min=low, max=high, step=step, value=value, readout=False, layout=TRACK
    )
    # A slider says 2.3000000000000003 where it means 2.3.
    widgets.link((box, "value"), (slider, "value"), transform=(tidy, tidy))
    return box, widgets.HBox([box, slider], layout={"flex_flow": "row wrap"})


def tidy(number: float) -> float:
    """Return a number without the crumbs that binary fractions leave."""
    return round(number, 6)
