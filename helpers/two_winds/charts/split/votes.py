"""When did the split begin, and when was it past mending? Votes of historians and of a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, Look, chart_helper, label, legend, new_figure
from two_winds.charts.split.turning import CANDIDATES

QUESTIONS = {
    "began": Look(COLOURS["USA"], "o", "", 11),
    "past mending": Look(COLOURS["CHN"], "^", "", 11),
    "final rupture": Look(COLOURS["SUN"], "s", "", 11),
}
CLASS = COLOURS["guess"]

Vote = tuple[str, int, str]


@chart_helper
def split_votes(
    quotations: pd.DataFrame, votes: Sequence[Vote], classroom: Mapping[int, int] | None = None
) -> Chart:
    """Return who dates the split to which year, and beside it how many of a class did.

    Args:
        quotations: rows as `load("quotations")` gives them.
        votes: for each vote the key of the quotation that bears it out, the year, and which
            question it answers: "began", "past mending" or "final rupture".
        classroom: number of votes of the class for each year.

    Returns:
        A chart; its table has a row a vote: year, question, who, source, grade.

    Raises:
        ChartError: if a vote rests on no quotation of this table, or answers another question.
    """
    counts = {year: int(many) for year, many in (classroom or {}).items()}
    table = pd.DataFrame([_vote(quotations, *vote) for vote in votes])
    table = table.sort_values(["year", "question"], kind="stable").reset_index(drop=True)
    years = sorted({*table["year"], *counts, *CANDIDATES})

    figure, axes = new_figure(box=(0.08, 0.15, 0.58, 0.72))
    right = figure.add_axes((0.70, 0.15, 0.27, 0.72), sharey=axes)
    for place, year in enumerate(years):
        rows = table[table["year"] == year]
        for below, row in enumerate(rows.itertuples()):
            y = 0.40 * ((len(rows) - 1) / 2 - below) - place
            told = f"{row.who}: {row.question}, {row.year}"
            draw_mark(axes, 0.04, y, QUESTIONS[row.question], words=told)
            write_beside(axes, 0.04, y, row.who, gap=14)
        if year in {*CANDIDATES, *counts}:
            many = counts.get(year, 0)
            (bar,) = right.barh([-place], [many], height=0.6, color=CLASS)
            bar.set_label(f"Your class, {year}: {many}")
            write_beside(right, many, -place, str(many), CLASS, weight="bold")
    axes.set_yticks([-place for place in range(len(years))], [str(year) for year in years])
    axes.set_ylim(-len(years) + 0.4, 0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.grid(visible=False)
    for place in range(1, len(years)):
        axes.axhline(0.5 - place, color="#DDDDDD", linewidth=1)
        right.axhline(0.5 - place, color="#DDDDDD", linewidth=1)
    right.set_xlim(0, 1.25 * max([*counts.values(), 1]))
    right.grid(visible=False)
    right.set_xticks([])
    right.tick_params(labelleft=False, length=0)
    for spine in right.spines.values():
        spine.set_visible(False)
    right.axvline(0, color=CLASS, linewidth=2)
    label(right, 0, 1.035, "your class", CLASS, weight="bold", transform=right.transAxes)
    legend(axes, *QUESTIONS.items())

    title = "When did the alliance break? Votes of those we have read, and yours"
    sentence, drawn = _vote_sentence(table, counts), quotations.loc[table["row"]]
    return make_chart(
        "Chart of votes by year", figure, title, sentence, table.drop(columns="row"), drawn
    )


def _vote(quotations: pd.DataFrame, name: str, year: int, question: str) -> dict[str, object]:
    """Return a vote with the one who gave it: it counts only with a quotation to show."""
    found = quotations[quotations["quotation"] == name]
    if found.empty:
        raise ChartError(f"No quotation {name!r} bears this vote out: read one first.")
    if question not in QUESTIONS:
        raise ChartError(f"No question {question!r}. There are: {', '.join(QUESTIONS)}.")
    row = found.iloc[0]
    who = f"{row['speaker'].split(',')[0]} ({row['date'][:4]})"
    who = who if row["date"][:4].isdigit() else row["speaker"].split(",")[0]
    told = {"who": who, "source": row["source"], "grade": row["grade"]}
    return {"row": found.index[0], "year": year, "question": question} | told


def _vote_sentence(table: pd.DataFrame, counts: Mapping[int, int]) -> str:
    parts = []
    for question in QUESTIONS:
        years = sorted(set(table.loc[table["question"] == question, "year"]))
        if years:
            parts.append(f"{question}: {', '.join(str(year) for year in years)}")
    total = sum(counts.values())
    yours = "The class has not voted yet."
    if total:
        most = max(counts.values())
        first = ", ".join(str(year) for year, many in sorted(counts.items()) if many == most)
        yours = f"The class: {total} votes, most of them ({most}) for {first}."
        if total == 1:
            yours = f"The class: 1 vote, for {first}."
    return f"Votes with a quotation to show, {len(table)}: {'; '.join(parts)}. {yours}"
