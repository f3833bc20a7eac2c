"""One look for every picture: colours, markers, line styles, fonts, sizes of letters.

Colours are told apart by readers with any of the three kinds of colour blindness, and none of them
stands alone: each country has its own marker and each kind of figure its own line style.
"""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from matplotlib import font_manager, rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from two_winds.argument_checks import lesson_helper

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
# Chinese fonts of Windows, macOS and Linux, for characters that the font on board lacks.
HAN_ELSEWHERE = (
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    # Of several fonts in one file matplotlib before 3.11 knows the first; it has the others' signs.
    "Noto Sans CJK JP",
)
WIDTH, HEIGHT, DPI = 11, 6.2, 100
# A notebook beside its list of files is 600 pixels wide: so shown, these letters are 11 high.
LETTERS = 11 * 72 * WIDTH / 600
HEADLINE = 17.5
BOX = (0.08, 0.17, 0.73, 0.70)


@dataclasses.dataclass(frozen=True)
class Look:
    """How something is drawn.

    Attributes:
        colour: of the line, the mark or the bar.
        marker: the shape of a mark, as matplotlib names it.
        line: the style of a line, as matplotlib names it; "" for marks alone.
        size: of a mark, in points.
        width: of a line, in points.
        hatch: the pattern of a bar, as matplotlib names it.
        hollow: whether a mark is empty inside.
    """

    colour: str = INK
    marker: str = "o"
    line: Any = "-"
    size: float = 8
    width: float = 2.4
    hatch: str = ""
    hollow: bool = False


LOOKS = {country: Look(COLOURS[country], MARKERS[country]) for country in COUNTRIES}


@cache
def font_families() -> list[str]:
    """Return the fonts of every picture: one for Latin and Cyrillic, the others for Chinese."""
    manager = font_manager.fontManager
    manager.addfont(HAN)
    regular = manager.ttflist[-1]
    # There is no bold Chinese on board; without this, bold text would print a warning.
    manager.ttflist.append(dataclasses.replace(regular, weight=700))
    here = set(manager.get_font_names())
    return ["DejaVu Sans", regular.name, *(name for name in HAN_ELSEWHERE if name in here)]


@lesson_helper
@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style whatever is drawn with matplotlib inside a `with` block.

    >>> with house():
    ...     figure = Figure()
    ...     axes = figure.add_subplot()
    >>> [side for side, spine in axes.spines.items() if spine.get_visible()]
    ['bottom']
    """
    with rc_context():
        # Whatever the user's own settings of matplotlib say.
        rcdefaults()
        rcParams.update(
            {
                "figure.figsize": (WIDTH, HEIGHT),
                "figure.dpi": DPI,
                "figure.facecolor": PAPER,
                "font.family": font_families(),
                "font.size": LETTERS,
                "text.color": INK,
                "axes.axisbelow": True,
                "axes.edgecolor": SPINE,
                "axes.grid": True,
                "axes.grid.axis": "y",
                "axes.labelcolor": INK,
                "axes.labelsize": LETTERS,
                "axes.spines.left": False,
                "axes.spines.right": False,
                "axes.spines.top": False,
                "axes.titlelocation": "left",
                "axes.titlesize": LETTERS,
                "axes.titleweight": "bold",
                "grid.color": GRID,
                "grid.linewidth": 1,
                "legend.borderaxespad": 0,
                "legend.columnspacing": 1.3,
                "legend.fontsize": LETTERS,
                "legend.frameon": False,
                "legend.handlelength": 1.6,
                "lines.linewidth": 2.4,
                "xtick.color": INK,
                "xtick.labelsize": LETTERS,
                "xtick.major.pad": 11,  # clear of the lowest number at the left
                "xtick.major.size": 0,
                "ytick.color": INK,
                "ytick.labelsize": LETTERS,
                "ytick.major.pad": 6,
                "ytick.major.size": 0,
            }
        )
        yield


def chart_helper(function: Callable | None = None, **datasets: str) -> Callable:
    """Have a helper of the lessons draw in the house style, from its first line to its last.

    Arguments and errors are those of `lesson_helper`.
    """
    if function is None:
        return partial(chart_helper, **datasets)
    return lesson_helper(house()(function), **datasets)


def new_figure(
    width: float = WIDTH,
    height: float = HEIGHT,
    box: tuple[float, float, float, float] = BOX,
) -> tuple[Figure, Axes]:
    """Return a figure in the house style: room above for a title, at the right for names.

    Args:
        width: inches at 100 dots each.
        height: inches at 100 dots each.
        box: left, bottom, width and height of the axes, in fractions of the figure.

    Returns:
        The figure and its one pair of axes.
    """
    figure = Figure(figsize=(width, height))
    return figure, _axes(figure, box)


def two_panels(names: Sequence[str], height: float = HEIGHT) -> tuple[Figure, Axes, Axes]:
    """Return a figure with two pairs of axes of one horizontal scale, side by side.

    Args:
        names: what to write above the left and the right one.
        height: inches at 100 dots each.
    """
    figure = Figure(figsize=(WIDTH, height))
    left = _axes(figure, (0.07, 0.17, 0.40, 0.62))
    right = _axes(figure, (0.57, 0.17, 0.40, 0.62), sharex=left)
    for axes, name in zip((left, right), names, strict=True):
        axes.set_title(name)
    return figure, left, right


def _axes(figure: Figure, box: Sequence[float], **options: Any) -> Axes:
    axes = figure.add_axes(box, **options)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    _ = axes.xaxis.majorTicks, axes.yaxis.majorTicks  # made now, while the house style holds
    return axes


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
    settings = {"size": LETTERS, "va": "center", "family": font_families(), "clip_on": False}
    axes.text(x, y, text, color=colour, **(settings | options))


def breadth(text: str) -> int:
    """Return how wide the widest line of a text is, in letters; a Chinese character is two.

    >>> breadth("steel"), breadth("钢"), breadth("one\\nthree")
    (5, 2, 5)
    """
    wide = [sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in t) for t in text.split("\n")]
    return max(wide)


def inches(text: str) -> float:
    """Return about how many inches a text in the smallest letters is wide."""
    return breadth(text) * 0.59 * LETTERS / 72


def legend(axes: Axes, *marks: tuple[str, dict[str, Any] | Look | Patch]) -> None:
    """Explain marks above the picture, where direct labels would not fit.

    They stand in one line from the left edge of the figure on, or in as many as they need.

    Args:
        axes: the axes with the marks.
        marks: what each mark means and how it is drawn: a `Look`, `Line2D` settings, or a box.
    """
    if not marks:
        return
    handles = [_handle(look) for _, look in marks]
    for handle, (text, _) in zip(handles, marks, strict=True):
        handle.set_label(text)
    figure = axes.figure
    room = 0.97 * figure.get_figwidth()
    lines = math.ceil(sum(inches(text) + 0.62 for text, _ in marks) / room)
    if lines > 1:
        left, bottom, width, height = axes.get_position().bounds
        lower = 0.27 * (lines - 1) / figure.get_figheight()
        axes.set_position((left, bottom, width, height - lower))
    above = 0.36 / (axes.get_position().height * figure.get_figheight())
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.015, 0.995 + (above if axes.get_title(loc="left") else 0)),
        bbox_transform=blended_transform_factory(figure.transFigure, axes.transAxes),
        ncols=math.ceil(len(handles) / lines),
    )


def _handle(look: dict[str, Any] | Look | Patch) -> Line2D | Patch:
    if isinstance(look, Patch):
        return look
    if isinstance(look, dict):
        return Line2D([], [], **({"color": INK} | look))
    return Line2D(
        [],
        [],
        color=look.colour,
        marker=look.marker,
        markerfacecolor=PAPER if look.hollow else look.colour,
        linestyle=look.line,
        markersize=min(look.size, 13),
        linewidth=look.width,
    )
