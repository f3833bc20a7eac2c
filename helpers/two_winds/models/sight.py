"""Sight: when a satellite is above the horizon of a place, and when it can be seen there.

To be seen it must stand high enough above trees and houses, in sunlight, with the sky below dark:
before sunrise and after sunset. The place of the Sun follows short formulas, good to a degree.
"""

from __future__ import annotations

import math

import numpy as np

from two_winds.models.orbits import RADIUS_KM

DARK_ENOUGH = -6.0
HIGH_ENOUGH = 10.0


def angle_between(north: np.ndarray, east: np.ndarray, place: tuple[float, float]) -> np.ndarray:
    """Return the angle at the centre of the Earth between points and a place, in degrees.

    Args:
        north: latitudes in degrees.
        east: longitudes in degrees.
        place: latitude and longitude of the place.

    >>> round(float(angle_between(np.array(0.0), np.array(0.0), (0, 90))), 6)
    90.0
    """
    one, other = np.radians(north), math.radians(place[0])
    across = np.cos(np.radians(np.asarray(east) - place[1]))
    cosine = np.sin(one) * math.sin(other) + np.cos(one) * math.cos(other) * across
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def horizon(height: np.ndarray | float, above: float = 0.0) -> np.ndarray | float:
    """Return how far round the Earth one can be and still see a satellite, in degrees.

    Args:
        height: height of the satellite in kilometres, one or many.
        above: how high in the sky it is to stand at least, in degrees above the horizon.

    >>> float(horizon(RADIUS_KM).round(6))  # as high as the Earth is thick from its centre
    60.0
    >>> float(horizon(500, 90))  # straight above: no distance at all
    0.0
    """
    low = math.radians(above)
    far = np.arccos(RADIUS_KM * math.cos(low) / (RADIUS_KM + np.asarray(height))) - low
    return np.abs(np.degrees(far).round(9))


def sun_height(day_of_year: np.ndarray, north: np.ndarray, east: np.ndarray) -> np.ndarray:
    """Return the altitude of the Sun, in degrees above the horizon; below zero is night.

    Args:
        day_of_year: days since 1 January 0:00 universal time, with fractions.
        north: latitudes in degrees.
        east: longitudes in degrees.

    >>> round(float(sun_height(79.5, 0.0, 0.0)))  # noon at the equator, 21 March
    88
    >>> round(float(sun_height(80.0, 0.0, 0.0)))  # midnight
    -88
    """
    year = 2 * math.pi * (np.asarray(day_of_year) - 80) / 365.25
    # Declination of the Sun, and the equation of time in minutes.
    tilted = np.radians(23.44) * np.sin(year - 0.033 + 0.033 * np.cos(year + 1.3))
    late = 9.87 * np.sin(2 * year) - 7.53 * np.cos(year) - 1.5 * np.sin(year)
    hour = np.radians((np.asarray(day_of_year) % 1) * 360 - 180 + np.asarray(east) + late / 4)
    place = np.radians(north)
    sine = np.sin(place) * np.sin(tilted) + np.cos(place) * np.cos(tilted) * np.cos(hour)
    return np.degrees(np.arcsin(sine))


def sights(
    track: tuple[np.ndarray, np.ndarray],
    height: np.ndarray | float,
    place: tuple[float, float],
    day_of_year: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return when a satellite is above the horizon of a place, and when it can be seen as well.

    Args:
        track: latitudes and longitudes of what it is above.
        height: its height in kilometres, one for each point of the track or one for all.
        place: latitude and longitude of the place.
        day_of_year: for each point of the track, days since 1 January 0:00 universal time.

    Returns:
        Two arrays of True and False, as long as the track.

    >>> noon, midnight = 79.5, 80.0
    >>> above, seen = sights((np.zeros(2), np.zeros(2)), 500, (0, 0), np.array([noon, midnight]))
    >>> above.tolist(), seen.tolist()  # by day the sky is bright, at midnight it is in the shadow
    ([True, True], [False, False])
    """
    reach = horizon(height)
    far = angle_between(*track, place)
    sunlit = sun_height(day_of_year, *track) > -reach
    dark = sun_height(day_of_year, *place) < DARK_ENOUGH
    return far < reach, (far < horizon(height, HIGH_ENOUGH)) & sunlit & dark


def first(moments: np.ndarray, minutes: np.ndarray) -> float | None:
    """Return the first of the minutes at which something holds, None if there is none.

    >>> first(np.array([False, True, True]), np.array([0.0, 0.5, 1.0]))
    0.5
    """
    found = np.flatnonzero(moments)
    return float(minutes[found[0]]) if len(found) else None
