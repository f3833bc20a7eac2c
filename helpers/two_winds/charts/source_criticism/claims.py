"""A page on trial drawn: what other sources say of its claims, topic by topic or kind by kind."""

from __future__ import annotations

from typing import Any

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    COLOURS,
    INK,
    MARKERS,
    PAPER,
    label,
    new_figure,
    number,
    source_line,
)
from two_winds.models.rulings import RULINGS, share, tally

# Each verdict has a colour, a hatch for bars, and a marker for single claims.
LOOKS: dict[str, dict[str, Any]] = {
    "confirmed": {"colour": COLOURS["GBR"], "hatch": "", "marker": "o"},
    "nuance": {"colour": "#E7CFAE", "hatch": "///", "marker": "^"},
    "disputed": {"colour": "#F3D4D1", "hatch": "xxx", "marker": "X"},
    "not_read": {"colour": "#D9E3EE", "hatch": "--", "marker": "D"},
    "no_source": {"colour": "#E4E4E4", "hatch": "..", "marker": "s"},
}
DARK = {"confirmed"}
EDGES = {
    "confirmed": COLOURS["GBR"],
    "nuance": COLOURS["CHN"],
    "disputed": COLOURS["SUN"],
    "not_read": "#3B5B7A",
}
EDGE = COLOURS["promise"]
ROOM_FOR_NUMBER = 0.03


@lesson_helper
def verdicts(claims: pd.DataFrame, guess: float | None = None, by: str = "topic") -> Chart:
    """Return how other sources stand to the claims of a page: a bar for each topic or kind.

    Above stand all claims, as a whole of a hundred per cent; below a bar a topic, a claim a step.

    Args:
        claims: rows as `load("claims")` gives them.
        guess: a prediction of the share confirmed, in per cent, to draw as a star.
        by: the column that makes the bars: "topic" or "kind".

    Returns:
        A chart; its table has a row a topic: its name, its claims by verdict, and their sum.

    Raises:
        ChartError: if there are no claims, or no such column.
    """
    if claims.empty or by not in claims:
        known = among("by", by, claims.columns)
        raise ChartError(f"Wants claims with a column {by!r}, found {len(claims)} claims. {known}")
    rows = claims.astype({by: str, "verdict": str, "grade": str})
    names = list(rows[by].value_counts(sort=True).sort_index().sort_values(kind="stable").index)
    figure, axes = new_figure()
    axes.set_position((0.15, 0.11, 0.66, 0.56))
    longest = int(rows[by].value_counts().max())
    for place, name in enumerate(names):
        _draw_bar(axes, place, rows[rows[by] == name], longest, min(0.72, 0.11 * len(names)))
    _set_lines(axes, names, longest)
    if (rows["grade"] == "C").any():
        note = {"transform": axes.transAxes, "size": 12.5, "ha": "right"}
        label(axes, 1.27, 0.03, "hollow, ?: recalled only, unverified", EDGE, **note)
    _draw_whole(figure.add_axes((0.15, 0.745, 0.66, 0.075)), rows, guess)
    title = f"What other sources say of {len(rows)} claims, {by} by {by} (number of claims)"
    table = _as_table(rows, by, names[::-1])
    sentence = _sentence(rows, by, table)
    alt = f"Stacked bar chart. {title}. {_in_words(table, by)} {sentence}"
    if guess is not None:
        alt += f" Your guess for the share confirmed: {number(guess)}."
        sentence += f" You had predicted {number(guess)} per cent confirmed."
    source = source_line(_ordered_by_use(claims))
    return Chart(figure, title, source, alt, sentence, table)


def in_print(name: str) -> str:
    """Return a topic or a kind as it is printed.

    >>> in_print("great_leap"), in_print("space")
    ('Great Leap', 'Space')
    """
    return str(name).replace("_", " ").capitalize().replace("Great leap", "Great Leap")


def _pieces(rows: pd.DataFrame) -> list[tuple[str, bool, int]]:
    """Return the pieces of a bar: verdict, whether it is only recalled, how many claims."""
    pieces = []
    for verdict in RULINGS:
        these = rows[rows["verdict"] == verdict]
        hollow = int((these["grade"] == "C").sum())
        pieces += [(verdict, False, len(these) - hollow), (verdict, True, hollow)]
    return [piece for piece in pieces if piece[2]]


def _draw_bar(axes: Axes, place: float, rows: pd.DataFrame, longest: int, height: float) -> None:
    """Draw one bar from its pieces, each with its number, and the confirmed at its end."""
    left = 0
    for verdict, hollow, count in _pieces(rows):
        _draw_piece(axes, place, (left, count), verdict, hollow, height)
        dark = verdict in DARK and not hollow
        box = None if dark or hollow else {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
        wide = count / longest > ROOM_FOR_NUMBER
        text = f"{count if wide or not hollow else ''}{'?' if hollow else ''}"
        look = {"ha": "center", "weight": "bold", "size": 13, "bbox": box}
        label(axes, left + count / 2, place, text, PAPER if dark else INK, **look)
        left += count
    confirmed = tally(rows["verdict"])["confirmed"]
    label(axes, left, place, f"  {confirmed} of {len(rows)} confirmed", INK)


def _draw_piece(
    axes: Axes, place: float, span: tuple[float, float], verdict: str, hollow: bool, height: float
) -> None:
    look = LOOKS[verdict]
    axes.barh(
        place,
        span[1],
        left=span[0],
        height=height,
        color=PAPER if hollow else look["colour"],
        edgecolor=EDGES.get(verdict, EDGE),
        hatch="" if hollow else look["hatch"],
        linestyle="--" if hollow else "-",
        linewidth=1.4,
    )


def _set_lines(axes: Axes, names: list[str], longest: int) -> None:
    axes.set_yticks(range(len(names)), [in_print(name) for name in names])
    axes.set_xticks([])
    axes.set_xlim(0, longest)
    axes.set_ylim(-0.55, len(names) - 0.45)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)


def _draw_whole(axes: Axes, rows: pd.DataFrame, guess: float | None) -> None:
    """Draw all claims as one bar of a hundred per cent, its pieces named above it."""
    start = 0.0
    for verdict, hollow, count in _pieces(rows):
        width = share(count, len(rows))
        _draw_piece(axes, 0, (start, width), verdict, hollow, 0.72)
        start += width
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.5, 0.5)
    axes.set_yticks([0], [f"All {len(rows)}"])
    axes.tick_params(labelsize=14, length=0, colors=INK, pad=6)
    axes.set_xticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    _name_pieces(axes, rows)
    if guess is not None:
        _draw_guess(axes, guess)


def _name_pieces(axes: Axes, rows: pd.DataFrame) -> None:
    """Say above the bar of all claims what each pattern means, with its share."""
    boxes = [
        Patch(
            facecolor=LOOKS[verdict]["colour"],
            edgecolor=EDGES.get(verdict, EDGE),
            hatch=LOOKS[verdict]["hatch"],
            label=f"{RULINGS[verdict]}: {share(count, len(rows)):.0f}%",
        )
        for verdict, count in tally(rows["verdict"]).items()
    ]
    look = {"frameon": False, "fontsize": 12.5, "handlelength": 1.6, "columnspacing": 1.1}
    place = {"loc": "lower left", "bbox_to_anchor": (-0.21, 1.15), "borderaxespad": 0}
    axes.legend(handles=boxes, ncols=len(boxes), **look, **place)


def _draw_guess(axes: Axes, guess: float) -> None:
    star = {"color": COLOURS["guess"], "markeredgecolor": PAPER, "clip_on": False}
    axes.plot([guess], [0], MARKERS["guess"], markersize=24, zorder=5, **star)
    label(axes, guess, -0.78, "your guess", COLOURS["guess"], weight="bold", ha="center")


def _ordered_by_use(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with those first whose source is used most."""
    used = claims["source"].map(claims["source"].value_counts())
    ordered = claims.assign(used=used).sort_values("used", ascending=False, kind="stable")
    ordered.attrs = dict(claims.attrs)
    return ordered


def _as_table(rows: pd.DataFrame, by: str, names: list[str]) -> pd.DataFrame:
    lines = []
    for name in names:
        counts = tally(rows.loc[rows[by] == name, "verdict"])
        named = {RULINGS[verdict]: count for verdict, count in counts.items()}
        lines.append({by: name, **named, "claims": sum(counts.values())})
    return pd.DataFrame(lines)


def _in_words(table: pd.DataFrame, by: str) -> str:
    lines = []
    for row in table.to_dict("records"):
        counts = "; ".join(f"{row[words]} {words}" for words in RULINGS.values())
        lines.append(f"{in_print(row[by])}: {counts}.")
    return " ".join(lines)


def _sentence(rows: pd.DataFrame, by: str, table: pd.DataFrame) -> str:
    counts = tally(rows["verdict"])
    told = [
        f"{RULINGS[verdict]} {count} ({share(count, len(rows)):.0f} per cent)"
        for verdict, count in counts.items()
    ]
    shares = 100 * table["confirmed"] / table["claims"]
    best, least = shares.max(), shares.min()
    said = f"Of {len(rows)} claims: {'; '.join(told)}. "
    if len(table) > 1:
        said += (
            f"The share confirmed is highest in {_names(table, by, shares == best)} "
            f"({best:.0f} per cent) and lowest in {_names(table, by, shares == least)} "
            f"({least:.0f} per cent). "
        )
    recalled = int((rows["grade"] == "C").sum())
    if recalled:
        verb = "rests" if recalled == 1 else "rest"
        said += f"Of the verdicts {recalled} {verb} on memory alone (hollow). "
    return said + "All verdicts are judgements of this package."


def _names(table: pd.DataFrame, by: str, chosen: pd.Series) -> str:
    return " and ".join(str(name).replace("_", " ") for name in table.loc[chosen, by])
