"""Plans and counts of Soviet farms: the plan for 1965, three counts of grain, prices of 1962."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_lines
from two_winds.charts.common.marks import HOLLOW, draw_mark, write_beside, write_in_margin
from two_winds.charts.common.promise import promise, verdict
from two_winds.charts.common.rows import Row, draw_bar, draw_rows, new_rows
from two_winds.charts.common.select import READ, ChartError, having, in_year, side_by_side
from two_winds.charts.common.style import COLOURS, LOOKS, Look, chart_helper, legend, new_figure
from two_winds.charts.common.wording import number, span, unit_of, unverified_note

PLAN = "seven_year_plan_1959"
PLANNED = 1965
SERIES = {
    "meat": "official",
    "milk": "official",
    "eggs": "official",
    "wool": "official",
    "grain": "revised",
}
PROMISED, REPORTED = Look(COLOURS["promise"], "s", "", 13), replace(LOOKS["SUN"], size=13, line="")
COUNTS = {
    "contemporary": ("first announced", Look(COLOURS["SUN"], "s", "", 9)),
    "revised": ("as corrected later", Look(COLOURS["SUN"], "o", "", 9)),
    "estimate": ("CIA: usable", Look(COLOURS["USA"], "^", "", 9)),
}
RISES = {
    "price_of_meat": "Meat in the shops",
    "price_of_butter": "Butter in the shops",
    "price_paid_to_farms": "Cattle and poultry, paid to farms",
}


@chart_helper
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

    figure, axes = new_rows([name.capitalize() for name in table["product"]], right=0.61)
    for place, row in enumerate(table.to_dict("records")):
        share, wide = row["per cent of the plan"], 100 * row["planned high"] / row["planned low"]
        planned = span(row["planned low"], row["planned high"])
        words = f"{planned} \u2192 {number(row['reported'])} {row['unit']}"
        draw_bar(axes, place, 100, max(wide, 100.7), PROMISED)
        axes.plot([share, 100], [place, place], color=REPORTED.colour, linewidth=2.2, zorder=1)
        draw_mark(
            axes, share, place, REPORTED, words=f"{row['product']}, planned and came: {words}"
        )
        write_in_margin(axes, place, words)
    axes.set_xlim(0, 114)
    axes.set_xlabel("per cent of what the plan wanted at least")
    legend(axes, ("planned", PROMISED), ("reported", REPORTED))

    title = f"Planned in 1959 for {PLANNED}, and reported"
    told = [
        f"{r['product']} {number(r['reported'])} for {number(r['planned low'])} "
        f"({number(r['per cent of the plan'])} per cent)"
        for _, r in table.iterrows()
    ]
    met = table[table["verdict"] != "below the promise"]
    sentence = f"Reported for {PLANNED}, against the lowest plan: {'; '.join(told)}. "
    sentence += f"Of these {len(table)} goals {len(met) or 'none'} "
    sentence += "was met." if len(met) < 2 else "were met."
    return make_chart("Range chart", figure, title, sentence, table, plans, *came)


def _reported(farming: pd.DataFrame, product: str) -> pd.DataFrame:
    series = SERIES[product]
    rows = having(farming, product=product, country="SUN", series=series, year=PLANNED)
    if rows.empty:
        raise ChartError(f"No figure for {product!r} in {PLANNED} in this table.")
    return rows.iloc[:1]


@chart_helper
def grain_counts(farming: pd.DataFrame) -> Chart:
    """Return Soviet grain as first announced, as corrected, and as the CIA thought it usable.

    Args:
        farming: rows as `load("farming")` gives them.

    Returns:
        A chart; its table has a row a year and a column a count, in million tonnes.

    Raises:
        ChartError: if the table holds no grain.
    """
    rows = having(farming, product="grain", country="SUN").sort_values("year")
    if rows.empty:
        raise ChartError("No Soviet grain in this table.")
    discount = farming[farming["product"] == "grain_discount"]
    said = having(rows, series="contemporary", grade=READ)
    names = {series: words for series, (words, _) in COUNTS.items()}
    looks = {series: look for series, (_, look) in COUNTS.items()}
    table = side_by_side(rows, "series")

    figure, axes = new_figure(box=(0.08, 0.17, 0.90, 0.70))
    draw_lines(axes, rows, "series", looks, names, ends=False)
    if len(discount) and len(said):
        # A band, for it names no single year.
        below = -float(discount["value"].iloc[0])
        low = said["value"] * (1 - below / 100)
        words = f"CIA, average of 1958-63: {number(below)} %\nbelow what was announced"
        band = {"color": COLOURS["USA"], "alpha": 0.35, "linewidth": 0}
        axes.fill_between(
            [1957.6, 1963.4], low.min(), low.max(), label=words.replace("\n", " "), **band
        )
        write_beside(axes, 1957.6, low.min(), words, COLOURS["USA"], 0, -26, ha="left")
    axes.set_ylim(0, 199)
    axes.set_xlim(1949, 1976)
    axes.set_xticks(range(1950, 1976, 5))
    legend(axes, *((names[s], looks[s]) for s in COUNTS), ("hollow: unverified", HOLLOW))

    title = "Soviet grain, million tonnes: three counts"
    sentence = _grain_sentence(rows, said, discount["value"])
    table = table.rename(columns=names).reset_index()
    return make_chart("Dot chart", figure, title, sentence, table, rows, discount)


def _grain_sentence(rows: pd.DataFrame, said: pd.DataFrame, discount: pd.Series) -> str:
    told = []
    for row in said.itertuples():
        later = in_year(rows[rows["series"] == "revised"], row.year)
        told.append(f"{row.year}: {number(row.value)} announced, {number(later['value'])} later")
    sentence = f"Soviet grain in million tonnes. {'; '.join(told)}."
    if len(discount):
        below = number(-float(discount.iloc[0]))
        sentence += f" The CIA put 1958-63 on average {below} per cent below what was announced."
    return sentence + unverified_note(rows)


@chart_helper(prices="prices_1962")
def price_rises(prices: pd.DataFrame) -> Chart:
    """Return the price rises of 1 June 1962. Nobody who suffered is drawn.

    Args:
        prices: rows as `load("prices_1962")` gives them.

    Returns:
        A chart; its table has a row a price: what, rise in per cent, grade.

    Raises:
        ChartError: if the table holds no price rises.
    """
    rows = prices[prices["item"].isin(RISES)]
    if rows.empty:
        raise ChartError("No price rises in this table.")
    rows = rows.set_index("item").loc[[item for item in RISES if item in set(rows["item"])]]
    table = pd.DataFrame(
        {
            "what": [RISES[item] for item in rows.index],
            "rise in per cent": rows["value"].array,
            "grade": rows["grade"].array,
        }
    )

    figure, axes = new_rows(list(table["what"]), above=0.7)
    looks = {"price_paid_to_farms": Look(COLOURS["SUN"], hatch="//")}
    bars = [
        Row(RISES[item], rise, rise, looks.get(item, Look(COLOURS["SUN"])), f"+{number(rise)}")
        for item, rise in rows["value"].items()
    ]
    draw_rows(axes, bars, bars=True)
    axes.set_xlabel("rise in per cent")

    title = "By decree from 1 June 1962: prices up, per cent"
    told = [f"{bar.name.lower()} by {number(bar.high)}" for bar in bars]
    sentence = f"Prices rose by decree on 1 June 1962, in per cent: {', '.join(told)}."
    return make_chart("Bar chart", figure, title, sentence, table, rows)
