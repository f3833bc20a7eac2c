"""The moves of source criticism: what to ask of a claim, and which claims train it."""

from __future__ import annotations

import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.select import having

MOVES = {
    "ask_for_source": "Has anybody shown it, or does it only sound right?",
    "attribution": "Who says so, when, and through whose hands did it pass?",
    "contradiction": "Can this be true together with the other sentence?",
    "date": "Which day, by which calendar, of which speech?",
    "hindsight": "Would anybody have said so before knowing the end?",
    "loaded_words": "Which word judges, and whose word is it?",
    "look_it_up": "A plain fact: does a second work agree that did not copy the first?",
    "misprinted_name": "Does this name lead to a book or an office that exists?",
    "public_private": "Shown in public, or thought in private?",
    "scope": "Does the document cover all that is claimed?",
    "too_absolute": "Never, everything, only: does one exception break it?",
    "two_as_one": "One thing, or two told as one?",
    "who_benefits": "Whose version is it, and who gains if I believe it?",
}


@lesson_helper
def moves(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the moves of source criticism, with how many claims train each, and which.

    Args:
        claims: rows as `load("claims")` gives them.

    Returns:
        A row a move, the most frequent first: move, ask, claims, first three of them.
    """
    found = having(claims).groupby("move")["claim"].agg(list)
    lines = [
        {
            "move": move.replace("_", " "),
            "ask": MOVES[move],
            "claims": len(keys),
            "for example": ", ".join(keys[:3]),
        }
        for move, keys in found.items()
    ]
    return pd.DataFrame(lines).sort_values("claims", ascending=False, kind="stable")
