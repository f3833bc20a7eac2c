"""Numbers, dates, units, sources as people write them; sentences and alternative texts."""

from __future__ import annotations

import calendar
import re

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

SOURCES_NAMED = 5
# What stands at a scale, and not at a row: 1,200, -3, 60 N, Jan 1957.
SCALE = re.compile(r"([A-Z][a-z]{2}\s)?[-+\u2212]?[\d.,]+( [NSEW])?")
UNITS = {
    "Mt": "million tonnes",
    "bcm": "billion cubic metres",
    "TWh": "billion kilowatt-hours",
    "million m": "million metres",
    "million m2": "million square metres",
    "million pairs": "million pairs",
    "kt": "thousand tonnes",
    "Mha": "million hectares",
    "t/ha": "tonnes a hectare",
}


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


def product_name(product: str) -> str:
    """Return a product's key as words: iron_ore becomes iron ore."""
    return product.replace("_", " ")


def unit_of(rows: pd.DataFrame) -> str:
    """Return the unit of the rows in words."""
    unit = str(rows["unit"].iloc[0])
    return UNITS.get(unit, unit)


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


def unverified_note(*tables: pd.DataFrame) -> str:
    """Return a sentence that counts the unverified figures among the rows drawn."""
    drawn = sum(len(table) for table in tables)
    unverified = sum(int((table["grade"] == "C").sum()) for table in tables)
    return hollow_note(unverified, f"the {drawn} figures drawn", "is unverified", "are unverified")


def hollow_note(many: int, of: str, one_is: str, several_are: str) -> str:
    """Return a sentence that says how many marks are hollow and why, or "" where none is.

    >>> hollow_note(1, "these", "rests on memory alone", "rest on memory alone")
    ' Of these 1 rests on memory alone (hollow).'
    """
    return f" Of {of} {many} {one_is if many == 1 else several_are} (hollow)." if many else ""


def line_in_words(name: str, x: pd.Series, y: pd.Series, hollow: pd.Series) -> str:
    """Return what is seen of a line: where it starts and ends, its peak, what is hollow.

    >>> years, figures = pd.Series([1950, 1951, 1952]), pd.Series([3.0, 9.5, 8.0])
    >>> line_in_words("USSR", years, figures, figures > 9)
    'USSR: 3 in 1950, 8 in 1952, highest 9.5 in 1951, 1 of 3 marks hollow'
    """
    known = y.dropna()
    if known.empty:
        return f"{name}: no figure"
    first, last, top = known.index[0], known.index[-1], known.idxmax()
    told = [f"{number(y[first])} in {int(x[first])}"]
    if len(known) > 1:
        told.append(f"{number(y[last])} in {int(x[last])}")
    if y[top] > max(y[first], y[last]):
        told.append(f"highest {number(y[top])} in {int(x[top])}")
    if hollow.any():
        told.append("hollow" if hollow.all() else f"{hollow.sum()} of {len(y)} marks hollow")
    return f"{name}: {', '.join(told)}"


def picture_in_words(kind: str, figure: Figure, title: str, *more: str) -> str:
    """Return the alternative text of a picture: its kind, its title, its scales, what is drawn.

    What is drawn tells itself: the label of each line, mark and bar is what it shows, in words.

    Args:
        kind: of chart, such as "Line chart".
        figure: the picture.
        title: what it shows.
        more: what else is seen in it.
    """
    told = [kind, title.rstrip(".")]
    scales = ""
    for axes in figure.axes:
        told.append(axes.get_title(loc="left"))
        told += [scales := words for words in [_scales(axes)] if words != scales]
        told += [str(artist.get_label()) for artist in axes.get_children() if _tells(artist)]
    return " ".join(f"{words.rstrip('.')}." for words in [*told, *more] if words)


def _tells(artist: Artist) -> bool:
    words = artist.get_label() if isinstance(artist, (Line2D, Patch, Collection)) else ""
    return bool(words) and not str(words).startswith("_")


def _scales(axes: Axes) -> str:
    """Return between which numbers the scales of a picture lie, where they are shown."""
    if not axes.axison:
        return ""
    told = []
    for way, axis in (("across", axes.xaxis), ("up", axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        places = [place for place in axis.get_majorticklocs() if low <= place <= high]
        words = axis.get_major_formatter().format_ticks(places)
        shown = [word.replace("\n", " ") for word in words if SCALE.fullmatch(word)]
        what = axis.get_label_text()
        if len(shown) > 1:
            told.append(f"{way} {shown[0]} to {shown[-1]}{f' ({what})' if what else ''}")
    return f"Scale {', '.join(told)}" if told else ""
