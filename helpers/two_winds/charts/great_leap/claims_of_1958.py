"""The Great Leap in figures: what was claimed and made; China and Britain."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.lines import draw_country
from two_winds.charts.common.marks import part_labels
from two_winds.charts.common.promise import draw_promise
from two_winds.charts.common.select import ChartError, either, is_verified, official
from two_winds.charts.common.style import COLOURS, INK, PAPER, grid_on_x, label, legend, new_figure
from two_winds.charts.common.wording import ends, number, product_name, source_line, span, unit_of

CHINA, GREY = COLOURS["CHN"], COLOURS["promise"]
MAO_IN_MOSCOW = "1957-11-18"
PROMISED_FOR = 1972
KINDS = {
    "claimed": {"facecolor": PAPER, "edgecolor": GREY, "linestyle": "--"},
    "revised": {"facecolor": CHINA, "edgecolor": CHINA},
    "usable": {"facecolor": CHINA, "edgecolor": CHINA},
}
FOUND = {"revised": "found later", "usable": "of use"}


@lesson_helper
def claimed(great_leap: pd.DataFrame, product: str = "grain", year: int = 1958) -> Chart:
    """Return what was said of one year's output: first the claims, then what was found later.

    Args:
        great_leap: rows as `load("great_leap")` gives them.
        product: a product of that table, such as "grain" or "steel".
        year: the year of the output.

    Returns:
        A chart; its table has a row a figure that was read: value, kind, told by, grade.

    Raises:
        ChartError: if the table holds no claim of that product and year.
    """
    chinese = great_leap[(great_leap["country"] == "CHN") & (great_leap["product"] == product)]
    if chinese.empty:
        raise ChartError(f"No {product!r} of China. {either(great_leap, product=product)}")
    rows = chinese[(chinese["year"] == year) & (chinese["grade"] != "C")]
    rows = rows[rows["series"].isin(list(KINDS))].astype({"series": str})
    if not (rows["series"] == "claimed").any():
        known = between("year", chinese.loc[chinese["series"] == "claimed", "year"])
        raise ChartError(f"No claim of {product!r} for {year} was read. {known}")
    rows = rows.assign(order=[list(KINDS).index(kind) for kind in rows["series"]])
    rows = rows.sort_values(["order", "value"], ascending=[True, False], kind="stable")
    told_by = great_leap.attrs.get("citations", {})
    table = pd.DataFrame({
        "value": rows["value"], "kind": rows["series"],
        "told by": [told_by.get(key, key) for key in rows["source"]], "grade": rows["grade"],
    })  # fmt: skip
    figure, axes = new_figure(height=2.2 + 0.5 * len(table))
    _draw_claims(axes, table)
    title = f"{product_name(product).capitalize()} in China, {year}: what was said, and by whom"
    title += f" ({unit_of(rows)})"
    listed = "; ".join(f"{r[2]}: {number(r[0])}, {r[1]}" for r in table.itertuples(index=False))
    sentence = _claim_sentence(table, product_name(product), year)
    alt = f"Bar chart, one bar a source. {title}. {listed}. {sentence}"
    return Chart(figure, title, source_line(rows), alt, sentence, table)


def _draw_claims(axes: Axes, table: pd.DataFrame) -> None:
    """Draw a bar a figure: dashed and empty where claimed, full where found later."""
    high = axes.figure.get_figheight()
    axes.set_position((0.36, 0.9 / high, 0.54, (high - 2.0) / high))
    for place, row in enumerate(reversed(list(table.itertuples()))):
        look = KINDS[row.kind]
        axes.barh(place, row.value, 0.62, linewidth=2, **look)
        label(axes, row.value, place, f"  {number(row.value)}", INK, weight="bold", size=15)
    axes.set_yticks(range(len(table)), reversed(list(table["told by"])))
    axes.tick_params(axis="y", labelsize=13)
    grid_on_x(axes)
    axes.set_xlim(0, 1.08 * table["value"].max())
    axes.set_ylim(-0.6, len(table) - 0.4)
    square = {"marker": "s", "linestyle": "", "markersize": 13}
    later = [kind for kind in dict.fromkeys(table["kind"]) if kind != "claimed"]
    marks = [("claimed", square | {"color": PAPER, "markeredgecolor": GREY, "markeredgewidth": 2})]
    legend(axes, *marks, *((FOUND[kind], square | {"color": CHINA}) for kind in later[:1]))


def _claim_sentence(table: pd.DataFrame, product: str, year: int) -> str:
    claims = table.loc[table["kind"] == "claimed", "value"]
    later = table[table["kind"] != "claimed"]
    said = span(claims.min(), claims.max(), joint=" to ")
    sentence = f"For {year} {said} million tonnes of {product} were claimed"
    if later.empty:
        return f"{sentence}."
    after = span(later["value"].min(), later["value"].max(), joint=" to ")
    return f"{sentence}; {FOUND[later['kind'].iloc[0]]}: {after}."


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
    draw_promise(axes, promised.iloc[0])
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
