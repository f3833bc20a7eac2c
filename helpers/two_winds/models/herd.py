"""A model of a herd: what this year's slaughter does to next year's meat.

A model, not a record. Animals are either breeding stock or young. A year runs like this: animals
are slaughtered, the young first; the young that are left join the breeding stock; the breeding
animals that are left bear the next young. Old age, disease, fodder, weight and trade are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

from classwork.ground.errors import PlainError, shown

# Chosen for the model, not measured: 70 calves a year for each 100 breeding animals.
BIRTHS = 0.7
LONGEST = 20


class HerdError(PlainError):
    """A herd that cannot be; the message says why."""


@dataclass(frozen=True)
class Year:
    """One year of the model.

    Attributes:
        breeding: breeding animals at the start of the year.
        young: young animals at the start of the year.
        wanted: how many animals were to be slaughtered.
        meat: how many were slaughtered; fewer than wanted where there were no more.
        breeding_killed: how many of them were breeding animals.
    """

    breeding: float
    young: float
    wanted: float
    meat: float
    breeding_killed: float


def slaughter(breeding: float, young: float, wanted: float) -> Year:
    """Return one year in which so many animals are wanted for meat, the young first.

    Args:
        breeding: breeding animals at the start of the year, zero or more.
        young: young animals, zero or more.
        wanted: how many animals to slaughter, zero or more.

    Raises:
        HerdError: if one of the three is not a number, or is below zero.

    >>> slaughter(60, 40, 37).breeding_killed  # 37 of the 40 young
    0
    >>> slaughter(60, 40, 50).breeding_killed  # all 40 young, so 10 of the breeding stock
    10
    >>> slaughter(60, 40, 150).meat  # there are only 100
    100
    """
    for name, number in (("breeding", breeding), ("young", young), ("wanted", wanted)):
        if not (isinstance(number, Real) and math.isfinite(number) and number >= 0):
            raise HerdError(f"{name} is {shown(number)}: it must be a number, zero or more.")
    breeding_killed = min(max(wanted - young, 0), breeding)
    meat = min(wanted, young) + breeding_killed
    return Year(breeding, young, wanted, meat, breeding_killed)


def next_herd(year: Year, births: float = BIRTHS) -> tuple[float, float]:
    """Return breeding animals and young at the start of the next year.

    Args:
        year: the year before.
        births: young for each breeding animal that was left alive, from 0 to 1.

    Raises:
        HerdError: if `births` is not between 0 and 1.

    >>> next_herd(slaughter(60, 40, 50), births=0.5)  # 50 are left and bear 25
    (50, 25.0)
    >>> next_herd(slaughter(60, 40, 30), births=0.5)  # 10 young grow up; 60 bear 30
    (70, 30.0)
    """
    if not (isinstance(births, Real) and 0 <= births <= 1):
        raise HerdError(f"births is {shown(births)}: it must be between 0 and 1.")
    left = year.breeding - year.breeding_killed
    young_left = year.young - (year.meat - year.breeding_killed)
    # A herd killed to the last is 0, though its parts may miss it by the last binary digit.
    return max(0, left + young_left), births * left


def steady_growth(share: float, births: float = BIRTHS) -> float:
    """Return how fast a herd grows in the end if the same share is slaughtered every year.

    It follows from one year: breeding' = (1 - share) * (breeding + young) and young' = births *
    breeding, as long as the young suffice. So growth g solves g * g = (1 - share) * (g + births).

    Args:
        share: fraction of the herd slaughtered each year, from 0 up to 1.
        births: young for each breeding animal.

    Returns:
        A fraction a year: 0.05 is 5 per cent.

    Raises:
        HerdError: if `share` is not from 0 to below 1.

    >>> round(steady_growth(0.5, births=1.0), 6)  # 1 * 1 = 0.5 * (1 + 1): the herd stands still
    0.0
    """
    if not (isinstance(share, Real) and 0 <= share < 1):
        raise HerdError(f"share is {shown(share)}: it must be a fraction from 0 to below 1.")
    kept = 1 - share
    return (kept + math.sqrt(kept * kept + 4 * births * kept)) / 2 - 1


def campaign(
    share: float, growth: float, pressed: int, years: int = 8, births: float = BIRTHS
) -> list[Year]:
    """Return a herd through a campaign: one ordinary year, years of the target, then as before.

    The herd begins with 100 animals, in the mix that a steady share leads to.

    Args:
        share: fraction of the herd slaughtered in an ordinary year.
        growth: how much more meat each pressed year must bring than the year before (0.33 is 33
            per cent), met by killing breeding stock where the young do not suffice.
        pressed: how many years the target is pressed, after the first, ordinary year; 0 for none.
        years: how many years after the first.
        births: young for each breeding animal.

    Returns:
        `years` + 1 years, the first of them ordinary.

    Raises:
        HerdError: if `share` is not a fraction, `growth` is below -1, or a number of years is not
            from 0 to 20.

    >>> [year.meat for year in campaign(0.5, 0.5, pressed=0, years=2, births=1.0)]
    [50.0, 50.0, 50.0]
    >>> [year.meat for year in campaign(0.5, 0.5, pressed=1, years=2, births=1.0)]
    [50.0, 75.0, 25.0]
    """
    if not (isinstance(growth, Real) and growth >= -1):
        raise HerdError(f"growth is {shown(growth)}: it must be a fraction, such as 0.33.")
    for name, count in (("pressed", pressed), ("years", years)):
        if not 0 <= count <= LONGEST:
            raise HerdError(f"{name} is {count}: it must be a number of years, 0 to {LONGEST}.")
    multiple = 1 + steady_growth(share, births)
    breeding = 100 * multiple / (multiple + births)
    herd, told = (breeding, 100 - breeding), []
    for year in range(years + 1):
        wanted = told[-1].wanted * (1 + growth) if 1 <= year <= pressed else share * sum(herd)
        told.append(slaughter(*herd, wanted))
        herd = next_herd(told[-1], births)
    return told
