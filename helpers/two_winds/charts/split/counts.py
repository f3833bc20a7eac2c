"""What the quarrel did to goods and to people: trade as a thermometer, experts as counted."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import (
    HOLLOW,
    ChartError,
    draw_marks,
    part_labels,
    unverified_note,
)
from two_winds.charts.common.style import (
    COLOURS,
    MARKERS,
    PAPER,
    grid_on_x,
    label,
    legend,
    new_figure,
    number,
    source_line,
    span,
)

GUESSED = 1962
RECALLED = 1960.54
WAYS = {
    "soviet_exports": ("SUN", "USSR to China"),
    "soviet_imports": ("CHN", "China to USSR"),
}
# Printed grey, the colours of two countries may be one.
HATCHES = {"SUN": "//", "USA": "", "CHN": ".."}
TELLERS = {
    "chinese": ("CHN", "Chinese count"),
    "soviet": ("SUN", "Soviet letter"),
    "us_intelligence": ("USA", "US estimate"),
}


@lesson_helper
def thermometer(exchange: pd.DataFrame, guess: float | None = None) -> Chart:
    """Return what the USSR sent to China and took from it, a point a year, by Soviet figures.

    Args:
        exchange: rows as `load("exchange")` gives them.
        guess: what somebody guessed for the goods sent in 1962, drawn as a star.

    Returns:
        A chart; its table has a row a year and way: way, year, value in million dollars, grade.

    Raises:
        ChartError: if the table holds no such trade.
    """
    rows = exchange[exchange["indicator"].isin(WAYS)].sort_values(["indicator", "year"])
    if rows.empty:
        raise ChartError("No Soviet exports or imports in this table.")
    figure, axes = new_figure()
    axes.set_position((0.08, 0.17, 0.74, 0.69))
    for way in WAYS:
        _draw_way(axes, rows[rows["indicator"] == way], way)
    axes.set_ylim(0, 1.12 * max(rows["value"].max(), guess or 0))
    axes.set_xlim(rows["year"].min() - 0.5, rows["year"].max() + 0.3)
    part_labels(axes)
    axes.axvline(RECALLED, color="#888888", linestyle=":", linewidth=2)
    place = {"transform": axes.get_xaxis_transform(), "size": 13}
    label(axes, RECALLED + 0.2, 0.96, "July 1960: experts recalled", "#555555", **place)
    marks = [("hollow: unverified", HOLLOW)]
    if guess is not None:
        star = {"color": COLOURS["guess"], "marker": MARKERS["guess"], "markersize": 20}
        axes.plot([GUESSED], [guess], linestyle="", **star)
        marks.append((f"your guess: {number(guess)}", star | {"linestyle": "", "markersize": 14}))
    legend(axes, *marks)
    title = "A thermometer: goods between the USSR and China, million dollars"
    table = rows[["indicator", "year", "value", "grade"]].rename(columns={"indicator": "way"})
    sentence = _checked_sentence(rows, guess) + unverified_note(rows)
    alt = f"Line chart. {title}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, table)


@lesson_helper
def withdrawn(exchange: pd.DataFrame) -> Chart:
    """Return the numbers told of the Soviet experts in 1960, each beside the one who tells it.

    Args:
        exchange: rows as `load("exchange")` gives them.

    Returns:
        A chart; its table has a row a number: who tells it, what it counts, lowest, highest.

    Raises:
        ChartError: if the table holds no such numbers.
    """
    table = pd.concat([_people(exchange), _papers(exchange)], ignore_index=True)
    if table.empty:
        raise ChartError("No experts of 1960 and no withdrawal in this table.")
    figure, axes = new_figure()
    axes.set_position((0.27, 0.16, 0.70, 0.74))
    for place, row in enumerate(table.itertuples()):
        _draw_number(axes, -place, row)
    names = [f"{row.what}\n({row.who})" for row in table.itertuples()]
    axes.set_yticks([-place for place in range(len(table))], names)
    axes.tick_params(axis="y", labelsize=13)
    axes.set_ylim(-len(table) + 0.4, 0.6)
    axes.set_xlim(0, 1.25 * table["high"].max())
    grid_on_x(axes)
    title = "Summer 1960: who gives which number of persons, contracts, projects"
    table.attrs = dict(exchange.attrs)
    sentence = _told_sentence(table)
    shown = table[["who", "what", "low", "high", "grade"]]
    return Chart(figure, title, source_line(table), f"Bar chart. {title}. {sentence}", sentence,
                 shown)  # fmt: skip


def _draw_way(axes: Axes, rows: pd.DataFrame, way: str) -> None:
    country, name = WAYS[way]
    colour, hollow = COLOURS[country], rows["grade"] == "C"
    axes.plot(rows["year"], rows["value"], color=colour, linewidth=2.2)
    look = {"marker": MARKERS[country], "markersize": 9, "markeredgewidth": 1.8}
    draw_marks(axes, rows["year"], rows["value"], hollow, colour, look)
    last = rows.iloc[-1]
    label(axes, last["year"] + 0.5, last["value"], name, colour, weight="bold", size=13)


def _checked_sentence(rows: pd.DataFrame, guess: float | None) -> str:
    """Return in words only what somebody has read in a source."""
    sent = rows[(rows["indicator"] == "soviet_exports") & (rows["grade"] != "C")]
    told = " and ".join(f"{number(row.value)} in {row.year}" for row in sent.itertuples())
    words = f"The USSR sent China goods for {told}, in million dollars: these figures were read."
    if guess is None or sent.empty:
        return words
    return f"{words} Your guess for {GUESSED} was {number(guess)}."


def _people(exchange: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of people: recalled, or in the country that summer."""
    recalled = exchange["item"] == "experts recalled"
    there = exchange["date"].isin(["1960-07-18", "1960-08"]) & (exchange["indicator"] == "experts")
    rows = exchange[(recalled | there) & (exchange["year"] == 1960)]
    found = []
    for teller in TELLERS:
        told = rows[rows["series"] == teller]
        if not told.empty:
            what = "experts recalled" if teller == "chinese" else "experts in China"
            found.append(_told(told, teller, what))
    return pd.DataFrame(found)


def _papers(exchange: pd.DataFrame) -> pd.DataFrame:
    rows = exchange[(exchange["indicator"] == "withdrawal") & (exchange["unit"] != "persons")]
    rows = rows.sort_values("value", ascending=False)
    told = [_told(rows.iloc[[place]], row.series, row.item) for place, row in
            enumerate(rows.itertuples())]  # fmt: skip
    return pd.DataFrame(told)


def _told(rows: pd.DataFrame, teller: str, what: str) -> dict[str, object]:
    low, high = rows["value"].min(), rows["value"].max()
    who = TELLERS[teller][1]
    names = {"who": who, "what": what, "country": TELLERS[teller][0]}
    grades = {"grade": str(rows["grade"].astype(str).max()), "source": rows["source"].iloc[0]}
    return names | {"low": low, "high": high} | grades


def _draw_number(axes: Axes, y: float, row: object) -> None:
    """Draw a number as a bar from nothing, a range as a bar from its lower to its upper end."""
    colour, ranged = COLOURS[row.country], row.high > row.low
    start = row.low if ranged else 0
    look = {"facecolor": colour, "edgecolor": PAPER, "hatch": HATCHES[row.country]}
    axes.barh([y], [row.high - start], left=[start], height=0.5, **look)
    text = span(row.low, row.high, joint=" to ")
    label(axes, row.high + 50, y, text, colour, weight="bold")


def _told_sentence(table: pd.DataFrame) -> str:
    parts = []
    for row in table.itertuples():
        parts.append(f"{row.who}: {span(row.low, row.high, joint=' to ')} {row.what}.")
    one = int((table["who"] == "Chinese count").sum())
    return " ".join(parts) + f" Of the {len(table)} numbers {one} are the Chinese count."
