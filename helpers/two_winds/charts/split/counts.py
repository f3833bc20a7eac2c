"""What the quarrel did to goods and to people: trade as it was read, experts as counted."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
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
    "turnover": ("CHN", "both ways, Chinese figures"),
    "soviet_exports": ("SUN", "USSR to China, Soviet figures"),
}
BOOKS = ("chinese", "soviet")
# Printed grey, the colours of two countries may be one.
HATCHES = {"SUN": "//", "USA": "", "CHN": ".."}
TELLERS = {
    "chinese": ("CHN", "Chinese count"),
    "soviet": ("SUN", "Soviet letter"),
    "us_intelligence": ("USA", "US estimate"),
}


@lesson_helper
def trade_read(exchange: pd.DataFrame, guess: float | None = None) -> Chart:
    """Return the yearly figures of trade that somebody here has read, each as a mark of its own.

    Args:
        exchange: rows as `load("exchange")` gives them.
        guess: what somebody guessed for the goods sent in 1962, drawn as a star.

    Returns:
        A chart; its table has a row a figure: what, year, value in million dollars, who tells it,
        grade.

    Raises:
        ChartError: if the table holds no such figure.
    """
    rows = exchange[
        exchange["indicator"].isin(WAYS)
        & exchange["series"].isin(BOOKS)
        & (exchange["unit"] == "million US dollars")
        & (exchange["grade"] != "C")
    ].sort_values(["indicator", "year"], ascending=[False, True])
    if rows.empty:
        raise ChartError("No trade of China with the USSR in this table that was read.")
    figure, axes = new_figure()
    axes.set_position((0.09, 0.17, 0.88, 0.69))
    for row in rows.itertuples():
        country = WAYS[row.indicator][0]
        look = {"color": COLOURS[country], "marker": MARKERS[country], "markersize": 15}
        axes.plot([row.year], [row.value], linestyle="", **look)
        place = {"size": 17, "weight": "bold", "ha": "center", "va": "bottom"}
        label(axes, row.year, row.value + 70, number(row.value), COLOURS[country], **place)
    axes.axvline(RECALLED, color="#888888", linestyle=":", linewidth=2)
    label(axes, RECALLED + 0.15, 2250, "July 1960:\nexperts recalled", "#555555", size=15)
    big = {"linestyle": "", "markersize": 14}
    marks = [
        (words, {"color": COLOURS[country], "marker": MARKERS[country]} | big)
        for country, words in WAYS.values()
    ]
    if guess is not None:
        star = {"color": COLOURS["guess"], "marker": MARKERS["guess"]}
        axes.plot([GUESSED], [guess], linestyle="", markersize=22, **star)
        marks.append((f"your guess: {number(guess)}", star | big))
    axes.set_ylim(0, 1.15 * max(rows["value"].max(), guess or 0))
    axes.set_xlim(1949, 1964)
    axes.set_xticks([1950, 1953, 1956, 1959, 1962])
    axes.tick_params(labelsize=16)
    legend(axes, *marks)
    title = "Trade of China and the USSR, million dollars: the years that were read"
    columns = {"indicator": "what", "told_by": "who tells it"}
    table = rows[["indicator", "year", "value", "told_by", "grade"]].rename(columns=columns)
    alt = "Scatter chart of single years between 1950 and 1962, with a line at July 1960."
    return Chart(figure, title, source_line(rows), alt, _read_sentence(rows, guess), table)


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


def _read_sentence(rows: pd.DataFrame, guess: float | None) -> str:
    parts = []
    for indicator, (_, words) in WAYS.items():
        found = rows[rows["indicator"] == indicator]
        told = ", ".join(f"{number(row.value)} in {row.year}" for row in found.itertuples())
        if told:
            parts.append(f"{words[0].upper()}{words[1:]}: {told}.")
    if guess is not None:
        parts.append(f"Your guess for {GUESSED} was {number(guess)}.")
    return " ".join(parts)


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
