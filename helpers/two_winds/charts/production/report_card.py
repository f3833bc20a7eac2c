"""Ten promises and ten outcomes in one picture, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import HOLLOW, ChartError, product_name, unit_of
from two_winds.charts.common.style import (
    COLOURS,
    INK,
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
from two_winds.charts.production.race import PROMISED_IN, promise, verdict

COUNTS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven"
)  # fmt: skip


@lesson_helper
def report_card(
    production: pd.DataFrame,
    targets: pd.DataFrame,
    products: Sequence[str],
    target_set: str = "speech_1957",
) -> Chart:
    """Return promise and outcome of several products in one picture.

    The American output of 1957 counts as 100, so that tonnes, metres and pairs of shoes can stand
    on one scale.

    Args:
        production: rows as `load("production")` gives them.
        targets: rows as `load("targets")` gives them.
        products: the products to draw, from top to bottom.
        target_set: which promises to draw; their year is the year of the outcome.

    Returns:
        A chart; its table has a row a product: product, unit, USA 1957, USSR 1957, promised low
        and high, USSR and USA in `year`, verdict.

    Raises:
        ChartError: if a table holds no promise for one of the products, or no figure of 1957.
    """
    promises = pd.concat([promise(targets, product, target_set) for product in products])
    year = int(promises["year"].iloc[0])
    rows = production[
        (production["series"] == "official")
        & production["product"].isin(products)
        & production["country"].isin(["SUN", "USA"])
        & production["year"].isin([PROMISED_IN, year])
    ]
    card = _card(rows, promises, products, year)
    announced = str(promises["announced"].iloc[0])[:4]
    title = f"{_counted(products)}: promised in {announced}, reported for {year}"
    figure, axes = new_figure(height=7)
    axes.set_position((0.15, 0.19, 0.59, 0.65))
    for place, product in enumerate(reversed(products)):
        _draw_product(axes, place, card.loc[product], year)
    _draw_scale(axes, products)
    _explain_marks(axes, year)
    source, alt = source_line(rows, promises), f"Range chart. {title}. {_words(card, year)}"
    return Chart(figure, title, source, alt, _sentence(card, year, announced), _as_table(card))


def _counted(products: Sequence[str]) -> str:
    """Return how many products there are, as a title begins."""
    how_many = COUNTS[len(products)] if len(products) < len(COUNTS) else len(products)
    return f"{how_many} product" + ("" if len(products) == 1 else "s")


def _card(
    rows: pd.DataFrame, promises: pd.DataFrame, products: Sequence[str], year: int
) -> pd.DataFrame:
    """Return a row a product: values by (country, year), hollow flags, promise, verdict."""
    card = pd.DataFrame(index=list(products))
    by_product = rows.astype({"product": str, "country": str, "grade": str})
    for country, name in (("USA", "USA"), ("SUN", "USSR")):
        for when in (PROMISED_IN, year):
            found = by_product[(by_product["country"] == country) & (by_product["year"] == when)]
            found = found.set_index("product")
            card[f"{name} {when}"] = found["value"]
            card[f"{name} {when} hollow"] = found["grade"] == "C"
    missing = card.index[card[f"USA {PROMISED_IN}"].isna()]
    if len(missing):
        raise ChartError(f"No American figure of {PROMISED_IN} for {', '.join(missing)}.")
    wanted = promises.astype({"product": str, "grade": str}).set_index("product")
    card["promised low"], card["promised high"] = wanted["low"], wanted["high"]
    card["promise hollow"] = wanted["grade"] == "C"
    card["unit"] = [unit_of(by_product[by_product["product"] == p]) for p in products]
    card["verdict"] = [
        verdict(*values)
        for values in zip(
            card[f"USSR {year}"], card["promised low"], card["promised high"], strict=True
        )
    ]
    return card


def _draw_product(axes: Axes, place: int, line: pd.Series, year: int) -> None:
    """Draw one product: promised band, the way from 1957 to `year`, the USA in `year`."""
    scale = 100 / line[f"USA {PROMISED_IN}"]
    _draw_promised(axes, place, line, scale)
    start, end = line[f"USSR {PROMISED_IN}"] * scale, line[f"USSR {year}"] * scale
    axes.plot([start, end], [place, place], color=COLOURS["SUN"], linewidth=2.5)
    for name, country, when, size in (
        ("USSR", "SUN", PROMISED_IN, 6),
        ("USSR", "SUN", year, 12),
        ("USA", "USA", year, 10),
    ):
        colour = COLOURS[country]
        fill = PAPER if line[f"{name} {when} hollow"] else colour
        axes.plot(
            [line[f"{name} {when}"] * scale],
            [place],
            MARKERS[country],
            markersize=size,
            markerfacecolor=fill,
            markeredgecolor=colour,
            markeredgewidth=2,
        )
    label(axes, 1.02, place, _in_figures(line, year), size=13, transform=axes.get_yaxis_transform())


def _draw_promised(axes: Axes, place: int, line: pd.Series, scale: float) -> None:
    """Draw the promised band, empty and dashed where the promise is unverified."""
    low, high = line["promised low"] * scale, line["promised high"] * scale
    axes.barh(
        place,
        high - low,
        left=low,
        height=0.62,
        color=PAPER if line["promise hollow"] else COLOURS["promise"],
        edgecolor=COLOURS["promise"],
        linestyle="--" if line["promise hollow"] else "-",
        linewidth=1.6,
    )


def _in_figures(line: pd.Series, year: int) -> str:
    """Return promise and outcome as figures, an unverified one with a question mark."""
    doubt = "?" if line["promise hollow"] else ""
    promised = f"{span(line['promised low'], line['promised high'])}{doubt}"
    reported = line[f"USSR {year}"]
    if pd.isna(reported):
        return f"{promised} \u2192 no figure"
    return f"{promised} \u2192 {number(reported)}{'?' if line[f'USSR {year} hollow'] else ''}"


def _explain_marks(axes: Axes, year: int) -> None:
    dot = {"marker": MARKERS["SUN"], "color": COLOURS["SUN"], "linestyle": ""}
    square = {"marker": MARKERS["USA"], "color": COLOURS["USA"], "linestyle": ""}
    box = {"marker": "s", "markerfacecolor": PAPER, "color": COLOURS["promise"], "linestyle": ""}
    legend(
        axes,
        (f"USSR {PROMISED_IN}", dot | {"markersize": 6}),
        (f"USSR {year}", dot | {"markersize": 12}),
        (f"USA {year}", square | {"markersize": 10}),
        ("promised", box | {"markersize": 15}),
        ("hollow, ?: unverified", HOLLOW),
    )


def _draw_scale(axes: Axes, products: Sequence[str]) -> None:
    names = [product_name(product).capitalize() for product in reversed(products)]
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel(f"per cent of American output in {PROMISED_IN}", size=13, color=INK)
    axes.axvline(100, color=COLOURS["USA"], linewidth=1.5, zorder=0)
    grid_on_x(axes)
    axes.set_xlim(left=0)
    axes.set_ylim(-0.6, len(names) + 0.1)
    label(
        axes,
        1.02,
        len(names) - 0.3,
        "promised \u2192 reported",
        size=12,
        weight="bold",
        transform=axes.get_yaxis_transform(),
    )


def _words(card: pd.DataFrame, year: int) -> str:
    words = []
    for product, line in card.iterrows():
        words.append(
            f"{product_name(str(product))}: promised {number(line['promised low'])} to "
            f"{number(line['promised high'])} {line['unit']}, reported "
            f"{number(line[f'USSR {year}'])}."
        )
    return " ".join(words)


def _sentence(card: pd.DataFrame, year: int, announced: str) -> str:
    parts = []
    for said, group in card.groupby("verdict", sort=True):
        names = ", ".join(product_name(str(product)) for product in group.index)
        parts.append(f"{said}: {names}")
    promises, outcomes = int(card["promise hollow"].sum()), int(_hollow(card, year).sum())
    said = f"Soviet output in {year} against the range promised in {announced}. "
    said += "; ".join(parts).capitalize() + "."
    if promises or outcomes:
        said += (
            f" Unverified: {promises} of the {len(card)} promises and {outcomes} of the "
            f"{len(card)} outcomes, so these are questions to check, not findings."
        )
    return said


def _hollow(card: pd.DataFrame, year: int) -> pd.Series:
    """Return which outcomes are unverified; a missing one is not."""
    return card[f"USSR {year} hollow"].eq(True)


def _as_table(card: pd.DataFrame) -> pd.DataFrame:
    shown = [name for name in card if not str(name).endswith("hollow")]
    table = card[shown].copy()
    table.insert(0, "product", [product_name(str(product)) for product in card.index])
    return table.reset_index(drop=True)
