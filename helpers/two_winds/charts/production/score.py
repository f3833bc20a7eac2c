"""Ten products on one scale: Soviet output in per cent of the American, in total and per head."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError, in_year, read_figures
from two_winds.charts.common.style import COLOURS, INK, grid_on_x, label, legend, new_figure
from two_winds.charts.common.wording import product_name, source_line

# The ten products of the encyclopaedia page; sugar as the FAO counts it in both countries.
TEN = (
    "iron_ore", "sugar_raw", "cement", "coal", "pig_iron", "steel", "petroleum", "electricity",
    "woollen_cloth", "footwear",
)  # fmt: skip
NAMES = {"sugar_raw": "raw sugar", "woollen_cloth": "woollens", "footwear": "leather shoes"}
LEVEL = 100
SHARES = {"total": ("o", COLOURS["SUN"], 11, 1.08), "per head": ("D", INK, 9, 1.24)}
GREY = "#555555"


@lesson_helper
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
    pairs = {product: _pair(production, product, year, against) for product in TEN}
    people = population[population["series"] == "official"]
    crowd = _people(people, "USA", against) / _people(people, "SUN", year)
    table = pd.DataFrame([_line(product, *pair, crowd) for product, pair in pairs.items()])
    figure, axes = new_figure(height=6.6)
    axes.set_position((0.17, 0.175, 0.60, 0.65))
    for place, row in enumerate(reversed(list(table.itertuples(index=False, name=None)))):
        _draw_row(axes, place, dict(zip(table.columns, row, strict=True)))
    _frame(axes, table, against)
    title = f"Soviet output of {year} in per cent of American output of {against}"
    listed = " ".join(_in_words(row) for row in table.to_dict("records"))
    drawn = [rows for pair in pairs.values() for rows in pair if all(map(len, pair))]
    alt = f"Dot chart, one row a product. {title}. {listed}"
    return Chart(figure, title, source_line(*drawn), alt, _sentence(table, year, against), table)


def _pair(
    production: pd.DataFrame, product: str, year: int, against: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the Soviet and the American row of one product, each empty where none was read."""
    ussr = read_figures(production, product, "SUN")
    usa = read_figures(production, product, "USA")
    return ussr[ussr["year"] == year], usa[usa["year"] == against]


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
    return {"product": name, "USSR": ours, "USA": theirs, "total": total,
            "per head": total * crowd, "reckoned": reckoned}  # fmt: skip


def _draw_row(axes: Axes, place: int, row: dict) -> None:
    """Draw one product: both shares as marks, and as numbers at the right, bold where ahead."""
    if pd.isna(row["total"]):
        label(axes, 3, place, "no pair was read", GREY, size=12.5, style="italic")
        return
    axes.plot([row["per head"], row["total"]], [place, place], color="#BBBBBB", lw=2.5, zorder=1)
    for name, (marker, colour, size, x) in SHARES.items():
        axes.plot(row[name], place, marker, color=colour, markersize=size, zorder=3)
        weight = "bold" if row[name] > LEVEL else "normal"
        _at_right(axes, x, place, f"{row[name]:.0f}", colour, size=14, weight=weight)


def _at_right(axes: Axes, x: float, y: float, text: str, colour: str, **options: object) -> None:
    label(axes, x, y, text, colour, ha="right", transform=axes.get_yaxis_transform(), **options)


def _frame(axes: Axes, table: pd.DataFrame, against: int) -> None:
    lines = reversed(table.to_dict("records"))
    names = [f"{row['product'].capitalize()}{'*' * row['reckoned']}" for row in lines]
    axes.set_yticks(range(len(names)), names)
    axes.axvline(LEVEL, color=COLOURS["USA"], linewidth=2.5, zorder=2)
    grid_on_x(axes)
    axes.set_xticks(range(0, 351, 50))
    axes.set_xlim(0, 1.06 * max(150, table["total"].max()))
    axes.set_ylim(-0.6, len(names) - 0.2)
    for name, (_, colour, _, x) in SHARES.items():
        _at_right(axes, x, len(names) - 0.15, name, colour, size=12.5, weight="bold")
    words = f"per cent (the blue line: level with the USA of {against})"
    if table["reckoned"].any():
        words += "   * reckoned from other years"
    axes.set_xlabel(words, size=12.5, color=INK)
    marks = [(name, {"marker": mark, "color": colour, "linestyle": "", "markersize": size})
             for name, (mark, colour, size, _) in SHARES.items()]  # fmt: skip
    legend(axes, *marks)


def _sentence(table: pd.DataFrame, year: int, against: int) -> str:
    known = table.dropna(subset="total")
    total, head = (int((known[name] > LEVEL).sum()) for name in SHARES)
    return (
        f"The USSR of {year} beside the USA of {against}: ahead in {total} of {len(known)} "
        f"products in total, in {head} of {len(known)} per head."
    )


def _in_words(row: dict) -> str:
    if pd.isna(row["total"]):
        return f"{row['product']}: no pair of figures was read."
    return f"{row['product']}: total {row['total']:.0f}, per head {row['per head']:.0f}."
