"""Marks and names on a picture: filled where verified, hollow where not; names at lines' ends."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text

from two_winds.charts.common.style import INK, PAPER, Look, font_families, label, legend
from two_winds.charts.common.style import LETTERS as SIZE

HOLLOW = Look(INK, "o", "", 8, hollow=True)
END = "end"
NAME_WIDTH = 18
LINE = 1.25


def draw_mark(
    axes: Axes, x: float, y: float, look: Look, hollow: bool = False, words: str = ""
) -> None:
    """Draw one mark.

    Args:
        axes: where to draw.
        x: its place across.
        y: its place up.
        look: its shape, colour and size.
        hollow: whether what it stands for is unverified.
        words: what it shows, for the alternative text.
    """
    axes.plot(
        [x],
        [y],
        marker=look.marker,
        linestyle="",
        markersize=look.size,
        markerfacecolor=PAPER if hollow or look.hollow else look.colour,
        markeredgecolor=look.colour,
        markeredgewidth=1.8,
        clip_on=False,
        label=words or None,
    )


def draw_marks(
    axes: Axes, x: pd.Series, y: pd.Series, hollow: pd.Series, colour: str, look: dict[str, Any]
) -> None:
    """Draw a mark a figure, filled where verified, hollow where not.

    Args:
        axes: where to draw.
        x: places of the figures, such as years.
        y: the figures.
        hollow: for each of them whether it is unverified.
        colour: of the marks.
        look: their shape, size and edge, as `Line2D` settings.
    """
    for some, fill in ((~hollow, colour), (hollow, PAPER)):
        inks = {"markerfacecolor": fill, "markeredgecolor": colour}
        axes.plot(x[some], y[some], linestyle="", **inks, **look)


def explain_hollow(axes: Axes, *tables: pd.DataFrame) -> None:
    """Say above the picture what hollow marks mean, if any are drawn."""
    if any((table["grade"] == "C").any() for table in tables):
        legend(axes, ("hollow or dotted: unverified", HOLLOW))


def write_beside(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    colour: str = INK,
    gap: float = 9,
    above: float = 0,
    **options: Any,
) -> None:
    """Write words so many points right of a place (`gap`), or above it (`above`)."""
    side = "center" if above else "left" if gap >= 0 else "right"
    up = "bottom" if above > 0 else "top" if above < 0 else "center"
    settings = {"color": colour, "size": SIZE, "family": font_families(), "ha": side, "va": up}
    place = {"xytext": (0 if above else gap, above), "textcoords": "offset points"}
    axes.annotate(text, (x, y), annotation_clip=False, **place, **(settings | options))


def write_in_margin(
    axes: Axes, place: float, text: str, colour: str = INK, at: float = 1.03, **options: Any
) -> None:
    """Write words beside row `place`: `at` is 0 at the left edge of the axes and 1 at the right."""
    label(axes, at, place, text, colour, transform=axes.get_yaxis_transform(), **options)


def name_end(axes: Axes, x: float, y: float, name: str, colour: str) -> None:
    """Write a name at the end of a line; `part_labels` then keeps such names apart."""
    name = textwrap.fill(name, NAME_WIDTH)
    write_beside(axes, x, y, name, colour, weight="bold", gid=END, linespacing=1)


def part_labels(axes: Axes) -> None:
    """Move names at the ends of the lines apart where they would overlap.

    Names are what `name_end` wrote, and all that stands at the right edge. To be called when both
    scales are set.
    """
    edge = axes.get_position().x0 + 0.95 * axes.get_position().width
    names = [t for t in axes.texts if t.get_gid() == END or _place(axes, t)[0] >= edge]
    names.sort(key=lambda text: _place(axes, text)[1])
    for below, above in zip(names, names[1:], strict=False):
        lines = (_lines(below) * below.get_size() + _lines(above) * above.get_size()) / 2
        wanted = _place(axes, below)[1] + LINE * lines / 72 / axes.figure.get_figheight()
        missing = wanted - _place(axes, above)[1]
        if missing > 0:
            _raise(axes, above, missing)


def _lines(text: Text) -> int:
    return text.get_text().count("\n") + 1


def _place(axes: Axes, text: Text) -> tuple[float, float]:
    """Return where a text stands, in fractions of the figure."""
    fractions = axes.figure.transFigure.inverted()
    axes.get_xlim(), axes.get_ylim()  # matplotlib sets the scales only when they are asked for
    if not isinstance(text, Annotation):
        return tuple(fractions.transform(text.get_transform().transform(text.get_position())))
    across, up = fractions.transform(axes.transData.transform(text.xy))
    return across, up + text.xyann[1] / 72 / axes.figure.get_figheight()


def _raise(axes: Axes, text: Text, share: float) -> None:
    """Move a text up by a share of the height of the figure."""
    if isinstance(text, Annotation):
        x, y = text.xyann
        text.xyann = (x, y + share * axes.figure.get_figheight() * 72)
        return
    across, up = text.get_transform().transform(text.get_position())
    dots = share * axes.figure.get_figheight() * axes.figure.dpi
    text.set_position(text.get_transform().inverted().transform((across, up + dots)))
