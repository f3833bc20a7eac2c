"""Orbits: how long a satellite takes for one turn, how fast it is, what it passes over, and when.

A model, and a simple one: the Earth is a ball; the satellite goes round at an even pace, from the
moment it is launched and from the place it is launched at, and is lowest where it was launched; the
air does not slow it down. Over a few days that is right to some minutes. The plane of the orbit
turns slowly, because the Earth is thicker at the equator.

Constants: gravity of the Earth and the thickness of its equator from the World Geodetic System of
1984; its radius as catalogues count heights from it (see the passport of `satellites`).
"""

from __future__ import annotations

import math

import numpy as np
from classwork.ground.errors import PlainError

from two_winds.argument_checks import lesson_helper

GRAVITY_KM3_S2 = 398_600.44
RADIUS_KM = 6378.0
FLATTENING_J2 = 0.001_082_63
SIDEREAL_DAY_MIN = 1436.068
DAY_MIN = 1440.0
LOWEST_KM = 100.0


class OrbitError(PlainError):
    """There is no such orbit; the message says why."""


def mean_distance(lowest: float, highest: float) -> float:
    """Return the semi-major axis: half the long axis of the orbit, in kilometres.

    Args:
        lowest: smallest height above the ground in kilometres (perigee).
        highest: greatest height above the ground in kilometres (apogee).

    Raises:
        OrbitError: if the lowest height is above the highest, or in the thick air.

    >>> mean_distance(200, 400)  # 6378 and half of 200 + 400
    6678.0
    """
    if not LOWEST_KM <= lowest <= highest:
        raise OrbitError(
            f"Lowest height {lowest:g} km, highest {highest:g} km: the lowest comes first, and "
            f"below {LOWEST_KM:g} km the air ends the flight at once."
        )
    return RADIUS_KM + (lowest + highest) / 2


@lesson_helper
def period_minutes(lowest: float, highest: float) -> float:
    """Return how long one turn takes, in minutes, by Kepler's third law.

    The square of the period grows with the cube of the mean distance.

    Args:
        lowest: smallest height in kilometres.
        highest: greatest height in kilometres.

    Raises:
        OrbitError: see `mean_distance`.

    >>> round(period_minutes(215, 939), 1)  # Sputnik 1; NASA recorded 96.2
    96.2
    >>> round(period_minutes(35786, 35786))  # a star day: it stands still over one place
    1436
    """
    distance = mean_distance(lowest, highest)
    return 2 * math.pi * math.sqrt(distance**3 / GRAVITY_KM3_S2) / 60


@lesson_helper
def speed_km_s(height: float, lowest: float, highest: float) -> float:
    """Return the speed at one height of the orbit, in kilometres a second.

    Args:
        height: where on the orbit, in kilometres above the ground.
        lowest: smallest height in kilometres.
        highest: greatest height in kilometres.

    Raises:
        OrbitError: if the satellite is never at this height.

    >>> round(speed_km_s(622, 622, 622), 2)  # 7000 km out: the root of 398600 / 7000
    7.55
    """
    distance = mean_distance(lowest, highest)
    if not lowest <= height <= highest:
        raise OrbitError(f"This satellite is never {height:g} km high: {lowest:g} to {highest:g}.")
    return math.sqrt(GRAVITY_KM3_S2 * (2 / (RADIUS_KM + height) - 1 / distance))


def plane_turns(lowest: float, highest: float, tilt: float) -> float:
    """Return how far the plane of the orbit turns in a day, in degrees; below zero is westwards.

    Astronomers call this the precession of the nodes.

    Args:
        lowest: smallest height in kilometres.
        highest: greatest height in kilometres.
        tilt: angle between the orbit and the equator in degrees (inclination).

    >>> round(plane_turns(215, 939, 90), 6)  # over the poles it does not turn
    -0.0
    >>> round(plane_turns(215, 939, 65.1), 1)  # one more degree comes from the Sun: 4 a day
    -3.1
    """
    distance = mean_distance(lowest, highest)
    flatness = (highest - lowest) / 2 / distance
    shape = (RADIUS_KM / (distance * (1 - flatness**2))) ** 2
    turns = DAY_MIN / period_minutes(lowest, highest)
    return -1.5 * FLATTENING_J2 * shape * math.cos(math.radians(tilt)) * 360 * turns


def ground_track(
    minutes: np.ndarray, lowest: float, highest: float, tilt: float, start: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return what the satellite is above, with the Earth turning under it.

    Args:
        minutes: times since the launch.
        lowest: smallest height in kilometres.
        highest: greatest height in kilometres.
        tilt: angle between the orbit and the equator in degrees, up to 90.
        start: latitude and longitude of the launch in degrees; from there it flies north-east.

    Returns:
        Latitudes and longitudes in degrees (north and east above zero), as many as `minutes`.

    Raises:
        OrbitError: if an orbit with this tilt does not pass over the place of the launch.

    >>> north, east = ground_track(np.array([0.0]), 215, 939, 65.1, (45.965, 63.305))
    >>> float(north[0].round(3)), float(east[0].round(3))  # it begins where it is launched
    (45.965, 63.305)
    """
    north, east = start
    if not abs(north) <= tilt <= 90:
        raise OrbitError(
            f"A tilt of {tilt:g} degrees is not possible: launched at {abs(north):.0f} degrees of "
            f"latitude, the orbit is tilted by at least as much, and by 90 at most."
        )
    lean = math.radians(tilt)
    begin = math.asin(math.sin(math.radians(north)) / math.sin(lean))
    minutes = np.asarray(minutes, dtype=float)
    angle = begin + 2 * math.pi * minutes / period_minutes(lowest, highest)
    latitude = np.degrees(np.arcsin(np.sin(lean) * np.sin(angle)))
    along = np.degrees(np.arctan2(math.cos(lean) * np.sin(angle), np.cos(angle)))
    along -= math.degrees(math.atan2(math.cos(lean) * math.sin(begin), math.cos(begin)))
    turned = 360 * minutes / SIDEREAL_DAY_MIN
    drift = plane_turns(lowest, highest, tilt) * minutes / DAY_MIN
    return latitude, wrapped(east + along - turned + drift)


def heights(minutes: np.ndarray, lowest: float, highest: float) -> np.ndarray:
    """Return how high the satellite is, in kilometres: lowest where it was launched.

    Args:
        minutes: times since the launch.
        lowest: smallest height in kilometres.
        highest: greatest height in kilometres.

    >>> half = period_minutes(200, 1000) / 2
    >>> heights(np.array([0.0, half]), 200, 1000).round(6).tolist()
    [200.0, 1000.0]
    """
    distance = mean_distance(lowest, highest)
    flatness = (highest - lowest) / 2 / distance
    angle = 2 * math.pi * np.asarray(minutes, dtype=float) / period_minutes(lowest, highest)
    return distance * (1 - flatness**2) / (1 + flatness * np.cos(angle)) - RADIUS_KM


def wrapped(degrees: np.ndarray) -> np.ndarray:
    """Return longitudes between -180 and 180.

    >>> [float(x) for x in wrapped(np.array([190.0, -190.0, 540.0]))]
    [-170.0, 170.0, -180.0]
    """
    return (degrees + 180) % 360 - 180


def with_gaps(degrees: np.ndarray) -> np.ndarray:
    """Return longitudes with a gap (nan) where a line leaves the map at one side.

    >>> with_gaps(np.array([170.0, 179.0, -178.0])).tolist()
    [170.0, 179.0, nan]
    """
    jumps = np.flatnonzero(np.abs(np.diff(degrees)) > 180) + 1
    shown = degrees.copy()
    shown[jumps] = np.nan
    return shown
