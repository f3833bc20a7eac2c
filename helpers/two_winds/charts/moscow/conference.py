"""Moscow, November 1957: who came, and what the two conferences signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import guess_in_words
from two_winds.charts.common.marks import draw_mark
from two_winds.charts.common.select import READ, ChartError, having
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    Look,
    chart_helper,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import source_line

# Regions from top to bottom, four columns of about the same height.
COLUMNS = (
    ("Eastern Europe and the USSR", "Middle East and North Africa"),
    ("Western Europe",),
    ("Asia", "North America", "Oceania"),
    ("South America", "Central America and the Caribbean"),
)
EUROPE = ("Eastern Europe and the USSR", "Western Europe")
SHORT = {
    "Eastern Europe and the USSR": "East Europe, USSR",
    "Middle East and North Africa": "M. East, N. Africa",
    "Central America and the Caribbean": "C. America, Carib.",
}
SIGNED = 64  # the list's own title: Peace Manifesto of 64 parties
LOOKS = {
    "signed both": Look(COLOURS["SUN"], "s", "", 10),
    "refused the Declaration": Look(INK, "X", "", 12),
    "only the Manifesto": Look(COLOURS["USA"], "o", "", 9),
    "name not read": Look(COLOURS["USA"], "o", "", 9, hollow=True),
    "disputed": Look(COLOURS["guess"], "$?$", "", 11),
}
PER_ROW = 10
MOST = 100
RIGHT = 6.4
GREY = "#555555"
LATER = "Shen Zhihua 2007"


@chart_helper
def who_came(parties: pd.DataFrame, guess: float | None = None) -> Chart:
    """Return every party whose name was read, grouped by region.

    Args:
        parties: rows as `load("parties")` gives them.
        guess: a prediction of how many came from outside Europe and the USSR.

    Returns:
        A chart; its table has a row a region: parties, ruling, signed the Declaration. Parties
        that did not sign the Manifesto are drawn, not counted; names that were not read in any
        list are neither.

    Raises:
        ChartError: if the table holds no party that signed the Manifesto.
    """
    rows = _with_marks(parties)
    signed = rows[rows["signed_manifesto"] == "yes"]

    figure, axes = new_figure(height=7.2, box=(0.015, 0.095, 0.97, 0.76))
    axes.set_axis_off()
    axes.set_xlim(0, len(COLUMNS))
    deepest = max(_draw_column(axes, place, rows) for place in range(len(COLUMNS)))
    axes.set_ylim(deepest - 0.3, -0.6)
    _explain(axes, rows["mark"])

    outside = int((~signed["region"].isin(EUROPE)).sum())
    sentence = (
        f"{len(signed)} names were read, {outside} of them from outside Europe and the USSR; "
        f"{int((signed['ruling'] == 'yes').sum())} ruled a country."
    )
    sentence += guess_in_words(guess, "from outside")
    title = f"Who came to Moscow: {len(signed)} parties by region"
    table, seen = _by_region(signed), _in_words(signed)
    return make_chart("Names with marks", figure, title, sentence, table, rows, seen=seen)


@chart_helper
def two_conferences(
    parties: pd.DataFrame, signed_count: int = SIGNED, later_count: int = 68
) -> Chart:
    """Return the two conferences side by side, a mark a party; hollow where no name was read.

    Args:
        parties: rows as `load("parties")` gives them.
        signed_count: how many signed the Manifesto, as its title says.
        later_count: how many parties later accounts count, those in secret included (Shen 2007).

    Returns:
        A chart; its table has a row a conference: dates, document, taking part, signed.

    Raises:
        ChartError: if the table holds no party that signed the Manifesto, if `signed_count` is
            less than the names, or `later_count` more than can be drawn.
    """
    rows = _with_marks(parties)
    ruling, signed = rows[rows["ruling"] == "yes"], rows[rows["signed_manifesto"] == "yes"]
    for name, count, least in (
        ("signed_count", signed_count, len(signed)),
        ("later_count", later_count, 0),
    ):
        if not least <= count <= MOST:
            raise ChartError(f"{name} is {count}: it must be a number from {least} to {MOST}.")
    declared = int((ruling["signed_declaration"] == "yes").sum())
    secret = max(later_count - signed_count, 0)
    unread = ["name not read"] * (signed_count - len(signed))

    figure, axes = new_figure(box=(0.015, 0.09, 0.97, 0.76))
    axes.set_axis_off()
    axes.set_xlim(-0.5, 16.5)
    axes.set_ylim(7.6, -2.9)
    _heading(axes, 0, "Declaration, 14\u201316 November", f"{declared} of {len(ruling)} signed")
    _heading(axes, RIGHT, "Peace Manifesto, 16\u201319 November", f"{signed_count} signed")
    _draw_crowd(axes, 0, 4, _in_order(ruling))
    crowd = [*_in_order(signed), *unread, *["disputed"] * secret]
    _draw_crowd(axes, RIGHT, PER_ROW, crowd)
    if secret:
        words = f"{later_count - signed_count} more make {later_count} in later counts"
        depth = (later_count - 1) // PER_ROW + 1
        label(axes, RIGHT - 0.3, depth, words, COLOURS["guess"], size=16, weight="bold")
    _explain(axes, crowd)

    sentence = (
        f"Two conferences, two documents: {declared} of {len(ruling)} ruling parties signed the "
        f"Declaration, all {signed_count} parties the Peace Manifesto; {len(unread)} of their "
        f"names were not read. Later accounts add {secret} and count {later_count}."
    )
    title, kind = "Two conferences, two documents", "Two groups of marks, one a party"
    source = f"{source_line(rows)} {later_count}: {LATER}." if secret else source_line(rows)
    seen = f"Declaration: {_counted(_in_order(ruling))}. Peace Manifesto: {_counted(crowd)}"
    table = _by_conference(declared, len(ruling), signed_count)
    return make_chart(kind, figure, title, sentence, table, source=source, seen=seen)


def _counted(marks: list[str]) -> str:
    """Return how many there are of each mark, in words."""
    return ", ".join(f"{many} {mark}" for mark, many in Counter(marks).items())


def _with_marks(parties: pd.DataFrame) -> pd.DataFrame:
    """Return the parties whose names were read, with plain words and the mark that each gets."""
    rows = having(parties, grade=READ)
    if not (rows["signed_manifesto"] == "yes").any():
        raise ChartError("This table holds no party that signed the Peace Manifesto.")
    rows["mark"] = "only the Manifesto"
    rows.loc[rows["signed_declaration"] == "yes", "mark"] = "signed both"
    rows.loc[rows["signed_declaration"] == "refused", "mark"] = "refused the Declaration"
    rows.loc[rows["signed_manifesto"] != "yes", "mark"] = "disputed"
    return rows


def _draw_column(axes: Axes, place: int, rows: pd.DataFrame) -> float:
    """Draw the regions of one column; return how deep it reaches."""
    depth = 0.0
    for region in COLUMNS[place]:
        here = rows[rows["region"] == region]
        counted = int((here["signed_manifesto"] == "yes").sum())
        name = f"{SHORT.get(region, region)}: {counted}"
        label(axes, place + 0.015, depth, name, GREY)
        for step, party in enumerate(here.itertuples(), start=1):
            draw_mark(axes, place + 0.045, depth + step, LOOKS[party.mark])
            label(axes, place + 0.11, depth + step, party.country_name, INK)
        depth += len(here) + 1.6
    return depth - 0.6


def _heading(axes: Axes, x: float, document: str, result: str) -> None:
    """Write the name of a conference and how it ended."""
    label(axes, x - 0.3, -2.2, document, INK, size=16, weight="bold")
    label(axes, x - 0.3, -1.2, result, COLOURS["SUN"], size=24, weight="bold")


def _draw_crowd(axes: Axes, left: float, wide: int, marks: list[str]) -> None:
    for place, mark in enumerate(marks):
        draw_mark(axes, left + place % wide, place // wide, LOOKS[mark])


def _explain(axes: Axes, marks: Iterable[str]) -> None:
    """Say above the picture what the marks mean, those in use only."""
    used = set(marks)
    legend(axes, *((mark, look) for mark, look in LOOKS.items() if mark in used))


def _in_order(rows: pd.DataFrame) -> list[str]:
    """Return the marks of some parties, those of the ruling parties first."""
    return sorted(rows["mark"], key=list(LOOKS).index)


def _by_conference(declared: int, ruling: int, signed: int) -> pd.DataFrame:
    """Return a row a conference: who, when, what, how many took part, how many signed."""
    return pd.DataFrame(
        {
            "conference": ["ruling parties", "all parties"],
            "November 1957": ["14 to 16", "16 to 19"],
            "document": ["Declaration", "Peace Manifesto"],
            "parties": [ruling, signed],
            "signed": [declared, signed],
        }
    )


def _by_region(signed: pd.DataFrame) -> pd.DataFrame:
    """Return a row a region with its counts, the largest first."""
    flags = pd.DataFrame({"parties": 1, "ruling": signed["ruling"] == "yes"})
    flags["signed the Declaration"] = signed["signed_declaration"] == "yes"
    table = flags.groupby(signed["region"]).sum().reset_index()
    return table.sort_values(["parties", "region"], ascending=[False, True], ignore_index=True)


def _in_words(signed: pd.DataFrame) -> str:
    """Return the names region by region, for a reader who cannot see them."""
    regions = [region for column in COLUMNS for region in column]
    groups = [
        (region, signed.loc[signed["region"] == region, "country_name"]) for region in regions
    ]
    return " ".join(f"{region}: {', '.join(names)}." for region, names in groups if len(names))
