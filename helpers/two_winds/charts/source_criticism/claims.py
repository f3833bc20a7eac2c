"""A page on trial drawn: what other sources say of its claims, topic by topic or kind by kind."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.guess import draw_guess, guess_in_words
from two_winds.charts.common.marks import write_beside
from two_winds.charts.common.rows import leave_room, new_rows
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import COLOURS, INK, PAPER, Look, chart_helper, label, legend
from two_winds.charts.common.wording import hollow_note
from two_winds.models.rulings import RULINGS, share, tally

# Each verdict has a colour, a hatch for bars, and a marker for single claims.
LOOKS = {
    "confirmed": Look(COLOURS["GBR"], "o"),
    "nuance": Look("#E7CFAE", "^", hatch="///"),
    "disputed": Look("#F3D4D1", "X", hatch="xxx"),
    "not_read": Look("#D9E3EE", "D", hatch="--"),
    "no_source": Look("#E4E4E4", "s", hatch=".."),
}
EDGES = {
    "confirmed": COLOURS["GBR"],
    "nuance": COLOURS["CHN"],
    "disputed": COLOURS["SUN"],
    "not_read": "#3B5B7A",
    "no_source": COLOURS["promise"],
}
DARK = ("confirmed",)
ROOM_FOR_NUMBER = 0.03


@chart_helper
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
    rows = having(claims)
    names = list(rows[by].value_counts(sort=True).sort_index().sort_values(kind="stable").index)
    names.reverse()
    longest = int(rows[by].value_counts().max())
    lines = []
    for name in names:
        counts = tally(rows.loc[rows[by] == name, "verdict"])
        named = {RULINGS[verdict]: count for verdict, count in counts.items()}
        lines.append({by: name, **named, "claims": sum(counts.values())})
    table = pd.DataFrame(lines)

    figure, axes = new_rows([in_print(name) for name in names], above=2.35, each=0.22)
    for place, line in enumerate(table.to_dict("records")):
        _draw_bar(axes, place, rows[rows[by] == line[by]], longest)
        words = f"{line['confirmed']} of {line['claims']} confirmed"
        write_beside(axes, line["claims"], place, words, INK, 6)
    leave_room(axes, ["00 of 00 confirmed"], longest)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    left, _, width, _ = axes.get_position().bounds
    high = figure.get_figheight()
    whole = figure.add_axes((left, 1 - 1.9 / high, width, 0.8 / high))
    _draw_whole(whole, rows)
    draw_guess(whole, guess, 0, guess, above=-18)

    title = f"What other sources say of {len(rows)} claims, {by} by {by} (number of claims)"
    sentence = _sentence(rows, by, table)
    sentence += guess_in_words(guess, "per cent confirmed")
    # Its sources are named in the order of their use.
    used = claims["source"].map(claims["source"].value_counts())
    drawn = claims.assign(used=used).sort_values("used", ascending=False, kind="stable")
    seen = _in_words(table, by)
    return make_chart("Stacked bar chart", figure, title, sentence, table, drawn, seen=seen)


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


def _draw_bar(axes: Axes, place: float, rows: pd.DataFrame, longest: int) -> None:
    """Draw one bar from its pieces, each with its number."""
    left = 0
    for verdict, hollow, count in _pieces(rows):
        _draw_piece(axes, place, left, count, verdict, hollow)
        dark = verdict in DARK and not hollow
        box = None if dark or hollow else {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        wide = count / longest > ROOM_FOR_NUMBER
        text = f"{count if wide or not hollow else ''}{'?' if hollow else ''}"
        look = {"ha": "center", "weight": "bold", "bbox": box}
        label(axes, left + count / 2, place, text, PAPER if dark else INK, **look)
        left += count


def _draw_piece(
    axes: Axes, place: float, left: float, width: float, verdict: str, hollow: bool
) -> None:
    line = "--" if hollow else "-"
    axes.barh(
        place,
        width,
        left=left,
        height=0.72,
        linewidth=1.4,
        linestyle=line,
        **_look(verdict, hollow),
    )


def _look(verdict: str, hollow: bool = False) -> dict[str, str]:
    """Return the fill, edge and hatch of a verdict; one only recalled is empty."""
    look = LOOKS[verdict]
    fill = {"facecolor": PAPER if hollow else look.colour, "edgecolor": EDGES[verdict]}
    return fill | {"hatch": "" if hollow else look.hatch}


def _draw_whole(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw all claims as one bar of a hundred per cent, its pieces named above it."""
    start = 0.0
    for verdict, hollow, count in _pieces(rows):
        width = share(count, len(rows))
        _draw_piece(axes, 0, start, width, verdict, hollow)
        start += width
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.5, 0.5)
    axes.set_yticks([0], [f"All {len(rows)}"])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    marks = [
        (f"{RULINGS[verdict]}: {share(count, len(rows)):.0f}%", Patch(**_look(verdict)))
        for verdict, count in tally(rows["verdict"]).items()
    ]
    if (rows["grade"] == "C").any():
        recalled = Patch(facecolor=PAPER, edgecolor=INK, linestyle="--")
        marks.append(("hollow, ?: recalled only, unverified", recalled))
    legend(axes, *marks)


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
    said = f"Of {len(rows)} claims: {'; '.join(told)}."
    if len(table) > 1:
        said += (
            f" The share confirmed is highest in {_names(table, by, shares == best)} "
            f"({best:.0f} per cent) and lowest in {_names(table, by, shares == least)} "
            f"({least:.0f} per cent)."
        )
    recalled = int((rows["grade"] == "C").sum())
    said += hollow_note(recalled, "the verdicts", "rests on memory alone", "rest on memory alone")
    return f"{said} All verdicts are judgements of this package."


def _names(table: pd.DataFrame, by: str, chosen: pd.Series) -> str:
    return " and ".join(str(name).replace("_", " ") for name in table.loc[chosen, by])
