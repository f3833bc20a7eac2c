"""One look for every picture: colours, markers, line styles, fonts, number format, source line.

Colours are told apart by readers with any of the three kinds of colour blindness, and none of them
stands alone: each country has its own marker and each kind of figure its own line style.
"""

from __future__ import annotations

import calendar
import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

INK = "#222222"
PAPER = "#FFFFFF"
GRID = "#DDDDDD"
SPINE = "#888888"
COLOURS = {
    "SUN": "#98201A",
    "USA": "#147BAF",
    "CHN": "#A96414",
    "GBR": "#073B3A",
    "promise": "#6F6F6F",
    "guess": "#6A1B8A",
}
MARKERS = {"SUN": "o", "USA": "s", "CHN": "^", "GBR": "D", "guess": "*"}
COUNTRIES = {"SUN": "USSR", "USA": "USA", "CHN": "China", "GBR": "Britain"}
LINES = {
    "official": "-",
    "contemporary": ":",
    "claimed": (0, (1, 4)),
    "revised": "-.",
    "estimate": "--",
    "usable": (0, (5, 1, 1, 1, 1, 1)),
}
HAN = Path(__file__).resolve().parents[2] / "fonts" / "TwoWindsHan.otf"
TITLE_HEIGHT = 0.09
SOURCE_HEIGHT = 0.085
SOURCES_NAMED = 5


def number(value: float) -> str:
    """Return a quantity as people write it: 108, 92.3, 8.9, 0.52.

    >>> number(108.04), number(92.327), number(8.9), number(0.5234), number(1250.4)
    ('108', '92.3', '8.9', '0.52', '1,250')
    >>> number(float("nan")), number(0)
    ('no figure', '0')
    """
    if pd.isna(value):
        return "no figure"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 1 or value == 0 else 2
    return f"{value:,.{digits}f}".removesuffix(".0")


def span(low: float, high: float, joint: str = "\u2013") -> str:
    """Return a range as people write it: one number where both ends are printed alike.

    >>> span(8, 8.01), span(100, 120), span(1.5, 2, joint=" to ")
    ('8', '100\u2013120', '1.5 to 2')
    """
    ends = dict.fromkeys([number(low), number(high)])
    return joint.join(ends)


def date_in_words(date: str) -> str:
    """Return an ISO date, or the part of it that is known, as people write it.

    >>> date_in_words("1957-11-06"), date_in_words("2017-02"), date_in_words("1987")
    ('6 November 1957', 'February 2017', '1987')
    """
    year, *rest = date.split("-")
    month = [calendar.month_name[int(part)] for part in rest[:1]]
    day = [str(int(part)) for part in rest[1:]]
    return " ".join([*day, *month, year])


@cache
def font_families() -> list[str]:
    """Return the fonts of every picture: one for Latin and Cyrillic, one for Chinese."""
    manager = font_manager.fontManager
    manager.addfont(HAN)
    regular = manager.ttflist[-1]
    # There is no bold Chinese on board; without this, bold text would print a warning.
    manager.ttflist.append(dataclasses.replace(regular, weight=700))
    return ["DejaVu Sans", regular.name]


def new_figure(width: float = 11, height: float = 6.2) -> tuple[Figure, Axes]:
    """Return a figure in the house style: room above for a title, at the right for labels.

    Args:
        width: inches at 100 dots each.
        height: inches at 100 dots each.

    Returns:
        The figure and its one pair of axes.
    """
    figure = Figure(figsize=(width, height), dpi=100, facecolor=PAPER)
    axes = figure.add_axes((0.08, 0.17, 0.73, 0.70))
    axes.tick_params(labelsize=14, colors=INK, length=0, pad=6)
    axes.tick_params(axis="x", pad=11)  # clear of the lowest number at the left
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="y", color=GRID, linewidth=1)
    axes.set_axisbelow(True)
    only_bottom_spine(axes)
    return figure, axes


def only_bottom_spine(axes: Axes) -> None:
    """Leave of the frame around a picture the line below it."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(SPINE)


def grid_on_x(axes: Axes) -> None:
    """Rule a picture by its horizontal scale: for bars, dots and ranges that lie in rows."""
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=GRID)


def label(axes: Axes, x: float, y: float, text: str, colour: str = INK, **options: Any) -> None:
    """Write text on the picture at a data position, in the house font."""
    settings = {"size": 14, "va": "center", "family": font_families(), "clip_on": False}
    axes.text(x, y, text, color=colour, **(settings | options))


def legend(axes: Axes, *marks: tuple[str, dict[str, Any]]) -> None:
    """Explain marks in one row above the picture, where direct labels would not fit.

    Args:
        axes: the axes with the marks.
        marks: what each mark means and how it is drawn, as `Line2D` settings.
    """
    handles = [Line2D([], [], **({"color": INK} | look), label=text) for text, look in marks]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 0.995),
        ncols=len(handles),
        frameon=False,
        fontsize=12.5,
        handlelength=1.6,
        borderaxespad=0,
        columnspacing=1.3,
    )


def source_line(*tables: pd.DataFrame) -> str:
    """Return the source line of the rows drawn: the short names of their sources.

    Args:
        tables: the rows drawn, from tables that `load` returned (it leaves the short names with
            them). Rows typed by hand may do without a source.

    Returns:
        One line that names at most five sources.
    """
    names: dict[str, None] = {}
    for table in tables:
        short = table.attrs.get("citations", {})
        keys = table["source"].unique() if "source" in table else ()
        names.update(dict.fromkeys(short.get(key, str(key)) for key in keys))
    if not names:
        return "Source: rows typed by hand."
    listed = "; ".join(list(names)[:SOURCES_NAMED])
    more = len(names) - SOURCES_NAMED
    rest = f"; and {more} more (see the passport)" if more > 0 else ""
    return f"Sources: {listed}{rest}."
