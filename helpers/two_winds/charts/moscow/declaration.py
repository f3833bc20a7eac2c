"""The Moscow Declaration as a draft: who would sign it, by the model in models/declaration.py."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_in_margin
from two_winds.charts.common.select import ChartError, having
from two_winds.charts.common.style import (
    COLOURS,
    GRID,
    INK,
    Look,
    chart_helper,
    label,
    legend,
    new_figure,
)
from two_winds.charts.common.wording import source_line
from two_winds.models.declaration import (
    CLAUSES,
    LEADER,
    REAL,
    RULING,
    STANCES,
    Draft,
    clauses_as_real,
    every_draft,
    moscow_draft,
    objections,
    signatures,
    signs,
    stance,
)

NAMES = {
    "cpsu": "Soviet Union",
    "ccp": "China",
    "pzpr": "Poland",
    "lcy": "Yugoslavia",
}
TITLES = {
    "leadership": "Who leads",
    "transition": "Transition",
    "revisionism": "Danger",
    "war": "War",
    "cult": "Stalin",
}
LOOKS = {
    "accepts": Look(COLOURS["USA"], "o", "", 13),
    "unwilling": Look(COLOURS["CHN"], "^", "", 14),
    "refuses": Look(COLOURS["SUN"], "X", "", 16),
}
WRAPPED = 13
HEADINGS, LEGEND = 1.44, 1.52  # heights above the marks, as a share of their height


@chart_helper
def who_would_sign(
    positions: pd.DataFrame, parties: pd.DataFrame, draft: Draft | None = None
) -> Chart:
    """Return who would sign a draft of the Declaration, clause by clause: a model.

    Args:
        positions: rows as `load("positions")` gives them.
        parties: rows as `load("parties")` gives them; the ruling ones are counted.
        draft: one option for each clause; a draft to Moscow's liking if none is given.

    Returns:
        A chart; its table has a row a clause: wording, as the real text, who refuses, who is
        unwilling. Hollow marks rest on an assumption, or on a recalled sentence.

    Raises:
        ChartError: if a table lacks the rows it needs.
        DraftError: if the draft is not one the model knows.
    """
    draft = moscow_draft() if draft is None else draft
    followers = others(parties)
    rows = having(positions, issue=CLAUSES, actor=[*STANCES, "declaration"])
    wanted = {(actor, issue) for actor in STANCES for issue in CLAUSES}
    missing = wanted - set(zip(rows["actor"], rows["issue"], strict=True))
    if missing:
        raise ChartError(f"No position of {' on '.join(min(missing))} in this table.")
    hollow = {(r.actor, r.issue) for r in rows[rows["grade"] == "C"].itertuples()}

    figure, axes = new_figure(height=6.6, box=(0.165, 0.08, 0.715, 0.51))
    axes.set_xlim(-0.5, len(CLAUSES) - 0.5)
    axes.set_ylim(len(RULING) + 1.6, -0.5)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axhline(len(RULING) + 0.5, color=GRID, linewidth=2)
    for place, (clause, options) in enumerate(CLAUSES.items()):
        words = textwrap.fill(options[draft[clause]], WRAPPED)
        label(axes, place, -0.62, words, INK, linespacing=1, ha="center", va="bottom")
        above = {"ha": "center", "weight": "bold", "transform": axes.get_xaxis_transform()}
        label(axes, place, HEADINGS, TITLES[clause], INK, **above)
    lines = [*RULING, LEADER]
    for place, party in enumerate(lines):
        follows = place == len(RULING)
        name = f"{followers} others*" if follows else NAMES[party]
        _draw_party(axes, place, party, draft, name, "all" if follows else hollow)
    _draw_real(axes, len(lines), draft)
    legend(axes, *LOOKS.items(), ("hollow: assumed", replace(LOOKS["accepts"], hollow=True)))
    axes.get_legend().set_bbox_to_anchor((-0.22, LEGEND), transform=axes.transAxes)

    sentence = _sentence(draft, followers)
    title = "Who would sign this draft? A model"
    source = f"{source_line(rows)} *Model: the others follow Moscow."
    table = _table(draft)
    seen = " ".join(f"{TITLES[c]}: {options[draft[c]]}." for c, options in CLAUSES.items())
    return make_chart("Table of marks", figure, title, sentence, table, source=source, seen=seen)


@lesson_helper
def outcomes(parties: pd.DataFrame) -> pd.DataFrame:
    """Return how all drafts that the clauses allow end in the model, the best signed first.

    Args:
        parties: rows as `load("parties")` gives them; the ruling ones are counted.

    Returns:
        Columns: signatures, who refuses, drafts.
    """
    followers = others(parties)
    counts: Counter[tuple[int, str]] = Counter()
    for draft in every_draft():
        refusing = [NAMES[party] for party in RULING if not signs(party, draft)]
        if not signs(LEADER, draft):
            refusing.append(f"the {followers} others")
        counts[signatures(draft, followers), ", ".join(refusing) or "nobody"] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[0][0], -item[1]))
    return pd.DataFrame(
        [{"signatures": n, "who refuses": who, "drafts": times} for (n, who), times in ordered]
    )


def others(parties: pd.DataFrame) -> int:
    """Return how many ruling parties there are besides the four with positions of their own.

    Raises:
        ChartError: if the table holds fewer ruling parties than the model.
    """
    ruling = len(having(parties, ruling="yes"))
    if ruling < len(RULING):
        raise ChartError(f"The model needs {len(RULING)} ruling parties; this table has {ruling}.")
    return ruling - len(RULING)


def _draw_party(
    axes: Axes, place: int, party: str, draft: Draft, name: str, hollow: set | str
) -> None:
    """Draw one line: name, a mark a clause, and whether the party signs."""
    write_in_margin(axes, place, name, at=-0.02, ha="right")
    for column, clause in enumerate(CLAUSES):
        kind = stance(party, clause, draft)
        empty = hollow == "all" or (party, clause) in hollow
        told = f"{name}, {TITLES[clause].lower()}: {kind}" if kind != "accepts" else ""
        draw_mark(axes, column, place, LOOKS[kind], empty, told)
    refuses = not signs(party, draft)
    words = "refuses" if refuses else "signs"
    colour = LOOKS["refuses" if refuses else "accepts"].colour
    write_in_margin(axes, place, words, colour, 1.02, weight="bold")


def _draw_real(axes: Axes, place: int, draft: Draft) -> None:
    """Say below the marks which clauses are those of the Declaration."""
    write_in_margin(axes, place, "As the real text", at=-0.02, ha="right")
    for column, clause in enumerate(CLAUSES):
        same = draft[clause] == REAL[clause]
        weight = "bold" if same else "normal"
        label(axes, column, place, "yes" if same else "no", INK, ha="center", weight=weight)
    words = f"{clauses_as_real(draft)} of {len(CLAUSES)}"
    write_in_margin(axes, place, words, INK, 1.02, weight="bold")


def _sentence(draft: Draft, followers: int) -> str:
    """Return in words how a draft ends and how near it is to the Declaration."""
    signed, asked = signatures(draft, followers), len(RULING) + followers
    sentence = f"In this model {signed} of {asked} ruling parties sign."
    refusing = [
        f"{NAMES[party]} ({', '.join(TITLES[c].lower() for c in objections(party, draft))})"
        for party in RULING
        if not signs(party, draft)
    ]
    if refusing:
        sentence += f" Refused by: {'; '.join(refusing)}"
        sentence += "." if signs(LEADER, draft) else f"; and the {followers} that follow Moscow."
    return f"{sentence} {clauses_as_real(draft)} of {len(CLAUSES)} clauses are as in the real text."


def _table(draft: Draft) -> pd.DataFrame:
    """Return a row a clause: wording, whether it is the real one, who refuses, who is unwilling."""
    found = []
    for clause, options in CLAUSES.items():
        line = {
            "clause": TITLES[clause],
            "wording": options[draft[clause]],
            "as the real text": "yes" if draft[clause] == REAL[clause] else "no",
        }
        for kind in ("refuses", "unwilling"):
            who = [NAMES[party] for party in STANCES if stance(party, clause, draft) == kind]
            line[kind] = ", ".join(who) or "nobody"
        found.append(line)
    return pd.DataFrame(found)
