"""Rulings on claims: how many of each kind, and how far two judges agree.

A ruling is a judgement on the evidence that was read, the package's own no less than a student's.
That two judges agree shows that they agree, not that they are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from classwork.ground.errors import PlainError

RULINGS = {
    "confirmed": "confirmed",
    "nuance": "needs nuance",
    "disputed": "disputed",
    "not_read": "cited, not read",
    "no_source": "no source found",
}


class RulingError(PlainError):
    """A ruling of no known kind, or a share of nothing; the message says which."""


def tally(rulings: Iterable[str]) -> dict[str, int]:
    """Return how many rulings there are of each kind, in the order of RULINGS.

    Args:
        rulings: the keys of RULINGS, such as "confirmed", any number of them.

    Raises:
        RulingError: if one of them is of no known kind.

    >>> tally(["nuance", "confirmed", "nuance"])
    {'confirmed': 1, 'nuance': 2, 'disputed': 0, 'not_read': 0, 'no_source': 0}
    """
    counts = dict.fromkeys(RULINGS, 0)
    for ruling in rulings:
        need_ruling(ruling)
        counts[ruling] += 1
    return counts


def share(part: int, whole: int) -> float:
    """Return a part in per cent of the whole.

    Args:
        part: how many, from 0 to `whole`.
        whole: of how many, above zero.

    Raises:
        RulingError: if the whole is not above zero, or the part does not lie within it.

    >>> share(3, 12)
    25.0
    """
    if not whole > 0:
        raise RulingError(f"A share of {whole} claims cannot be given: count some first.")
    if not 0 <= part <= whole:
        raise RulingError(f"{part} cannot be part of {whole} claims.")
    return 100 * part / whole


def agreement(yours: Mapping[str, str], package: Mapping[str, str]) -> tuple[int, int]:
    """Return on how many claims two judges rule alike, and on how many both have ruled.

    Args:
        yours: your rulings, by claim; any number of them.
        package: the other judge's rulings, by claim.

    Returns:
        (alike, ruled): the first is never larger than the second.

    Raises:
        RulingError: if a ruling is of no known kind.

    >>> agreement({"c01": "confirmed", "c02": "disputed"}, {"c01": "confirmed", "c02": "nuance"})
    (1, 2)
    >>> agreement({}, {"c01": "confirmed"})
    (0, 0)
    """
    both = [claim for claim in yours if claim in package]
    for claim in both:
        need_ruling(yours[claim])
        need_ruling(package[claim])
    return sum(yours[claim] == package[claim] for claim in both), len(both)


def need_ruling(ruling: str, argument: str = "a ruling") -> None:
    """Raise RulingError unless a ruling is of a known kind; `argument` is where it was given."""
    if ruling not in RULINGS:
        known = ", ".join(RULINGS)
        raise RulingError(
            f"No ruling {ruling!r}. There are: {known}. One of them must be {argument}."
        )
