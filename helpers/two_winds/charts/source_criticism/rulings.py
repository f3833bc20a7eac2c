"""A docket: every claim of a page, with your ruling above and the package's below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_in_margin
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import INK, chart_helper, label, legend, new_figure
from two_winds.charts.source_criticism.claims import EDGES, LOOKS, in_print
from two_winds.models.rulings import RULINGS, agreement, need_ruling

UP, DOWN = -0.33, 0.33
GREY = "#666666"


@chart_helper
def docket(
    claims: pd.DataFrame,
    current: str = "c11",
    rulings: Mapping[str, str] | None = None,
    tentative: str | None = None,
) -> Chart:
    """Return all claims in rows by topic, those ruled on with both judgements.

    What the package rules is drawn only where you have ruled: the rest stays a number.

    Args:
        claims: rows as `load("claims")` gives them.
        current: the claim on trial, framed.
        rulings: your rulings so far, by claim.
        tentative: the ruling that is set but not yet committed to, drawn hollow.

    Returns:
        A chart; its table has a row a claim ruled on: claim, topic, yours, package's.

    Raises:
        ChartError: if the table holds no claim `current`.
        RulingError: if a ruling is of no known kind.
    """
    rulings = dict(rulings or {})
    for ruling in rulings.values():
        need_ruling(ruling, "rulings")
    if tentative is not None:
        need_ruling(tentative, "tentative")
    if current not in set(claims["claim"]):
        known = among("current", current, claims["claim"])
        raise ChartError(f"No claim {current!r} in this table. {known}")
    rows = having(claims)
    topics = list(dict.fromkeys(rows["topic"]))

    figure, axes = new_figure(height=4.3, box=(0.135, 0.11, 0.69, 0.67))
    for place, topic in enumerate(topics):
        _draw_topic(axes, place, rows[rows["topic"] == topic], current, rulings, tentative)
    axes.set_yticks(range(len(topics)), [in_print(topic) for topic in topics])
    axes.set_xticks([])
    axes.set_xlim(-0.6, int(rows["topic"].value_counts().max()) - 0.4)
    axes.set_ylim(len(topics) - 0.45, -0.55)
    axes.grid(visible=False)
    for height in range(len(topics)):
        axes.axhline(height + 0.5, color="#E4E4E4", linewidth=1, zorder=0)
    axes.spines["bottom"].set_visible(False)
    marks = []
    for ruling, look in LOOKS.items():
        edge = {"markeredgecolor": EDGES[ruling], "markeredgewidth": 1.8, "linestyle": ""}
        shape = {"marker": look.marker, "markerfacecolor": look.colour, "markersize": 11}
        marks.append((RULINGS[ruling], shape | edge))
    legend(axes, *marks)

    row = rows[rows["claim"] == current].iloc[0]

    sentence = f"{_on_trial(row, rulings, tentative)} {_score(rows, rulings)}"
    title = f"Your docket: {len(rows)} claims (above your judgement, below the package's)"
    kind = f"Chart of all claims in rows by topic, {number_of(current)} framed"
    ruled = rows["claim"].isin(rulings).groupby(rows["topic"], sort=False)
    seen = "; ".join(
        f"{in_print(topic)}: {done} of {many} ruled on"
        for topic, done, many in ruled.agg(["sum", "size"]).itertuples()
    )
    drawn = claims[claims["claim"] == current]
    return make_chart(kind, figure, title, sentence, _as_table(rows, rulings), drawn, seen=seen)


def _as_table(rows: pd.DataFrame, rulings: dict[str, str]) -> pd.DataFrame:
    ruled = rows[rows["claim"].isin(rulings)]
    table = pd.DataFrame(
        {
            "claim": ruled["claim"],
            "topic": ruled["topic"],
            "your judgement": [RULINGS[rulings[claim]] for claim in ruled["claim"]],
            "the package's judgement": [RULINGS[verdict] for verdict in ruled["verdict"]],
        }
    )
    return table.reset_index(drop=True)


def number_of(claim: str) -> str:
    """Return the number of a claim as it is written on the docket.

    >>> number_of("c07"), number_of("c41")
    ('7', '41')
    """
    return claim.lstrip("c0") or claim


def _draw_topic(
    axes: Axes,
    place: int,
    rows: pd.DataFrame,
    current: str,
    rulings: dict[str, str],
    tentative: str | None,
) -> None:
    for x, row in enumerate(rows.itertuples()):
        if row.claim == current:
            frame = {"facecolor": "#F1ECE2", "edgecolor": INK, "linewidth": 2.4}
            axes.add_patch(Rectangle((x - 0.46, place - 0.47), 0.92, 0.94, clip_on=False, **frame))
        leaning = tentative if row.claim == current else None
        _draw_claim(axes, (x, place), row, rulings.get(row.claim), leaning)
    package = dict(zip(rows["claim"], rows["verdict"], strict=True))
    alike, ruled = agreement(rulings, package)
    if ruled:
        write_in_margin(axes, place, f"{alike} of {ruled} alike", at=1.01)


def _draw_claim(
    axes: Axes, at: tuple[int, int], row: Any, yours: str | None, leaning: str | None
) -> None:
    """Draw one claim: both judgements once you have ruled, until then its number."""
    x, place = at
    if yours:
        _mark(axes, x, place + UP, yours)
        _mark(axes, x, place + DOWN, row.verdict)
        sign = "=" if yours == row.verdict else "\u2260"
        label(axes, x, place, sign, INK, ha="center", weight="bold")
    elif leaning:
        _mark(axes, x, place + UP, leaning, hollow=True)
        label(axes, x, place + DOWN, number_of(row.claim), INK, ha="center")
    else:
        label(axes, x, place, number_of(row.claim), GREY, ha="center")


def _mark(axes: Axes, x: float, y: float, ruling: str, hollow: bool = False) -> None:
    """Draw a ruling as the mark of its kind, with its edge; one not committed to is hollow."""
    draw_mark(axes, x, y, replace(LOOKS[ruling], size=8.5), hollow)
    axes.lines[-1].set_markeredgecolor(EDGES[ruling])


def _on_trial(row: pd.Series, rulings: dict[str, str], tentative: str | None) -> str:
    if row["claim"] in rulings:
        yours, theirs = RULINGS[rulings[row["claim"]]], RULINGS[row["verdict"]]
        return f"Claim {row['claim']}. Your ruling: {yours}. The package's ruling: {theirs}."
    if tentative:
        return f"Claim {row['claim']}. You lean to: {RULINGS[tentative]}. Not committed yet."
    return f"On trial is claim {row['claim']} ({row['kind']}): {row['paraphrase']}"


def _score(rows: pd.DataFrame, rulings: dict[str, str]) -> str:
    alike, ruled = agreement(rulings, dict(zip(rows["claim"], rows["verdict"], strict=True)))
    if not ruled:
        return f"You have ruled on none of the {len(rows)} claims."
    return f"Ruled on {ruled} of {len(rows)} claims, alike on {alike}."
