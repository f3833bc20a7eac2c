"""Committing to a guess before the data is shown."""

from __future__ import annotations

import html
import math
from typing import Any

import ipywidgets as widgets

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.wording import number
from two_winds.widgets.frame import number_and_slider, view_of

COMMITTED: dict[str, float] = {}


class Prediction:
    """A question, a number to set, and a button that commits to it.

    Attributes:
        value: the number committed to, or None.
    """

    def __init__(self, question: str, low: float, high: float, unit: str) -> None:
        """Build the question; see `predict`."""
        self.question, self.unit = question, unit
        step = round_step(high - low)
        middle = low + step * round((high - low) / 2 / step)
        shown = middle if self.value is None else self.value
        self.box, row = number_and_slider(f"My guess, {unit}", low, high, step, shown)
        self.button = widgets.Button(
            description="Commit to my guess", button_style="primary", layout={"width": "14em"}
        )
        self.button.on_click(lambda _button: self.commit(self.box.value))
        self.answer = widgets.HTML(self.state())
        self.card = widgets.VBox(
            [
                widgets.HTML(f"<strong>{html.escape(question)}</strong>"),
                row,
                self.button,
                self.answer,
            ]
        )

    @property
    def value(self) -> float | None:
        """Return the number committed to, or None."""
        return COMMITTED.get(self.question)

    def commit(self, guess: float) -> None:
        """Commit to a guess; also the way to do it without a slider: `my_guess.commit(90)`."""
        COMMITTED[self.question] = float(guess)
        self.answer.value = self.state()

    def state(self) -> str:
        """Return in words whether a guess has been made."""
        if self.value is None:
            return "You have not committed to a guess yet."
        return f"Committed: {number(self.value)} {self.unit}. Now go on."

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        words = f"{self.question} {self.state()}"
        state = f'<span class="state">{html.escape(self.state())}</span>'
        page = f"<p>{html.escape(self.question)} {state}</p>"
        return view_of(self.card) | {"text/html": page, "text/plain": words}


def round_step(span: float) -> float:
    """Return the step of a scale: 1, 2 or 5 with noughts, about a hundredth of its span.

    >>> round_step(100), round_step(56), round_step(1200), round_step(10)
    (1.0, 1.0, 20.0, 0.1)
    """
    power = 10.0 ** math.floor(math.log10(span / 100))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= span / 100 * 0.999)


@lesson_helper
def predict(question: str, low: float, high: float, unit: str) -> Prediction:
    """Ask for a guess before the data is shown.

    The guess is kept while the notebook is running, also when this cell is run again.

    Args:
        question: what is to be guessed; it is also what the guess is remembered by.
        low: lowest guess that can be set.
        high: highest guess that can be set.
        unit: unit of the guess in words.

    Returns:
        A prediction; put it last in a cell to show it. Its `value` is None until committed.
    """
    return Prediction(question, low, high, unit)
