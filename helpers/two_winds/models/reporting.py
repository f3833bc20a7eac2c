"""A model of reporting: a figure that grows on its way up, because each level adds a little.

It is a model and no account of any real harvest. Additions and shares are fractions: 0.2 is 20 per
cent. Quantities may have any unit.
"""

from __future__ import annotations

from collections.abc import Sequence

from classwork.ground.errors import PlainError

from two_winds.argument_checks import lesson_helper

LEVELS = ("brigade", "commune", "county", "province")


class ReportingError(PlainError):
    """A question to the model of reporting that has no answer; the message says why."""


@lesson_helper
def passed_up(amount: float, additions: Sequence[float]) -> list[float]:
    """Return, in the model, what each level reports to the one above it.

    Args:
        amount: what there is, above zero.
        additions: what each level adds to what it was told, from the lowest level up; fractions
            above -1 (a level that leaves something out adds less than nothing).

    Returns:
        One figure a level, in the unit of `amount`.

    Raises:
        ReportingError: for an amount or an addition out of range.

    >>> [round(figure, 6) for figure in passed_up(100, [0.1, 0.1])]  # 100 -> 110 -> 121
    [110.0, 121.0]
    >>> passed_up(100, [0.5, -0.5])  # the second halves what the first had made of it
    [150.0, 75.0]
    """
    _need_above("amount", amount, 0)
    reports = []
    for addition in additions:
        _need_above("an addition", addition, -1)
        amount = amount * (1 + addition)
        reports.append(amount)
    return reports


@lesson_helper
def even_addition(amount: float, reported: float, levels: int) -> float:
    """Return what each level must add, in the model, if all add the same share.

    Args:
        amount: what there was, above zero.
        reported: what arrived at the top, above zero, in the same unit.
        levels: how many levels passed it on, one or more.

    Returns:
        A fraction: 0.2 means that each level added 20 per cent to what it was told.

    Raises:
        ReportingError: for a quantity or a number of levels out of range.

    >>> round(even_addition(100, 121, 2), 6)
    0.1
    >>> round(even_addition(100, 207.36, 4), 6)  # 1.2 x 1.2 x 1.2 x 1.2 = 2.0736
    0.2
    """
    _need_above("amount", amount, 0)
    _need_above("reported", reported, 0)
    if levels < 1:
        raise ReportingError(f"levels is {levels}: it must be a whole number, 1 or more.")
    return (reported / amount) ** (1 / levels) - 1


@lesson_helper
def left_over(amount: float, reported: float, share: float) -> float:
    """Return what is left, in the model, of what there is after a levy on what was reported.

    Args:
        amount: what there is, above zero.
        reported: what the levy is reckoned on, above zero, in the same unit.
        share: the levy as a fraction of the report, from 0 to 1.

    Returns:
        A quantity in the unit of `amount`; zero where the levy asks for more than there is.

    Raises:
        ReportingError: for a quantity or share out of range.

    >>> left_over(100, 100, 0.25), left_over(100, 200, 0.25), left_over(100, 500, 0.25)
    (75.0, 50.0, 0.0)
    """
    _need_above("amount", amount, 0)
    _need_above("reported", reported, 0)
    if not 0 <= share <= 1:
        raise ReportingError(f"share is {share}: it must be a fraction from 0 to 1.")
    return max(0.0, float(amount - share * reported))


def _need_above(name: str, number: float, least: float) -> None:
    if number <= least:
        raise ReportingError(f"{name} is {number}: it must be a number above {least}.")
