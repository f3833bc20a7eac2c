"""The Great Leap in figures: what was claimed and made; China and Britain."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import between
from matplotlib.patches import Patch

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_country
from two_winds.charts.common.marks import draw_mark, name_end, part_labels
from two_winds.charts.common.promise import PROMISED_FOR, draw_promise
from two_winds.charts.common.rows import Row, draw_rows, new_rows
from two_winds.charts.common.select import (
    READ,
    ChartError,
    either,
    having,
    is_verified,
    official,
    side_by_side,
)
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    PAPER,
    Look,
    chart_helper,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import number, product_name, span, unit_of

MAO_IN_MOSCOW = "1957-11-18"
CLAIMED, FOUND_LATER = Look(COLOURS["promise"]), Look(COLOURS["CHN"])
KINDS = ("claimed", "revised", "usable")
FOUND = {"revised": "found later", "usable": "of use"}
EXPECTED = Look(COLOURS["GBR"], "X", "", 12)


@chart_helper
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
    chinese = having(great_leap, country="CHN", product=product)
    if chinese.empty:
        raise ChartError(f"No {product!r} of China. {either(great_leap, product=product)}")
    rows = having(chinese, year=year, series=KINDS, grade=READ)
    if not (rows["series"] == "claimed").any():
        known = between("year", chinese.loc[chinese["series"] == "claimed", "year"])
        raise ChartError(f"No claim of {product!r} for {year} was read. {known}")
    rows = rows.assign(order=[KINDS.index(kind) for kind in rows["series"]])
    rows = rows.sort_values(["order", "value"], ascending=[True, False], kind="stable")
    told_by = great_leap.attrs.get("citations", {})
    table = pd.DataFrame(
        {
            "value": rows["value"],
            "kind": rows["series"],
            "told by": [told_by.get(key, key) for key in rows["source"]],
            "grade": rows["grade"],
        }
    )

    figure, axes = new_rows(list(table["told by"]))
    bars = [_bar(*row) for row in table.itertuples(index=False, name=None)]
    draw_rows(axes, bars, bars=True)
    later = [kind for kind in dict.fromkeys(table["kind"]) if kind != "claimed"]
    boxes = [("claimed", Patch(facecolor=PAPER, edgecolor=CLAIMED.colour, linestyle=":", lw=2.2))]
    boxes += [(FOUND[kind], Patch(color=FOUND_LATER.colour)) for kind in later[:1]]
    legend(axes, *boxes)

    title = f"{product_name(product).capitalize()} in China, {year}: what was said, and by whom"
    title += f" ({unit_of(rows)})"
    sentence = _claim_sentence(table, product_name(product), year)
    return make_chart("Bar chart", figure, title, sentence, table, rows)


def _bar(value: float, kind: str, teller: str, _grade: str) -> Row:
    """Return a bar, dotted and empty where claimed, full where found later."""
    said = kind == "claimed"
    seen = f"{teller}: {number(value)}, {kind}"
    look = CLAIMED if said else FOUND_LATER
    return Row(teller, value, value, look, number(value), hollow=said, seen=seen)


def _claim_sentence(table: pd.DataFrame, product: str, year: int) -> str:
    claims = table.loc[table["kind"] == "claimed", "value"]
    later = table[table["kind"] != "claimed"]
    said = span(claims.min(), claims.max(), joint=" to ")
    sentence = f"For {year} {said} million tonnes of {product} were claimed"
    if later.empty:
        return f"{sentence}."
    after = span(later["value"].min(), later["value"].max(), joint=" to ")
    return f"{sentence}; {FOUND[later['kind'].iloc[0]]}: {after}."


@chart_helper(targets="leap_targets")
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
    said = having(targets, announced=MAO_IN_MOSCOW, year=PROMISED_FOR)
    promised, expected = (said[said["product"] == p] for p in ("steel", "steel_britain"))
    if promised.empty or expected.empty:
        raise ChartError(f"No words of {MAO_IN_MOSCOW} on {PROMISED_FOR} in this table.")
    last = int(max(china["year"].max(), britain["year"].max()))
    wide = side_by_side(pd.concat([china, britain])).rename(columns=COUNTRIES).reset_index()
    hoped = expected.iloc[0]

    figure, axes = new_figure()
    draw_country(axes, britain, "GBR")
    draw_country(axes, china, "CHN")
    draw_promise(axes, promised.iloc[0])
    words = f"A cross, Britain as expected for {PROMISED_FOR}: {number(hoped['high'])}"
    draw_mark(axes, PROMISED_FOR, hoped["high"], EXPECTED, words=words)
    name_end(axes, PROMISED_FOR + 0.6, hoped["high"], "Britain, as expected", EXPECTED.colour)
    axes.set_ylim(bottom=0)
    axes.set_xlim(china["year"].min() - 1, last + 0.4)
    part_labels(axes)

    title = "Steel, million tonnes a year, and what Mao said of 1972 in Moscow"
    sentence = _britain_sentence(wide, promised.iloc[0], hoped)
    return make_chart("Line chart", figure, title, sentence, wide, china, britain, said)


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
