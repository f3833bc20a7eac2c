"""The Great Leap in figures: what was claimed and made; China and Britain."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import (
    HOLLOW,
    ChartError,
    draw_country,
    ends,
    is_verified,
    official,
    part_labels,
    unit_of,
    unverified_note,
)
from two_winds.charts.common.style import (
    COLOURS,
    GRID,
    INK,
    LINES,
    PAPER,
    label,
    legend,
    new_figure,
    number,
    only_bottom_spine,
    source_line,
    span,
)
from two_winds.charts.production.race import draw_promise

CHINA, GREY = COLOURS["CHN"], COLOURS["promise"]
MAO_IN_MOSCOW = "1957-11-18"
PROMISED_FOR = 1972
LEAP_YEAR = 1958
APART = 0.05
CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1, "alpha": 0.8}
LOOKS = {
    "claimed": {"color": GREY, "marker": "D", "linestyle": LINES["claimed"]},
    "official": {"color": CHINA, "marker": "^", "linestyle": LINES["official"]},
    "revised": {"color": CHINA, "marker": "s", "linestyle": LINES["revised"]},
    "usable": {"color": CHINA, "marker": "P", "linestyle": ""},
}
BESIDE = {"claimed": -0.15, "official": 0.0, "revised": 0.06, "usable": 0.18}


@lesson_helper
def claimed(
    great_leap: pd.DataFrame,
    products: tuple[str, str] = ("steel", "grain"),
    first: int = 1956,
    last: int = 1962,
) -> Chart:
    """Return what was claimed, reported, revised and of use, for two products side by side.

    Args:
        great_leap: rows as `load("great_leap")` gives them.
        products: two products of that table.
        first: the first year drawn.
        last: the last year drawn.

    Returns:
        A chart; its table has a row a figure: product, year, value, series, source, grade.

    Raises:
        ChartError: if the table holds no Chinese rows for a product.
    """
    rows = _chinese(great_leap, products, first, last)
    figure, axes = new_figure()
    axes.set_position((0.06, 0.17, 0.41, 0.67))
    _draw_panels(figure, axes, rows, products)
    title = f"{products[0].capitalize()} and {products[1]} in China: claimed, reported, revised"
    title += f" ({unit_of(rows)})"
    sentence = " ".join(_claim_sentence(rows, product) for product in products)
    sentence += unverified_note(rows)
    table = rows[["product", "year", "value", "series", "source", "grade"]]
    return Chart(figure, title, source_line(rows), f"Two charts. {title}. {sentence}", sentence,
                 table)  # fmt: skip


def _chinese(
    great_leap: pd.DataFrame, products: tuple[str, str], first: int, last: int
) -> pd.DataFrame:
    rows = great_leap[
        (great_leap["country"] == "CHN")
        & great_leap["product"].isin(products)
        & great_leap["series"].isin(list(LOOKS))
    ].astype({"product": str, "series": str})
    known = between("first and last", rows["year"])
    rows = rows[rows["year"].between(first, last)]
    if set(rows["product"]) != set(products):
        raise ChartError(
            f"This table does not hold both of products, {products}, for China "
            f"from {first} to {last}. {known}"
        )
    return rows


def _draw_panels(figure: Figure, axes: Axes, rows: pd.DataFrame, products: tuple[str, str]) -> None:
    other = figure.add_axes((0.56, 0.17, 0.41, 0.67), sharex=axes)
    other.tick_params(labelsize=14, length=0, pad=6, colors=INK)
    other.tick_params(axis="x", pad=11)
    other.grid(axis="y", color=GRID)
    only_bottom_spine(other)
    for panel, product in zip((axes, other), products, strict=True):
        some = rows[rows["product"] == product]
        panel.set_ylim(0, 1.15 * some["value"].max())
        panel.yaxis.set_major_locator(MaxNLocator(5))
        panel.set_axisbelow(True)
        for series, look in LOOKS.items():
            _draw_series(panel, some[some["series"] == series], series, look)
        label(panel, 0.0, 1.0, product.capitalize(), size=15, weight="bold", va="top",
              transform=panel.transAxes)  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    marks = [(series, look) for series, look in LOOKS.items()]
    legend(axes, *marks, ("hollow: unverified", HOLLOW))


def _draw_series(axes: Axes, rows: pd.DataFrame, series: str, look: dict) -> None:
    """Draw one kind of figure: its main source as a line, every figure as a mark."""
    if rows.empty:
        return
    beside, colour = BESIDE[series], look["color"]
    main = rows[rows["source"] == rows["source"].value_counts().index[0]]
    if series == "claimed":
        for year, group in rows.groupby("year"):
            low, high = group["value"].min(), group["value"].max()
            axes.plot([year + beside] * 2, [low, high], ":", color=colour, linewidth=2)
        _write_claims(axes, rows, beside)
    elif look["linestyle"]:
        axes.plot(main["year"] + beside, main["value"], look["linestyle"], color=colour, lw=2.2)
    if series in ("usable", "revised"):
        _write_later(axes, main, beside)
    for row in rows.itertuples():
        fill = PAPER if row.grade == "C" else colour
        axes.plot(row.year + beside, row.value, look["marker"], markersize=9, color=colour,
                  markerfacecolor=fill, markeredgewidth=1.6)  # fmt: skip


def _write_later(axes: Axes, rows: pd.DataFrame, beside: float) -> None:
    """Write, for the year of the great claims, the figure that remained."""
    for value in rows.loc[(rows["year"] == LEAP_YEAR) & (rows["grade"] != "C"), "value"].head(1):
        label(
            axes,
            LEAP_YEAR + beside + 0.15,
            value,
            f" {number(value)}",
            CHINA,
            weight="bold",
            va="bottom",
            bbox=CLEAR,
        )


def _write_claims(axes: Axes, rows: pd.DataFrame, beside: float) -> None:
    """Write each claim beside its mark, two that all but agree only once."""
    gap = APART * axes.get_ylim()[1]
    for year, group in rows.groupby("year"):
        written = -gap
        for value in sorted(group["value"]):
            if value - written >= gap:
                text = f"{number(value)} "
                label(
                    axes, year + beside - 0.12, value, text, GREY, size=12.5, ha="right", bbox=CLEAR
                )
                written = value


def _claim_sentence(rows: pd.DataFrame, product: str) -> str:
    some = rows[(rows["product"] == product) & (rows["year"] == LEAP_YEAR) & (rows["grade"] != "C")]
    claims = some.loc[some["series"] == "claimed", "value"]
    later = some[some["series"].isin(["usable", "revised"])]
    if claims.empty or later.empty:
        return ""
    kinds = " and ".join(dict.fromkeys(later["series"]))
    said, after = (span(v.min(), v.max(), joint=" to ") for v in (claims, later["value"]))
    return f"For {LEAP_YEAR} {said} million tonnes of {product} were claimed; {kinds}: {after}."


@lesson_helper(targets="leap_targets")
def behind_britain(great_leap: pd.DataFrame, targets: pd.DataFrame) -> Chart:
    """Return Chinese and British steel year by year, with what was said in Moscow in 1957.

    Args:
        great_leap: rows as `load("great_leap")` gives them.
        targets: rows as `load("leap_targets")` gives them.

    Returns:
        A chart; its table has a row a year: year, China, Britain, in million tonnes.

    Raises:
        ChartError: if a table holds no such rows.
    """
    china, britain = (official(great_leap, "steel", country) for country in ("CHN", "GBR"))
    said = targets[(targets["announced"] == MAO_IN_MOSCOW) & (targets["year"] == PROMISED_FOR)]
    promised, expected = (said[said["product"] == p] for p in ("steel", "steel_britain"))
    if promised.empty or expected.empty:
        raise ChartError(f"No words of {MAO_IN_MOSCOW} on {PROMISED_FOR} in this table.")
    figure, axes = new_figure()
    axes.set_position((0.08, 0.17, 0.66, 0.70))
    last = int(max(china["year"].max(), britain["year"].max()))
    draw_country(axes, britain, "GBR")
    draw_country(axes, china, "CHN")
    draw_promise(axes, promised.iloc[0], last)
    hoped = expected.iloc[0]
    axes.plot(PROMISED_FOR, hoped["high"], "X", markersize=12, color=COLOURS["GBR"])
    label(axes, last + 0.7, hoped["high"], "Britain, as expected", COLOURS["GBR"])
    axes.set_ylim(bottom=0)
    axes.set_xlim(china["year"].min() - 1, last + 0.4)
    part_labels(axes)
    wide = pd.DataFrame({name: rows.set_index("year")["value"] for name, rows in
                         (("China", china), ("Britain", britain))}).reset_index()  # fmt: skip
    title = "Steel, million tonnes a year, and what Mao said of 1972 in Moscow"
    sentence = _britain_sentence(wide, promised.iloc[0], hoped)
    alt = f"Line chart. {title}. {ends('China', china)} {ends('Britain', britain)} {sentence}"
    return Chart(figure, title, source_line(china, britain, said), alt, sentence, wide)


def _britain_sentence(wide: pd.DataFrame, promised: pd.Series, hoped: pd.Series) -> str:
    in_1972 = wide[wide["year"] == PROMISED_FOR]
    doubt = "" if is_verified(promised) else " (unverified)"
    sentence = (
        f"For {PROMISED_FOR} Mao spoke of {number(promised['low'])} to {number(promised['high'])} "
        f"million tonnes in China{doubt} and expected {number(hoped['high'])} in Britain."
    )
    if in_1972.empty:
        return sentence
    china, britain = in_1972[["China", "Britain"]].iloc[0]
    return f"{sentence} Reported were {number(china)} and {number(britain)}."
