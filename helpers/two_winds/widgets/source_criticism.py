"""The judge's desk: read a claim, rule on it, commit, and only then see what other sources say."""

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
from two_winds.widgets.frame import LABEL, Explorer, choice

# Rulings committed to, by the words of the claim; kept while the notebook is running.
RULED: dict[str, str] = {}
UNDECIDED = "not decided yet"
COMMIT = "Commit to this ruling and open the evidence"
WIDE = "40em"
LONGEST = 58
CARD = "border-left:0.3em solid #888888;padding:0.2em 0 0.2em 0.9em;margin:0.4em 0;max-width:52em"


@lesson_helper
def ruling_desk(claims: pd.DataFrame, claim: str = "c12") -> Explorer:
    """Return a desk with a topic, a claim of it, a ruling to choose, and a box to commit to it.

    What other sources say is shown only after a ruling has been committed to. A ruling once
    committed to stands; it is kept while the notebook is running, also when the cell is run again.

    Args:
        claims: rows as `load("claims")` gives them.
        claim: the claim to begin with.

    Returns:
        An explorer; put it last in a cell to show it.

    Raises:
        ChartError: if the table holds no such claim.
    """
    docket(claims, claim)
    return _Desk(claims, claim).explorer


def rulings_made(claims: pd.DataFrame) -> dict[str, str]:
    """Return the rulings committed to so far on the claims of this table, by claim."""
    pairs = zip(claims["claim"], claims["paraphrase"], strict=True)
    return {claim: RULED[words] for claim, words in pairs if words in RULED}


class _Desk:
    """The controls of the desk and how they move each other."""

    def __init__(self, claims: pd.DataFrame, claim: str) -> None:
        self.rows = claims.astype({"topic": str})
        self.names = claims.attrs.get("citations", {})
        topic = self._row(claim)["topic"]
        counts = self.rows["topic"].value_counts(sort=False)
        topics = [(f"{in_print(name)} ({counts[name]})", name)
                  for name in dict.fromkeys(self.rows["topic"])]  # fmt: skip
        self.topic = choice("Topic", topics, topic)
        self.claim = choice("Claim", self._claims_of(topic), claim)
        self.ruling = choice("My ruling", [(UNDECIDED, ""), *_rulings()], "")
        self.commit = widgets.Checkbox(description=COMMIT, indent=False, style=LABEL)
        for control in (self.claim, self.commit):
            control.layout.width, control.layout.max_width = WIDE, "98%"
        self.card, self.evidence = widgets.HTML(), widgets.HTML()
        self._follow()
        self.topic.observe(self._turn_to_topic, names="value")
        self.claim.observe(self._follow, names="value")
        self.commit.observe(self._take_ruling, names="value")
        controls = {"topic": self.topic, "claim": self.claim}
        controls |= {"ruling": self.ruling, "commit": self.commit}
        rows = [self.topic, self.claim, self.card, self.ruling, self.commit, self.evidence]
        self.explorer = Explorer(controls, self._draw, rows)

    def _row(self, claim: str) -> pd.Series:
        return self.rows[self.rows["claim"] == claim].iloc[0]

    def _before(self, claim: str) -> str:
        """Return the claim that the page makes just before, or nothing: `he` may be in it."""
        place = list(self.rows["claim"]).index(claim)
        return str(self.rows["paraphrase"].iloc[place - 1]) if place else ""

    def _claims_of(self, topic: str) -> list[tuple[str, str]]:
        rows = self.rows[self.rows["topic"] == topic]
        return [(f"{number_of(row.claim)}  {_short(row.paraphrase)}", row.claim)
                for row in rows.itertuples()]  # fmt: skip

    def _turn_to_topic(self, _change: Any) -> None:
        """Offer the claims of the topic, beginning with the first not ruled on."""
        offered, ruled = self._claims_of(self.topic.value), rulings_made(self.rows)
        first = next((claim for _, claim in offered if claim not in ruled), offered[0][1])
        self.claim.options = offered
        self.claim.value = first

    def _follow(self, _change: Any = None) -> None:
        """Set ruling and box to what holds for the claim that is shown."""
        made = rulings_made(self.rows).get(self.claim.value, "")
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

    def _draw(self, topic: str, claim: str, ruling: str, commit: bool) -> Chart:
        row, made = self._row(claim), rulings_made(self.rows)
        self.card.value = _claim_html(row, self._before(claim))
        self.evidence.value = _evidence_html(row, made.get(claim), bool(ruling), self.names)
        return docket(self.rows, claim, made, ruling or None)


def _rulings() -> list[tuple[str, str]]:
    return [(words, ruling) for ruling, words in RULINGS.items()]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\u2026"


def _claim_html(row: pd.Series, before: str) -> str:
    context = f"Just before it says: <em>{escape(before)}</em> " if before else ""
    return (
        f'<div style="{CARD}"><strong>Claim {row["claim"]}.</strong> '
        f"{escape(row['paraphrase'])}<br><small>{context}The page says so, in our words. "
        f"Kind: {row['kind']}.</small></div>"
    )


def _evidence_html(row: pd.Series, made: str | None, decided: bool, names: dict[str, str]) -> str:
    """Return what other sources say, or how to get to see it."""
    if made is None:
        step = "Commit, and it opens." if decided else "Choose a ruling, then commit."
        return f"<p>The evidence is closed. {step}</p>"
    keys = [row["source"], *(key for key in row["more_sources"].split("; ") if key)]
    cited = "; ".join(f"{escape(names.get(key, key))} (<code>{key}</code>)" for key in keys)
    same = "the same as yours" if made == row["verdict"] else f"yours: {RULINGS[made]}"
    move = str(row["move"])
    note = f"<br>{escape(row['note'])}" if row["note"] else ""
    return (
        f'<div style="{CARD}"><strong>The package\'s judgement: {RULINGS[row["verdict"]]}</strong> '
        f"({same}).<br>{escape(row['other_sources_say'])}{note}<br>"
        f"<small>Sources: {cited}; grade {row['grade']}. For the full reference run "
        f'<code>cite("{keys[0]}")</code>.<br>Move: {move.replace("_", " ")}. {MOVES[move]} '
        f"Taught in lesson {row['lesson']}.</small></div>"
    )
