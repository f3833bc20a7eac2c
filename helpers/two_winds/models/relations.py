"""Relations as a sum of judgements: what the curve says, and what one changed judgement does.

A score is a judgement of what one event did to the relations of two states, from -3 (harmed them
badly) to +3 (served them well). Nobody measured it. The sum of scores is a judgement too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from classwork.ground.errors import PlainError, shown

LOWEST, HIGHEST = -3, 3


class ScoreError(PlainError):
    """A judgement that is no score, or an event that is not there; the message says which."""


def running_sum(scores: Sequence[int]) -> list[int]:
    """Return the sum of the judgements after each event.

    Args:
        scores: one judgement an event, in order of time, each a whole number from -3 to +3.

    Returns:
        As many sums as scores.

    Raises:
        ScoreError: if there is no score, or one that is not a whole number from -3 to +3.

    >>> running_sum([2, 3, -1, -3])  # 2, then 2 + 3, then 5 - 1, then 4 - 3
    [2, 5, 4, 1]
    """
    if not len(scores):
        raise ScoreError("No judgement to add up: choose events first.")
    for score in scores:
        _need_score(score)
    return list(accumulate(int(score) for score in scores))


def turning_point(scores: Sequence[int]) -> int | None:
    """Return the place of the turning point: where the sum stands at its highest.

    If it stands there several times, the last counts: after it the sum is never so high again.

    Args:
        scores: one judgement an event, in order of time, each a whole number from -3 to +3.

    Returns:
        The place of an event, counted from 0; None if the sum is highest at the very end, for
        then nothing has turned.

    Raises:
        ScoreError: see `running_sum`.

    >>> turning_point([2, 3, -1, 1, -3])  # 2, 5, 4, 5, 2: the second 5 is the last
    3
    >>> turning_point([1, -1, 2]) is None  # 1, 0, 2
    True
    """
    sums = running_sum(scores)
    last = max(place for place, total in enumerate(sums) if total == max(sums))
    return None if last == len(sums) - 1 else last


def with_change(scores: Sequence[int], place: int, score: int) -> list[int]:
    """Return the judgements with one of them changed; the others stay as they are.

    Args:
        scores: one judgement an event, in order of time.
        place: which event, counted from 0.
        score: the new judgement, a whole number from -3 to +3.

    Raises:
        ScoreError: if there is no such event, or the judgement is out of range.

    >>> with_change([2, -2, 1], 1, 3)
    [2, 3, 1]
    """
    if not 0 <= place < len(scores):
        raise ScoreError(f"There is no event {place}: count from 0 to {len(scores) - 1}.")
    _need_score(score)
    return [*scores[:place], int(score), *scores[place + 1 :]]


def _need_score(score: int) -> None:
    if not (LOWEST <= score <= HIGHEST and score == int(score)):
        raise ScoreError(f"{shown(score)} is no score: it must be a whole number from -3 to +3.")
