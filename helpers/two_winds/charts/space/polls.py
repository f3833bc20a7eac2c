"""Who was thought to be ahead: opinion polls of 1957 and 1958."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, INK, Look, chart_helper

FIRST, SECOND = "1957-11", "1958-10"
DOT = Look(INK, "o", "", 11)


@chart_helper
def polls(opinion: pd.DataFrame) -> Chart:
    """Return by how many points each country put America ahead in science, 1957 and 1958.

    Args:
        opinion: rows as `load("opinion")` gives them.

    Returns:
        A chart; its table has a row a country: the shares of November 1957 for the USSR and the
        USA in per cent, and the American lead of both polls in points.

    Raises:
        ChartError: if a poll is missing.
    """
    plain = opinion.astype({"country": str, "answer": str})
    wide = plain.pivot(index="country", columns=["asked", "answer"], values="value")
    wanted = [(FIRST, "USSR"), (FIRST, "USA"), (SECOND, "American lead")]
    if any(poll not in wide for poll in wanted):
        raise ChartError(f"A poll of {FIRST} or {SECOND} is missing in this table.")
    ussr, usa, later = (wide[poll] for poll in wanted)
    table = pd.DataFrame(
        {
            "country": wide.index,
            "USSR, November 1957": ussr.array,
            "USA, November 1957": usa.array,
            "lead, November 1957": (usa - ussr).array,
            "lead, October 1958": later.array,
        }
    )
    table = table.sort_values("lead, November 1957", ignore_index=True)

    figure, axes = new_rows(list(table["country"]), above=1.2, each=0.55)
    for place, (country, _, _, before, after) in enumerate(table.itertuples(index=False)):
        look = {"arrowstyle": "-|>", "color": INK, "lw": 2, "mutation_scale": 20, "shrinkB": 0}
        axes.annotate("", (after, place), (before, place), arrowprops=look)
        draw_mark(axes, before, place, DOT, words=f"{country}: from {before:+.0f} to {after:+.0f}")
        for at, gap, above in ((before, 0, 8), (after, 8, 0)):
            words = f"{at:+.0f}".replace("-", "\u2212")
            colour = COLOURS["SUN" if at < 0 else "USA"]
            write_beside(axes, at, place, words, colour, gap, above, weight="bold")
    axes.axvline(0, color=INK, linewidth=1.6)
    axes.set_xticks(range(-40, 31, 10))
    axes.set_xlim(-46, 30)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high - 0.25)
    for gap, words, side in ((-6, "USSR ahead", "SUN"), (6, "USA ahead", "USA")):
        write_beside(axes, 0, high - 0.5, words, COLOURS[side], gap, weight="bold")
    axes.set_xlabel("dot: November 1957, after Sputnik    arrowhead: October 1958", color=INK)

    title = "Who is ahead in science? American lead over the USSR, percentage points"
    behind = int((table["lead, November 1957"] < 0).sum())
    again = int((table["lead, October 1958"] > 0).sum())
    sentence = (
        f"In November 1957 the Soviet Union was put ahead in {behind} of {len(table)} countries; "
        f"in October 1958 the United States was put ahead in {again}."
    )
    return make_chart("Arrow chart, a row a country", figure, title, sentence, table, opinion)
