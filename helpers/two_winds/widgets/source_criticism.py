"""The judge's desk: read a claim, open the evidence, rule, and then see what the package rules."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.source_criticism.claims import in_print
from two_winds.charts.source_criticism.questions import MOVES
from two_winds.charts.source_criticism.rulings import docket, number_of
from two_winds.models.rulings import RULINGS
from two_winds.widgets.frame import LABEL, Desk, choice

# Rulings committed to, by the words of the claim; kept while the notebook is running.
RULED: dict[str, str] = {}
UNDECIDED = "not decided yet"
OPEN, COMMIT = "Open the evidence", "Commit to this ruling"
WIDE = "40em"
LONGEST = 58
WRAPPED = {"flex_flow": "row wrap"}
CARD = "border-left:0.3em solid #888888;padding:0.1em 0 0.1em 0.9em;margin:0.2em 0;line-height:1.35"


@lesson_helper
def ruling_desk(claims: pd.DataFrame, claim: str = "c11") -> Desk:
    """Return a desk with a topic, a claim of it, its evidence to open, and a ruling to commit to.

    What the package rules is shown only after a ruling has been committed to. A ruling once
    committed to stands; it is kept while the notebook is running, also when the cell is run again.

    Args:
        claims: rows as `load("claims")` gives them.
        claim: the claim to begin with.

    Returns:
        A desk; put it last in a cell to show it.

    Raises:
        ChartError: if the table holds no such claim.
    """
    docket(claims, claim)
    return _Rulings(claims, claim).desk


def rulings_made(claims: pd.DataFrame) -> dict[str, str]:
    """Return the rulings committed to so far on the claims of this table, by claim."""
    pairs = zip(claims["claim"], claims["paraphrase"], strict=True)
    return {claim: RULED[words] for claim, words in pairs if words in RULED}


class _Rulings:
    """The controls of the desk and how they move each other."""

    def __init__(self, claims: pd.DataFrame, claim: str) -> None:
        self.rows = claims.astype({"topic": str})
        self.names = claims.attrs.get("citations", {})
        topic = self._row(claim)["topic"]
        counts = self.rows["topic"].value_counts(sort=False)
        topics = [
            (f"{in_print(name)} ({counts[name]})", name)
            for name in dict.fromkeys(self.rows["topic"])
        ]
        self.topic = choice("Topic", topics, topic)
        self.claim = choice("Claim", self._claims_of(topic), claim)
        self.evidence = widgets.Checkbox(description=OPEN, indent=False, style=LABEL)
        self.ruling = choice("My ruling", [(UNDECIDED, ""), *_rulings()], "")
        self.commit = widgets.Checkbox(description=COMMIT, indent=False, style=LABEL)
        self.claim.layout.width, self.claim.layout.max_width = WIDE, "98%"
        for control in (self.evidence, self.commit):
            control.layout.width = "15em"
        self.card, self.opened = widgets.HTML(), widgets.HTML()
        self._follow()
        self.topic.observe(self._turn_to_topic, names="value")
        self.claim.observe(self._follow, names="value")
        self.commit.observe(self._take_ruling, names="value")
        controls = {"topic": self.topic, "claim": self.claim, "evidence": self.evidence}
        controls |= {"ruling": self.ruling, "commit": self.commit}
        choose = widgets.HBox([self.topic, self.evidence], layout=WRAPPED)
        decide = widgets.HBox([self.ruling, self.commit], layout=WRAPPED)
        rows = [choose, self.claim, self.card, self.opened, decide]
        self.desk = Desk("ruling_desk", controls, self._draw, rows)

    def _row(self, claim: str) -> pd.Series:
        return self.rows[self.rows["claim"] == claim].iloc[0]

    def _claims_of(self, topic: str) -> list[tuple[str, str]]:
        rows = self.rows[self.rows["topic"] == topic]
        return [
            (f"{number_of(row.claim)}  {_short(row.paraphrase)}", row.claim)
            for row in rows.itertuples()
        ]

    def _turn_to_topic(self, _change: Any) -> None:
        """Offer the claims of the topic, beginning with the first not ruled on."""
        offered, ruled = self._claims_of(self.topic.value), rulings_made(self.rows)
        first = next((claim for _, claim in offered if claim not in ruled), offered[0][1])
        self.claim.options = offered
        self.claim.value = first

    def _follow(self, _change: Any = None) -> None:
        """Set ruling and boxes to what holds for the claim that is shown."""
        made = rulings_made(self.rows).get(self.claim.value, "")
        self.evidence.value = bool(made)
        self.ruling.value = made
        self.commit.value = bool(made)
        self._lock()

    def _take_ruling(self, _change: Any) -> None:
        """Commit, if there is a ruling to commit to; a ruling that was made stands."""
        words = self._row(self.claim.value)["paraphrase"]
        if self.commit.value and self.ruling.value:
            RULED.setdefault(words, self.ruling.value)
        self.commit.value = words in RULED
        self._lock()

    def _lock(self) -> None:
        ruled = self._row(self.claim.value)["paraphrase"] in RULED
        self.ruling.disabled = self.commit.disabled = ruled

    def _draw(self, topic: str, claim: str, evidence: bool, ruling: str, commit: bool) -> Chart:
        row, made = self._row(claim), rulings_made(self.rows)
        self.card.value = claim_card(row)
        self.opened.value = evidence_html(row, self.names) if evidence else ""
        return docket(self.rows, claim, made, ruling or None)


def _rulings() -> list[tuple[str, str]]:
    return [(words, ruling) for ruling, words in RULINGS.items()]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\u2026"


def claim_card(row: pd.Series) -> str:
    """Return a claim, its kind and what the page names for it."""
    named = (
        f"For it the page names: {escape(row['cites'])}."
        if row["cites"]
        else "For it the page names nothing."
    )
    return (
        f'<div style="{CARD}"><strong>Claim {row["claim"]}, {row["kind"]}.</strong> '
        f"{escape(row['paraphrase'])} <em>{named}</em></div>"
    )


def evidence_html(row: pd.Series, names: dict[str, str]) -> str:
    """Return what other sources say, with their names."""
    keys = [row["source"], *(key for key in row["more_sources"].split("; ") if key)]
    cited = "; ".join(escape(names.get(key, key)) for key in keys)
    return (
        f'<div style="{CARD}">{escape(row["other_sources_say"])} '
        f"<em>Sources: {cited} (grade {row['grade']}). Ask: {MOVES[str(row['move'])]}</em></div>"
    )
