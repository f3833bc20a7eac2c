"""Ten products on one scale: Soviet output in per cent of the American, in total and per head."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside, write_in_margin
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError, having, in_year, read_figures
from two_winds.charts.common.style import COLOURS, INK, Look, chart_helper, legend
from two_winds.charts.common.wording import product_name

# The ten products of the encyclopaedia page; sugar as the FAO counts it in both countries.
TEN = (
    "iron_ore",
    "sugar_raw",
    "cement",
    "coal",
    "pig_iron",
    "steel",
    "petroleum",
    "electricity",
    "woollen_cloth",
    "footwear",
)
NAMES = {"sugar_raw": "raw sugar", "woollen_cloth": "woollens", "footwear": "leather shoes"}
LEVEL = 100
SHARES = {"total": Look(COLOURS["SUN"], "o", "", 11), "per head": Look(INK, "D", "", 9)}
AT = {"total": 1.08, "per head": 1.27}
GREY = "#555555"


@chart_helper
def score(
    production: pd.DataFrame, population: pd.DataFrame, year: int = 1972, against: int = 1972
) -> Chart:
    """Return Soviet output of one year in per cent of American output, ten products in rows.

    Drawn is what was read, or reckoned from figures read for other years.

    Args:
        production: rows as `load("production")` gives them.
        population: rows as `load("population")` gives them.
        year: the Soviet year.
        against: the American year.

    Returns:
        A chart; its table has a row a product: product, USSR and USA in the product's unit, total
        and per head in per cent of the USA, reckoned; nan where no pair of figures was read.

    Raises:
        ChartError: if the number of people of one of the years is not in the table.
    """
    pairs = {
        product: (
            having(read_figures(production, product, "SUN"), year=year),
            having(read_figures(production, product, "USA"), year=against),
        )
        for product in TEN
    }
    people = population[population["series"] == "official"]
    crowd = _people(people, "USA", against) / _people(people, "SUN", year)
    table = pd.DataFrame([_line(product, *pair, crowd) for product, pair in pairs.items()])

    names = [f"{r['product'].capitalize()}{'*' * r['reckoned']}" for r in table.to_dict("records")]

    figure, axes = new_rows(names, right=0.76, above=1.25, each=0.22)
    for place, row in enumerate(table.to_dict("records")):
        if pd.isna(row["total"]):
            write_beside(axes, 0, place, "no pair was read", GREY, style="italic")
            continue
        ends = [row["per head"], row["total"]]
        axes.plot(ends, [place, place], color="#BBBBBB", linewidth=2.5, zorder=1)
        for name, look in SHARES.items():
            words = f"{row['product']}, {name}: {row[name]:.0f}"
            draw_mark(axes, row[name], place, look, words=words)
            _at_right(axes, name, place, f"{row[name]:.0f}", bold=row[name] > LEVEL)
    axes.axvline(LEVEL, color=COLOURS["USA"], linewidth=2.5, zorder=2)
    axes.set_xticks(range(0, 351, 50))
    axes.set_xlim(0, 1.06 * max(150, table["total"].max()))
    for name in SHARES:
        _at_right(axes, name, -0.85, name)
    words = f"per cent (the blue line: level with the USA of {against})"
    if table["reckoned"].any():
        words += "   * reckoned from other years"
    axes.set_xlabel(words)
    legend(axes, *SHARES.items())

    title = f"Soviet output of {year} in per cent of American output of {against}"
    drawn = [rows for pair in pairs.values() for rows in pair if all(map(len, pair))]
    known = table.dropna(subset="total")
    total, head = (int((known[name] > LEVEL).sum()) for name in SHARES)
    sentence = (
        f"The USSR of {year} beside the USA of {against}: ahead in {total} of {len(known)} "
        f"products in total, in {head} of {len(known)} per head."
    )
    return make_chart("Dot chart", figure, title, sentence, table, *drawn)


def _people(people: pd.DataFrame, country: str, year: int) -> float:
    rows = people[people["country"] == country]
    row = in_year(rows, year)
    if row is None:
        known = between("year and against", rows["year"])
        raise ChartError(f"No number of people in {country!r} in {year}. {known}")
    return float(row["value"])


def _line(product: str, ussr: pd.DataFrame, usa: pd.DataFrame, crowd: float) -> dict:
    ours, theirs = (rows["value"].iloc[0] if len(rows) else float("nan") for rows in (ussr, usa))
    total = 100 * ours / theirs
    reckoned = bool((ussr["series"] == "reckoned").any())
    name = NAMES.get(product, product_name(product))
    return {
        "product": name,
        "USSR": ours,
        "USA": theirs,
        "total": total,
        "per head": total * crowd,
        "reckoned": reckoned,
    }


def _at_right(axes: Axes, name: str, y: float, text: str, bold: bool = True) -> None:
    weight = "bold" if bold else "normal"
    write_in_margin(axes, y, text, SHARES[name].colour, AT[name], weight=weight, ha="right")
