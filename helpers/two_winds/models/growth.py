"""Growth: how fast a quantity grew, where it will be, how fast it must grow, when it overtakes.

Rates are fractions per year: 0.05 is 5 per cent a year. Quantities may have any unit, as long as
both have the same one. All growth is compound: each year's growth is counted on the year before.
"""

from __future__ import annotations

import math

from classwork.ground.errors import PlainError

from two_winds.argument_checks import lesson_helper

LONGEST_WAIT = 1000


class GrowthError(PlainError):
    """A question about growth that has no answer; the message says why."""


class NeverOvertakesError(GrowthError):
    """The one behind never overtakes the one in front, or not within a thousand years."""


@lesson_helper
def growth_rate(start: float, end: float, years: float) -> float:
    """Return the steady yearly growth that leads from `start` to `end`.

    Args:
        start: quantity in the first year, above zero.
        end: quantity in the last year, above zero, same unit as `start`.
        years: how many years lie between them, above zero (1950 to 1957 is 7).

    Returns:
        A fraction per year: 0.05 means 5 per cent a year, negative where the quantity fell.

    Raises:
        GrowthError: if one of the three is not above zero.

    >>> round(growth_rate(100, 121, 2), 6)  # 100 -> 110 -> 121
    0.1
    >>> growth_rate(80, 40, 1)
    -0.5
    """
    _need_positive(start=start, end=end, years=years)
    return (end / start) ** (1 / years) - 1


@lesson_helper
def project(start: float, rate: float, years: float) -> float:
    """Return what `start` becomes after `years` of steady growth.

    Args:
        start: quantity in the first year, above zero.
        rate: growth as a fraction per year, above -1 (0.05 is 5 per cent a year).
        years: how many years from now, zero or more.

    Returns:
        A quantity in the unit of `start`.

    Raises:
        GrowthError: if `start` is not above zero, `rate` not above -1, or `years` below zero.

    >>> round(project(100, 0.10, 2), 6)
    121.0
    """
    _need_positive(start=start)
    _need_rate(rate=rate)
    if years < 0:
        raise GrowthError(f"years is {years}: count forwards from the first year, 0 or more.")
    try:
        return start * (1 + rate) ** years
    except OverflowError:
        raise GrowthError(f"{years} years at {rate:.1%} a year is beyond any number.") from None


@lesson_helper
def required_rate(start: float, target: float, years: float) -> float:
    """Return the steady yearly growth that is needed to reach `target` in time.

    Same arithmetic as `growth_rate`, asked about the future: what must happen, not what happened.

    Args:
        start: quantity now, above zero.
        target: quantity wanted, above zero, same unit as `start`.
        years: years left, above zero.

    Returns:
        A fraction per year.

    Raises:
        GrowthError: if one of the three is not above zero.

    >>> round(required_rate(50, 100, 10), 4)  # doubling in ten years: about 7 per cent a year
    0.0718
    """
    _need_positive(start=start, target=target, years=years)
    return growth_rate(start, target, years)


@lesson_helper
def year_of_overtaking(
    chaser: float, leader: float, chaser_rate: float, leader_rate: float, start_year: int
) -> int:
    """Return the first year in which the chaser's output is above the leader's.

    Both sides move. Each grows at its own steady rate from `start_year` on.

    Args:
        chaser: quantity of the one behind in `start_year`, above zero.
        leader: quantity of the one in front in `start_year`, above zero, same unit.
        chaser_rate: growth of the chaser as a fraction per year, above -1.
        leader_rate: growth of the leader as a fraction per year, above -1.
        start_year: the year of both quantities, such as 1957.

    Returns:
        A calendar year; `start_year` itself if the chaser is in front already.

    Raises:
        GrowthError: for a quantity or rate out of range.
        NeverOvertakesError: if the chaser never does, or only after more than a thousand years.

    >>> year_of_overtaking(50, 100, 0.10, 0.02, 1957)  # the gap of 2 closes by 1.10/1.02 a year
    1967
    """
    _need_positive(chaser=chaser, leader=leader)
    _need_rate(chaser_rate=chaser_rate, leader_rate=leader_rate)
    if chaser > leader:
        return start_year
    closing = (1 + chaser_rate) / (1 + leader_rate)
    if closing <= 1:
        raise NeverOvertakesError(
            "It never overtakes: the one behind grows no faster than the one in front "
            f"({chaser_rate:.1%} a year against {leader_rate:.1%})."
        )
    # Rounding can leave the exact tie a hair above or below a whole number of years.
    years = math.floor(round(math.log(leader / chaser) / math.log(closing), 9)) + 1
    if years > LONGEST_WAIT:
        raise NeverOvertakesError(
            f"It would take {years} years to overtake: at these rates it as good as never does."
        )
    return start_year + years


def _need_positive(**quantities: float) -> None:
    for name, value in quantities.items():
        if value <= 0:
            raise GrowthError(f"{name} is {value}: it must be a number above zero.")


def _need_rate(**rates: float) -> None:
    for name, value in rates.items():
        if value <= -1:
            raise GrowthError(
                f"{name} is {value}: a growth rate is a fraction a year, such as 0.05 for "
                "5 per cent, and above -1 (which would mean losing everything)."
            )
