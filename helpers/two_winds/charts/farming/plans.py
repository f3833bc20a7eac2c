"""Plans and counts of Soviet farms: the plan for 1965, three counts of grain, prices of 1962."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import (
    HOLLOW,
    ChartError,
    draw_marks,
    in_year,
    unit_of,
)
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
from two_winds.charts.production.race import promise, verdict

PLAN = "seven_year_plan_1959"
PLANNED = 1965
SERIES = {"meat": "official", "milk": "official", "eggs": "official", "wool": "official",
          "grain": "revised"}  # fmt: skip
COUNTS = {
    "contemporary": ("first announced", "s"),
    "revised": ("as corrected later", "o"),
    "estimate": ("CIA: usable", "^"),
}
RISES = {
    "price_of_meat": "Meat in the shops",
    "price_of_butter": "Butter in the shops",
    "price_paid_to_farms": "Cattle and poultry, paid to farms",
}


@lesson_helper
def plan_1965(farming: pd.DataFrame, farm_targets: pd.DataFrame) -> Chart:
    """Return what the plan of 1959 wanted for 1965, and what was reported.

    Args:
        farming: rows as `load("farming")` gives them.
        farm_targets: rows as `load("farm_targets")` gives them.

    Returns:
        A chart; its table has a row a product: product, unit, planned low and high, reported,
        share of the lowest plan in per cent, verdict.

    Raises:
        ChartError: if a product has no plan or no report.
    """
    plans = pd.concat([promise(farm_targets, product, PLAN) for product in SERIES])
    plans = plans.drop_duplicates("product")
    came = [_reported(farming, product) for product in SERIES]
    table = pd.DataFrame({"product": list(SERIES), "unit": [unit_of(row) for row in came]})
    table["planned low"], table["planned high"] = plans["low"].array, plans["high"].array
    table["reported"] = [float(row["value"].iloc[0]) for row in came]
    table["per cent of the plan"] = 100 * table["reported"] / table["planned low"]
    table["verdict"] = [
        verdict(r["reported"], r["planned low"], r["planned high"]) for _, r in table.iterrows()
    ]
    table = table.sort_values("per cent of the plan", ignore_index=True)
    figure, axes = new_figure()
    axes.set_position((0.11, 0.2, 0.5, 0.64))
    for place, row in enumerate(table[::-1].to_dict("records")):
        _draw_outcome(axes, place, row)
    _dress_plan(axes, table)
    title = f"Planned in 1959 for {PLANNED}, and reported"
    sentence = _plan_sentence(table)
    source = source_line(plans, *came)
    return Chart(figure, title, source, f"Range chart. {title}. {sentence}", sentence, table)


def _reported(farming: pd.DataFrame, product: str) -> pd.DataFrame:
    rows = farming[
        (farming["product"] == product)
        & (farming["country"] == "SUN")
        & (farming["series"] == SERIES[product])
        & (farming["year"] == PLANNED)
    ]
    if rows.empty:
        raise ChartError(f"No figure for {product!r} in {PLANNED} in this table.")
    return rows.iloc[:1]


def _draw_outcome(axes: Axes, place: int, row: dict) -> None:
    """Draw one product: the plan as a band from 100 up, the outcome as a mark."""
    colour = COLOURS["SUN"]
    width = 100 * row["planned high"] / row["planned low"] - 100
    axes.barh(place, max(width, 0.7), left=100, height=0.62, color=COLOURS["promise"])
    share = row["per cent of the plan"]
    axes.plot([share, 100], [place, place], color=colour, linewidth=2.2, zorder=1)
    axes.plot([share], [place], MARKERS["SUN"], markersize=13, color=colour)
    planned = span(row["planned low"], row["planned high"])
    words = f"{planned} \u2192 {number(row['reported'])} {row['unit']}"
    label(axes, 1.03, place, words, transform=axes.get_yaxis_transform())


def _dress_plan(axes: Axes, table: pd.DataFrame) -> None:
    axes.set_yticks(range(len(table)), [p.capitalize() for p in table["product"][::-1]], size=15)
    grid_on_x(axes)
    axes.set_xlim(0, 114)
    axes.set_ylim(-0.6, len(table) - 0.3)
    axes.set_xlabel("per cent of what the plan wanted at least", size=13, color=INK)
    band = {"marker": "s", "markersize": 13, "linestyle": "", "color": COLOURS["promise"]}
    dot = {"marker": MARKERS["SUN"], "markersize": 11, "linestyle": "", "color": COLOURS["SUN"]}
    legend(axes, ("planned", band), ("reported", dot))


def _plan_sentence(table: pd.DataFrame) -> str:
    told = [
        f"{r['product']} {number(r['reported'])} for {number(r['planned low'])} "
        f"({number(r['per cent of the plan'])} per cent)"
        for _, r in table.iterrows()
    ]
    met = table[table["verdict"] != "below the promise"]
    sentence = f"Reported for {PLANNED}, against the lowest plan: {'; '.join(told)}. "
    sentence += f"Of these {len(table)} goals {len(met) or 'none'} "
    return sentence + ("was met." if len(met) < 2 else "were met.")


@lesson_helper
def grain_counts(farming: pd.DataFrame) -> Chart:
    """Return Soviet grain as first announced, as corrected, and as the CIA thought it usable.

    Args:
        farming: rows as `load("farming")` gives them.

    Returns:
        A chart; its table has a row a year and a column a count, in million tonnes.

    Raises:
        ChartError: if the table holds no grain.
    """
    rows = farming[(farming["product"] == "grain") & (farming["country"] == "SUN")]
    rows = rows[~rows["note"].str.contains("verage")].astype({"series": str}).sort_values("year")
    if rows.empty:
        raise ChartError("No Soviet grain in this table.")
    figure, axes = new_figure()
    for series, (_, marker) in COUNTS.items():
        own, colour = rows[rows["series"] == series], _colour(series)
        look = {"marker": marker, "markersize": 9, "markeredgewidth": 1.6}
        draw_marks(axes, own["year"], own["value"], own["grade"] == "C", colour, look)
    _draw_discount(axes, farming, rows)
    axes.set_ylim(0, 200)
    axes.set_xlim(1949, 1976)
    axes.set_xticks(range(1950, 1976, 5))
    marks = [(words, {"marker": marker, "linestyle": "", "color": _colour(series)})
             for series, (words, marker) in COUNTS.items()]  # fmt: skip
    legend(axes, *marks, ("hollow: unverified", HOLLOW))
    table = rows.pivot(index="year", columns="series", values="value").rename_axis(columns=None)
    table = table.rename(columns={s: words for s, (words, _) in COUNTS.items()}).reset_index()
    sentence = _grain_sentence(farming, rows)
    title = "Soviet grain, million tonnes: three counts"
    source = source_line(rows, farming[farming["product"] == "grain_discount"])
    return Chart(figure, title, source, f"Dot chart, a mark a harvest. {title}.", sentence, table)


def _colour(series: str) -> str:
    return COLOURS["USA"] if series == "estimate" else COLOURS["SUN"]


def _draw_discount(axes: Axes, farming: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Draw where the CIA's average of 1958 to 1963 lies: a band, for it names no single year."""
    discount = farming[farming["product"] == "grain_discount"]
    claims = rows[(rows["series"] == "contemporary") & (rows["grade"] != "C")]
    if discount.empty or claims.empty:
        return
    low = claims["value"] * (1 + float(discount["value"].iloc[0]) / 100)
    band = {"color": COLOURS["USA"], "alpha": 0.35, "linewidth": 0}
    axes.fill_between([1957.6, 1963.4], low.min(), low.max(), **band)
    below = number(-float(discount["value"].iloc[0]))
    words = f"CIA, average of 1958-63: {below} %\nbelow what was announced"
    label(axes, 1958.4, low.min() - 46, words, COLOURS["USA"], size=13)


def _grain_sentence(farming: pd.DataFrame, rows: pd.DataFrame) -> str:
    said = rows[(rows["series"] == "contemporary") & (rows["grade"] != "C")]
    told = []
    for row in said.itertuples():
        later = in_year(rows[rows["series"] == "revised"], row.year)
        told.append(f"{row.year}: {number(row.value)} announced, {number(later['value'])} later")
    discount = farming[farming["product"] == "grain_discount"]["value"]
    sentence = f"Soviet grain in million tonnes. {'; '.join(told)}."
    if len(discount):
        below = number(-float(discount.iloc[0]))
        sentence += f" The CIA put 1958-63 on average {below} per cent below what was announced."
    unread = int((rows["grade"] == "C").sum())
    return f"{sentence} Of the {len(rows)} figures drawn {unread} are unverified (hollow)."


@lesson_helper(prices="prices_1962")
def price_rises(prices: pd.DataFrame) -> Chart:
    """Return the price rises of 1 June 1962. Nobody who suffered is drawn.

    Args:
        prices: rows as `load("prices_1962")` gives them.

    Returns:
        A chart; its table has a row a price: what, rise in per cent, grade.

    Raises:
        ChartError: if the table holds no price rises.
    """
    rows = prices.astype({"item": str}).set_index("item").reindex(list(RISES)).dropna(how="all")
    if rows.empty:
        raise ChartError("No price rises in this table.")
    rows.attrs = prices.attrs
    figure, axes = new_figure(height=4.2)
    axes.set_position((0.34, 0.27, 0.56, 0.57))
    for place, (item, row) in enumerate(rows[::-1].iterrows()):
        to_farms = item == "price_paid_to_farms"
        look = {"color": PAPER, "hatch": "//"} if to_farms else {"color": COLOURS["SUN"]}
        axes.barh(place, row["value"], height=0.55, edgecolor=COLOURS["SUN"], **look)
        label(axes, row["value"] + 0.6, place, f"+{number(row['value'])}", size=15, weight="bold")
    axes.set_yticks(range(len(rows)), [RISES[item] for item in rows.index[::-1]])
    grid_on_x(axes)
    axes.set_xlim(0, 40)
    axes.set_xlabel("rise in per cent", size=13, color=INK)
    title = "By decree from 1 June 1962: prices up, per cent"
    told = [f"{RISES[i].lower()} by {number(r['value'])}" for i, r in rows.iterrows()]
    sentence = f"Prices rose by decree on 1 June 1962, in per cent: {', '.join(told)}."
    table = pd.DataFrame({"what": [RISES[i] for i in rows.index], "rise in per cent":
                          rows["value"].array, "grade": rows["grade"].array})  # fmt: skip
    source = source_line(rows)
    return Chart(figure, title, source, f"Bar chart. {title}. {sentence}", sentence, table)
