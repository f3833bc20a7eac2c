"""The cells of a lesson that a page brings to life: a guess to commit to, its picture, a desk.

These few cells are run when the pages are made, so that what a page needs is learnt from the lesson
itself: what is asked, where in the picture the star of a guess belongs, what is said of it.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from two_winds import course
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.style import COLOURS, MARKERS
from two_winds.charts.common.wording import number
from two_winds.widgets.frame import Desk
from two_winds.widgets.prediction import COMMITTED, Prediction

NOT_RUN = ("exercise:", "check:", "solution:")
# The width and the height of a PNG stand in its first 24 bytes.
SAVED_PICTURE = re.compile(r'src="data:image/png;base64,([^"]{32})')
# Guesses that no sentence holds by chance.
TRIED = (0.37, 0.61, 0.83)


class Live:
    """What a lesson's cells give when they are run.

    Attributes:
        guesses: what the page needs of each guess, by the id of the cell that asks for it.
        pictures: for each cell whose pictures take up a guess: (place of the picture among those
            of the cell, id of the cell that asks).
        desks: those that the lesson ends a cell with, by the id of the cell.
    """

    def __init__(self, notebook: Any) -> None:
        """Run the cells of the notebook that name things, and ask them."""
        self.guesses: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, tuple[int, str]] = {}
        self.desks: dict[str, Desk] = {}
        self.calls: dict[str, tuple[str, Any]] = {}
        self.asked: dict[str, str] = {}
        self.names: dict[str, Any] = {"__name__": "page"}
        quiet, course.QUIET = course.QUIET, True
        try:
            for cell in notebook.cells:
                if cell.cell_type == "code" and not is_exercise(cell):
                    self._run(cell)
        finally:
            course.QUIET = quiet

    def _run(self, cell: Any) -> None:
        tree, sizes = ast.parse(cell.source), sizes_of(cell)
        takes_up = [
            (place, call, name)
            for place, call in enumerate(shown(tree))
            if (name := guess_in(call, self.asked)) and place < len(sizes)
        ]
        if is_desk(tree) or any(map(names_something, tree.body)):
            self._name(cell, tree)
        for place, call, name in takes_up:
            asks = self.asked[name]
            self.pictures[cell.id] = (place, asks)
            self.calls[asks] = name, compile(ast.Expression(call), "cell", "eval")
            self.guesses[asks] |= self._taken_up(asks, sizes[place])

    def _name(self, cell: Any, tree: ast.Module) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            *body, last = tree.body
            exec(compile(ast.Module(body, []), "cell", "exec"), self.names)
            result = None
            if isinstance(last, ast.Expr):
                result = eval(compile(ast.Expression(last.value), "cell", "eval"), self.names)
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), self.names)
        if isinstance(result, Prediction):
            self.asked[last.value.id] = cell.id
            box = result.box
            self.guesses[cell.id] = {
                "question": result.question, "unit": result.unit,
                "low": box.min, "high": box.max, "step": box.step,
            }  # fmt: skip
        if isinstance(result, Desk):
            self.desks[cell.id] = result

    def drawn(self, asks: str, guess: float | None = None) -> Chart:
        """Return the picture that takes up a guess, as the notebook draws it.

        Args:
            asks: the id of the cell that asks for the guess.
            guess: the guess, or None where none was committed to.
        """
        name, call = self.calls[asks]
        try:
            if guess is not None:
                self.names[name].commit(guess)
            return eval(call, self.names)
        finally:
            COMMITTED.pop(self.names[name].question, None)

    def _taken_up(self, asks: str, size: tuple[int, int]) -> dict[str, Any]:
        """Return what is said of a guess, and where its star belongs in the saved picture."""
        low, high = (self.guesses[asks][end] for end in ("low", "high"))
        without, said, stars = self.drawn(asks), [], []
        for part in TRIED:
            guess = low + part * (high - low)
            chart = self.drawn(asks, guess)
            said.append(added(without.sentence, chart.sentence).replace(number(guess), "{}"))
            stars.append((guess, star_of(chart)))
        if len(set(said)) != 1 or "{}" not in said[0]:
            raise ValueError(f"The picture of {asks} words its guess differently: {said}")
        found = {"said": said[0]}
        if stars[0][1] is not None:
            found["star"] = scale_of(without, size, stars)
        return found


def is_exercise(cell: Any) -> bool:
    """Tell whether a cell belongs to an exercise."""
    return any(tag.startswith(NOT_RUN) for tag in cell.metadata.get("tags", []))


def names_something(statement: ast.stmt) -> bool:
    """Tell whether a statement gives a name to something, as imports and assignments do."""
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Assign)


def is_desk(tree: ast.Module) -> bool:
    """Tell whether a cell is nothing but a call that may give a desk; what `show` draws is none."""
    (*_, last) = tree.body
    is_call = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    return is_call and len(tree.body) == 1 and getattr(last.value.func, "id", "") != "show"


def shown(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what a cell hands to `show`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "show"
        ):
            yield node.args[0]


def guess_in(call: ast.expr, asked: dict[str, str]) -> str | None:
    """Return the name of the guess whose `.value` a call is handed."""
    for node in ast.walk(call):
        named = isinstance(node, ast.Attribute) and node.attr == "value"
        if named and getattr(node.value, "id", "") in asked:
            return node.value.id
    return None


def added(without: str, with_guess: str) -> str:
    """Return what a sentence has gained.

    >>> added("It rose. One is hollow.", "It rose. You had predicted 7. One is hollow.")
    'You had predicted 7.'
    """
    start = 0
    while start < len(without) and without[start] == with_guess[start]:
        start += 1
    end = 0
    while end < len(without) - start and without[-1 - end] == with_guess[-1 - end]:
        end += 1
    return with_guess[start : len(with_guess) - end].strip()


def star_of(chart: Chart) -> tuple[int, float, float] | None:
    """Return where a chart draws a guess: which axes, across, up; None if it draws none."""
    for place, axes in enumerate(chart.figure.axes):
        for line in axes.lines:
            is_star = line.get_marker() == MARKERS["guess"]
            if is_star and line.get_markerfacecolor() == COLOURS["guess"]:
                return place, float(line.get_xdata()[0]), float(line.get_ydata()[0])
    return None


def sizes_of(cell: Any) -> list[tuple[int, int]]:
    """Return the width and the height of each picture that a cell has left when it was saved."""
    html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    return [
        struct.unpack(">II", base64.b64decode(start)[16:24])
        for start in SAVED_PICTURE.findall(html)
    ]


def scale_of(
    chart: Chart, size: tuple[int, int], stars: list[tuple[float, tuple[int, float, float]]]
) -> dict[str, Any]:
    """Return how a guess becomes a place in the picture that was saved without one.

    Args:
        chart: the picture without a guess.
        size: its width and height as it was saved, in dots.
        stars: some guesses, each with the place of its star: which axes, across, up.

    Returns:
        ends: two guesses, each with its place as parts of the picture's width and height from the
            upper left corner; frame: left, top, right and bottom of the axes, which a star may not
            leave.
    """
    width, height = size
    figure = chart.figure
    across, up = figure.get_size_inches() * figure.dpi
    # A picture may have grown downwards, to hold its source line.
    tall = across * height / width

    def place(dots: Any) -> tuple[float, float]:
        return round(float(dots[0] / across), 5), round(float((up - dots[1]) / tall), 5)

    axes = figure.axes[stars[0][1][0]]
    ends = [[guess, *place(axes.transData.transform((x, y)))] for guess, (_, x, y) in stars]
    first, middle, last = ends
    part = (middle[0] - first[0]) / (last[0] - first[0])
    for way in (1, 2):
        if abs(first[way] + part * (last[way] - first[way]) - middle[way]) > 0.002:
            raise ValueError("The scale of this picture is no straight one.")
    box = axes.get_window_extent()
    return {"ends": [first, last], "frame": [*place((box.x0, box.y1)), *place((box.x1, box.y0))]}
