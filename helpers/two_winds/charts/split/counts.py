"""What the quarrel did to goods and to people: trade as it was read, experts as counted."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import STAR, draw_guess, guess_in_words
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.rows import Row, draw_rows, new_rows
from two_winds.charts.common.select import READ, ChartError, having
from two_winds.charts.common.style import LOOKS, chart_helper, label, legend, new_figure
from two_winds.charts.common.wording import number, span

GUESSED = 1962
RECALLED = 1960.54
# Each way of trade: how it is drawn, what it is called.
WAYS = {
    "turnover": (replace(LOOKS["CHN"], line="", size=15), "both ways, Chinese figures"),
    "soviet_exports": (replace(LOOKS["SUN"], line="", size=15), "USSR to China, Soviet figures"),
}
BOOKS = ("chinese", "soviet")
# Each teller: how the number is drawn, what he is called. Printed grey, two colours may be one.
TELLERS = {
    "chinese": (replace(LOOKS["CHN"], hatch=".."), "Chinese count"),
    "soviet": (replace(LOOKS["SUN"], hatch="//"), "Soviet letter"),
    "us_intelligence": (LOOKS["USA"], "US estimate"),
}


@chart_helper
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
    unit = "million US dollars"
    rows = having(exchange, indicator=WAYS, series=BOOKS, unit=unit, grade=READ)
    rows = rows.sort_values(["indicator", "year"], ascending=[False, True])
    if rows.empty:
        raise ChartError("No trade of China with the USSR in this table that was read.")

    figure, axes = new_figure(box=(0.09, 0.17, 0.88, 0.69))
    for row in rows.itertuples():
        look, name = WAYS[row.indicator]
        told = f"{name}, {row.year}: {number(row.value)}"
        draw_mark(axes, row.year, row.value, look, words=told)
        write_beside(axes, row.year, row.value, number(row.value), look.colour, 11, weight="bold")
    top = 1.2 * max(rows["value"].max(), guess or 0)
    axes.axvline(RECALLED, color="#888888", linestyle=":", linewidth=2)
    label(axes, RECALLED + 0.15, 0.92 * top, "July 1960:\nexperts recalled", "#555555")
    notes = [(name, look) for look, name in WAYS.values()]
    if guess is not None:
        draw_guess(axes, GUESSED, guess, guess)
        notes.append((f"your guess: {number(guess)}", STAR))
    axes.set_ylim(0, top)
    axes.set_xlim(1949, 1964)
    axes.set_xticks([1950, 1953, 1956, 1959, 1962])
    legend(axes, *notes)

    title = "Trade of China and the USSR, million dollars: the years that were read"
    columns = {"indicator": "what", "told_by": "who tells it"}
    table = rows[["indicator", "year", "value", "told_by", "grade"]].rename(columns=columns)
    said = _ways_in_words(rows) + guess_in_words(guess, f"million dollars for {GUESSED}")
    seen = "A dotted line stands at July 1960, when the experts were recalled"
    return make_chart("Scatter chart", figure, title, said, table, rows, seen=seen)


@chart_helper
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
    rows = [
        Row(
            f"{row.what} ({row.who})",
            row.low,
            row.high,
            TELLERS[row.series][0],
            span(row.low, row.high, " to "),
            row.grade == "C",
        )
        for row in table.itertuples()
    ]

    figure, axes = new_rows([row.name for row in rows], wrap=24)
    draw_rows(axes, rows, bars=True)

    title = "Summer 1960: who gives which number of persons, contracts, projects"
    shown = table[["who", "what", "low", "high", "grade"]]
    parts = [
        f"{row.who}: {span(row.low, row.high, ' to ')} {row.what}." for row in table.itertuples()
    ]
    one = int((table["who"] == "Chinese count").sum())
    sentence = " ".join(parts) + f" Of the {len(table)} numbers {one} are the Chinese count."
    drawn = exchange.loc[table["row"]]
    return make_chart("Bar chart", figure, title, sentence, shown, drawn)


def _ways_in_words(rows: pd.DataFrame) -> str:
    parts = []
    for indicator, (_, name) in WAYS.items():
        found = rows[rows["indicator"] == indicator]
        told = ", ".join(f"{number(row.value)} in {row.year}" for row in found.itertuples())
        if told:
            parts.append(f"{name[0].upper()}{name[1:]}: {told}.")
    return " ".join(parts)


def _people(exchange: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of people: recalled, or in the country that summer."""
    recalled = having(exchange, item="experts recalled", year=1960)
    there = having(exchange, date=["1960-07-18", "1960-08"], indicator="experts", year=1960)
    rows = pd.concat([recalled, there]).sort_index()
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
    told = [
        _told(rows.iloc[[place]], row.series, row.item)
        for place, row in enumerate(rows.itertuples())
    ]
    return pd.DataFrame(told)


def _told(rows: pd.DataFrame, teller: str, what: str) -> dict[str, object]:
    return {
        "series": teller,
        "who": TELLERS[teller][1],
        "what": what,
        "low": rows["value"].min(),
        "high": rows["value"].max(),
        "grade": max(rows["grade"]),
        "row": rows.index[0],
    }
