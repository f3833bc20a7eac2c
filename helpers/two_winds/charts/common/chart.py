"""Showing a chart: a picture with alternative text, its sentence, and its table on request."""

from __future__ import annotations

import base64
import html
import io
import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from classwork.ground.errors import ArgumentError
from IPython.display import display
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.transforms import Bbox
from PIL import Image

from two_winds import course
from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.style import HEADLINE, house
from two_winds.charts.common.wording import date_in_words, picture_in_words, source_line

# Inches that the margins of every figure leave free above and below, and those of a source line.
TITLE, SOURCE = 0.56, 0.53
SOURCE_WIDTH, LINE, EDGE = 96, 0.24, 0.06
PAPER_WHITE = 255
QUICK_DPI = 80
PALETTE = 96
# Below 600 pixels letters could not be read: then the picture is moved sideways in its frame.
PICTURE = "max-width:100%;min-width:600px;height:auto"
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
WORDS = re.compile(r"<td>(?![-\d.,]+</td>)")


@dataclass
class Chart:
    """A chart is a picture, a sentence and a table, all three made from the same rows.

    Attributes:
        figure: the picture, without its title and its source line.
        title: what the picture shows.
        source: where its figures come from, one line.
        alt: what the picture shows, for a reader who cannot see it.
        sentence: what follows from it, in words.
        table: the rows behind it, as a reader may want to see them.
    """

    figure: Figure
    title: str
    source: str
    alt: str
    sentence: str
    table: pd.DataFrame = field(repr=False)


def make_chart(
    kind: str,
    figure: Figure,
    title: str,
    sentence: str,
    table: pd.DataFrame,
    *drawn: pd.DataFrame,
    source: str | None = None,
    seen: str = "",
) -> Chart:
    """Return a chart with its source line, and the alternative text that its picture tells.

    Args:
        kind: of chart, such as "Line chart".
        figure: the picture.
        title: what it shows.
        sentence: what follows from it.
        table: the rows behind it, as a reader may want to see them.
        drawn: the rows drawn, whose sources are named.
        source: the source line, where it is not that of the rows.
        seen: what else is seen in the picture.
    """
    source = source_line(*drawn) if source is None else source
    alt = picture_in_words(kind, figure, title, seen)
    return Chart(figure, title, source, alt, sentence, table)


@lesson_helper
def show(thing: Chart | pd.DataFrame, table: bool = False) -> None:
    """Show a chart with its alternative text and its sentence, or a table.

    Args:
        thing: what a function of `two_winds.charts` returned, or a table.
        table: for a chart, also show the rows behind the picture.

    Raises:
        ArgumentError: if `thing` is something else.
    """
    if not isinstance(thing, (Chart, pd.DataFrame)):
        raise ArgumentError(f"thing is a {type(thing).__name__}: it must be a chart or a table.")
    if course.QUIET:
        return
    if isinstance(thing, pd.DataFrame):
        display({"text/html": table_html(thing), "text/plain": thing.to_string()}, raw=True)
        return
    rows = table_html(thing.table) if table else ""
    bundle = {"text/html": picture_html(thing) + rows, "text/plain": thing.sentence}
    display(bundle, raw=True)


def picture_html(chart: Chart) -> str:
    """Return the chart as one HTML figure, title and source line inside the picture."""
    return figure_html(chart, finished_png(chart), f"<p>{html.escape(chart.sentence)}</p>")


def quick_html(chart: Chart) -> str:
    """Return the chart as one HTML figure: title and sentence above the picture, source below.

    Quicker to make, for a picture that is about to be replaced by the next: text is what takes
    longest to draw.
    """
    sentence = f'<p style="line-height:1.4;margin:0.4em 0">{html.escape(chart.sentence)}</p>'
    words = f"<strong>{html.escape(chart.title)}</strong>{sentence}"
    caption = f"<small>{html.escape(chart.source)}</small>"
    figure = figure_html(chart, bare_png(chart.figure), caption)
    # As wide as its place and no wider, so that the words wrap where only the picture is too wide.
    return f'<div style="width:0;min-width:100%">{words}{figure}</div>'


def figure_html(chart: Chart, png: bytes, caption: str) -> str:
    """Return an HTML figure: image, alternative text, caption; it needs nothing from outside."""
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<figure style="margin:0;overflow-x:auto"><img style="{PICTURE}" '
        f'alt="{html.escape(chart.alt)}" src="data:image/png;base64,{data}">'
        f'<figcaption style="max-width:60em">{caption}</figcaption></figure>'
    )


def finished_png(chart: Chart) -> bytes:
    """Return the picture with its title above and its source line below, as it is projected."""
    dots = _finished(chart, "raw")
    width = int(chart.figure.bbox.width)
    return few_colours(Image.frombuffer("RGBA", (width, len(dots) // (4 * width)), dots))


@lesson_helper
def save(chart: Chart, name: str) -> Path:
    """Keep a chart as a file, title and source line within it: to print, to hand in, to hang up.

    Args:
        chart: what a function of `two_winds.charts` returned.
        name: of the file. It ends in ".svg" (sharp at any size) or in ".png".

    Returns:
        Where the file lies.

    Raises:
        ArgumentError: if the name ends otherwise, or its folder does not exist.
    """
    path = Path(name)
    if path.suffix not in (".svg", ".png"):
        raise ArgumentError(f"name is {name!r}: it can be a name that ends in .svg or in .png.")
    if not path.parent.is_dir():
        raise ArgumentError(f"name is {name!r}: there is no folder {str(path.parent)!r}.")
    path.write_bytes(finished_png(chart) if path.suffix == ".png" else _finished(chart, "svg"))
    return path.resolve()


def _finished(chart: Chart, form: str) -> bytes:
    """Return the picture with title and source line, in a format that matplotlib knows.

    The page grows downwards where the picture leaves too little room for the source line.
    """
    source = textwrap.wrap(chart.source, SOURCE_WIDTH)
    width, height = chart.figure.get_size_inches()
    with house():
        canvas = FigureCanvasAgg(chart.figure)
        more = max(0, LINE * len(source) + 2 * EDGE - _lowest(chart.figure, canvas))
        head = chart.figure.text(0.015, 1 - TITLE / 2 / height, chart.title, va="center")
        head.set(size=HEADLINE, weight="bold")
        bottom = (EDGE - more) / height
        foot = chart.figure.text(0.015, bottom, "\n".join(source), va="bottom", color="#555555")
        buffer = io.BytesIO()
        page = Bbox([[0, -more], [width, height]])
        chart.figure.savefig(buffer, format=form, bbox_inches=page)
    head.remove()
    foot.remove()
    return buffer.getvalue()


def _lowest(figure: Figure, canvas: FigureCanvasAgg) -> float:
    """Return how many inches above its lower edge the picture begins."""
    boxes = [axes.get_tightbbox(canvas.get_renderer()) for axes in figure.axes]
    lows = [box.y0 for box in boxes if box is not None]
    return min(lows, default=figure.bbox.height) / figure.dpi


def few_colours(picture: Image.Image) -> bytes:
    """Return a PNG with a palette: a third of the size, and no eye sees the difference."""
    small = io.BytesIO()
    picture.convert("RGB").quantize(PALETTE, method=Image.Quantize.MEDIANCUT).save(
        small, "png", compress_level=6
    )
    return small.getvalue()


def bare_png(figure: Figure) -> bytes:
    """Return the picture without the margins that are kept free for title and source line."""
    dpi = figure.dpi
    figure.set_dpi(QUICK_DPI)
    canvas = FigureCanvasAgg(figure)
    # A tenth of the time is spent on fitting letters to the dots.
    with house(), rc_context({"text.hinting": "none"}):
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    # Else an older matplotlib would draw the next picture of it, whole, with as few dots.
    figure.set_dpi(dpi)
    inked = np.flatnonzero((pixels[..., :3] < PAPER_WHITE).any(axis=(1, 2)))
    first = min([int(TITLE * QUICK_DPI), *inked[:1]])
    last = max([len(pixels) - int(SOURCE * QUICK_DPI), *(inked[-1:] + 2)])
    buffer = io.BytesIO()
    imsave(buffer, pixels[first:last], format="png", pil_kwargs={"compress_level": 1})
    return buffer.getvalue()


def table_html(table: pd.DataFrame) -> str:
    """Return a table as HTML: named columns, no empty header cell, words left, numbers right.

    An index with a name holds something worth reading: it is shown as a column. Dates are written
    as people write them.
    """
    if any(table.index.names):
        table = table.reset_index(allow_duplicates=True)
    text = table.map(_in_words).to_html(
        index=False, border=0, na_rep="no figure", float_format=_in_table
    )
    for name in table.select_dtypes(exclude="number"):
        head = f"<th>{html.escape(str(name))}</th>"
        text = text.replace(head, head.replace("<th>", '<th style="text-align:left">'), 1)
    return WORDS.sub('<td style="text-align:left">', text)


def _in_words(cell: object) -> object:
    return date_in_words(cell) if isinstance(cell, str) and DATE.fullmatch(cell) else cell


def _in_table(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.2f}"
